"""The one place where now comes from, and what a day is.

Moments are aware and in UTC; a day is a day in Europe/Amsterdam. An example round is played on a
clock of its own (its *track*); the demo's bar moves one stored offset. In production neither
exists: ``settings.CLOCK_MOVABLE`` is false and the machine's time is the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class _Track:
    name: str
    moment: datetime


_playing: ContextVar[_Track | None] = ContextVar("playing", default=None)


def machine_now() -> datetime:
    """The machine's time, for leases, retries, sessions and rate limits only."""
    return datetime.now(UTC)


def now() -> datetime:
    """The moment that counts, aware, in UTC. A verb reads it once, after its lock."""
    played = _playing.get()
    if played is not None:
        return played.moment
    return machine_now() + _offset()


def track() -> str:
    """The name of the example round whose clock runs here; empty for the ordinary clock."""
    played = _playing.get()
    return played.name if played else ""


@contextmanager
def playing(name: str, moment: datetime) -> Iterator[None]:
    """Run a block at ``moment`` on the clock called ``name`` (tests: the empty name).

    Raises ``ValueError`` for a naive moment and ``RuntimeError`` where the clock may not be moved.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    if not getattr(settings, "CLOCK_MOVABLE", False):
        raise RuntimeError("the clock cannot be moved in this installation")
    token = _playing.set(_Track(name, moment.astimezone(UTC)))
    try:
        yield
    finally:
        _playing.reset(token)


def day(at: datetime) -> date:
    """The day in Europe/Amsterdam on which ``at`` falls."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return at.astimezone(AMSTERDAM).date()


def today() -> date:
    """Today in Europe/Amsterdam."""
    return day(now())


def moment(on: date, at: str = "00:00") -> datetime:
    """The moment in UTC of a wall-clock time ("HH:MM") on a day in Europe/Amsterdam."""
    return datetime.combine(on, time.fromisoformat(at), AMSTERDAM).astimezone(UTC)


def _offset() -> timedelta:
    if not getattr(settings, "CLOCK_MOVABLE", False):
        return timedelta(0)
    from timeline.models import ClockOffset  # models load after settings; the clock is read by both

    row = ClockOffset.objects.filter(pk=1).first()
    return timedelta(seconds=row.seconds) if row else timedelta(0)
