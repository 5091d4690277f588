"""What is checked of test calls that were removed: that they are gone; and that they were."""

from __future__ import annotations

from collections.abc import Iterator

from regeling.models import Call
from timeline.models import Event
from timeline.verify import Finding, check, note

REMOVED = "regeling.test_call_removed"


@check("removed test calls")
def removed() -> Iterator[Finding]:
    """A call that was removed is not there, and was a test."""
    for event in Event.objects.filter(type=REMOVED).select_related("stream").order_by("pk"):
        place = f"call {event.facts['call']}"
        if Call.objects.filter(uid=event.facts["call"]).exists():
            yield Finding(place, "was removed, and is there all the same")
        opened = Event.objects.filter(stream=event.stream, type="regeling.call_opened").first()
        if opened is None or opened.facts["kind"] != Call.Kind.TEST:
            yield Finding(place, "was removed, but was not opened as a test")


@note("removed test calls")
def told() -> Iterator[str]:
    """Which test calls were removed, when, and how much went with them."""
    for event in Event.objects.filter(type=REMOVED).order_by("pk"):
        facts = event.facts
        rows = sum(facts["rows"].values())
        yield (
            f"{facts['title']} ({facts['call']}): removed on {event.counts_for}, "
            f"{rows} rows and {facts['files']} files"
        )
