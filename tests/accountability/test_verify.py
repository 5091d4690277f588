"""A byte that somebody changed behind the verbs' back is found, and the place is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from accountability.domain import reports
from accountability.domain.days import close_day
from accountability.models import DayClosing, Hearing, Photo, Report
from accountability.triggers import TRIGGERS
from applications.domain import files
from applications.models import CashEntry
from applications.triggers import TRIGGERS as APPLICATION_TRIGGERS
from tests.factories.accountability import (
    STORY,
    decided,
    lower_settled,
    office,
    paid,
    report_asked,
)
from tests.factories.applications import PNG, PersonFactory, as_actor
from timeline import clock
from timeline.actor import SYSTEM
from timeline.verify import Finding, checks

pytestmark = pytest.mark.django_db

OURS = ("reports", "cash", "monitors")
DAY = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def findings() -> list[Finding]:
    return [finding for name in OURS for finding in checks()[name]()]


def tamper(change: Callable[[], Any]) -> None:
    """Change a row as somebody with the database's password could: without its triggers."""
    triggers = [*TRIGGERS, *APPLICATION_TRIGGERS]
    with connection.cursor() as cursor:
        for trigger in triggers:
            for statement in trigger.drop(connection.vendor):
                cursor.execute(statement)
        change()
        for trigger in triggers:
            for statement in trigger.create(connection.vendor):
                cursor.execute(statement)


@pytest.mark.both
def test_what_the_verbs_made_is_in_order() -> None:
    at = office()
    application = lower_settled(at)
    paid(at, application, 200_000)

    assert findings() == []


@pytest.mark.parametrize(
    "change",
    [
        {"done": "Iets anders"},
        {"participants": 81},
        {"salt": "0" * 32},
        {"hash": "0" * 64},
        {"text": "{}"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_report_is_found(change: dict[str, Any]) -> None:
    application = lower_settled(office())

    tamper(lambda: Report.objects.update(**change))

    assert {finding.place for finding in findings()} == {f"report of {application.number}"}


def test_a_changed_picture_is_found() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    at, person = office(), PersonFactory()
    application = report_asked(at, person=person)
    given: dict[str, Any] = {"application_id": application.pk, "actor": as_actor(person)}
    upload = SimpleUploadedFile("a.png", PNG)
    stored = files.store(upload, application_uid=str(application.uid))
    reports.add_photo(name="a.png", description="De tafel", stored=stored, **given)
    content = {name: getattr(STORY, name) for name in STORY.__slots__} | {"photo_consent": True}
    reports.save(content=type(STORY)(**content), **given)
    reports.hand_in(**given)
    assert findings() == []

    tamper(lambda: Photo.objects.update(sha256="0" * 64))

    assert [finding.place for finding in findings()] == [f"report of {application.number}"]


def test_a_changed_response_is_found() -> None:
    lower_settled(office())

    tamper(lambda: Hearing.objects.update(response="Ik vind het best."))

    assert [finding.place for finding in findings()] == [f"hearing {Hearing.objects.get().uid}"]


@pytest.mark.both
def test_a_payment_that_grew_is_found_in_cash_and_monitor() -> None:
    at = office()
    application = decided(at, asked=100_000)
    paid(at, application, 100_000)

    tamper(lambda: CashEntry.objects.filter(kind="paid").update(cents=100_001))

    places = {finding.place for finding in findings()}
    assert f"cash of {application.number}" in places
    assert f"monitor of {at.call.slug}" in places


def test_a_closed_day_that_gives_other_figures_is_found() -> None:
    with clock.playing("", DAY):
        at = office(present=False)
        decided(at, asked=100_000)
    with clock.playing("", DAY + timedelta(days=1)):
        close_day(regulation_id=at.call.revision.regulation_id, day=date(2026, 3, 10), actor=SYSTEM)
    assert findings() == []

    tamper(lambda: DayClosing.objects.update(hash="0" * 64))

    assert [finding.place for finding in findings()] == ["day 2026-03-10 of with-report"]
