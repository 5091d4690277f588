"""Equal shares as one of the rules of the award engine: from options and ballots to verdicts.

The method itself is described in ``equal_shares_raise``; docs/equal-shares.md says it for people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assessment.domain.allocation_model import (
    TOTAL,
    Division,
    Option,
    Problem,
    Purse,
    Tie,
    Verdict,
)
from assessment.domain.equal_shares_ballots import Project
from assessment.domain.equal_shares_model import Progress, SharesOutcome, SharesProblem
from assessment.domain.equal_shares_raise import share_out
from assessment.domain.equal_shares_run import Choice
from assessment.domain.standing import tie_key

SHARES_STAGE = "equal_shares"


def divide_equal_shares(
    problem: Problem,
    entrants: Sequence[Option],
    purse: Purse,
    progress: Progress | None = None,
) -> Division:
    """Divide what the purse holds over the options that take part.

    Who stands open after every order of equals was tried gets the verdict ``tied``, or
    ``undecided`` where it depends on the order of others. Raises ``ValueError`` where everybody
    chose one option: there the method gives money to the second choice of a few over the first
    choice of many.
    """
    if problem.rules.kind == "choose_one":
        raise ValueError("equal shares are not for a vote in which everybody chooses one option")
    rules = [rule for rule in problem.rules.ties if rule != "lot" or problem.lot]
    ranks = _ranks(problem, entrants, rules)
    outcome = share_out(_shares_problem(problem, entrants, purse, ranks), progress)
    left, funded, rests = dict(purse.left), dict(purse.taken), {}
    by_key = {option.key: option for option in entrants}
    for key in outcome.winners:
        rests[key] = left[TOTAL]
        for name in by_key[key].ceilings:
            left[name] -= by_key[key].asked
        if by_key[key].group:
            funded[by_key[key].group] = key
    by_votes = outcome.compared is not None and outcome.compared.taken == "greedy"
    choices = {} if by_votes else {choice.key: choice for choice in outcome.choices}
    unbroken = [tie.keys for tie in outcome.ties if tie.decisive and tie.rule is None]
    tied = {key for keys in unbroken for key in keys}
    verdicts = {}
    for option in entrants:
        if option.key in outcome.winners:
            verdicts[option.key] = _won(
                option, choices.get(option.key), rests[option.key], problem.scale
            )
        elif option.key in outcome.open:
            verdicts[option.key] = Verdict(0, "tied" if option.key in tied else "undecided")
        else:
            verdicts[option.key] = _lost(option, outcome, left, funded)
    return Division(
        verdicts=verdicts,
        ties=tuple(
            Tie(
                tie.keys,
                min(by_key[key].votes for key in tie.keys),
                tie.decisive,
                "" if tie.rule is None else rules[tie.rule],
                SHARES_STAGE,
            )
            for tie in outcome.ties
        ),
        open_tie=unbroken[0] if outcome.open else (),
        order={key: place for place, key in enumerate(outcome.winners)},
        figures=_figures(outcome, problem),
        warnings=outcome.warnings,
    )


def _shares_problem(
    problem: Problem,
    entrants: Sequence[Option],
    purse: Purse,
    ranks: Mapping[str, tuple[int, ...]],
) -> SharesProblem:
    rules = problem.rules
    return SharesProblem(
        projects=tuple(
            Project(
                option.key,
                option.asked,
                ranks[option.key],
                tuple(name for name in option.ceilings if name != TOTAL),
                option.group,
            )
            for option in entrants
            if not (option.group and option.group in purse.taken)
        ),
        budget=purse.left[TOTAL],
        profile=problem.profile,
        step=rules.step,
        reading=rules.add1 or "until_overspend",
        completion=rules.completion,
        comparison=rules.comparison,
        ceilings={name: cents for name, cents in purse.left.items() if name != TOTAL},
        scale=problem.scale,
        ballots=problem.ballots,
        measure=rules.measure,
    )


def _ranks(
    problem: Problem, entrants: Sequence[Option], rules: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """One order over all options, as a whole number for each tie rule, lowest first."""
    columns = []
    for rule in rules:
        values = list(map(tie_key(problem, rule), entrants))
        places = {value: place for place, value in enumerate(sorted(set(values)))}
        columns.append([places[value] for value in values])
    return {
        option.key: tuple(column[place] for column in columns)
        for place, option in enumerate(entrants)
    }


def _won(option: Option, choice: Choice | None, rest: int, scale: int) -> Verdict:
    """Chosen by its supporters; or, with no price, added out of the rest or by the comparison."""
    if choice is None:
        return Verdict(option.asked, "awarded", left=rest)
    return Verdict(
        option.asked,
        "awarded",
        effective=int(choice.effective * 100 / scale),
        paid=-int(-choice.most * scale // 1),
    )


def _lost(
    option: Option,
    outcome: SharesOutcome,
    left: Mapping[str, int],
    funded: Mapping[str, str],
) -> Verdict:
    if option.group and option.group in funded:
        return Verdict(0, "refused_excluded", rival=funded[option.group])
    for name in option.ceilings:
        if name != TOTAL and left[name] < option.asked:
            return Verdict(0, "refused_sub_ceiling", ceiling=name, left=left[name])
    by_votes = outcome.compared is not None and outcome.compared.taken == "greedy"
    if (by_votes or option.key not in outcome.left) and left[TOTAL] < option.asked:
        return Verdict(0, "refused_ceiling", ceiling=TOTAL, left=left[TOTAL])
    return Verdict(0, "refused_shares", left=outcome.left.get(option.key, 0))


def _figures(outcome: SharesOutcome, problem: Problem) -> dict[str, Any]:
    """What the method tells of itself: amounts in cents, rounded down."""
    share = outcome.share * problem.scale
    figures: dict[str, Any] = {
        "share": int(share),
        "first_share": int(share - outcome.steps * problem.rules.step),
        "steps": outcome.steps,
        "step": problem.rules.step,
        "spent": outcome.spent,
        "added": list(outcome.added),
    }
    if outcome.compared:
        figures["comparison"] = {
            "prefer_shares": outcome.compared.prefer_shares,
            "prefer_greedy": outcome.compared.prefer_greedy,
            "greedy": sorted(outcome.compared.greedy),
            "taken": outcome.compared.taken,
        }
    return figures
