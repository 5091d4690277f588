"""What follows by itself: execution starts, the report is asked and reminded, dossiers close."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accountability.domain import reports
from accountability.domain.closing import close
from applications.models import Application
from tests.factories.accountability import STORY, decided, office, paid, report_asked, settled
from tests.factories.applications import PersonFactory, as_actor
from timeline import clock
from timeline.deliver import claim, deliver
from timeline.models import Delivery, Event

pytestmark = pytest.mark.django_db

MARCH = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
OURS = tuple(
    f"accountability.{name}"
    for name in (
        "start_execution",
        "ask_report",
        "mail_report_asked",
        "remind_report",
        "report_overdue",
        "invite_story",
        "close",
        "close_when_paid",
    )
)


def run(at: datetime) -> int:
    """Deliver what is due in this room at a moment; other rooms' letters have their own tests."""
    done = 0
    with clock.playing("", at):
        while (delivery := claim(handlers=OURS)) is not None:
            assert deliver(delivery, strict=True)
            done += 1
    return done


def at_nine(day: date) -> datetime:
    return clock.moment(day, "09:00")


def test_from_award_to_reminder_by_the_clock(mailoutbox: list[Any]) -> None:
    with clock.playing("", MARCH):
        application = decided(office(present=False))
    start, end = date(2026, 4, 7), date(2026, 5, 5)
    assert (application.start_date, application.end_date) == (start, end)

    assert run(clock.moment(start) - timedelta(seconds=1)) == 0
    assert run(clock.moment(start)) == 1
    assert Application.objects.get(pk=application.pk).state == "in_execution"
    assert run(at_nine(end + timedelta(days=1)) - timedelta(seconds=1)) == 0
    run(at_nine(end + timedelta(days=1)))
    application = Application.objects.get(pk=application.pk)
    assert (application.state, application.report_due_on) == ("report_due", date(2026, 6, 30))
    assert [mail.subject for mail in mailoutbox] == [
        f"Vertel ons wat u hebt gedaan ({application.number})"
    ]
    run(at_nine(date(2026, 6, 16)))
    run(at_nine(date(2026, 7, 1)))
    assert [mail.subject.split(" (")[0] for mail in mailoutbox[1:]] == [
        "Denkt u aan uw verslag?",
        "Uw verslag is te laat",
    ]
    assert f"/dossiers/{application.uid}" in mailoutbox[0].body
    assert "30 juni 2026" in mailoutbox[0].body


def test_who_handed_in_is_not_reminded(mailoutbox: list[Any]) -> None:
    person = PersonFactory()
    with clock.playing("", MARCH):
        application = report_asked(office(present=False), person=person)
        reports.save(application_id=application.pk, content=STORY, actor=as_actor(person))
        reports.hand_in(application_id=application.pk, actor=as_actor(person))

    run(MARCH + timedelta(days=365))

    assert mailoutbox == []


def test_a_story_is_asked_for_once_after_the_end(mailoutbox: list[Any]) -> None:
    with clock.playing("", MARCH):
        application = decided(office(present=False), asked=100_000)

    run(at_nine(date(2026, 5, 6)))

    assert [mail.subject for mail in mailoutbox] == [f"Hoe is het gegaan? ({application.number})"]
    assert Application.objects.get(pk=application.pk).state == "directly_settled"


def test_a_rejection_closes_after_the_objection_term() -> None:
    """Sent on 10 March: six weeks end on Tuesday 21 April (Awb 6:7, 6:8)."""
    with clock.playing("", MARCH):
        application = decided(office(present=False), cents=0)

    run(clock.moment(date(2026, 4, 22)) - timedelta(seconds=1))
    assert Application.objects.get(pk=application.pk).state == "rejected"
    run(clock.moment(date(2026, 4, 22)))

    assert Application.objects.get(pk=application.pk).state == "closed"


def test_a_settled_subsidy_closes_when_it_is_paid_and_the_term_is_over() -> None:
    with clock.playing("", MARCH):
        at = office(present=False)
        late, early = settled(at), settled(at)
        paid(at, early, 300_000)
    run(MARCH)
    assert Application.objects.get(pk=early.pk).state == "settled"

    run(clock.moment(date(2026, 4, 22)))

    assert Application.objects.get(pk=early.pk).state == "closed"
    assert Application.objects.get(pk=late.pk).state == "settled"
    with clock.playing("", clock.moment(date(2026, 4, 30))):
        paid(at, late, 300_000)
    run(clock.moment(date(2026, 4, 30)))
    assert Application.objects.get(pk=late.pk).state == "closed"


def test_a_direct_settlement_stays_open_as_long_as_a_spot_check_may_come() -> None:
    """The activity ends on 5 May 2026; twelve months of spot checks end on 5 May 2027."""
    with clock.playing("", MARCH):
        at = office(present=False)
        application = decided(at, asked=100_000)
        paid(at, application, 100_000)
        assert not close(application_id=application.pk)

    run(clock.moment(date(2027, 5, 5)))
    assert Application.objects.get(pk=application.pk).state == "directly_settled"
    run(clock.moment(date(2027, 5, 6)))

    assert Application.objects.get(pk=application.pk).state == "closed"


@pytest.mark.both
def test_delivering_twice_changes_nothing() -> None:
    with clock.playing("", MARCH):
        application = decided(office(present=False))
    later = clock.moment(date(2026, 4, 8))
    run(later)
    events = Event.objects.count()
    Delivery.objects.filter(handler="accountability.start_execution").update(
        state="pending", done_at=None
    )

    assert run(later) == 1

    assert Event.objects.count() == events
    assert Application.objects.get(pk=application.pk).state == "in_execution"
