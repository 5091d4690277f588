"""A text over the applications of a round: who may, how much, in which order, and who gets what.

Eligibility, amount and division are those of the real thing (``regeling.eligibility.check``,
``regeling.calculation.amount``, ``assessment.domain.allocation.allocate``). Nothing here knows a
database or a clock; the same values give the same run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.domain.allocation import Outcome, Problem, Row, allocate
from assessment.domain.allocation_model import MoreFixedThanThereIs
from assessment.domain.simulation.cases import (
    CannotSimulate,
    Case,
    OverMaximum,
    Standing,
    Stock,
    unknown_words,
)
from assessment.domain.simulation.problems import Entrant, ceilings_in, problem_for
from regeling.calculation import Calculation, amount
from regeling.definition import Definition, UnknownValueError
from regeling.eligibility import Reason, check

NOT_ELIGIBLE, NO_AMOUNT, NOTHING = "not_eligible", "no_amount", "nothing"
NOT_VOTED = "not_voted"
OPEN = ("tied", "undecided")


@dataclass(frozen=True, slots=True)
class Result:
    """What one case gets (cents), and why.

    ``code`` is that of the engine's row, or says what came before it: a ``Standing``,
    ``not_eligible``, ``no_amount``, ``nothing`` (the rules give no money) or
    ``not_voted``. ``refusals`` are the rules that do not hold, ``undecided``
    the names of those that nobody can tell with these answers. ``amount`` is what the rules allow,
    ``place`` 0 where it has none. ``row`` is the engine's, for who took part.
    """

    case: Case
    code: str
    granted: int = 0
    amount: int = 0
    asked: int = 0
    place: int = 0
    refusals: tuple[Reason, ...] = ()
    undecided: tuple[str, ...] = ()
    calculation: Calculation | None = None
    row: Row | None = None

    @property
    def eligible(self) -> bool:
        """Whether it took part in the division."""
        return self.row is not None


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of every case, in the order in which they came in; ``left`` is in cents by
    ceiling. ``problem`` and ``outcome`` are the engine's (None: nobody took part)."""

    results: tuple[Result, ...]
    ceilings: Mapping[str, int]
    left: Mapping[str, int]
    problem: Problem | None = None
    outcome: Outcome | None = None

    @property
    def granted(self) -> int:
        return sum(result.granted for result in self.results)

    @property
    def funded(self) -> int:
        return sum(result.granted > 0 for result in self.results)

    @property
    def is_open(self) -> bool:
        """Whether equals stand open and no lot was drawn."""
        return bool(self.outcome and self.outcome.open_tie)


def simulate(
    definition: Definition,
    stock: Stock,
    *,
    ceilings: Mapping[str, int] | None = None,
    seed: str = "",
    over_maximum: OverMaximum = OverMaximum.LOWERED,
) -> Run:
    """Run ``definition`` over a round.

    ``ceilings`` (cents by name) stand in for those of the definition. Where a lot is needed the one
    that was drawn counts; who was not in it comes behind, and without any the ``seed`` draws (none:
    equals stay open). Raises ``CannotSimulate`` where the text leaves something unknown that the
    run needs, or the round has no votes, points or order for the rule.
    """
    try:
        there = ceilings_in(definition) if ceilings is None else dict(ceilings)
        results = [_assess(definition, case, over_maximum) for case in stock.cases]
        return _divided(definition, stock, results, there, seed)
    except UnknownValueError as unknown:
        raise CannotSimulate(unknown_words(unknown)) from unknown
    except MoreFixedThanThereIs as wrong:
        raise CannotSimulate(
            "Wat het bestuur in de ronde apart vaststelde, past niet onder dit plafond."
        ) from wrong


def _assess(definition: Definition, case: Case, over_maximum: OverMaximum) -> Result:
    """What is certain before the division: not in it, or the amount that the rules allow."""
    if case.standing is not Standing.IN:
        return Result(case, str(case.standing))
    checked = check(definition, case.answers, case.facts)
    undecided = tuple(reason.rule for reason in checked.undecided)
    excused = case.excused
    if over_maximum is OverMaximum.LOWERED:
        excused |= {"maximum"}
    refusals = tuple(reason for reason in checked.refusals if reason.rule not in excused)
    try:
        made = amount(definition, case.answers)
    except UnknownValueError:
        raise
    except ValueError:
        return Result(case, NO_AMOUNT, refusals=refusals, undecided=undecided)
    found = Result(
        case,
        "",
        asked=made.asked,
        amount=made.granted,
        refusals=refusals,
        undecided=undecided,
        calculation=made,
    )
    if refusals:
        return _as(found, NOT_ELIGIBLE)
    return found if made.granted > 0 else _as(found, NOTHING)


def _as(result: Result, code: str, row: Row | None = None) -> Result:
    return Result(
        result.case,
        code,
        granted=row.granted if row else 0,
        amount=result.amount,
        asked=result.asked,
        place=row.place if row else 0,
        refusals=result.refusals,
        undecided=result.undecided,
        calculation=result.calculation,
        row=row,
    )


def _divided(
    definition: Definition,
    stock: Stock,
    results: list[Result],
    ceilings: dict[str, int],
    seed: str,
) -> Run:
    entrants = [Entrant(each.case, each.amount) for each in results if not each.code]
    problem, aside = problem_for(definition, stock, entrants, ceilings, seed)
    if problem is None:
        kept = (_as(each, aside[each.case.uid]) if not each.code else each for each in results)
        return Run(tuple(kept), ceilings, dict(ceilings))
    outcome = allocate(problem, missing=False)
    rows = {row.key: row for row in outcome.rows}
    return Run(
        tuple(
            each
            if each.code
            else _as(each, aside[each.case.uid])
            if each.case.uid in aside
            else _as(each, rows[each.case.uid].code, rows[each.case.uid])
            for each in results
        ),
        ceilings,
        outcome.left,
        problem,
        outcome,
    )
