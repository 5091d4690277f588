"""Letters that follow from what happens: each once, with the right words, told by mail."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import Party
from applications.domain.submission import submit, withdraw
from documents import storage, verify
from documents.domain.letters import order_letter
from documents.facts import facts_from, preview_award
from documents.letters import LetterKind, compose
from documents.letters.facts import Missing, Receipt, Repair, facts_to_plain
from documents.models import Decision, Document
from documents.rendering import pdf
from regeling.domain.ledger import reserved_for
from tests.documents.test_letters import all_text
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
from tests.factories.documents import desk, in_review, signed
from timeline import clock
from timeline.canon import sha256
from timeline.deliver import run_due
from timeline.models import Delivery

pytestmark = pytest.mark.django_db


def deliver() -> None:
    run_due(limit=1000, strict=True)


def letter(kind: LetterKind) -> Document:
    return Document.objects.get(kind=kind)


def test_a_submission_is_confirmed_with_its_copy() -> None:
    person = PersonFactory(name="Jan Bakker")
    application = submitted(person=person)

    deliver()

    receipt, copy = letter(LetterKind.RECEIPT_CONFIRMATION), letter(LetterKind.APPLICATION_COPY)
    text = all_text(compose(facts_from(receipt.facts))).replace("\u00a0", " ")
    assert application.number
    assert application.number in text
    assert "voorlopig nummer 1" in text
    assert "€ 2.000" in text
    words = all_text(compose(facts_from(copy.facts))).replace("\u00a0", " ")
    assert "Hoe heet uw initiatief?" in words
    assert "Jan Bakker op" in words
    assert "rekening die eindigt op 4300" in words
    assert "NL91" not in copy.facts
    assert storage.read_hash(receipt.path) == receipt.sha256
    assert sha256(receipt.facts) == receipt.facts_sha256


def test_a_message_tells_that_a_letter_is_ready_and_not_what_it_says() -> None:
    application = submitted()

    deliver()

    messages = mail.outbox
    assert {message.to[0] for message in messages} == {application.party.email}
    receipt = letter(LetterKind.RECEIPT_CONFIRMATION)
    (told,) = (each for each in messages if f"/brieven/{receipt.uid}/" in each.body)
    assert str(receipt.uid) in told.extra_headers["Message-ID"]
    assert "€" not in told.body


def test_delivered_again_there_is_still_one_letter() -> None:
    submitted()
    deliver()
    before = set(Document.objects.values_list("uid", "sha256"))

    Delivery.objects.filter(handler__in=["documents.receipt", "documents.copy"]).update(
        state="pending", done_at=None
    )
    deliver()

    assert set(Document.objects.values_list("uid", "sha256")) == before


def test_who_is_late_reads_by_how_much() -> None:
    now = clock.now()
    person = PersonFactory()
    call = open_example_call(days=(now - timedelta(days=9), now - timedelta(hours=2, minutes=5)))
    with clock.playing("", now - timedelta(days=1)):
        application = signed_draft(call, person=person)
    submit(application_id=application.pk, actor=as_actor(person), although_late=True)

    deliver()

    about = facts_from(letter(LetterKind.RECEIPT_CONFIRMATION).facts).about
    assert isinstance(about, Receipt)
    assert about.late_by == "2 uur"
    assert about.steps == ()


def test_a_group_is_written_through_its_lead_applicant_and_an_organisation_at_its_name() -> None:
    call = open_example_call()
    one, two = PersonFactory(name="Eerste Persoon"), PersonFactory()
    group, organisation = group_of(one, two, name="De Groep"), organisation_of(one, two)
    submitted(call, person=one, party=group)
    submitted(call, person=one, party=organisation)

    deliver()

    rows = Document.objects.filter(kind=LetterKind.RECEIPT_CONFIRMATION).order_by("pk")
    told = [facts_from(row.facts).addressee for row in rows]
    assert [(each.name, each.attention) for each in told] == [
        ("De Groep", "Eerste Persoon"),
        ("Stichting De Brug", "Eerste Persoon"),
    ]
    assert {message.to[0] for message in mail.outbox} == {one.email, two.email}


def test_nobody_to_mail_means_that_the_letter_goes_by_post() -> None:
    person = PersonFactory()
    application = submitted(person=person)
    Party.objects.filter(pk=person.pk).update(email="")

    deliver()

    assert Document.objects.filter(application=application, by_post=True).count() == 2
    assert mail.outbox == []


def test_a_withdrawal_is_confirmed_and_no_decision_is_taken_any_more() -> None:
    at = desk()
    person = PersonFactory()
    application = in_review(at.call, person=person)
    decision = signed(at, application=application)

    withdraw(application_id=application.pk, actor=as_actor(person))
    deliver()

    decision.refresh_from_db()
    assert decision.state == Decision.State.TAKEN_BACK
    assert reserved_for(application_uid=application.uid) == 0
    text = all_text(compose(facts_from(letter(LetterKind.WITHDRAWAL_CONFIRMATION).facts)))
    assert "ingetrokken" in text
    with clock.playing("", clock.now() + timedelta(days=14)):
        deliver()
    assert not Document.objects.filter(decision=decision).exists()


def test_another_room_can_ask_for_a_letter_in_its_own_transaction() -> None:
    application = submitted()
    about = Repair(
        missing=(Missing(what="Een offerte", why="het bedrag is niet te zien"),),
        deliver_by=clock.today() + timedelta(days=14),
    )

    with transaction.atomic():
        order_letter(
            application_id=application.pk,
            kind=LetterKind.REPAIR_REQUEST,
            about=about,
            actor=as_actor(PersonFactory()),
        )
    deliver()

    text = all_text(compose(facts_from(letter(LetterKind.REPAIR_REQUEST).facts)))
    assert "Een offerte: het bedrag is niet te zien" in text


@pytest.mark.parametrize(
    "slug", ["every-kind", "krachtvansalland-cheque-2023", "samen-voor-elkaar-2017"]
)
def test_the_letter_one_hopes_for_has_her_own_data(slug: str) -> None:
    person = PersonFactory()
    call = open_example_call(slug)
    party = group_of(person, PersonFactory(), PersonFactory()) if "2017" in slug else person
    application = draft(call, person=person, party=party)

    html = preview_award(application.pk)

    assert "Er is nog niets besloten" in html
    assert "Lange tafel op het plein" in html
    assert not Document.objects.exists()


def test_an_empty_draft_has_a_preview_too() -> None:
    assert "uw initiatief" in preview_award(draft(filled=False).pk)


def test_verify_names_a_letter_that_changed_went_missing_or_is_not_known(
    settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    application = submitted()
    deliver()
    assert list(verify.letters()) == []
    receipt, copy = letter(LetterKind.RECEIPT_CONFIRMATION), letter(LetterKind.APPLICATION_COPY)

    content = bytearray(storage.read(receipt.path))
    content[100] ^= 1
    default_storage.delete(receipt.path)
    default_storage.save(receipt.path, ContentFile(bytes(content)))
    default_storage.delete(copy.path)
    storage.keep(kind="award", cause=str(application.uid), content=b"%PDF-1.7 nobody knows me")

    found = [(finding.place, finding.sentence) for finding in verify.letters()]
    assert (f"letter {receipt.path}", "the file is not the one that was stored") in found
    assert (f"letter {copy.path}", "the file is missing") in found
    assert [sentence for _place, sentence in found].count("a file that no letter names") == 1
    assert len(found) == 3


def test_verify_follows_decisions_from_signature_to_letter() -> None:
    decision = signed(desk())
    assert list(verify.decisions()) == []
    assert decision.announce_at
    with clock.playing("", decision.announce_at):
        deliver()

    assert list(verify.decisions()) == []


def test_the_stored_facts_print_the_stored_letter_again() -> None:
    submitted()
    deliver()
    receipt = letter(LetterKind.RECEIPT_CONFIRMATION)
    told = facts_from(receipt.facts)

    again = pdf.render(compose(told), facts=facts_to_plain(told), day=receipt.sent_on)

    assert again.fingerprint == receipt.fingerprint
    assert again.sha256 == receipt.sha256


def test_a_half_written_file_is_written_again() -> None:
    path = storage.keep(kind="award", cause="half", content=b"whole letter")
    default_storage.delete(path)
    default_storage.save(path, ContentFile(b"whole"))

    assert storage.keep(kind="award", cause="half", content=b"whole letter") == path
    assert storage.read(path) == b"whole letter"


def test_attached_files_are_named_on_the_copy() -> None:
    person = PersonFactory()
    application = draft(person=person)
    attachment(application, person=person)
    sign_all(application)
    submit(application_id=application.pk, actor=as_actor(person))
    deliver()

    assert "plein.png" in letter(LetterKind.APPLICATION_COPY).facts
