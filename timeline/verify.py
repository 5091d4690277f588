"""Walk everything that must not have changed, and name the place where it did."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from timeline import triggers
from timeline.canon import moment_text, sha256
from timeline.models import DailyRoot, Delivery, Event, Stream


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written: the place, and a sentence about it."""

    place: str
    sentence: str


Walk = Callable[[], Iterator[Finding]]
_checks: dict[str, Walk] = {}
Note = Callable[[], Iterator[str]]
_notes: dict[str, Note] = {}


def check(name: str) -> Callable[[Walk], Walk]:
    """Register a walk of a room under ``name``."""

    def register(walk: Walk) -> Walk:
        _checks[name] = walk
        return walk

    return register


def note(name: str) -> Callable[[Note], Note]:
    """Register what a room tells beside its findings, with which nothing is wrong."""

    def register(tell: Note) -> Note:
        _notes[name] = tell
        return tell

    return register


def notes() -> list[str]:
    """Everything that the rooms tell."""
    return [sentence for _name, tell in sorted(_notes.items()) for sentence in tell()]


def checks() -> dict[str, Walk]:
    """All walks by name."""
    return dict(sorted(_checks.items()))


def findings(walk: Walk) -> list[Finding]:
    """What a walk finds. One that breaks off finds at least that: it read something damaged."""
    found: list[Finding] = []
    try:
        found.extend(walk())
    except Exception as failure:  # noqa: BLE001  whatever a damaged row makes of it is reported
        where = f"{walk.__module__}.{walk.__name__}"
        found.append(Finding(where, f"broke off on {type(failure).__name__}: {failure}"))
    return found


@check("streams")
def streams() -> Iterator[Finding]:
    """Re-hash every event, follow every chain, compare columns with the text that was hashed."""
    heads: dict[int, tuple[int, str]] = {}
    rows = Event.objects.select_related("stream").order_by("stream_id", "number")
    for event in rows.iterator(chunk_size=2000):
        place = f"{event.stream}/{event.number}"
        number, previous = heads.get(event.stream_id, (0, ""))
        if sha256(event.text) != event.hash:
            yield Finding(place, "the text of the event is not the text that was hashed")
        if event.previous != previous or event.number != number + 1:
            yield Finding(place, "the chain is broken before this event")
        yield from _columns(event, place)
        heads[event.stream_id] = (event.number, event.hash)
    for stream in Stream.objects.iterator(chunk_size=2000):
        if heads.get(stream.pk, (0, "")) != (stream.length, stream.head):
            yield Finding(str(stream), "length or head is not that of the last event")


def _columns(event: Event, place: str) -> Iterator[Finding]:
    try:
        body = json.loads(event.text)
    except ValueError:
        yield Finding(place, "the text of the event cannot be read")
        return
    told = {
        "uid": str(event.uid),
        "stream": [event.stream.kind, event.stream.uid],
        "number": event.number,
        "type": event.type,
        "version": event.version,
        "previous": event.previous,
        "recorded_at": moment_text(event.recorded_at),
        "counts_for": event.counts_for.isoformat(),
        "track": event.track,
    }
    for field, value in told.items():
        if body.get(field) != value:
            yield Finding(place, f"column {field} differs from the text that was hashed")
    if body.get("actor", {}).get("uid") != event.actor_uid:
        yield Finding(place, "column actor_uid differs from the text that was hashed")


@check("deliveries")
def deliveries() -> Iterator[Finding]:
    """A delivery belongs to the stream of its event and has not lost it."""
    for delivery in Delivery.objects.select_related("event").iterator(chunk_size=2000):
        if (
            delivery.stream_id != delivery.event.stream_id
            or delivery.number != delivery.event.number
        ):
            yield Finding(f"delivery {delivery.pk}", "is not in the stream of its event")


@check("triggers")
def kept() -> Iterator[Finding]:
    """Every declared trigger is in the database."""
    for name in triggers.missing(connection):
        yield Finding(name, "the trigger is missing; run migrate to make it again")


@check("daily roots")
def roots() -> Iterator[Finding]:
    """A daily root can be made again from the events up to its moment."""
    from timeline.domain.roots import root_of

    for root in DailyRoot.objects.order_by("day"):
        again, count = root_of(root.made_at)
        if (again, count) != (root.root, root.streams):
            yield Finding(f"root of {root.day}", "does not follow from the events of that day")
