"""What this room checks of printed minutes when everything is walked: the file under its hash."""

from __future__ import annotations

from collections.abc import Iterator

from assessment import printing
from timeline.canon import sha256
from timeline.models import Event
from timeline.verify import Finding, check


@check("minutes of votes")
def stored_minutes() -> Iterator[Finding]:
    """Every file of minutes is there, and is the file that was printed."""
    gone = _removed()
    for event in Event.objects.filter(type="assessment.minutes_printed").order_by("pk"):
        if event.facts["round"] in gone:
            continue
        place = f"vote_round {event.facts['round']}"
        try:
            found = sha256(printing.read(event.facts["path"]))
        except FileNotFoundError:
            yield Finding(place, "the minutes are gone")
            continue
        if found != event.facts["sha256"]:
            yield Finding(place, "the minutes are not the file that was printed")


def _removed() -> set[str]:
    """The rounds of test calls that were removed, with their minutes."""
    events = Event.objects.filter(type="regeling.test_call_removed")
    return {uid for event in events for uid in event.facts["rounds"]}
