"""Plan a meeting of the panel that a regulation names: its day, who chairs, who is invited."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.domain.grants import current, holders
from accounts.models import Person
from accounts.roles import Role
from assessment.domain.stewards import refuse_stranger
from assessment.models import Meeting, MeetingAttendance
from regeling import meetings as days
from regeling.definition import AdvicePanel, RouteStep, Window, known
from regeling.models import Call
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, Refused

Seat = MeetingAttendance.Role
JUDGING = (Seat.CHAIR, Seat.MEMBER)


def plan_meeting(
    *,
    call_id: int,
    held_on: date,
    starts: time,
    place: str,
    chair_id: int,
    actor: Actor,
    secretary_id: int | None = None,
    region: str = "",
    reason: str = "",
) -> Meeting:
    """Plan a meeting and seat the panel: every holder of the role for this regulation and region.

    ``in_by`` follows from the lead days of the regulation. Refuses a day that the regulation does
    not name, unless the call is an example or a reason is given; a day that is past; a chair who is
    no member.
    """
    with transaction.atomic():
        call = lock_one(
            Call.objects.filter(pk=call_id).select_related("revision__regulation__authority")
        )
        refuse_stranger(call, actor)
        panel_of(call)
        region = _region(call, region)
        _refuse_day(call, held_on, reason)
        if not place.strip():
            raise Refused(_("Schrijf op waar de vergadering is."), field="place")
        people = members_of(call, region)
        chair = people.filter(pk=chair_id).first()
        if chair is None:
            raise Refused(_("De voorzitter is een lid van de commissie."), field="chair")
        meeting = _make(
            call=call,
            region=region,
            held_on=held_on,
            starts=starts,
            place=place.strip(),
            in_by=held_on - timedelta(days=lead_days(call)),
            day_reason=reason.strip(),
        )
        _seat(meeting, chair, Seat.CHAIR)
        for member in people.exclude(pk=chair_id):
            _seat(meeting, member, Seat.MEMBER)
        if secretary_id:
            _seat(meeting, _secretary(call, secretary_id), Seat.SECRETARY)
        tell(meeting, "meeting_planned", actor, held_on=held_on, in_by=meeting.in_by)
        return meeting


def panel_of(call: Call) -> AdvicePanel:
    """The panel that the call's regulation names; refuses a regulation without one."""
    definition = call.revision.definition
    if definition.panel is None or not definition.has(RouteStep.PANEL):
        raise Refused(_("Bij deze regeling vergadert geen commissie."), code="route")
    return definition.panel


def minimum_of(call: Call) -> int:
    """How many members must take part before the panel can conclude."""
    return known(panel_of(call).minimum_present, "panel.minimum_present")


def offered(call: Call) -> list[date]:
    """The days of the regulation that are still to come."""
    named = {each.meets_on for window in _windows(call) for each in days.meetings(window)}
    return sorted(day for day in named if day >= clock.today())


def lead_days(call: Call) -> int:
    """How many days before a meeting an application must be complete; 0 where none are named."""
    leads = [window.committee.lead_days for window in _windows(call) if window.committee]
    return max((lead for lead in leads if isinstance(lead, int)), default=0)


def members_of(call: Call, region: str) -> QuerySet[Person]:
    """The committee: who holds the role of panel member for this regulation and region.

    For a meeting about the whole of several regions only who holds the role for all of them.
    """
    regulation = call.revision.regulation
    people = holders(
        Role.PANEL_MEMBER,
        authority=regulation.authority.code,
        regulation=regulation.slug,
        region=region,
    )
    if region:
        return people
    everywhere = current().filter(role=Role.PANEL_MEMBER, region="")
    everywhere = everywhere.filter(authority__code=regulation.authority.code)
    return people.filter(pk__in=everywhere.values("person_id"))


def secretaries_of(call: Call) -> QuerySet[Person]:
    """Who can write the minutes: the assessors of this regulation."""
    regulation = call.revision.regulation
    return holders(Role.ASSESSOR, authority=regulation.authority.code, regulation=regulation.slug)


def locked(meeting_id: int, actor: Actor, *states: str, seen_version: int | None = None) -> Meeting:
    """Lock a meeting for somebody who runs it; refuses another state and a stale version."""
    meeting = lock_meeting(meeting_id)
    refuse_stranger(meeting.call, actor)
    refuse_state(meeting, *states)
    if seen_version is not None and seen_version != meeting.version:
        raise Conflict(
            _("Deze vergadering is intussen veranderd. Uw invoer is niet verwerkt."), code="stale"
        )
    return meeting


def lock_meeting(meeting_id: int) -> Meeting:
    """Lock a meeting and return it with its call."""
    return lock_one(
        Meeting.objects.filter(pk=meeting_id).select_related(
            "call__revision__regulation__authority"
        )
    )


def refuse_state(meeting: Meeting, *states: str) -> None:
    """Raise ``Conflict`` when the meeting is not in one of ``states``."""
    if meeting.state not in states:
        raise Conflict(_("Dit kan niet (meer) bij deze vergadering."), code="wrong_state")


def changed(meeting: Meeting) -> None:
    """Keep the meeting as it is now, as its next version."""
    meeting.version += 1
    meeting.save()


def seat_members(meeting: Meeting) -> None:
    """Bring the seats up to date with the roles of today, inside the caller's transaction.

    Refuses when the chair is no longer a member.
    """
    members = members_of(meeting.call, meeting.region)
    gone = meeting.attendance.filter(role__in=JUDGING).exclude(person__in=members)
    if gone.filter(role=Seat.CHAIR).exists():
        raise Refused(
            _("De voorzitter is geen lid meer van de commissie. Plan de vergadering opnieuw."),
            code="chair",
        )
    gone.delete()
    for member in members:
        _seat(meeting, member, Seat.MEMBER)


def tell(meeting: Meeting, what: str, actor: Actor, **facts: Any) -> None:
    """Record an act in the meeting's stream: uids, codes and days only."""
    record(
        stream=("meeting", str(meeting.uid)),
        type=f"assessment.{what}",
        facts={"meeting": str(meeting.uid), "call": str(meeting.call.uid), **facts},
        actor=actor,
    )


def _windows(call: Call) -> tuple[Window, ...]:
    return known(call.revision.definition.windows, "windows")


def _region(call: Call, region: str) -> str:
    codes = [each.code for each in call.revision.definition.territory.regions]
    if region and region not in codes:
        raise Refused(_("Dit gebied hoort niet bij de regeling."), field="region")
    return codes[0] if not region and len(codes) == 1 else region


def _refuse_day(call: Call, held_on: date, reason: str) -> None:
    if held_on < clock.today():
        raise Refused(_("Deze dag is al voorbij."), field="held_on")
    if held_on in offered(call) or call.kind != Call.Kind.REAL or reason.strip():
        return
    raise Refused(
        _("De regeling noemt deze dag niet. Schrijf op waarom de commissie dan bijeenkomt."),
        field="reason",
        code="day",
    )


def _make(**columns: Any) -> Meeting:
    try:
        with transaction.atomic():
            return Meeting.objects.create(**columns)
    except IntegrityError:
        raise Conflict(_("Op deze dag is er al een vergadering."), code="twice") from None


def _secretary(call: Call, person_id: int) -> Person:
    found = secretaries_of(call).filter(pk=person_id).first()
    if found is None:
        raise Refused(_("Deze persoon kan geen verslag maken."), field="secretary")
    return found


def _seat(meeting: Meeting, person: Person, role: str) -> None:
    MeetingAttendance.objects.get_or_create(
        meeting=meeting, person=person, defaults={"name": person.name, "role": role}
    )
