"""What the database itself keeps of a meeting: tried with the ORM and with SQL, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from assessment import printing
from assessment.domain import municipal
from assessment.models import (
    AgendaItem,
    ItemInterest,
    ItemScore,
    Meeting,
    MeetingAttendance,
    MeetingPaper,
    MunicipalAnswer,
    MunicipalRequest,
)
from tests.factories.applications import as_actor
from tests.factories.assessment import follow
from tests.factories.meetings import Sitting, municipal_contact, sitting
from timeline import triggers
from timeline.canon import canonical
from timeline.verify import checks

# Each test plays a call from its first application on.
pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.slow]


def refused(act: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def signed() -> Sitting:
    """A meeting whose minutes are signed: one member had an interest."""
    at = sitting()
    item = at.items[0]
    with at.on_the_day():
        at.present()
        at.no_interest(item, 1)
        at.score(item, 0, 4)
        at.score(item, 2, 3)
        at.settle(item)
        at.sign()
    return at


def sql(text: str) -> Callable[[], None]:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(text)

    return act


CHANGES = (
    ("meeting", "place = 'Elders'"),
    ("meeting", "minutes = 'iets anders'"),
    ("meetingattendance", "present = NOT present"),
    ("agendaitem", "outcome = 'negative'"),
    ("agendaitem", "reasoning = 'anders'"),
    ("iteminterest", "has_interest = NOT has_interest"),
    ("itemscore", "score = 5"),
    ("meetingpaper", "facts = '{}'"),
)


def test_nothing_of_a_signed_meeting_changes_or_goes() -> None:
    signed()
    for table, column in CHANGES:
        refused(sql(f"UPDATE assessment_{table} SET {column}"))
        refused(sql(f"DELETE FROM assessment_{table}"))


def test_a_meeting_is_not_signed_without_minutes_and_a_conclusion_has_reasons() -> None:
    at = sitting()
    meetings, items = Meeting.objects.filter(pk=at.meeting.pk), AgendaItem.objects.all()
    refused(lambda: meetings.update(state="signed"))
    refused(lambda: meetings.update(state="anders"))
    refused(lambda: items.update(outcome="positive"))
    refused(lambda: items.update(outcome="misschien", reasoning="x"))


def test_one_chair_one_seat_one_item_and_one_meeting_a_day() -> None:
    at = sitting()
    seat, item = at.seat(1), at.items[0]
    refused(lambda: MeetingAttendance.objects.filter(pk=seat.pk).update(role="chair"))
    refused(
        lambda: MeetingAttendance.objects.create(
            meeting=at.meeting, person=seat.person, name="x", role="member"
        )
    )
    refused(
        lambda: AgendaItem.objects.create(
            meeting=at.meeting, application=item.application, position=2
        )
    )
    refused(
        lambda: Meeting.objects.create(
            call=at.call,
            held_on=at.meeting.held_on,
            in_by=at.meeting.held_on,
            starts=time(9),
            place="x",
        )
    )


def test_an_answer_of_a_municipality_stays() -> None:
    at = sitting()
    contact = municipal_contact(at.call, "Voorbeeldstad")
    follow("assessment.ask_municipality")
    municipal.answer(
        request_id=MunicipalRequest.objects.get().pk,
        answers={"beleid": ("yes", "")},
        actor=as_actor(contact),
    )
    refused(lambda: MunicipalAnswer.objects.update(answer="no"))
    refused(lambda: MunicipalAnswer.objects.all().delete())


def walk() -> list[str]:
    return [each.sentence for each in checks()["meetings"]()]


TAMPERED: tuple[tuple[Callable[[Sitting], Any], str], ...] = (
    (
        lambda at: Meeting.objects.update(minutes=canonical({"items": []})),
        "the minutes are not the text that was hashed",
    ),
    (
        lambda at: AgendaItem.objects.update(outcome="negative"),
        "the rows differ from the minutes",
    ),
    (lambda at: ItemScore.objects.update(score=1), "the rows differ from the minutes"),
    (
        lambda at: ItemScore.objects.filter(attendee=at.seat(0)).update(attendee=at.seat(1)),
        "a score of who takes no part",
    ),
    (
        lambda at: ItemInterest.objects.filter(attendee=at.seat(1)).update(has_interest=False),
        "the rows differ from the minutes",
    ),
    (
        lambda at: MeetingAttendance.objects.filter(pk=at.seat(0).pk).update(present=False),
        "the rows differ from the minutes",
    ),
)


def test_verify_names_what_was_changed_behind_the_triggers() -> None:
    at = signed()
    assert walk() == []
    with triggers.lifted(connection):
        for tamper, said in TAMPERED:
            with transaction.atomic():
                tamper(at)
                assert any(said in each for each in walk()), said
                transaction.set_rollback(True)
    assert walk() == []


def test_verify_names_a_paper_that_is_gone_or_changed() -> None:
    signed()
    follow("assessment.print_meeting")
    papers = checks()["papers of meetings"]
    assert [each.sentence for each in papers()] == []
    row = MeetingPaper.objects.get(kind="minutes")
    assert printing.read(row.path).startswith(b"%PDF-")
    refused(lambda: MeetingPaper.objects.filter(pk=row.pk).update(sha256="0" * 64))
    with triggers.lifted(connection):
        MeetingPaper.objects.filter(pk=row.pk).update(sha256="0" * 64)
    assert [each.sentence for each in papers()] == ["the file is not the one that was stored"]
