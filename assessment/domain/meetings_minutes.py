"""The minutes of a meeting: one canonical text from its rows, signed by the chair, then fixed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from assessment.domain.meetings import (
    JUDGING,
    Seat,
    lock_meeting,
    minimum_of,
    panel_of,
    refuse_state,
    tell,
)
from assessment.domain.meetings_held import scored
from assessment.domain.meetings_papers import order
from assessment.models import (
    AgendaItem,
    ItemInterest,
    ItemScore,
    Meeting,
    MeetingAttendance,
    MeetingPaper,
)
from regeling.definition import PanelMethod
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, sha256
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed

Outcome = AgendaItem.Outcome


def minutes_of(meeting: Meeting) -> dict[str, Any]:
    """What the minutes say, as plain values: who was there, and per dossier who left, who took
    part with which scores, and what was found with which reasons."""
    panel = panel_of(meeting.call)
    seats = list(meeting.attendance.order_by("role", "pk"))
    present = [seat for seat in seats if seat.present and seat.role in JUDGING]
    criteria = {each.code: each.question for each in scored(meeting.call)}
    return {
        "kind": str(MeetingPaper.Kind.MINUTES),
        "meeting": str(meeting.uid),
        "authority": meeting.call.revision.regulation.authority.name,
        "call": meeting.call.title,
        "call_kind": meeting.call.kind,
        "panel": panel.name,
        "power": str(panel.power),
        "method": str(panel.method),
        "held_on": meeting.held_on,
        "starts": f"{meeting.starts:%H.%M}",
        "place": meeting.place,
        "chair": next((seat.name for seat in seats if seat.role == Seat.CHAIR), ""),
        "attendance": [
            {
                "uid": str(seat.uid),
                "name": seat.name,
                "role": seat.role,
                "present": bool(seat.present),
            }
            for seat in seats
        ],
        "quorum": {"minimum": minimum_of(meeting.call), "present": len(present)},
        "criteria": criteria if panel.method is PanelMethod.SCORES else {},
        "items": [_item(item, criteria) for item in _items(meeting)],
    }


def minutes_text(meeting: Meeting) -> str:
    """The canonical text of the minutes; a signature names its SHA-256."""
    return canonical(minutes_of(meeting))


def sign_minutes(*, meeting_id: int, seen_hash: str, actor: Actor) -> Meeting:
    """The chair signs what she saw: from now on nothing of the meeting changes.

    The signature names the hash of the text. Raises ``Conflict`` when it is no longer the one that
    she saw, ``NotAllowed`` for anybody but who was in the chair.
    """
    with transaction.atomic():
        meeting = lock_meeting(meeting_id)
        refuse_state(meeting, Meeting.State.HELD)
        chair = meeting.attendance.filter(role=Seat.CHAIR).first()
        if chair is None or actor.person_id is None or chair.person_id != actor.person_id:
            raise NotAllowed(_("De voorzitter van de vergadering tekent het verslag."))
        told = minutes_of(meeting)
        text = canonical(told)
        if sha256(text) != seen_hash:
            raise Conflict(
                _("Het verslag is intussen veranderd. Lees het opnieuw voordat u tekent."),
                code="stale",
            )
        _fix(meeting)
        meeting.state = Meeting.State.SIGNED
        meeting.minutes, meeting.minutes_hash = text, seen_hash
        meeting.signed_by_id, meeting.signed_at = actor.person_id, clock.now()
        meeting.version += 1
        meeting.save()
        order(
            meeting,
            None,
            MeetingPaper.Kind.MINUTES,
            {**told, "signed_on": clock.day(meeting.signed_at), "hash": seen_hash},
        )
        _tell(meeting, actor)
        return meeting


def _items(meeting: Meeting) -> list[AgendaItem]:
    rows = meeting.items.select_related("application").prefetch_related(
        Prefetch(
            "interests",
            ItemInterest.objects.select_related("attendee").order_by("attendee__role", "attendee"),
        ),
        Prefetch(
            "scores",
            ItemScore.objects.select_related("attendee").order_by("attendee", "criterion"),
        ),
    )
    return list(rows.order_by("position", "pk"))


def _item(item: AgendaItem, criteria: dict[str, str]) -> dict[str, Any]:
    interests = [each for each in item.interests.all() if each.attendee.present]
    took_part = [each.attendee for each in interests if not each.has_interest]
    keys = {seat.pk for seat in took_part}
    scores = [
        {"criterion": each.criterion, "who": str(each.attendee.uid), "score": each.score}
        for each in item.scores.all()
        if each.attendee_id in keys and each.criterion in criteria
    ]
    return {
        "uid": str(item.uid),
        "position": item.position,
        "application": str(item.application.uid),
        "number": item.application.number or "",
        "title": item.application.title,
        "outcome": item.outcome,
        "reasoning": item.reasoning,
        "conclusion": item.conclusion,
        "left": _people([each.attendee for each in interests if each.has_interest]),
        "took_part": _people(took_part),
        "scores": scores,
        "total": sum(each["score"] for each in scores),
    }


def _people(seats: list[MeetingAttendance]) -> list[dict[str, str]]:
    return [{"uid": str(seat.uid), "name": seat.name} for seat in seats]


def _fix(meeting: Meeting) -> None:
    """Every row that the minutes rest on refuses to change from now on."""
    ItemScore.objects.filter(item__meeting=meeting).update(fixed=True)
    ItemInterest.objects.filter(item__meeting=meeting).update(fixed=True)
    meeting.items.update(fixed=True)
    meeting.attendance.update(fixed=True)


def _tell(meeting: Meeting, actor: Actor) -> None:
    """The meeting's own event, and one in the stream of each dossier."""
    items = list(meeting.items.select_related("application").order_by("position", "pk"))
    tell(
        meeting,
        "minutes_signed",
        actor,
        hash=meeting.minutes_hash,
        items=[[str(item.uid), item.outcome] for item in items],
    )
    for item in sorted(items, key=lambda each: each.application_id):
        record(
            stream=("application", str(item.application.uid)),
            type="assessment.panel_concluded",
            facts={"meeting": str(meeting.uid), "item": str(item.uid), "outcome": item.outcome},
            actor=actor,
        )
