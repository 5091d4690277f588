"""The pages of decisions and letters: who enters, what they show, what goes wrong in words."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.roles import Role
from documents import storage
from documents.domain.batches import create_batch
from documents.domain.drafting import change_draft
from documents.models import Decision, DecisionBatch, Document
from tests.accounts.signing_in import sign_in
from tests.documents.test_batches import work
from tests.factories.applications import PersonFactory, as_actor, draft, with_role
from tests.factories.documents import Desk, desk, drafted, in_review, proposed, signed
from timeline import clock

pytestmark = pytest.mark.django_db


def as_(person: Any) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def announced(at: Desk, **given: Any) -> Document:
    decision = signed(at, **given)
    assert decision.announce_at
    with clock.playing("", decision.announce_at):
        work()
    return Document.objects.get(decision=decision)


def words(response: Any) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.mark.slow
def test_a_decision_goes_through_its_pages_from_draft_to_signature() -> None:
    at = desk()
    application = in_review(at.call)
    assessor, signer = as_(at.assessor), as_(at.signer)

    made = assessor.post(
        f"/besluiten/nieuw/{application.uid}/",
        {"outcome": "award", "amount": "1.500", "reason": "Niet alle kosten tellen mee."},
    )
    decision = Decision.objects.get()
    address = f"/besluiten/{decision.uid}/"
    assert made["Location"] == address
    page = words(assessor.get(address))
    assert "Voorstellen ter ondertekening" in page
    assert "U krijgt € 1.500 subsidie" in page
    assert "Het bedrag is lager dan gevraagd." in page

    assessor.post(f"{address}voorstellen/", {"version": decision.version})
    assert "Een ander ondertekent het" not in words(signer.get(address))
    shown = signer.get(address)
    signer.post(f"{address}ondertekenen/", {"seen_hash": shown.context["seen_hash"]})

    decision.refresh_from_db()
    assert decision.state == "signed"
    assert "De brief gaat uit op" in words(signer.get(address))


def test_bad_input_on_a_draft_stays_in_the_form_with_a_sentence_at_the_field() -> None:
    at = desk()
    application = in_review(at.call)
    client = as_(at.assessor)
    address = f"/besluiten/nieuw/{application.uid}/"

    for given, sentence in (
        ({"outcome": "award", "amount": "veel"}, "Vul een bedrag in"),
        ({"outcome": "award", "amount": ""}, "Vul in hoeveel u toekent"),
        ({"outcome": "award", "amount": "1"}, "waarom het bedrag lager is"),
        ({"outcome": "rejection"}, "waarom u de aanvraag afwijst"),
        ({"outcome": "award", "amount": "9.999"}, "niet hoger dan gevraagd"),
        ({"amount": "5"}, "Kies wat u besluit"),
    ):
        response = client.post(address, {**given, "explanation": "Blijft staan."})
        assert sentence in words(response)
        assert "Blijft staan." in words(response)
    assert not Decision.objects.exists()


def test_the_drafter_reads_why_she_cannot_sign() -> None:
    at = desk()
    with_role(at.assessor, Role.DECISION_MAKER, at.call)
    decision = proposed(at)

    page = words(as_(at.assessor).get(f"/besluiten/{decision.uid}/"))

    assert "Een ander ondertekent het" in page
    assert "/ondertekenen/" not in page


def test_what_changed_meanwhile_is_told_with_409() -> None:
    at = desk()
    decision = drafted(at)
    client = as_(at.assessor)
    old = decision.version
    change_draft(
        decision_id=decision.pk,
        actor=as_actor(at.assessor),
        seen_version=old,
        explanation="Van een collega.",
    )

    response = client.post(
        f"/besluiten/{decision.uid}/wijzigen/",
        {"version": old, "amount": "100", "explanation": "Van mij."},
    )

    assert response.status_code == 409
    assert "intussen veranderd" in words(response)
    assert "Van mij." in words(response)


def test_taking_back_and_sending_back_ask_for_a_reason() -> None:
    at = desk()
    decision = proposed(at)
    client = as_(at.signer)

    empty = client.post(f"/besluiten/{decision.uid}/terugnemen/", {"reason": ""})
    assert "Schrijf waarom." in words(empty)
    client.post(f"/besluiten/{decision.uid}/terugsturen/", {"reason": "Noem het plafond."})
    decision.refresh_from_db()
    assert decision.state == "draft"
    assert "Noem het plafond." in words(client.get(f"/besluiten/{decision.uid}/"))
    client.post(f"/besluiten/{decision.uid}/terugnemen/", {"reason": "Verkeerd dossier."})
    decision.refresh_from_db()
    assert decision.state == "taken_back"


def test_a_moment_in_the_past_is_refused() -> None:
    at = desk()
    decision = signed(at)
    client = as_(at.signer)
    address = f"/besluiten/{decision.uid}/moment/"

    assert "nog moet komen" in words(client.post(address, {"day": "2020-01-01", "time": "09:00"}))
    assert client.post(address, {"day": "2031-01-02", "time": "10:30"}).status_code == 302
    decision.refresh_from_db()
    assert decision.announce_at
    assert decision.announce_at == clock.moment(clock.day(decision.announce_at), "10:30")


@pytest.mark.parametrize(
    "address",
    [
        "/besluiten/{decision}/",
        "/besluiten/{decision}/wijzigen/",
        "/besluiten/{decision}/terugnemen/",
        "/besluiten/nieuw/{application}/",
    ],
)
def test_whoever_has_no_role_in_the_call_does_not_find_a_decision(address: str) -> None:
    at, elsewhere = desk(), desk("krachtvansalland-cheque-2023")
    decision = proposed(at)
    path = address.format(decision=decision.uid, application=decision.application.uid)

    assert as_(elsewhere.assessor).get(path).status_code == 404
    assert as_(PersonFactory()).get(path).status_code in (302, 403)
    assert Client().get(path).status_code == 302


def test_the_applicant_does_not_see_a_decision_before_it_is_announced() -> None:
    at = desk()
    person = PersonFactory()
    with_role(person, Role.ASSESSOR, at.call)  # even a colleague, for her own application
    application = in_review(at.call, person=person)
    decision = proposed(at, application=application)
    client = as_(person)

    assert client.get(f"/besluiten/{decision.uid}/").status_code == 404
    assert "Voorgesteld" not in words(client.get(f"/dossiers/{application.uid}/"))


def test_a_letter_is_served_to_whom_it_concerns_byte_for_byte() -> None:
    at = desk()
    person = PersonFactory()
    document = announced(at, application=in_review(at.call, person=person))
    path = f"/brieven/{document.uid}/brief.pdf"

    response = as_(person).get(path)

    assert response.status_code == 200
    assert response.content == storage.read(document.path)
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert as_(at.assessor).get(path).status_code == 200
    for stranger in (PersonFactory(), desk("krachtvansalland-cheque-2023").signer):
        assert as_(stranger).get(path).status_code == 404
        assert as_(stranger).get(f"/brieven/{document.uid}/").status_code == 404
    assert Client().get(path).status_code == 302
    assert as_(person).get(f"/brieven/{uuid4()}/brief.pdf").status_code == 404


def test_a_letter_can_be_read_as_a_page() -> None:
    at = desk()
    person = PersonFactory()
    document = announced(at, application=in_review(at.call, person=person), cents=0)

    page = words(as_(person).get(f"/brieven/{document.uid}/"))

    assert "U krijgt geen subsidie" in page
    assert "Bent u het niet eens met dit besluit?" in page
    assert 'lang="nl"' in page


def test_the_dossier_shows_letters_to_the_applicant_and_the_decision_to_staff() -> None:
    at = desk()
    person = PersonFactory()
    document = announced(at, application=in_review(at.call, person=person))
    address = f"/dossiers/{document.application.uid}/"

    assert document.subject.replace("\u00a0", " ") in words(as_(person).get(address))
    assert "Open het besluit" not in words(as_(person).get(address))
    assert "Open het besluit" in words(as_(at.assessor).get(address))


def test_the_preview_shows_the_letter_one_hopes_for_to_its_owner_only() -> None:
    person = PersonFactory()
    application = draft(person=person)
    path = f"/voorbeeldbrief/{application.uid}/"

    page = words(as_(person).get(path))

    assert 'id="voorbeeldbrief"' in page
    assert "U krijgt € 2.000 subsidie" in page.replace("van ons ", "")
    assert as_(PersonFactory()).get(path).status_code == 404


def make_batch(at: Desk, rows: int) -> DecisionBatch:
    return create_batch(
        call_id=at.call.pk,
        title="Ronde 1",
        decision_ids=[proposed(at).pk for _ in range(rows)],
        actor=as_actor(at.assessor),
    )


@pytest.mark.slow
def test_a_batch_goes_through_its_pages() -> None:
    at = desk()
    one, two = proposed(at), proposed(at, cents=0)
    assessor, signer = as_(at.assessor), as_(at.signer)

    assert "Maak een stapel" in words(assessor.get("/besluiten/"))
    made = assessor.post(
        f"/besluiten/stapels/nieuw/{at.call.slug}/",
        {"title": "Ronde 1", "decisions": [one.pk, two.pk]},
    )
    address = made["Location"]
    shown = signer.get(address)
    assert "Past het onder het plafond?" in words(shown)
    signer.post(f"{address}ondertekenen/", {"seen_hash": shown.context["seen_hash"]})
    assert "0 van 2" in words(signer.get(f"{address}voortgang/"))
    work()
    assert "2 van 2" in words(signer.get(f"{address}voortgang/"))
    assert "Alles terugnemen" in words(signer.get(address))
    signer.post(f"{address}terugnemen/", {"reason": "Fout."})
    work()
    assert set(Decision.objects.values_list("state", flat=True)) == {"taken_back"}


def test_a_batch_that_changed_is_not_signed_from_an_old_page() -> None:
    at = desk()
    batch = make_batch(at, 2)
    client = as_(at.signer)
    address = f"/besluiten/stapels/{batch.uid}/"

    response = client.post(f"{address}ondertekenen/", {"seen_hash": "old"})

    assert response.status_code == 409
    assert "Er is iets veranderd" in words(response)


def test_an_empty_choice_for_a_batch_says_so() -> None:
    at = desk()
    proposed(at)

    response = as_(at.assessor).post(f"/besluiten/stapels/nieuw/{at.call.slug}/", {"title": "Leeg"})

    assert "Kies ten minste één voorstel." in words(response)


def test_letters_for_whom_has_no_mail_are_listed_to_be_posted() -> None:
    at = desk()
    person = PersonFactory(email="")
    document = announced(at, application=in_review(at.call, person=person))

    page = words(as_(at.assessor).get("/brieven/per-post/"))

    assert document.application.number
    assert document.application.number in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_decisions_asks_as_much_for_three_as_for_one(
    rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at = desk()
    for _ in range(rows):
        proposed(at)
    client = as_(at.signer)
    client.get("/besluiten/")

    with django_assert_max_num_queries(20) as seen:
        assert client.get("/besluiten/").status_code == 200
    counted[rows] = len(seen)
    assert len(set(counted.values())) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_batch_does_not_grow_with_its_rows_beyond_the_letters(
    rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at = desk()
    batch = make_batch(at, rows)
    client = as_(at.assessor)
    address = f"/besluiten/stapels/{batch.uid}/voortgang/"
    client.get(address)

    with django_assert_max_num_queries(20) as seen:
        client.get(address)
    progressed[rows] = len(seen)
    assert len(set(progressed.values())) == 1


counted: dict[int, int] = {}
progressed: dict[int, int] = {}
