"""Snapshots are what was sent; a dossier's state is that of its last event, its text of its row."""

from __future__ import annotations

import json
from collections.abc import Iterator

from applications.models import Application, RevisionMove, Snapshot
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


@check("texts that govern")
def texts() -> Iterator[Finding]:
    """What was sent in stands under the text of its first snapshot, or of its last move."""
    last: dict[int, str] = {}
    for move in RevisionMove.objects.select_related("before", "after").order_by("number"):
        if last.get(move.application_id, move.before.sha256) != move.before.sha256:
            yield Finding(f"application {move.application_id}", f"move {move.number} has a gap")
        last[move.application_id] = move.after.sha256
    sent = Snapshot.objects.filter(number=1).select_related("application__revision")
    for row in sent.iterator(chunk_size=500):
        governs = last.get(row.application_id) or json.loads(row.text).get("regulation")
        if governs != row.application.revision.sha256:
            yield Finding(
                f"application {row.application.number}", "is under another text than it was sent in"
            )
