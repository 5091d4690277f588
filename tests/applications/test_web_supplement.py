"""A supplement: what is asked, by when, and a new version beside the first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from applications.answers import answers_of
from applications.facts import Missing
from applications.lifecycle import move
from applications.models import Application, Attachment, Snapshot, Suspension
from applications.states import State
from tests.applications.pages import hidden, signed_in, text
from tests.factories.applications import (
    PNG,
    PersonFactory,
    as_actor,
    attachment,
    open_example_call,
    submitted,
    with_role,
)
from timeline import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return PersonFactory()


@pytest.fixture
def application(person: Person) -> Application:
    """Sent in, and asked to say more about two questions and a file."""
    call = open_example_call()
    assessor = as_actor(with_role(PersonFactory(), Role.ASSESSOR, call))
    sent = submitted(call, person=person)
    due = clock.today() + timedelta(days=14)
    move(application_id=sent.pk, transition="start_completeness_check", actor=assessor)
    Suspension.objects.create(
        application=sent, ground="supplement", asked_on=clock.today(), due_on=due
    )
    items = ("question:beschrijving", "question:begroting", "question:bijlage")
    return move(
        application_id=sent.pk,
        transition="ask_supplement",
        actor=assessor,
        fact=Missing(items=items, due_on=due, request="r"),
    )


def url(application: Application) -> str:
    return reverse("applications:supplement", args=[application.uid])


def post(person: Person, application: Application, **data: Any) -> Any:
    client = signed_in(person)
    page = client.get(url(application))
    given = {
        "v-beschrijving": "Wij eten samen met de hele buurt.",
        "v-begroting-costs-1-label": "Tafels",
        "v-begroting-costs-1-amount": "2.000",
        "version": hidden(page, "version"),
        "go": "send",
    }
    fields = {name.replace("__", "-"): value for name, value in data.items()}
    return client.post(url(application), {**given, **fields})


def test_it_shows_what_is_asked_and_by_when(person: Person, application: Application) -> None:
    page = text(signed_in(person).get(url(application)))

    assert "Stuur uw aanvulling uiterlijk op" in page
    for label in ("Wat gaat u doen?", "Kosten en inkomsten", "Wilt u iets meesturen?"):
        assert f"<li>{label}</li>" in page
    assert "Hoe heet uw initiatief?" not in page
    everything = text(signed_in(person).get(f"{url(application)}?alles=1"))
    assert "Hoe heet uw initiatief?" in everything


def test_what_is_sent_stands_beside_the_first(person: Person, application: Application) -> None:
    post(person, application)

    application.refresh_from_db()
    assert application.state == State.COMPLETENESS_CHECK
    assert Snapshot.objects.filter(application=application).count() == 2
    assert answers_of(application)["begroting"]["costs"][0]["label"] == "Tafels"
    assert answers_of(application)["titel"] == "Lange tafel op het plein"
    assert not Suspension.objects.filter(ended_on=None).exists()


def test_a_wrong_answer_is_told_and_everything_typed_stays(
    person: Person, application: Application
) -> None:
    page = post(person, application, v__beschrijving="kort")

    assert page.status_code == 422
    assert "minstens 20 tekens" in text(page)
    assert 'value="Tafels"' in text(page)
    application.refresh_from_db()
    assert application.state == State.AWAITING_SUPPLEMENT


def test_an_amount_that_cannot_be_read_is_told_at_the_budget(
    person: Person, application: Application
) -> None:
    page = post(person, application, **{"v-begroting-costs-1-amount": "veel"})

    assert page.status_code == 422
    assert "Kosten, regel 1" in text(page)
    assert 'value="veel"' in text(page)


def test_a_file_and_a_line_more_lose_nothing(person: Person, application: Application) -> None:
    upload = SimpleUploadedFile("plein.png", PNG)

    one = post(person, application, go="upload:bijlage", **{"v-bijlage": upload})
    two = post(person, application, go="line:begroting-costs")

    assert "plein.png" in text(one)
    assert 'name="v-begroting-costs-4-label"' in text(two)
    assert all('value="Tafels"' in text(page) for page in (one, two))


def test_a_dossier_that_moved_meanwhile_tells_so(person: Person, application: Application) -> None:
    page = post(person, application, version="1")

    assert page.status_code == 409
    assert "intussen veranderd" in text(page)
    assert 'value="Tafels"' in text(page)


def test_only_while_it_is_asked(person: Person) -> None:
    sent = submitted(person=person)

    page = signed_in(person).get(url(sent))

    assert page["Location"] == reverse("portal:dossier", args=[sent.uid])


def test_a_stranger_finds_nothing(application: Application) -> None:
    client = signed_in(PersonFactory())

    assert client.get(url(application)).status_code == 404
    assert client.post(url(application)).status_code == 404


def test_a_file_that_was_sent_and_replaced_can_still_be_read(
    person: Person, application: Application
) -> None:
    """It belongs to what was sent first; one that never went along is gone."""
    client = signed_in(person)
    first = attachment(application, person=person)
    post(person, application)
    assert str(first.uid) in Snapshot.objects.latest("number").text
    Attachment.objects.filter(pk=first.pk).update(removed_at=clock.now())
    never = attachment_without_a_snapshot(application, person)

    kept = client.get(reverse("applications:file", args=[first.uid]))
    gone = client.get(reverse("applications:file", args=[never.uid]))
    page = text(client.get(reverse("applications:sent", args=[application.uid, 2])))

    assert (kept.status_code, gone.status_code) == (200, 404)
    assert "plein.png" in page


def attachment_without_a_snapshot(application: Application, person: Person) -> Attachment:
    row = Attachment.objects.latest("pk")
    row.pk, row.uid, row.removed_at = None, uuid4(), clock.now()
    row.save(force_insert=True)
    return row
