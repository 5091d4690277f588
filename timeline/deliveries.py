"""Which handlers follow which events. A lower room records; a higher one subscribes by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from timeline import clock
from timeline.models import Event

Work = Callable[[Event], None]
Due = Callable[[Event], datetime]


@dataclass(frozen=True, slots=True)
class Handler:
    """A named, idempotent piece of work that follows events of some types."""

    name: str
    types: frozenset[str]
    work: Work
    due: Due | None


_handlers: dict[str, Handler] = {}


def handles(name: str, *types: str, due: Due | None = None) -> Callable[[Work], Work]:
    """Register the decorated function as handler ``name`` of events of ``types``.

    ``due`` computes from the event when the work may start; without it, at once. A name is stored
    in rows and therefore never changes. Raises ``ValueError`` for a name that is taken.
    """

    def register(work: Work) -> Work:
        if name in _handlers and _handlers[name].work.__qualname__ != work.__qualname__:
            raise ValueError(f"handler {name} exists already")
        _handlers[name] = Handler(name, frozenset(types), work, due)
        return work

    return register


def from_fact(field: str) -> Due:
    """A ``due`` that reads a moment, or the start of a day, out of the event's facts."""

    def due(event: Event) -> datetime:
        text = event.facts[field]
        if len(text) == len("2026-01-01"):
            return clock.moment(datetime.fromisoformat(text).date())
        return datetime.fromisoformat(text)

    return due


def subscribed(type: str) -> list[Handler]:
    """The handlers of an event type, by name."""
    return [handler for _, handler in sorted(_handlers.items()) if type in handler.types]


def handler(name: str) -> Handler | None:
    """The handler with this name, or None when no room knows it any more."""
    return _handlers.get(name)
