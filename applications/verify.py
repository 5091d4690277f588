"""Snapshots are what was sent; the state of a dossier is that of its last event."""

from __future__ import annotations

from collections.abc import Iterator

from applications.models import Application, Snapshot
from applications.states import BEFORE_SUBMISSION
from timeline.canon import salted_hash
from timeline.models import Event
from timeline.verify import Finding, check


@check("snapshots")
def snapshots() -> Iterator[Finding]:
    """Every snapshot still has the hash that the event of its submission names."""
    named = {}
    types = ["applications.submitted", "applications.late_submitted"]
    types.append("applications.supplement_received")
    for event in Event.objects.filter(type__in=types).iterator(chunk_size=1000):
        if "snapshot" in event.facts:
            named[event.facts["snapshot"]] = event.facts["hash"]
    for row in Snapshot.objects.select_related("application").iterator(chunk_size=500):
        place = f"snapshot {row.number} of {row.application.number or row.application.uid}"
        if salted_hash(row.salt, row.text) != row.hash:
            yield Finding(place, "the answers are not those that were sent")
        if named.get(str(row.uid)) != row.hash:
            yield Finding(place, "no event names this snapshot and hash")


@check("states")
def states() -> Iterator[Finding]:
    """The state in the row is the state that the last transition's event gave it."""
    last: dict[str, str] = {}
    events = Event.objects.filter(stream__kind="application").select_related("stream")
    for event in events.order_by("stream_id", "number").iterator(chunk_size=2000):
        if "to" in event.facts:
            last[event.stream.uid] = event.facts["to"]
    for uid, number, state in Application.objects.values_list("uid", "number", "state").iterator():
        told = last.get(str(uid))
        if told != state and not (told is None and state in BEFORE_SUBMISSION):
            yield Finding(f"application {number or uid}", f"is {state}, but its events say {told}")
