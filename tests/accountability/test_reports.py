"""A report is written, illustrated, handed in once, and then never changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from accountability.domain import reports
from accountability.domain.reports import Content, Incomplete
from accountability.models import Photo, Report
from applications.domain import files
from applications.domain.files import Stored
from applications.models import Application
from tests.factories.accountability import (
    STORY,
    decided,
    in_execution,
    office,
    report_asked,
    reported,
)
from tests.factories.applications import PNG, PersonFactory, as_actor
from tests.factories.applications import picture as another_picture
from timeline.canon import salted_hash
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def picture(application: Application, content: bytes = PNG) -> Stored:
    upload = SimpleUploadedFile("feest.png", content)
    return files.store(upload, application_uid=str(application.uid))


def test_a_report_is_handed_in_with_its_hash_in_the_event() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    reports.save(application_id=application.pk, content=STORY, actor=as_actor(person))

    report = reports.hand_in(application_id=application.pk, actor=as_actor(person))

    assert Application.objects.get(pk=application.pk).state == "settlement_requested"
    assert salted_hash(report.salt, report.text) == report.hash
    event = Event.objects.get(type="applications.settlement_requested")
    assert (event.facts["report"], event.facts["hash"]) == (str(report.uid), report.hash)
    assert STORY.done not in event.text


def test_handing_in_twice_gives_the_same_report() -> None:
    person = PersonFactory()
    application = reported(office(), person=person)

    again = reports.hand_in(application_id=application.pk, actor=as_actor(person))

    assert again == Report.objects.get()
    assert Event.objects.filter(type="applications.settlement_requested").count() == 1


@pytest.mark.both
def test_what_was_handed_in_cannot_be_changed_by_anybody() -> None:
    reported(office())

    for change in (
        lambda: Report.objects.update(done="iets anders"),
        lambda: Report.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="as they were written"), transaction.atomic():
            change()


def test_what_is_missing_is_named_at_its_field() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    half = Content(done="Wij hebben gegeten.", participants=0)
    reports.save(application_id=application.pk, content=half, actor=as_actor(person))

    with pytest.raises(Incomplete) as refusal:
        reports.hand_in(application_id=application.pk, actor=as_actor(person))

    assert [field for field, _ in refusal.value.problems] == [
        "volunteer_hours",
        "costs_cents",
        "learned",
    ]
    assert not Report.objects.get().handed_in


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("participants", -1),
        ("volunteer_hours", 1_000_001),
        ("costs_cents", -5),
        ("done", "x" * 6001),
    ],
)
def test_an_impossible_figure_is_not_saved(field: str, value: int | str) -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    content = replace(STORY, **{field: value})

    with pytest.raises(Incomplete) as refusal:
        reports.save(application_id=application.pk, content=content, actor=as_actor(person))

    assert refusal.value.field == field
    assert not Report.objects.exists()


def test_of_two_windows_one_wins_and_the_other_is_told() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    given = {"application_id": application.pk, "actor": as_actor(person)}
    first = reports.save(content=STORY, seen_version=None, **given)
    reports.save(content=replace(STORY, done="Nieuw"), seen_version=first.version, **given)

    with pytest.raises(Conflict, match="ander venster"):
        reports.save(content=replace(STORY, done="Oud"), seen_version=first.version, **given)

    assert Report.objects.get().done == "Nieuw"


def test_a_photo_needs_a_description_and_consent() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    given = {"application_id": application.pk, "actor": as_actor(person)}
    reports.save(content=STORY, **given)
    stored = picture(application)
    with pytest.raises(Refused) as refusal:
        reports.add_photo(name="feest.png", description=" ", stored=stored, **given)
    assert refusal.value.field == "description"
    photo = reports.add_photo(name="feest.png", description="De tafel", stored=stored, **given)
    assert reports.add_photo(name="b.png", description="Idem", stored=stored, **given) == photo

    with pytest.raises(Incomplete) as missing:
        reports.hand_in(**given)

    assert missing.value.field == "photo_consent"
    reports.save(content=replace(STORY, photo_consent=True), **given)
    assert stored.sha256 in reports.hand_in(**given).text


@pytest.mark.both
def test_a_photo_is_sealed_with_its_report() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    given = {"application_id": application.pk, "actor": as_actor(person)}
    reports.add_photo(
        name="feest.png", description="De tafel", stored=picture(application), **given
    )
    removed = reports.add_photo(
        name="weg.png", description="Weg", stored=picture(application, another_picture(2)), **given
    )
    reports.remove_photo(photo_id=removed.pk, actor=as_actor(person))
    reports.save(content=replace(STORY, photo_consent=True), **given)
    reports.hand_in(**given)

    with pytest.raises(DatabaseError, match="as they were written"), transaction.atomic():
        Photo.objects.filter(removed_at=None).update(description="Iets anders")
    with pytest.raises(Conflict):
        reports.remove_photo(photo_id=Photo.objects.get(removed_at=None).pk, actor=as_actor(person))


def test_who_is_early_hands_in_before_she_is_asked() -> None:
    person = PersonFactory()
    application = in_execution(office(), person=person)
    reports.save(application_id=application.pk, content=STORY, actor=as_actor(person))

    reports.hand_in(application_id=application.pk, actor=as_actor(person))

    assert Application.objects.get(pk=application.pk).state == "settlement_requested"
    types = Event.objects.filter(stream__uid=str(application.uid)).order_by("number")
    assert list(types.values_list("type", flat=True))[-2:] == [
        "applications.report_asked",
        "applications.settlement_requested",
    ]


def test_a_story_about_a_small_subsidy_is_free_and_changes_no_state() -> None:
    person = PersonFactory()
    application = decided(office(), asked=100_000, person=person)
    assert application.state == "directly_settled"
    story = Content(done="Het was gezellig.")
    reports.save(application_id=application.pk, content=story, actor=as_actor(person))

    reports.hand_in(application_id=application.pk, actor=as_actor(person))

    assert Application.objects.get(pk=application.pk).state == "directly_settled"
    assert Event.objects.filter(type="accountability.story_handed_in").count() == 1


def test_a_stranger_and_the_office_write_no_report() -> None:
    at = office()
    application = report_asked(at)

    for person in (PersonFactory(), at.assessor, at.payer):
        with pytest.raises(NotAllowed):
            reports.save(application_id=application.pk, content=STORY, actor=as_actor(person))


def test_a_rejected_application_has_nothing_to_report() -> None:
    person = PersonFactory()
    application = decided(office(), cents=0, person=person)

    with pytest.raises(Conflict):
        reports.save(application_id=application.pk, content=STORY, actor=as_actor(person))
