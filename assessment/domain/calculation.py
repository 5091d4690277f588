"""The calculation step by step, as a resident can follow it: plain figures for a page and a PDF.

Standard library only, whole numbers only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.domain.allocation_model import Option, Outcome, Problem, Row
from assessment.domain.tally import score_words

STAGES = ("fixed", "main", "leftover")


@dataclass(frozen=True, slots=True)
class PrintedStep:
    """One option at its turn.

    ``stage``: fixed (the decision maker set the amount), main, or leftover. ``score`` is what the
    order went by and ``votes`` the votes, in words ("12,5"). ``before`` and ``after`` are the cents
    left per ceiling that counts for it, narrow ones first, the total last; ``needed`` what it asked
    and ``left`` what stood against that. ``code`` is that of the row, with what its sentence needs:
    ``ceiling``, the names ``stopped_by`` and ``rival``, ``support_needed``, ``votes_needed``.
    ``tied_with`` are the names of its equals, ``decided_by`` what told them apart where it mattered
    ("" where it did not), ``open`` whether nothing did yet. ``drawn`` is the place in the lot, of
    ``drawn_of``; 0 where the lot decided nothing for it.
    """

    key: str
    name: str
    place: int
    stage: str
    code: str
    score: str
    votes: str
    supporters: int | None
    needed: int
    granted: int
    left: int
    before: tuple[tuple[str, int], ...]
    after: tuple[tuple[str, int], ...]
    ceiling: str
    stopped_by: str
    rival: str
    support_needed: int
    votes_needed: int | None
    tied_with: tuple[str, ...]
    decided_by: str
    open: bool
    drawn: int
    drawn_of: int
    effective: int
    paid: int


def printed(problem: Problem, outcome: Outcome, names: Mapping[str, str]) -> list[PrintedStep]:
    """Every option in the order in which it had its turn; ``names`` says what each key is called.

    First what the decision maker fixed, then down the list, then the leftover. Who withdrew, has
    too little support, or still stands open is in the list too, and takes no money.
    """
    options = {option.key: option for option in problem.options}
    left = dict(problem.ceilings)
    steps = []
    for row in sorted(
        outcome.rows, key=lambda row: (STAGES.index(_stage(row)), row.place, row.key)
    ):
        option = options[row.key]
        counts = option.ceilings if row.phase == 1 else option.ceilings[-1:]
        before = tuple((name, left[name]) for name in counts)
        for name in counts:
            left[name] -= row.granted
        after = tuple((name, left[name]) for name in counts)
        steps.append(_step(problem, outcome, names, option, row, before, after))
    return steps


def _step(
    problem: Problem,
    outcome: Outcome,
    names: Mapping[str, str],
    option: Option,
    row: Row,
    before: tuple[tuple[str, int], ...],
    after: tuple[tuple[str, int], ...],
) -> PrintedStep:
    ties = [tie for tie in outcome.ties if row.key in tie.keys]
    decisive = [tie for tie in ties if tie.decisive]
    by_lot = any(tie.decided_by == "lot" for tie in decisive)
    equals = sorted({key for tie in ties for key in tie.keys} - {row.key})
    return PrintedStep(
        key=row.key,
        name=names[row.key],
        place=row.place,
        stage=_stage(row),
        code=row.code,
        score=score_words(row.score, outcome.score_scale),
        votes=score_words(row.votes, problem.scale),
        supporters=row.supporters,
        needed=option.asked,
        granted=row.granted,
        left=row.left,
        before=before,
        after=after,
        ceiling=row.ceiling,
        stopped_by=names.get(row.stopped_by, ""),
        rival=names.get(row.rival, ""),
        support_needed=row.support_needed,
        votes_needed=row.votes_needed,
        tied_with=tuple(names[key] for key in equals),
        decided_by=next((tie.decided_by for tie in reversed(decisive) if tie.decided_by), ""),
        open=any(tie.open for tie in ties),
        drawn=row.drawn if by_lot else 0,
        drawn_of=len(problem.lot) if by_lot else 0,
        effective=row.effective,
        paid=row.paid,
    )


def _stage(row: Row) -> str:
    if row.code.startswith("departed"):
        return "fixed"
    return "main" if row.phase == 1 else "leftover"
