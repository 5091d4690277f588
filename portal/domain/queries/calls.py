"""The calls that the home page shows: what is open, what comes, what has just closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from regeling.models import Call, Ceiling
from timeline import clock

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A call as a card shows it; money in cents, days in Amsterdam, `last_day` None for no end.

    What a ranking holds back is still told as left: it is nobody's news before the letters.
    """

    slug: str
    title: str
    regulation: str
    owner: str
    kind: str
    first_day: date
    last_day: date | None
    ceiling: int
    left: int


def open_now(now: datetime) -> list[Shown]:
    """Calls in which one can apply at this moment, first to close first."""
    rows = _calls().filter(opens_at__lte=now).filter(Q(closes_at__gt=now) | Q(closes_at=None))
    return [_shown(row) for row in rows.order_by(F("closes_at").asc(nulls_last=True), "pk")]


def coming(now: datetime) -> list[Shown]:
    """Calls that open later, soonest first."""
    return [_shown(row) for row in _calls().filter(opens_at__gt=now).order_by("opens_at", "pk")]


def closed(now: datetime, *, limit: int = 6) -> list[Shown]:
    """Calls that closed, latest first, at most `limit`."""
    rows = _calls().filter(closes_at__lte=now).order_by("-closes_at", "pk")
    return [_shown(row) for row in rows[:limit]]


def _calls() -> QuerySet[Call]:
    total = Ceiling.objects.filter(call=OuterRef("pk"), scope=Ceiling.Scope.TOTAL)
    told = F("open") + F("settled") + F("lapsed")
    by_receipt = Subquery(
        total.annotate(f=F("amount") + F("overrun") - told - F("reserved")).values("f")
    )
    by_ranking = Subquery(total.annotate(f=F("amount") - told).values("f"))
    return (
        Call.objects.exclude(kind=Call.Kind.TEST)
        .select_related("revision__regulation__authority")
        .annotate(
            ceiling=Subquery(total.values("amount")),
            left=Case(When(distribution_rule="receipt", then=by_receipt), default=by_ranking),
        )
    )


def _shown(call: Call) -> Shown:
    regulation = call.revision.regulation
    return Shown(
        slug=call.slug,
        title=call.title,
        regulation=regulation.title,
        owner=regulation.authority.name,
        kind=call.kind,
        first_day=clock.day(call.opens_at),
        last_day=clock.day(call.closes_at - INSTANT) if call.closes_at else None,
        ceiling=call.ceiling,  # type: ignore[attr-defined]  # annotated above
        left=call.left,  # type: ignore[attr-defined]  # annotated above
    )
