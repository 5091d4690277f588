"""What is checked of meetings: the minutes, the rows that they rest on, and their files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from assessment import printing
from assessment.domain.meetings_minutes import minutes_of
from assessment.models import AgendaItem, ItemScore, Meeting, MeetingPaper
from timeline.canon import canonical, sha256
from timeline.models import Event
from timeline.verify import Finding, check

KEPT = ("attendance", "items")


@check("meetings")
def meetings() -> Iterator[Finding]:
    """Signed minutes are the text that was signed and what the rows say; scores are only of members
    who were there without an interest; a conclusion is of enough members."""
    signed = {
        event.facts["meeting"]: event.facts["hash"]
        for event in Event.objects.filter(type="assessment.minutes_signed").iterator()
    }
    rows = Meeting.objects.select_related("call__revision__regulation__authority")
    for meeting in rows.filter(state=Meeting.State.SIGNED).order_by("pk"):
        place = f"meeting {meeting.uid}"
        if sha256(meeting.minutes) != meeting.minutes_hash:
            yield Finding(place, "the minutes are not the text that was hashed")
            continue
        if signed.get(str(meeting.uid)) != meeting.minutes_hash:
            yield Finding(place, "no signature names these minutes")
        told = json.loads(meeting.minutes)
        now = json.loads(canonical(minutes_of(meeting)))
        if any(told[part] != now[part] for part in KEPT):
            yield Finding(place, "the rows differ from the minutes")
        yield from _scores(meeting, place)
        yield from _conclusions(told, place)


@check("papers of meetings")
def papers() -> Iterator[Finding]:
    """Every printed file of a meeting is the one that was stored, from the facts that it names."""
    for row in MeetingPaper.objects.order_by("pk").iterator(chunk_size=500):
        place = f"meeting paper {row.uid}"
        if sha256(row.facts) != row.facts_hash:
            yield Finding(place, "the facts are not those from which it was made")
        if not row.path:
            continue
        try:
            digest = sha256(printing.read(row.path))
        except FileNotFoundError:
            yield Finding(place, "the file is missing")
            continue
        if digest != row.sha256:
            yield Finding(place, "the file is not the one that was stored")


def _scores(meeting: Meeting, place: str) -> Iterator[Finding]:
    scores = ItemScore.objects.filter(item__meeting=meeting).select_related("item", "attendee")
    part = set(
        AgendaItem.objects.filter(
            meeting=meeting,
            interests__has_interest=False,
            interests__attendee__present=True,
            interests__attendee__role__in=["chair", "member"],
        ).values_list("pk", "interests__attendee")
    )
    for score in scores.order_by("pk"):
        if (score.item_id, score.attendee_id) not in part:
            yield Finding(place, f"item {score.item.uid}: a score of who takes no part")


def _conclusions(told: dict[str, Any], place: str) -> Iterator[Finding]:
    least = told["quorum"]["minimum"]
    for item in told["items"]:
        concluded = item["outcome"] in ("positive", "negative")
        if concluded and len(item["took_part"]) < least:
            yield Finding(place, f"item {item['uid']}: concluded by fewer than {least} members")
