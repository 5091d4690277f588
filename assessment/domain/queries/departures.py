"""Departures from vote and advice: what each does to the others, and the list of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from applications.models import Application
from applications.states import State
from assessment.domain.allocation import Outcome, Problem, allocate
from assessment.domain.allocation_text import problem_of
from assessment.domain.queries.panels import panel_outcome
from assessment.domain.ranking import problem_of_round
from assessment.models import Departure, Ranking, VoteOption, VoteRound
from regeling.models import Call
from timeline import clock


@dataclass(frozen=True, slots=True)
class Compared:
    """One option before and after: cents, and whether it gains or loses."""

    option: VoteOption
    place: int
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def loss(self) -> int:
        return max(0, self.before - self.after)


@dataclass(frozen=True, slots=True)
class Departed:
    """One departure for list, letter and minutes. ``advised`` is what vote or advice gave, in
    cents; None where an advice names no amount."""

    uid: str
    application: Application
    advised: int | None
    cents: int
    reason: str
    by: str
    on: date


def compare(round_: VoteRound, changes: Mapping[str, int | None]) -> list[Compared]:
    """What ``changes`` (option uid to cents, None: no departure) would do to a counted round, in
    order of place; nothing is saved.

    Raises ``MoreFixedThanThereIs`` when the amounts do not fit under a ceiling.
    """
    problem = _problem_now(round_)
    return _side_by_side(round_, allocate(problem), allocate(_with(problem, changes)))


def effect(round_: VoteRound) -> list[Compared]:
    """What the departures that stand do: the outcome without them, beside the one with them."""
    problem = _problem(round_)
    nothing = {option.key: None for option in problem.options}
    return _side_by_side(round_, allocate(_with(problem, nothing)), allocate(problem))


def is_counted_in(ranking: Ranking) -> bool:
    """Whether a ranking was made with exactly the departures that stand now."""
    options = problem_of(ranking.inputs).options
    then = {option.key: option.fixed for option in options if option.fixed is not None}
    rows = Departure.objects.filter(round=ranking.round, taken_back_at=None)
    stands = dict(rows.values_list("application_id", "cents"))
    there = VoteOption.objects.filter(round=ranking.round, application__in=stands)
    uids = there.values_list("uid", "application_id")
    return then == {str(uid): stands[application_id] for uid, application_id in uids}


def departures_of_call(call: Call) -> list[Departed]:
    """The departures that stand in a call, oldest first."""
    return _told(standing_in(call))


def departures_of_round(round_: VoteRound) -> list[Departed]:
    """The departures that stand in a round, oldest first."""
    return _told(standing_in(round_.call).filter(round=round_))


def departed(application_id: int) -> Departed | None:
    """The departure that stands for one application; None where nobody departed."""
    found = _told(Departure.objects.filter(application_id=application_id, taken_back_at=None))
    return found[0] if found else None


def standing_in(call: Call) -> QuerySet[Departure]:
    """Departures that were not taken back, in a call."""
    return Departure.objects.filter(application__call=call, taken_back_at=None)


def _told(rows: QuerySet[Departure]) -> list[Departed]:
    """Departures with what was advised; the division is made once a round."""
    found = list(
        rows.select_related("application__party", "round__call__revision", "person").order_by(
            "recorded_at", "pk"
        )
    )
    rounds = {row.round_id: row.round for row in found if row.round}
    advised = {key: _advised(round_) for key, round_ in rounds.items() if round_}
    return [
        Departed(
            uid=str(row.uid),
            application=row.application,
            advised=(
                advised[row.round_id].get(row.application_id)
                if row.round_id
                else _by_panel(row.application_id)
            ),
            cents=row.cents,
            reason=row.reason,
            by=row.person.name,
            on=clock.day(row.recorded_at),
        )
        for row in found
    ]


def _by_panel(application_id: int) -> int | None:
    """A negative advice gives nothing; a positive one names no amount."""
    outcome = panel_outcome(application_id)
    return 0 if outcome and not outcome.positive else None


def _advised(round_: VoteRound) -> dict[int, int]:
    """What the vote alone gives every application, without any departure."""
    problem = _problem(round_)
    nothing = {option.key: None for option in problem.options}
    granted = {row.key: row.granted for row in allocate(_with(problem, nothing)).rows}
    options = VoteOption.objects.filter(round=round_).values_list("application_id", "uid")
    return {application_id: granted[str(uid)] for application_id, uid in options}


def _problem(round_: VoteRound) -> Problem:
    """The inputs as they were when the ranking was fixed; before that, as they are now."""
    ranking = Ranking.objects.filter(round=round_, state=Ranking.State.FIXED).first()
    return problem_of(ranking.inputs) if ranking else _problem_now(round_)


def _problem_now(round_: VoteRound) -> Problem:
    options = VoteOption.objects.filter(round=round_, application__state=State.VOTING)
    rows = options.select_related("application__call", "application__revision")
    return problem_of_round(round_, {str(row.uid): row.application for row in rows})


def _with(problem: Problem, changes: Mapping[str, int | None]) -> Problem:
    return replace(
        problem,
        options=tuple(
            replace(option, fixed=changes[option.key])
            if option.key in changes and not option.withdrawn
            else option
            for option in problem.options
        ),
    )


def _side_by_side(round_: VoteRound, before: Outcome, after: Outcome) -> list[Compared]:
    options = {str(row.uid): row for row in VoteOption.objects.filter(round=round_)}
    then = {row.key: row.granted for row in before.rows}
    return [
        Compared(options[row.key], row.place, then.get(row.key, 0), row.granted)
        for row in after.rows
    ]
