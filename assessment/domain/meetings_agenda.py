"""The agenda of a meeting: the dossiers that are ready, in order, until it is convened."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import State
from assessment.domain.meetings import changed, locked, seat_members, tell
from assessment.domain.meetings_papers import order_papers
from assessment.domain.reviews import positively_reviewed
from assessment.models import AgendaChange, AgendaItem, Meeting
from regeling.definition import RouteStep
from timeline import clock
from timeline.actor import Actor
from timeline.refusal import Refused

PLANNED = Meeting.State.PLANNED
Outcome = AgendaItem.Outcome
Change = AgendaChange.Kind


def ready(meeting: Meeting, *, in_time: bool = True) -> list[Application]:
    """The dossiers that can be treated and stand on no agenda: held over first, then in order of
    completeness.

    Ready is: complete no later than the meeting's ``in_by`` (unless ``in_time`` is False), with a
    positive review where the route has one, and without a conclusion of the panel.
    """
    rows = Application.objects.filter(
        call_id=meeting.call_id, state=State.IN_REVIEW, complete_at__isnull=False
    )
    if meeting.region:
        rows = rows.filter(region__in=["", meeting.region])
    taken = AgendaItem.objects.filter(meeting__call_id=meeting.call_id)
    waiting = taken.exclude(meeting__state=Meeting.State.SIGNED).exclude(
        meeting__state=Meeting.State.HELD, outcome__in=[Outcome.HELD_OVER, Outcome.NONE]
    )
    concluded = taken.filter(outcome__in=[Outcome.POSITIVE, Outcome.NEGATIVE])
    rows = rows.exclude(pk__in=waiting.values("application_id"))
    rows = rows.exclude(pk__in=concluded.values("application_id"))
    found = [
        row
        for row in rows.order_by("complete_at", "submitted_at", "pk")
        if row.complete_at and (not in_time or clock.day(row.complete_at) <= meeting.in_by)
    ]
    if meeting.call.revision.definition.has(RouteStep.REVIEW):
        positive = positively_reviewed([row.pk for row in found])
        found = [row for row in found if row.pk in positive]
    held_over = set(
        taken.filter(outcome=Outcome.HELD_OVER).values_list("application_id", flat=True)
    )
    return sorted(found, key=lambda row: row.pk not in held_over)


def build_agenda(
    *, meeting_id: int, actor: Actor, seen_version: int | None = None
) -> list[AgendaItem]:
    """Put every dossier that is ready on the agenda, after what stands there already."""
    with transaction.atomic():
        meeting = locked(meeting_id, actor, PLANNED, seen_version=seen_version)
        added = [_append(meeting, application) for application in ready(meeting)]
        if added:
            changed(meeting)
            tell(meeting, "agenda_built", actor, applications=_uids(added))
        return added


def add_item(
    *,
    meeting_id: int,
    application_id: int,
    reason: str,
    actor: Actor,
    seen_version: int | None = None,
) -> AgendaItem:
    """Put one dossier on the agenda that came in too late for it, with the reason why."""
    with transaction.atomic():
        meeting = locked(meeting_id, actor, PLANNED, seen_version=seen_version)
        _refuse_without(reason)
        found = [row for row in ready(meeting, in_time=False) if row.pk == application_id]
        if not found:
            raise Refused(_("Deze aanvraag kan niet op de agenda."), field="application")
        item = _append(meeting, found[0])
        changed(meeting)
        _keep(meeting, item, Change.ADDED, reason, actor)
        return item


def drop_item(*, item_id: int, reason: str, actor: Actor, seen_version: int | None = None) -> None:
    """Take a dossier off the agenda; it waits for another meeting."""
    with transaction.atomic():
        item = AgendaItem.objects.select_related("application").get(pk=item_id)
        meeting = locked(item.meeting_id, actor, PLANNED, seen_version=seen_version)
        _refuse_without(reason)
        _keep(meeting, item, Change.DROPPED, reason, actor)
        item.delete()
        _renumber(list(meeting.items.order_by("position", "pk")))
        changed(meeting)


def move_item(
    *,
    item_id: int,
    position: int,
    reason: str,
    actor: Actor,
    seen_version: int | None = None,
) -> None:
    """Give a dossier another place on the agenda, from 1, with the reason why."""
    with transaction.atomic():
        item = AgendaItem.objects.select_related("application").get(pk=item_id)
        meeting = locked(item.meeting_id, actor, PLANNED, seen_version=seen_version)
        _refuse_without(reason)
        others = list(meeting.items.exclude(pk=item_id).order_by("position", "pk"))
        if not 1 <= position <= len(others) + 1:
            raise Refused(_("Die plaats is er niet."), field="position")
        others.insert(position - 1, item)
        _renumber(others)
        changed(meeting)
        _keep(meeting, item, Change.MOVED, reason, actor)


def convene(*, meeting_id: int, actor: Actor, seen_version: int | None = None) -> Meeting:
    """Call the panel together: the agenda is fixed, the papers are made, the members get a mail.

    Refuses an empty agenda.
    """
    with transaction.atomic():
        meeting = locked(meeting_id, actor, PLANNED, seen_version=seen_version)
        items = list(meeting.items.order_by("position"))
        if not items:
            raise Refused(_("Zet eerst een aanvraag op de agenda."), code="empty")
        seat_members(meeting)
        meeting.state = Meeting.State.CONVENED
        meeting.convened_at = clock.now()
        changed(meeting)
        order_papers(meeting)
        tell(meeting, "meeting_convened", actor, items=[str(item.uid) for item in items])
        return meeting


def _append(meeting: Meeting, application: Application) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.create(meeting=meeting, application=application, position=last + 1)


def _renumber(items: list[AgendaItem]) -> None:
    for number, item in enumerate(items, start=1):
        AgendaItem.objects.filter(pk=item.pk).update(position=number)


def _keep(meeting: Meeting, item: AgendaItem, kind: str, reason: str, actor: Actor) -> None:
    """The reason lies in a row: an event holds no words of people."""
    AgendaChange.objects.create(
        meeting=meeting,
        application=item.application,
        kind=kind,
        reason=reason.strip(),
        person_id=actor.person_id,
        made_at=clock.now(),
    )
    tell(
        meeting,
        f"agenda_item_{kind}",
        actor,
        application=str(item.application.uid),
        position=item.position,
    )


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Schrijf op waarom."), field="reason")


def _uids(items: list[AgendaItem]) -> list[str]:
    return [str(item.application.uid) for item in items]
