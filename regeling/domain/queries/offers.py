"""What everybody can apply for, now or later: every regulation with the call that matters today."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery

from regeling.definition import DistributionRule
from regeling.domain.queries.calls import is_open, newest_revisions
from regeling.matching import Offer, State, empty_in, opens_next
from regeling.models import Call, CallAmendment, Ceiling, Regulation, Revision
from timeline import clock

INSTANT = timedelta(microseconds=1)


def offers() -> list[Offer]:
    """Every regulation, by title: its open calls, else the next to open, else what closed last.

    A regulation without a call stands for itself, with the days that its text gives; one that was
    withdrawn only for a call that is not over. Tests are nobody's offer. Four queries, however many
    there are.
    """
    now = clock.now()
    calls = _calls()
    governed = _governed(calls)
    by_regulation: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        by_regulation[call.revision.regulation_id].append(call)
    found: list[Offer] = []
    for revision in newest_revisions():
        own = by_regulation.get(revision.regulation_id, [])
        standing = [call for call in own if is_open(call, now)]
        coming = sorted((call for call in own if call.opens_at > now), key=lambda c: c.opens_at)
        shown = standing or coming[:1]
        if not shown and not _withdrawn(revision, now):
            later = _from_text(revision)
            shown = [] if later.state is State.COMING else own[:1]
            found += [] if shown else [later]
        found += [of_call(call, governed.get(call.pk, call.revision)) for call in shown]
    return found


def of_call(call: Call, revision: Revision) -> Offer:
    """A call as somebody with an idea sees it today; `revision` is the text that governs it."""
    now, definition = clock.now(), revision.definition
    ceilings = list(call.ceilings.all())
    total = next((row for row in ceilings if row.scope == Ceiling.Scope.TOTAL), None)
    if is_open(call, now):
        state = State.OPEN
    else:
        state = State.COMING if now < call.opens_at else State.CLOSED
    by_receipt = call.distribution_rule == DistributionRule.RECEIPT
    return Offer(
        slug=call.slug,
        title=call.title,
        authority=call.revision.regulation.authority.name,
        definition=definition,
        state=state,
        opens_on=clock.day(call.opens_at),
        last_day=clock.day(call.closes_at - INSTANT) if call.closes_at else None,
        empty=frozenset((row.scope, row.code) for row in ceilings if row.amount == 0),
        spent=bool(total and total.amount and by_receipt and total.left_as_told <= 0),
        called=True,
        example=call.kind == Call.Kind.EXAMPLE,
    )


def _from_text(revision: Revision) -> Offer:
    definition, regulation = revision.definition, revision.regulation
    later = opens_next(definition, clock.today())
    opens_on, last_day = later or (None, None)
    return Offer(
        slug=regulation.slug,
        title=regulation.title,
        authority=regulation.authority.name,
        definition=definition,
        state=State.COMING if later else State.NONE,
        opens_on=opens_on,
        last_day=last_day,
        empty=empty_in(definition),
        example=revision.example_only,
    )


def _withdrawn(revision: Revision, now: datetime) -> bool:
    withdrawal = getattr(revision, "withdrawal", None)
    return withdrawal is not None and withdrawal.from_at <= now


def _governed(calls: list[Call]) -> dict[int, Revision]:
    """The text of the last amendment of each of these calls that was amended."""
    rows = CallAmendment.objects.filter(call__in=calls).select_related("after").order_by("number")
    return {row.call_id: row.after for row in rows}


def _calls() -> list[Call]:
    """Calls that are not over, and of each regulation the one that closed last; latest first."""
    now = clock.now()
    own = Call.objects.exclude(kind=Call.Kind.TEST)
    last = own.filter(revision__regulation=OuterRef("pk"), closes_at__lte=now)
    latest = last.order_by("-closes_at", "-pk").values("pk")[:1]
    closed = Regulation.objects.annotate(last=Subquery(latest)).values("last")
    rows = own.filter(Q(closes_at__gt=now) | Q(closes_at=None) | Q(pk__in=closed))
    rows = rows.select_related("revision__regulation__authority").prefetch_related("ceilings")
    return list(rows.order_by("-opens_at", "-pk"))
