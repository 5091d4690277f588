"""Calls and regulations by the address under which people know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from regeling.models import Call, Ceiling, Regulation, Revision


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at an address: a regulation, its text, and the call meant, if there is one."""

    regulation: Regulation
    revision: Revision
    call: Call | None


def at(slug: str, *, now: datetime) -> Found | None:
    """The call of that slug with its own revision; else the regulation of that slug, with the call
    that is open, or else the one that opened last, or else its newest text.
    """
    call = Call.objects.filter(slug=slug).select_related(*_WITH).first()
    if call is None:
        calls = Call.objects.filter(revision__regulation__slug=slug).exclude(kind=Call.Kind.TEST)
        rows = calls.select_related(*_WITH).order_by("-opens_at", "-pk")
        call = next((row for row in rows if is_open(row, now)), None) or rows.first()
    if call is not None:
        return Found(call.revision.regulation, call.revision, call)
    revision = (
        Revision.objects.filter(regulation__slug=slug)
        .select_related("regulation__authority")
        .order_by("-number")
        .first()
    )
    return Found(revision.regulation, revision, None) if revision else None


_WITH = ("revision__regulation__authority",)


def is_open(call: Call, now: datetime) -> bool:
    """Half open: the first moment counts, the closing moment is too late."""
    return call.opens_at <= now and (call.closes_at is None or now < call.closes_at)


def newest_revisions() -> list[Revision]:
    """The newest text of every regulation, by title."""
    newest = Revision.objects.filter(regulation=OuterRef("regulation")).order_by("-number")
    rows = Revision.objects.filter(pk=Subquery(newest.values("pk")[:1]))
    return list(rows.select_related("regulation__authority").order_by("regulation__title", "pk"))


def all_calls() -> QuerySet[Call]:
    """Every call, latest first, with its regulation."""
    return Call.objects.select_related(*_WITH).order_by("-opens_at", "-pk")


def total_of(call: Call) -> Ceiling:
    """The one ceiling of a call that counts everything."""
    return call.ceilings.get(scope=Ceiling.Scope.TOTAL)


def with_money(calls: QuerySet[Call]) -> QuerySet[Ceiling]:
    """The total ceilings of some calls, for lists."""
    return (
        Ceiling.objects.filter(call__in=calls, scope=Ceiling.Scope.TOTAL)
        .select_related("call__revision__regulation__authority")
        .order_by(F("call__opens_at").desc(), "-call_id")
    )
