"""The pages of this room: who enters, what comes back at the field, what a list costs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accountability.domain import hearings, reports
from accountability.models import Hearing, Photo, Report
from applications.models import Application
from documents.models import Decision
from tests.accountability.pages import as_, errors, fill, stated, url
from tests.factories.accountability import (
    STORY,
    decided,
    entered,
    office,
    paid,
    report_asked,
    reported,
)
from tests.factories.applications import PNG, PersonFactory, as_actor

pytestmark = pytest.mark.django_db

FILLED = {
    "done": "Wij hebben gegeten.",
    "participants": "1.080",
    "volunteer_hours": "120",
    "learned": "Begin op tijd.",
    "costs_cents": "2.500,50",
    "version": "0",
}


def test_a_report_is_written_and_handed_in_by_page() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    client, address = as_(person), url("report", application.uid)
    page = client.get(address).content.decode()
    assert "Verslag insturen" in page
    assert "niet verplicht" not in page.split("photo_consent")[0].split("costs_cents")[0]

    answer = client.post(address, {**FILLED, "action": "hand_in"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("portal:dossier", args=[application.uid])
    assert "Uw verslag is ingediend" in answer.content.decode()
    report = Report.objects.get()
    assert (report.participants, report.costs_cents) == (1080, 250_050)
    assert report.handed_in
    assert "Wij hebben gegeten" in client.get(address).content.decode()


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    client, address = as_(person), url("report", application.uid)
    wrong = {**FILLED, "participants": "veel", "costs_cents": "twee tientjes"}

    answer = client.post(address, {**wrong, "action": "hand_in"})
    content = answer.content.decode()

    assert answer.status_code == 422
    assert errors(content) == ["participants", "costs_cents"]
    assert "Vul een heel getal in" in content
    for typed in ("veel", "twee tientjes", "Wij hebben gegeten."):
        assert typed in content
    missing = client.post(address, {**FILLED, "learned": "", "action": "hand_in"})
    assert errors(missing.content.decode()) == ["learned"]
    assert Report.objects.get().done == "Wij hebben gegeten."
    assert not Report.objects.get().handed_in


def test_a_stale_copy_is_told_and_keeps_what_was_typed() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    client, address = as_(person), url("report", application.uid)
    reports.save(application_id=application.pk, content=STORY, actor=as_actor(person))

    answer = client.post(address, {**FILLED, "done": "Uit een oud venster", "action": "save"})

    assert answer.status_code == 409
    assert "ander venster" in answer.content.decode()
    assert "Uit een oud venster" in answer.content.decode()
    assert Report.objects.get().done == STORY.done


def test_a_report_saves_itself() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    client, address = as_(person), url("report_autosave", application.uid)

    first = client.post(address, {"done": "Half", "version": "0"}).json()
    stale = client.post(address, {"done": "Anders", "version": "0"})

    assert first["version"] == 1
    assert first["message"].startswith("Opgeslagen om ")
    assert stale.status_code == 409
    assert client.post(address, {"participants": "x", "version": "1"}).status_code == 422


def test_a_photo_is_shown_to_whom_it_concerns() -> None:
    at, person = office(), PersonFactory()
    application = report_asked(at, person=person)
    client, address = as_(person), url("report", application.uid)

    def post(action: str, **given: Any) -> Any:
        report = Report.objects.filter(application=application).first()
        version = report.version if report else 0
        return client.post(address, {**FILLED, "version": version, "action": action, **given})

    def upload(content: bytes, description: str) -> Any:
        file = SimpleUploadedFile("../feest.png", content)
        return post("photo", file=file, description=description)

    nameless = upload(PNG, "").content.decode()
    assert errors(nameless) == ["description"]
    assert "Wij hebben gegeten." in nameless
    assert "Dit soort bestand" in upload(b"tekst", "De tafel").content.decode()
    assert upload(PNG, "De tafel").status_code == 302
    photo = Photo.objects.get()
    picture = url("photo", photo.uid)
    assert photo.name == "feest.png"
    assert b"".join(client.get(picture).streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]  # a file
    for other in (at.auditor, PersonFactory()):
        assert as_(other).get(picture).status_code == 404
    assert errors(post("hand_in").content.decode()) == ["photo_consent"]
    assert post("hand_in", photo_consent="on").status_code == 302
    assert as_(at.auditor).get(picture).status_code == 200
    assert as_(PersonFactory()).get(picture).status_code == 404


def test_a_photo_can_be_taken_away_and_what_was_typed_is_kept() -> None:
    person = PersonFactory()
    application = report_asked(office(), person=person)
    client, address = as_(person), url("report", application.uid)
    file = SimpleUploadedFile("a.png", PNG)
    client.post(address, {**FILLED, "action": "photo", "file": file, "description": "De tafel"})
    action = f"remove {Photo.objects.get().uid}"

    client.post(address, {**FILLED, "version": "1", "done": "Nieuw", "action": action})

    assert Photo.objects.get().removed_at is not None
    assert Report.objects.get().done == "Nieuw"
    assert client.post(address, {**FILLED, "version": "2", "action": "remove x"}).status_code == 404


def test_a_story_says_until_when_a_spot_check_may_come() -> None:
    person = PersonFactory()
    application = decided(office(), asked=100_000, person=person)

    content = as_(person).get(url("report", application.uid)).content.decode()

    assert "U hoeft ons niets te sturen" in content
    assert "steekproefsgewijs" in content
    assert "Verhaal insturen" in content


def test_an_assessor_settles_by_page_and_another_signs() -> None:
    at = office()
    application = reported(at)
    client = stated(at.assessor, application)
    assert application.number in client.get(url("settlements")).content.decode()
    page = client.get(url("settlement", application.uid)).content.decode()
    assert "aantal mensen dat meedeed: 80" in page

    answer = client.post(url("settle", application.uid), {"version": application.version})

    decision = Decision.objects.get(track="settlement")
    assert answer["Location"] == reverse("documents:decision", args=[decision.uid])
    assert decision.state == "proposed"
    assert "Open het voorstel" in client.get(url("settlement", application.uid)).content.decode()


def test_who_did_not_state_her_interest_is_sent_there_first() -> None:
    at = office()
    application = reported(at)

    answer = as_(at.assessor).get(url("settlement", application.uid))

    assert answer["Location"] == reverse("assessment:interest", args=[application.uid])


def test_a_lower_settlement_goes_through_the_hearing_page() -> None:
    at, person = office(), PersonFactory()
    application = reported(at, person=person)
    desk, home = stated(at.assessor, application), as_(person)
    empty = desk.post(url("ask_hearing", application.uid), {})
    assert errors(empty.content.decode()) == ["ground", "intended_cents", "intent"]
    given = {"ground": "a", "intended_cents": "2.000", "intent": "Een deel ging niet door."}
    desk.post(url("ask_hearing", application.uid), given)
    hearing = Hearing.objects.get()
    address = url("hearing", hearing.uid)
    assert "Een deel ging niet door." in home.get(address).content.decode()
    assert as_(PersonFactory()).get(address).status_code == 404
    assert errors(home.post(address, {"response": ""}).content.decode()) == ["response"]
    home.post(address, {"response": "Het regende."})

    lower = {"cents": "2.000", "reason": "Drie van vier.", "proportionality": "Niet gemaakt."}
    first = desk.post(url("settle_lower", application.uid), lower)
    assert errors(first.content.decode()) == ["reply"]
    assert "Drie van vier." in first.content.decode()
    second = desk.post(url("settle_lower", application.uid), {**lower, "reply": "Er was een zaal."})

    assert second.status_code == 302
    assert Decision.objects.get(track="settlement").amount_cents == 200_000


@pytest.mark.slow
def test_the_doors_are_for_those_who_work_there() -> None:
    at, person = office(), PersonFactory()
    application = decided(at, asked=100_000, person=person)
    payment = entered(at, application, 100)
    for address in (url("payments"), url("monitor"), url("payment", payment.uid)):
        assert as_(person).get(address).status_code == 403
        assert as_(at.assessor).get(address).status_code == 403
        assert Client().get(address).status_code == 302
    other = office("every-kind")
    for address in (
        url("payment", payment.uid),
        url("enter_payment", application.uid),
        url("payment_note", application.uid),
    ):
        assert as_(other.payer).get(address).status_code == 404
    assert as_(other.assessor).get(url("settlement", application.uid)).status_code == 404
    assert as_(PersonFactory()).get(url("report", application.uid)).status_code == 404
    elsewhere = {"regulation": "with-report", "as_of": "2026-1-1"}
    assert as_(other.payer).get(url("monitor"), elsewhere).status_code == 422
    assert as_(at.auditor).post(url("confirm_payment", payment.uid)).status_code == 403
    assert as_(at.auditor).get(url("enter_payment", application.uid)).status_code == 403


def test_the_dossier_shows_money_and_report_to_its_owner() -> None:
    at, person = office(), PersonFactory()
    application = report_asked(at, person=person)
    paid(at, application, 200_000)

    content = as_(person).get(reverse("portal:dossier", args=[application.uid])).content.decode()

    assert "Schrijf uw verslag" in content
    assert "€\u00a02.000" in content
    assert "Nog te betalen" in content


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "who", "queries"), [("settlements", "assessor", 17), ("payments", "payer", 19)]
)
def test_a_list_takes_the_same_queries_whatever_its_length(
    name: str, who: str, queries: int, rows: int, django_assert_num_queries: Any
) -> None:
    at = office()
    fill(at, name, rows)
    client = as_(getattr(at, who))
    client.get(url(name))

    with django_assert_num_queries(queries):
        content = client.get(url(name)).content.decode()

    numbers = Application.objects.values_list("number", flat=True)
    assert all(number in content for number in numbers)


def test_a_hearing_that_waits_is_seen_on_the_worklist() -> None:
    at = office()
    application = reported(at)
    hearings.ask_hearing(
        application_id=application.pk,
        ground="b",
        intended_cents=0,
        intent="Geen verslag van de kosten.",
        actor=as_actor(at.assessor),
    )

    assert "Zienswijze tot en met" in as_(at.assessor).get(url("settlements")).content.decode()
