"""Who gets what: one pure function from frozen inputs to an outcome that explains itself.

Standard library only, whole numbers and exact fractions only, no clock, no database: the same
inputs, in any order and on any Python, give the same text and the same hash. Applications are
served under every ceiling that applies to them (Awb 4:25, 4:26), by the rule that was fixed before
anybody voted. Where equals would decide who gets money, the engine never guesses: it goes by the
tie rules that were fixed too, or it names them, and tells only what is certain whoever goes first.
"""

from __future__ import annotations

from collections import Counter

from assessment.domain.allocation_model import (
    ENGINE,
    TOTAL,
    Division,
    Option,
    Outcome,
    Problem,
    Quorum,
    Row,
    Rules,
    Tie,
    needs_lot,
)
from assessment.domain.counterfactual import all_votes_needed, votes_needed
from assessment.domain.division import divide
from assessment.domain.equal_shares_raise import Progress
from assessment.domain.standing import first_by, scores_of

__all__ = [
    "ENGINE",
    "TOTAL",
    "Option",
    "Outcome",
    "Problem",
    "Quorum",
    "Row",
    "Rules",
    "Tie",
    "allocate",
    "votes_needed",
]


def allocate(
    problem: Problem, progress: Progress | None = None, *, missing: bool = True
) -> Outcome:
    """Divide the money; see the module's text. Every option gets exactly one row.

    ``progress`` is told how far equal shares are. Without ``missing`` nobody is told how many more
    votes would have been enough, which takes longest where there are thousands of options. Raises
    ``MoreFixedThanThereIs``.
    """
    division = divide(problem, progress)
    keys = [option.key for option in problem.options]
    more = all_votes_needed(problem, division, keys) if missing else dict.fromkeys(keys)
    scores, scale = scores_of(problem)
    places = _places(problem, division)
    drawn = {key: number for number, key in enumerate(problem.lot, start=1)}
    rows = [
        _row(option, division, places[option.key], more[option.key], scores[option.key], drawn)
        for option in problem.options
    ]
    return Outcome(
        rows=tuple(sorted(rows, key=lambda row: (row.place or len(rows) + 1, row.key))),
        left=_left(problem, division),
        ties=division.ties,
        open_tie=division.open_tie,
        needs_lot=needs_lot(problem, division.open_tie),
        score_scale=scale,
        quorum=problem.quorum,
        figures=division.figures,
        warnings=division.warnings,
    )


def _places(problem: Problem, division: Division) -> dict[str, int]:
    """Places from 1; equals that nothing told apart share one; 0 for who withdrew."""
    first, last = first_by(problem), len(problem.options)
    there = [option for option in problem.options if not option.withdrawn]
    standing = {
        option.key: (division.order.get(option.key, last), first(option)) for option in there
    }
    counted = Counter(standing.values())
    place, places = 1, {}
    for value in sorted(counted):
        places[value] = place
        place += counted[value]
    return dict.fromkeys((option.key for option in problem.options), 0) | {
        key: places[value] + division.ranks.get(key, 0) for key, value in standing.items()
    }


def _left(problem: Problem, division: Division) -> dict[str, int]:
    """Cents left under every ceiling, after all that is certain; what comes from the leftover is
    taken from the total alone."""
    left = dict(problem.ceilings)
    for option in problem.options:
        verdict = division.verdicts[option.key]
        for name in option.ceilings if verdict.phase == 1 else option.ceilings[-1:]:
            left[name] -= verdict.granted
    return left


def _row(
    option: Option,
    division: Division,
    place: int,
    more: int | None,
    score: int,
    drawn: dict[str, int],
) -> Row:
    verdict = division.verdicts[option.key]
    return Row(
        key=option.key,
        place=place,
        votes=option.votes,
        asked=option.asked,
        granted=verdict.granted,
        code=verdict.code,
        ceiling=verdict.ceiling,
        left=verdict.left,
        stopped_by=verdict.stopped_by,
        rival=verdict.rival,
        support_needed=verdict.support_needed,
        votes_needed=more,
        drawn=drawn.get(option.key, 0),
        phase=verdict.phase,
        score=score,
        supporters=option.supporters,
        effective=verdict.effective,
        paid=verdict.paid,
    )
