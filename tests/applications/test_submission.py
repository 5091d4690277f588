"""What is sent in: once, complete, signed, with its number and place; late ones too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from applications.answers import answers_of, content_hash, last_snapshot
from applications.domain import drafts, signing
from applications.domain.submission import Invalid, TooLate, submit, withdraw, words
from applications.models import Application, Signature, Snapshot
from applications.numbers import compose, is_number
from applications.states import State
from applications.verify import snapshots
from regeling.definition import QuestionKind
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    attachment,
    draft,
    group_of,
    open_example_call,
    organisation_of,
    sign_all,
    signed_draft,
    submitted,
)
from tests.infra.races import at_once
from timeline import clock
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused


@pytest.mark.both
@pytest.mark.django_db
def test_a_submission_gets_number_snapshot_place_and_one_event() -> None:
    call = open_example_call()
    first, second = submitted(call), submitted(call)
    assert (first.provisional_place, second.provisional_place) == (1, 2)
    assert first.state == State.SUBMITTED
    assert first.number != second.number
    assert first.number.startswith("V")
    assert is_number(first.number)
    assert first.title in answers_of(first).values()
    event = Event.objects.get(stream__uid=str(first.uid), type="applications.submitted")
    assert event.facts["hash"] == last_snapshot(first).hash
    assert first.title not in event.text
    assert list(snapshots()) == []


@pytest.mark.both
@pytest.mark.django_db
def test_a_double_click_gives_one_submission() -> None:
    person = PersonFactory()
    row = signed_draft(person=person)
    seen = Application.objects.get(pk=row.pk).version
    first = submit(application_id=row.pk, actor=as_actor(person), seen_version=seen)
    second = submit(application_id=row.pk, actor=as_actor(person), seen_version=seen)
    assert first.number == second.number
    assert Snapshot.objects.filter(application=row).count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_parallel_submissions_of_one_call_have_places_in_order() -> None:
    call = open_example_call()
    people = [PersonFactory() for _ in range(6)]
    rows = [signed_draft(call, person=person) for person in people]

    at_once(
        [
            partial(submit, application_id=row.pk, actor=as_actor(person))
            for row, person in zip(rows * 2, people * 2, strict=True)
        ]
    )
    sent = Application.objects.filter(call=call).order_by("submitted_at", "provisional_place")
    assert sorted(row.provisional_place or 0 for row in sent) == [1, 2, 3, 4, 5, 6]
    assert len({row.number for row in sent}) == 6
    assert Snapshot.objects.count() == 6


@pytest.mark.django_db
def test_without_the_lead_signature_nothing_is_sent() -> None:
    person = PersonFactory()
    row = draft(person=person)
    with pytest.raises(Refused, match="ondertekenen") as refusal:
        submit(application_id=row.pk, actor=as_actor(person))
    assert refusal.value.article == "Awb 4:2"
    assert not Snapshot.objects.exists()


@pytest.mark.django_db
def test_missing_answers_are_named_with_their_question() -> None:
    person = PersonFactory()
    row = draft(person=person, filled=False)
    sign_all(row)
    with pytest.raises(Invalid) as refusal:
        submit(application_id=row.pk, actor=as_actor(person))
    assert len(refusal.value.problems) > 3
    assert all(question and sentence for question, sentence in refusal.value.problems)


@pytest.mark.django_db
def test_after_closing_it_says_by_how_much_and_sends_only_when_told() -> None:
    now = clock.now()
    call = open_example_call(days=(now - timedelta(days=2), now + timedelta(hours=1)))
    person = PersonFactory()
    row = signed_draft(call, person=person)
    with clock.playing("", now + timedelta(hours=3)):
        with pytest.raises(TooLate, match="2 uur"):
            submit(application_id=row.pk, actor=as_actor(person))
        late = submit(application_id=row.pk, actor=as_actor(person), although_late=True)
    assert late.state == State.LATE
    assert late.number
    assert late.provisional_place is None


@pytest.mark.django_db
def test_the_closing_moment_itself_is_too_late() -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with clock.playing("", now):
        call = open_example_call(days=(now - timedelta(days=2), now + timedelta(hours=1)))
        person = PersonFactory()
        row = signed_draft(call, person=person)
    closes = now + timedelta(hours=1)
    with clock.playing("", closes), pytest.raises(TooLate):
        submit(application_id=row.pk, actor=as_actor(person))
    with clock.playing("", closes - timedelta(microseconds=1)):
        assert submit(application_id=row.pk, actor=as_actor(person)).state == State.SUBMITTED


@pytest.mark.django_db
def test_a_group_shows_who_must_sign_and_a_changed_answer_voids() -> None:
    lead, other = PersonFactory(), PersonFactory()
    row = draft(person=lead, party=group_of(lead, other))
    sign_all(row)
    row = Application.objects.get(pk=row.pk)
    assert {each.status for each in signing.signers(row) if each.party_id == lead.pk} == {"signed"}
    drafts.save(
        application_id=row.pk,
        changes={next(iter(answers_of(row))): "Iets anders"},
        actor=as_actor(other),
    )
    row = Application.objects.get(pk=row.pk)
    assert {each.status for each in signing.signers(row)} == {"missing"}
    assert Signature.objects.filter(application=row, voided_at=None).count() == 0


@pytest.mark.django_db
def test_what_was_read_is_what_is_signed() -> None:
    person = PersonFactory()
    row = draft(person=person)
    seen = content_hash(signing.signable_text(row))
    drafts.save(
        application_id=row.pk,
        changes={next(iter(answers_of(row))): "Intussen veranderd"},
        actor=as_actor(person),
    )
    with pytest.raises(Conflict):
        signing.sign(
            application_id=row.pk, party_id=person.pk, actor=as_actor(person), seen_hash=seen
        )


@pytest.mark.django_db
def test_nobody_signs_for_another() -> None:
    lead, other, stranger = PersonFactory(), PersonFactory(), PersonFactory()
    row = draft(person=lead, party=group_of(lead, other))
    seen = content_hash(signing.signable_text(row))
    for actor, party in ((other, lead), (stranger, lead), (stranger, stranger)):
        with pytest.raises(NotAllowed):
            signing.sign(
                application_id=row.pk, party_id=party.pk, actor=as_actor(actor), seen_hash=seen
            )


@pytest.mark.django_db
def test_two_tabs_may_write_different_questions_but_not_the_same() -> None:
    person = PersonFactory()
    row = draft(person=person)
    codes = [
        question.code
        for question in row.revision.definition.form.questions
        if question.kind in (QuestionKind.TEXT, QuestionKind.LONG_TEXT)
    ]
    seen = Application.objects.get(pk=row.pk).version
    actor = as_actor(person)
    drafts.save(application_id=row.pk, changes={codes[0]: "Een"}, actor=actor, seen_version=seen)
    drafts.save(application_id=row.pk, changes={codes[1]: "Twee"}, actor=actor, seen_version=seen)
    with pytest.raises(Conflict) as conflict:
        drafts.save(
            application_id=row.pk, changes={codes[0]: "Drie"}, actor=actor, seen_version=seen
        )
    assert conflict.value.field == codes[0]
    saved = answers_of(Application.objects.get(pk=row.pk))
    assert (saved[codes[0]], saved[codes[1]]) == ("Een", "Twee")


@pytest.mark.django_db
def test_saving_a_draft_leaves_no_event() -> None:
    row = draft()
    assert not Event.objects.filter(stream__uid=str(row.uid)).exists()


@pytest.mark.django_db
def test_an_organisation_signs_through_its_people() -> None:
    chair, secretary = PersonFactory(), PersonFactory()
    row = draft(person=chair, party=organisation_of(chair, secretary))
    signer = signing.signers(row)[0]
    assert signer.people == {chair.pk, secretary.pk}
    sign_all(row)
    assert signing.signers(row)[0].status == "signed"


@pytest.mark.django_db
def test_withdrawing_twice_is_once_and_a_stranger_cannot() -> None:
    person, stranger = PersonFactory(), PersonFactory()
    row = submitted(person=person)
    with pytest.raises(NotAllowed):
        withdraw(application_id=row.pk, actor=as_actor(stranger))
    withdraw(application_id=row.pk, actor=as_actor(person))
    withdraw(application_id=row.pk, actor=as_actor(person))
    withdrawn = Event.objects.filter(stream__uid=str(row.uid), type="applications.withdrawn")
    assert withdrawn.count() == 1


@pytest.mark.both
@pytest.mark.django_db
def test_the_database_keeps_what_was_sent() -> None:
    submitted()
    for statement in (
        "UPDATE applications_snapshot SET text = 'x'",
        "DELETE FROM applications_snapshot",
        "UPDATE applications_application SET number = 'V2026-000001-1'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_typing_error_in_a_number_is_seen() -> None:
    number = compose(prefix="V", year=2023, last=12)
    assert is_number(number)
    for at, digit in enumerate(number):
        if digit.isdigit():
            wrong = number[:at] + str((int(digit) + 1) % 10) + number[at + 1 :]
            assert not is_number(wrong)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=1), "1 minuut"),
        (timedelta(minutes=59), "59 minuten"),
        (timedelta(hours=5), "5 uur"),
        (timedelta(days=1, hours=2), "1 dag"),
        (timedelta(days=12), "12 dagen"),
    ],
)
def test_a_span_in_words(span: timedelta, said: str) -> None:
    assert words(span) == said


@pytest.mark.django_db
def test_a_file_that_comes_after_the_signature_voids_it() -> None:
    person = PersonFactory()
    row = signed_draft(person=person)
    assert signing.signers(row)[0].status == "signed"
    added = attachment(row, person=person)
    assert signing.signers(row)[0].status == "missing"
    sign_all(row)
    drafts.remove_attachment(attachment_id=added.pk, actor=as_actor(person))
    assert signing.signers(row)[0].status == "missing"
