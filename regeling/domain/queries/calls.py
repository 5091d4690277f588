"""Calls and regulations by the address under which people know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from regeling.domain.queries.governing import governing, latest_of_all
from regeling.domain.queries.testing import may_join
from regeling.models import Call, Ceiling, Regulation, Revision
from timeline import clock


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at an address: a regulation, its text, and the call meant, if there is one."""

    regulation: Regulation
    revision: Revision
    call: Call | None


def at(slug: str, *, now: datetime, person_id: int | None = None) -> Found | None:
    """The call of that slug with the text that governs it; else the regulation of that slug, with
    the call that is open, or else the one that opened last, or else the text in force or coming.
    A test call is there for who may join it only.
    """
    call = Call.objects.filter(slug=slug).select_related(*_WITH).first()
    if call is None or not may_join(person_id, call):
        calls = Call.objects.filter(revision__regulation__slug=slug).exclude(kind=Call.Kind.TEST)
        rows = calls.select_related(*_WITH).order_by("-opens_at", "-pk")
        call = next((row for row in rows if is_open(row, now)), None) or rows.first()
    if call is not None:
        return Found(call.revision.regulation, governing(call), call)
    revision = latest_of_all(at=now).filter(regulation__slug=slug).first()
    return Found(revision.regulation, revision, None) if revision else None


_WITH = ("revision__regulation__authority",)


def is_open(call: Call, now: datetime) -> bool:
    """Half open: the first moment counts, the closing moment is too late."""
    return call.opens_at <= now and (call.closes_at is None or now < call.closes_at)


def newest_revisions(*, now: datetime | None = None) -> list[Revision]:
    """The text of every regulation that people should read now, by title.

    The one in force (withdrawn or not), and before the first is in force the one that is coming.
    """
    return list(latest_of_all(at=now or clock.now()))


def all_calls() -> QuerySet[Call]:
    """Every call, latest first, with its regulation."""
    return Call.objects.select_related(*_WITH).order_by("-opens_at", "-pk")


def total_of(call: Call) -> Ceiling:
    """The one ceiling of a call that counts everything."""
    return call.ceilings.get(scope=Ceiling.Scope.TOTAL)


def has_no_money(call: Call) -> bool:
    """Whether the call is closed by a ceiling of nothing (Awb 4:25)."""
    return call.ceilings.filter(scope=Ceiling.Scope.TOTAL, amount=0).exists()


def with_money(calls: QuerySet[Call]) -> QuerySet[Ceiling]:
    """The total ceilings of some calls, for lists."""
    return (
        Ceiling.objects.filter(call__in=calls, scope=Ceiling.Scope.TOTAL)
        .select_related("call__revision__regulation__authority")
        .order_by(F("call__opens_at").desc(), "-call_id")
    )
