"""Order of receipt: places in order of completeness, and money set apart with the place (4:26).

A place is definitive only when nobody who was earlier can still turn out to be complete. Then the
engine divides the money over all places and what it grants is reserved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import cast

from django.db.models import F, Max, Q, QuerySet

from applications.domain.submission import booking
from applications.models import Application, Snapshot
from applications.states import State
from assessment.domain.allocation import ENGINE, Option, Outcome, Problem, Row, allocate
from assessment.domain.allocation_text import inputs_text, outcome_hash, outcome_text
from assessment.domain.amounts import calculation_of, ceilings_for, name_of, tier_of
from assessment.domain.award_params import receipt_rules
from assessment.domain.lowered import with_lowerings
from assessment.domain.queries.panels import order_of
from assessment.models import Ranking, RankingRow
from regeling.definition import DistributionRule, Grain, known
from regeling.domain import ledger
from regeling.domain.lowering import limit
from regeling.models import Call, Ceiling, CeilingChange
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, moment_text
from timeline.locks import lock_one
from timeline.record import record

GONE = (State.WITHDRAWN, State.NOT_PROCESSED, State.LATE)
NOT_CHECKED = (State.SUBMITTED, State.COMPLETENESS_CHECK)


def serve(*, call_id: int, actor: Actor) -> Ranking | None:
    """Give places that became definitive, divide the money anew, and reserve what is granted.

    Where a committee orders, its positive conclusions are served in the order of its meetings and
    scores. Inside the caller's transaction. Money that was promised is never taken back here: a
    decision or a withdrawal frees it, and then this runs again. None where votes decide.
    """
    call = lock_one(Call.objects.filter(pk=call_id).select_related("revision"))
    if call.distribution_rule == DistributionRule.RECEIPT:
        _give_places(call, actor)
        applications = _placed(call)
        turns = {
            uid: _at(call, cast(datetime, row.complete_at)) for uid, row in applications.items()
        }
    elif call.distribution_rule == DistributionRule.COMMITTEE:
        applications, turns = _found_positive(call)
    else:
        return None
    if not applications:
        return None
    problem = _problem(call, applications, turns)
    outcome = allocate(problem)
    ranking = _write(call, problem, outcome, applications)
    for row in outcome.rows:
        _reserve(applications[row.key], row.granted, actor)
    return ranking


def _give_places(call: Call, actor: Actor) -> None:
    """The next places, as long as nobody who came earlier still has to be looked at."""
    waiting = Application.objects.filter(call=call, complete_at__isnull=False, place__isnull=True)
    waiting = waiting.exclude(state__in=GONE).order_by("complete_at", "submitted_at", "pk")
    last = Application.objects.filter(call=call).aggregate(last=Max("place"))["last"] or 0
    first_unchecked = _first_unchecked(call)
    for number, application in enumerate(waiting, start=last + 1):
        # An equal one that nobody looked at yet may turn out to share this place.
        if first_unchecked and _at(call, first_unchecked) <= _at(
            call, cast(datetime, application.complete_at)
        ):
            return
        Application.objects.filter(pk=application.pk).update(place=number)
        record(
            stream=("application", str(application.uid)),
            type="assessment.place_given",
            facts={"place": number, "complete_at": application.complete_at},
            actor=actor,
        )


def _first_unchecked(call: Call) -> datetime | None:
    """The earliest moment on which an application that nobody checked may prove complete."""
    rows = Application.objects.filter(call=call, state__in=NOT_CHECKED)
    came_in = {pk: cast(datetime, at) for pk, at in rows.values_list("pk", "submitted_at")}
    supplements = Snapshot.objects.filter(
        application__in=came_in, kind=Snapshot.Kind.SUPPLEMENT
    ).values_list("application_id", "made_at")
    for pk, at in supplements:
        came_in[pk] = max(came_in[pk], at)
    return min(came_in.values(), default=None)


def _placed(call: Call) -> dict[str, Application]:
    """Applications with a place that still count, by uid: also those refused for lack of money, so
    that a ceiling that was closed stays closed."""
    rows = (
        Application.objects.filter(call=call, place__isnull=False)
        .exclude(state__in=GONE)
        .filter(~Q(state=State.REJECTED) | Q(pk__in=_refused_for_money(call)))
        .select_related("call", "revision")
        .order_by("place")
    )
    today = clock.today()
    by_day = _grain(call) == Grain.DAY
    return {
        str(row.uid): row
        for row in rows
        # Where days are compared, a day takes part once it is over.
        if row.complete_at and not (by_day and clock.day(row.complete_at) >= today)
    }


def _found_positive(call: Call) -> tuple[dict[str, Application], dict[str, str]]:
    """Applications that the panel found positive and that still count, by uid, and their turns."""
    turns = order_of(call.pk)
    rows = (
        Application.objects.filter(pk__in=turns)
        .exclude(state__in=GONE)
        .filter(~Q(state=State.REJECTED) | Q(pk__in=_refused_for_money(call)))
        .select_related("call", "revision")
    )
    found = sorted(rows, key=lambda row: (turns[row.pk], row.pk))
    return {str(row.uid): row for row in found}, {str(row.uid): turns[row.pk] for row in found}


def _refused_for_money(call: Call) -> QuerySet[RankingRow, int]:
    return RankingRow.objects.filter(
        ranking__call=call, fixed=True, code__startswith="refused_"
    ).values_list("application_id", flat=True)


def _problem(call: Call, applications: dict[str, Application], turns: Mapping[str, str]) -> Problem:
    """``turns`` says per uid, as text that sorts, when an application has its turn."""
    ceilings = list(Ceiling.objects.filter(call=call).order_by("pk"))
    options = []
    for uid, application in applications.items():
        cents = _most(application)
        if not cents:
            continue  # the rules grant nothing: a matter for its review, not for the ceiling
        options.append(
            Option(
                key=uid,
                asked=cents,
                complete=turns[uid],
                ceilings=ceilings_for(
                    ceilings, application, tier=application.tier or tier_of(application, cents)
                ),
            )
        )
    problem = Problem(
        options=tuple(options),
        ceilings={
            name_of(row.scope, row.code): row.amount + row.overrun - row.lapsed for row in ceilings
        },
        rules=receipt_rules(call.revision.definition),
    )
    return with_lowerings(problem, _limits(ceilings, applications))


def _limits(
    ceilings: list[Ceiling], applications: Mapping[str, Application]
) -> dict[str, dict[str, int]]:
    """What each ceiling that was lowered holds for each application, by the day it came in."""
    lowered = set(
        CeilingChange.objects.filter(ceiling__in=ceilings, after__lt=F("before")).values_list(
            "ceiling_id", flat=True
        )
    )
    return {
        name_of(row.scope, row.code): {
            uid: max(0, limit(row, application.submitted_at) - row.lapsed)
            for uid, application in applications.items()
        }
        for row in ceilings
        if row.pk in lowered
    }


def _most(application: Application) -> int:
    """What it may take: what it has where that is decided, else what the rules allow, in cents."""
    for decided in (application.settled_cents, application.awarded_cents):
        if decided:
            return decided
    return calculation_of(application).granted


def _write(
    call: Call, problem: Problem, outcome: Outcome, applications: dict[str, Application]
) -> Ranking:
    ranking = Ranking.objects.update_or_create(
        call=call,
        round=None,
        defaults={
            "state": Ranking.State.STOPPED if outcome.open_tie else Ranking.State.RUNNING,
            "engine": ENGINE,
            "inputs": inputs_text(problem),
            "outcome": outcome_text(outcome),
            "outcome_hash": outcome_hash(outcome),
            "made_at": clock.now(),
        },
    )[0]
    kept = set(
        RankingRow.objects.filter(ranking=ranking, fixed=True).values_list(
            "application_id", flat=True
        )
    )
    for row in outcome.rows:
        if applications[row.key].pk not in kept:
            write_row(ranking, applications[row.key], row, fixed=False)
    there = [application.pk for application in applications.values()]
    RankingRow.objects.filter(ranking=ranking, fixed=False).exclude(application__in=there).delete()
    return ranking


def decided(*, application_id: int, actor: Actor) -> None:
    """A decision was announced, or the application was withdrawn: its row stands, others may move.

    Inside the caller's transaction.
    """
    application = Application.objects.get(pk=application_id)
    lock_one(Call.objects.filter(pk=application.call_id))
    if application.state != State.WITHDRAWN:
        RankingRow.objects.filter(
            application_id=application_id, ranking__round=None, fixed=False
        ).update(fixed=True)
    serve(call_id=application.call_id, actor=actor)


def write_row(ranking: Ranking, application: Application, row: Row, *, fixed: bool) -> RankingRow:
    """Keep what a ranking gives one application."""
    columns = {name: getattr(row, name) for name in ("place", "votes", "asked", "granted", "code")}
    figures = {name: value for name, value in asdict(row).items() if name not in columns}
    return RankingRow.objects.update_or_create(
        ranking=ranking,
        application=application,
        defaults={**columns, "figures": canonical(figures), "fixed": fixed},
    )[0]


def _reserve(application: Application, granted: int, actor: Actor) -> None:
    """Set apart what is granted and not yet reserved, for an application that is not decided."""
    if application.state != State.IN_REVIEW:
        return
    more = granted - ledger.reserved_for(application_uid=application.uid)
    place = booking(application)
    free = ledger.left_for(booking=place)
    # A later one to whom money was promised in the meantime keeps it.
    if 0 < more <= free:
        ledger.reserve(booking=place, cents=more, day=clock.today(), actor=actor)


def _at(call: Call, moment: datetime) -> str:
    """A moment as finely as the regulation compares: the moment itself, or its day."""
    return clock.day(moment).isoformat() if _grain(call) == Grain.DAY else moment_text(moment)


def _grain(call: Call) -> Grain:
    distribution = known(call.revision.definition.distribution, "distribution")
    return known(distribution.grain, "distribution.grain")
