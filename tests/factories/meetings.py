"""A panel and its meetings, made through the verbs of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from assessment.domain import meetings_held as held
from assessment.domain.meetings import plan_meeting
from assessment.domain.meetings_agenda import build_agenda, convene
from assessment.domain.meetings_minutes import minutes_text, sign_minutes
from assessment.models import AgendaItem, Meeting, MeetingAttendance
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    open_example_call,
    submitted,
    with_role,
)
from tests.factories.assessment import assessor_of, completed, refreshed, reviewed
from timeline import clock
from timeline.canon import sha256

NAMES = ("Co Voorzitter", "Ans Lid", "Ben Lid")


@dataclass
class Sitting:
    """A meeting with its people. ``clock`` moves with ``on_the_day``."""

    call: Call
    assessor: Person
    members: list[Person]
    meeting: Meeting

    @property
    def items(self) -> list[AgendaItem]:
        rows = AgendaItem.objects.filter(meeting=self.meeting).select_related("application")
        return list(rows.order_by("position"))

    @property
    def now(self) -> Meeting:
        """The meeting as the database has it."""
        return Meeting.objects.select_related("call__revision__regulation__authority").get(
            pk=self.meeting.pk
        )

    def seat(self, number: int) -> MeetingAttendance:
        """The seat of member ``number``; 0 is the chair."""
        return MeetingAttendance.objects.get(meeting=self.meeting, person=self.members[number])

    @contextmanager
    def on_the_day(self, days: int = 0) -> Iterator[None]:
        """At eight in the evening of the meeting, or ``days`` later."""
        day = self.meeting.held_on + timedelta(days=days)
        with clock.playing("", clock.moment(day, "20:00")):
            yield

    def present(self, *absent: int) -> None:
        """Everybody is there but these."""
        seats = MeetingAttendance.objects.filter(meeting=self.meeting).exclude(role="guest")
        away = {self.members[number].pk for number in absent}
        held.record_presence(
            meeting_id=self.meeting.pk,
            present={str(seat.uid): seat.person_id not in away for seat in seats},
            chair=str(self.seat(next(n for n in range(3) if n not in absent)).uid),
            guests=(),
            actor=as_actor(self.assessor),
        )

    def no_interest(self, item: AgendaItem, *leaving: int) -> None:
        """Everybody who is there says that she has no interest, but these."""
        there = {number: self.seat(number) for number in range(len(self.members))}
        held.state_interests(
            item_id=item.pk,
            statements={
                str(seat.uid): number in leaving for number, seat in there.items() if seat.present
            },
            actor=as_actor(self.assessor),
        )

    def score(self, item: AgendaItem, number: int, points: int) -> None:
        """Member ``number`` gives these points on each criterion."""
        held.enter_scores(
            item_id=item.pk,
            attendee=str(self.seat(number).uid),
            scores={each.code: points for each in held.scored(self.call)},
            actor=as_actor(self.assessor),
        )

    def settle(self, item: AgendaItem, outcome: str = "positive", **own: Any) -> AgendaItem:
        """Conclude about an item."""
        given = {
            "reasoning": "De commissie vindt het plan goed doordacht.",
            "conclusion": "Steun dit initiatief.",
            **own,
        }
        return held.settle_item(
            item_id=item.pk, outcome=outcome, actor=as_actor(self.assessor), **given
        )

    def treat(self, item: AgendaItem, outcome: str = "positive", points: int = 3) -> AgendaItem:
        """Statements, points where they are given, and the conclusion."""
        self.no_interest(item)
        if held.scored(self.call):
            for number, _member in enumerate(self.members):
                if self.seat(number).present:
                    self.score(item, number, points)
        return self.settle(item, outcome)

    def sign(self) -> Meeting:
        """End the meeting and let the chair sign."""
        held.finish(meeting_id=self.meeting.pk, actor=as_actor(self.assessor))
        chair = self.now.attendance.get(role="chair").person
        assert chair is not None
        return sign_minutes(
            meeting_id=self.meeting.pk,
            seen_hash=sha256(minutes_text(self.now)),
            actor=as_actor(chair),
        )


def members_for(call: Call) -> list[Person]:
    """Three people on the panel of a call; the first one chairs."""
    return [with_role(PersonFactory(name=name), Role.PANEL_MEMBER, call) for name in NAMES]


def municipal_contact(call: Call, municipality: str, name: str = "Els Gemeente") -> Person:
    """Somebody who answers for a municipality."""
    return with_role(
        PersonFactory(name=name), Role.MUNICIPAL_CONTACT, call, municipality=municipality
    )


def ready_dossier(call: Call, assessor: Person, **given: Any) -> Application:
    """Complete, and positively reviewed where the route asks that."""
    application = completed(submitted(call, **given), assessor)
    if application.revision.definition.has("review"):
        reviewed(application, assessor)
    return refreshed(application)


def sitting(
    slug: str = "by-panel",
    *,
    dossiers: int = 1,
    convened: bool = True,
    call: Call | None = None,
    held_on: date | None = None,
    amounts: tuple[int, ...] = (),
) -> Sitting:
    """A meeting next month about ``dossiers`` applications, convened unless told."""
    call = call or open_example_call(slug)
    assessor = assessor_of(call)
    members = members_for(call)
    for number in range(dossiers):
        answers: dict[str, Any] = {"titel": f"Initiatief {number + 1}"}
        if number < len(amounts):
            answers["bedrag"] = amounts[number]
        ready_dossier(call, assessor, answers=answers)
    meeting = plan_meeting(
        call_id=call.pk,
        held_on=held_on or clock.today() + timedelta(days=30),
        starts=time(20),
        place="Dorpshuis",
        chair_id=members[0].pk,
        secretary_id=assessor.pk,
        actor=as_actor(assessor),
    )
    made = Sitting(call, assessor, members, meeting)
    if convened:
        build_agenda(meeting_id=meeting.pk, actor=as_actor(assessor))
        convene(meeting_id=meeting.pk, actor=as_actor(assessor))
    return made
