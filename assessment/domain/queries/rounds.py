"""What the pages of a vote round show, and what they never show before the count."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.domain.grants import current
from accounts.roles import Role
from applications.models import Application
from applications.states import State
from assessment.domain.allocation import Row, Tie
from assessment.domain.allocation_text import outcome_of
from assessment.domain.closing import turnout
from assessment.models import Ranking, RankingRow, VoteOption, VoteRound
from regeling.definition import RouteStep
from regeling.models import Call

FEW = 10
"""Below this many used rights the turnout is not told: it would point at people."""


@dataclass(frozen=True, slots=True)
class Line:
    """One option in the outcome, as a page shows it."""

    option: VoteOption
    row: Row
    ranked: RankingRow | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A ranking for the page: lines in order of place, ties, and what stands open."""

    ranking: Ranking
    lines: tuple[Line, ...]
    ties: tuple[tuple[Tie, tuple[str, ...]], ...]
    open_tie: tuple[VoteOption, ...]
    needs_lot: bool
    spent: int


def rounds_of(person_id: int | None) -> QuerySet[VoteRound]:
    """The rounds that somebody runs as an assessor or reads as an auditor, newest first."""
    if person_id is None:
        return VoteRound.objects.none()
    grants = (
        current()
        .filter(
            person_id=person_id,
            role__in=[Role.ASSESSOR, Role.AUDITOR],
            authority=OuterRef("call__revision__regulation__authority"),
        )
        .filter(Q(regulation="") | Q(regulation=OuterRef("call__revision__regulation__slug")))
    )
    rows = VoteRound.objects.filter(Exists(grants))
    return rows.select_related("call__revision__regulation__authority").order_by("-opens_at", "pk")


def calls_that_vote(calls: list[Call]) -> list[Call]:
    """Those of ``calls`` whose regulation lets people vote."""
    return [call for call in calls if call.revision.definition.has(RouteStep.VOTE)]


def told_turnout(round_: VoteRound) -> list[tuple[str, int | None, int]]:
    """Per panel: name, rights used (None while there are fewer than ten), rights given out."""
    return [(name, used if used >= FEW else None, given) for name, used, given in turnout(round_)]


def waiting_options(call: Call) -> list[Application]:
    """The applications that become options when the round opens."""
    rows = Application.objects.filter(call=call, state=State.ELIGIBLE_FOR_VOTE)
    return list(rows.order_by("title", "pk"))


def rules_of(round_: VoteRound) -> dict[str, Any]:
    """The frozen rules, or none in concept."""
    rules: dict[str, Any] = json.loads(round_.params) if round_.params else {}
    return rules


def shown(ranking: Ranking) -> Shown:
    """A ranking with its options and reasons, in three queries."""
    outcome = outcome_of(ranking.outcome)
    options = {str(each.uid): each for each in VoteOption.objects.filter(round=ranking.round)}
    rows = RankingRow.objects.filter(ranking=ranking).select_related(
        "ranking__call__revision", "application"
    )
    ranked = {row.application_id: row for row in rows}
    lines = [
        Line(options[row.key], row, ranked.get(options[row.key].application_id))
        for row in outcome.rows
    ]
    return Shown(
        ranking=ranking,
        lines=tuple(lines),
        ties=tuple(
            (tie, tuple(options[key].title for key in tie.keys))
            for tie in outcome.ties
            if tie.decisive
        ),
        open_tie=tuple(options[key] for key in outcome.open_tie),
        needs_lot=outcome.needs_lot,
        spent=sum(row.granted for row in outcome.rows),
    )
