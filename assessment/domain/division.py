"""One division of the money by whatever rule applies, without looking at what might have been.

Standard library only, whole numbers only.
"""

from __future__ import annotations

from assessment.domain.allocation_model import (
    Division,
    MoreFixedThanThereIs,
    Option,
    Problem,
    Purse,
    Verdict,
)
from assessment.domain.equal_shares import divide_equal_shares
from assessment.domain.equal_shares_raise import Progress
from assessment.domain.greedy import divide_greedy
from assessment.domain.pro_rata import divide_pro_rata
from assessment.domain.standing import too_little_support


def divide(problem: Problem, progress: Progress | None = None) -> Division:
    """A verdict for every option; ``progress`` is told how far equal shares are.

    What the decision maker fixed is taken first; who withdrew, and who lacks support, takes no
    part; everybody else goes by the rule. Raises ``MoreFixedThanThereIs``.
    """
    purse = Purse(dict(problem.ceilings))
    verdicts, entrants = {}, []
    for option in sorted(problem.options, key=lambda option: option.key):
        verdict = _beforehand(problem, option)
        if verdict is None:
            entrants.append(option)
        else:
            verdicts[option.key] = verdict
            _take_fixed(purse, option, verdict.granted)
    match problem.rules.rule:
        case "equal_shares":
            division = divide_equal_shares(problem, entrants, purse, progress)
        case "pro_rata":
            division = divide_pro_rata(problem, entrants, purse)
        case _:
            division = divide_greedy(problem, entrants, purse)
    division.verdicts |= verdicts
    return division


def _beforehand(problem: Problem, option: Option) -> Verdict | None:
    """What is certain before anything is divided; None when the rule decides."""
    if option.withdrawn:
        return Verdict(0, "withdrawn")
    if option.fixed is not None:
        return Verdict(option.fixed, "departed_award" if option.fixed else "departed_refusal")
    if not problem.quorum.met and problem.quorum.consequence == "no_award":
        return Verdict(0, "refused_quorum")
    return too_little_support(problem, option)


def _take_fixed(purse: Purse, option: Option, cents: int) -> None:
    if not cents:
        return
    for name in option.ceilings:
        purse.left[name] -= cents
        if purse.left[name] < 0:
            raise MoreFixedThanThereIs(name)
    if option.group:
        purse.taken.setdefault(option.group, option.key)
