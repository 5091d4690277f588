"""The story of a panel that meets: agenda, the evening itself, minutes and decisions."""

from __future__ import annotations

from collections.abc import Generator
from datetime import time, timedelta
from typing import Any

from accounts.domain.people import actor_for
from accounts.models import Person
from assessment.domain import meetings_held as held
from assessment.domain import municipal
from assessment.domain.meetings import plan_meeting
from assessment.domain.meetings_agenda import build_agenda, convene, ready
from assessment.domain.meetings_minutes import minutes_text, sign_minutes
from assessment.models import AgendaItem, Meeting, MeetingAttendance, MunicipalRequest
from config.demo import people
from config.demo.plan import Twist, address
from config.demo.play.aftermath import aftermath_story
from config.demo.play.deciding import decide_story, granted
from config.demo.play.engine import Player, Step, Story
from config.demo.play.world import World
from regeling import meetings as days
from regeling.definition import Definition, listed
from timeline import clock
from timeline.canon import sha256

AHEAD = timedelta(days=30)  # so long before a meeting it is planned
REASONS = (
    "De commissie ziet dat veel mensen meedoen en dat het na dit jaar doorgaat.",
    "Het plan is goed voor het dorp, en wie meedoet doet het meeste werk zelf.",
    "Er is veel steun uit de buurt, en de gemeente denkt mee.",
)
NOT_NOW = "Wie het onderhoud doet is nog niet duidelijk. De aanvrager zoekt dat uit."
NO = "De commissie ziet niet dat de buurt dit wil, en het past niet in wat de gemeente doet."


def days_of(definition: Definition) -> tuple[days.Meeting, ...]:
    """The days on which the panel of a regulation meets, in order; none without a panel."""
    return tuple(each for window in listed(definition.windows) for each in days.meetings(window))


def meeting_story(world: World, player: Player, day: days.Meeting) -> Story:
    """One meeting, from its planning to the letters about the dossiers that were treated."""
    name = f"meeting-{day.meets_on}"
    opens = world.plan.opens_at + timedelta(days=1)
    planned_at = max(clock.moment(day.meets_on - AHEAD, "10:00"), opens)
    number: int = yield world.step(planned_at, f"{name}.plan", lambda: _plan(world, day))
    called_at = clock.moment(day.in_by + timedelta(days=1), "10:00")
    yield world.step(called_at - timedelta(hours=1), f"{name}.municipality", _answer)
    treated: bool = yield world.step(called_at, f"{name}.call", lambda: _call(world, number))
    if not treated:
        return
    evening = clock.moment(day.meets_on, "20:00")
    yield world.step(evening, f"{name}.presence", lambda: _presence(world, number))
    yield from _evening(world, name, number, day)
    signed_at = world.after(evening, 1, "09:00")
    yield world.step(signed_at, f"{name}.sign", lambda: _sign(number))
    decided_at = world.after(signed_at, 2, "09:00")
    chosen = [
        world.keys[key]
        for key in AgendaItem.objects.filter(meeting_id=number, outcome__in=held.CONCLUDED)
        .order_by("position")
        .values_list("application_id", flat=True)
    ]
    decisions = yield from decide_story(world, at=decided_at, name=f"{name}-letters", chosen=chosen)
    announced_at = world.after(decided_at, 1, "09:00")
    for decision in granted(decisions):
        key = decision.application_id
        player.tell(aftermath_story(world, world.keys[key], key, decision.kind, announced_at))


def _evening(world: World, name: str, number: int, day: days.Meeting) -> Generator[Step, Any, None]:
    """Dossier by dossier, a quarter of an hour each."""
    at = clock.moment(day.meets_on, "20:10")
    for position in range(1, AgendaItem.objects.filter(meeting_id=number).count() + 1):
        yield world.step(
            at + timedelta(minutes=15 * (position - 1)),
            f"{name}.item-{position}",
            lambda position=position: _treat(world, number, position),  # type: ignore[misc]  # bound now
        )
    yield world.step(
        clock.moment(day.meets_on, "23:30"),
        f"{name}.end",
        lambda: held.finish(meeting_id=number, actor=world.keeper()).pk,
    )


def _plan(world: World, day: days.Meeting) -> int:
    return plan_meeting(
        call_id=world.call_id,
        held_on=day.meets_on,
        starts=time(20),
        place="Het voorbeeldhuis",
        chair_id=_chair().pk,
        secretary_id=world.keeper().person_id,
        actor=world.keeper(),
    ).pk


def _answer() -> None:
    """The contact answers for her municipality; the others stay silent."""
    contact = Person.objects.filter(email=address(people.CONTACT.name)).first()
    if contact is None:
        return
    rows = MunicipalRequest.objects.filter(due_on__gte=clock.today(), answers=None)
    for row in rows.order_by("pk"):
        if contact in municipal.contacts_of(row):
            answers = {code: ("yes", "") for code, _text in municipal.questions_of(row)}
            municipal.answer(request_id=row.pk, answers=answers, actor=actor_for(contact))


def _call(world: World, number: int) -> bool:
    """Fill the agenda and call the panel; False when there is nothing to treat."""
    actor = world.keeper()
    if not ready(Meeting.objects.select_related("call__revision").get(pk=number)):
        return False
    build_agenda(meeting_id=number, actor=actor)
    convene(meeting_id=number, actor=actor)
    return True


def _presence(world: World, number: int) -> None:
    seats = MeetingAttendance.objects.filter(meeting_id=number)
    chair = seats.get(role=MeetingAttendance.Role.CHAIR)
    held.record_presence(
        meeting_id=number,
        present={str(seat.uid): True for seat in seats},
        chair=str(chair.uid),
        guests=(),
        actor=world.keeper(),
    )


def _treat(world: World, number: int, position: int) -> None:
    item = AgendaItem.objects.select_related("application", "meeting").get(
        meeting_id=number, position=position
    )
    actor, planned = world.keeper(), world.keys[item.application_id]
    seats = item.meeting.attendance.filter(role__in=("chair", "member")).order_by("pk")
    leaves = planned.twist is Twist.INTEREST  # a member knows the applicant as well
    held.state_interests(
        item_id=item.pk,
        statements={str(seat.uid): leaves and place == 1 for place, seat in enumerate(seats)},
        actor=actor,
    )
    last = days_of(world.definition)[-1].meets_on == item.meeting.held_on
    later = planned.twist is Twist.COACHED and not last and not _held_over_before(item)
    outcome, why, conclusion = (
        ("none", "De aanvrager trok de aanvraag in.", "")
        if item.application.state != "in_review"
        else ("held_over", NOT_NOW, "")
        if later
        else ("negative", NO, "Steun dit initiatief niet.")
        if planned.twist is Twist.NEGATIVE
        else ("positive", world.dice.pick(f"{planned.key}|why", REASONS), "Steun dit initiatief.")
    )
    held.settle_item(
        item_id=item.pk, outcome=outcome, reasoning=why, conclusion=conclusion, actor=actor
    )


def _held_over_before(item: AgendaItem) -> bool:
    others = AgendaItem.objects.filter(application=item.application_id).exclude(pk=item.pk)
    return others.filter(outcome=AgendaItem.Outcome.HELD_OVER).exists()


def _sign(number: int) -> None:
    meeting = Meeting.objects.select_related("call__revision__regulation__authority").get(pk=number)
    sign_minutes(
        meeting_id=number,
        seen_hash=sha256(minutes_text(meeting)),
        actor=actor_for(_chair()),
    )


def _chair() -> Person:
    return Person.objects.get(email=address(people.COMMITTEE[0].name))
