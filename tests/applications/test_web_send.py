"""Looking over and sending in: once, signed, in time or told by how much it is late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from applications.domain import drafts
from applications.models import Application, Snapshot
from applications.states import State
from regeling.models import Call
from tests.applications.pages import hidden, signed_in, text
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    group_of,
    open_example_call,
    organisation_of,
    submitted,
)
from timeline import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return PersonFactory()


def url(application: Application, name: str) -> str:
    return reverse(f"applications:{name}", args=[application.uid])


def seen(client: Client, application: Application) -> dict[str, str]:
    page = client.get(url(application, "summary"))
    return {"version": hidden(page, "version"), "seen": hidden(page, "seen")}


def send(client: Client, application: Application, **more: str) -> Any:
    return client.post(url(application, "send"), {**seen(client, application), **more})


def closed_call() -> Call:
    now = clock.now()
    return open_example_call(days=(now - timedelta(days=30), now + timedelta(hours=1)))


def state(application: Application) -> str:
    application.refresh_from_db()
    return application.state


def test_without_the_tick_nothing_is_sent(person: Person) -> None:
    application = draft(person=person)

    page = send(signed_in(person), application)

    assert page.status_code == 422
    assert "Zet een vinkje om te ondertekenen" in text(page)
    assert state(application) == State.DRAFT


def test_what_is_missing_is_listed_with_a_way_to_it(person: Person) -> None:
    application = draft(person=person, answers={"titel": None, "gemeente": None})
    client = signed_in(person)

    page = text(client.get(url(application, "summary")))

    assert "Er zijn nog 2 dingen te doen" in page
    address = reverse("applications:step", args=[application.uid, "idee"])
    assert f'href="{address}?controle=1#id_v-titel"' in page
    assert "Vul hier iets in." in text(client.get(f"{address}?controle=1"))
    assert "Aanvraag indienen" not in page


def test_a_post_of_an_unfinished_application_is_refused_in_words(person: Person) -> None:
    client = signed_in(person)
    complete = draft(person=person)
    version = seen(client, complete)
    drafts.save(application_id=complete.pk, changes={"titel": ""}, actor=as_actor(person))

    page = client.post(url(complete, "send"), {**version, "agree": "on"})

    assert page.status_code in (409, 422)
    assert state(complete) == State.DRAFT


def test_an_application_that_changed_since_it_was_read_is_not_sent(person: Person) -> None:
    client, application = signed_in(person), draft(person=person)
    version = seen(client, application)
    drafts.save(application_id=application.pk, changes={"titel": "Anders"}, actor=as_actor(person))

    page = client.post(url(application, "send"), {**version, "agree": "on"})

    assert page.status_code == 409
    assert "veranderd" in text(page)
    assert "Anders" in text(page)
    assert state(application) == State.DRAFT


def test_rules_that_are_not_met_are_told_but_bar_nobody(person: Person) -> None:
    group = group_of(person)  # alone, where two are asked
    application = draft(person=person, party=group)
    client = signed_in(person)

    page = text(client.get(url(application, "summary")))
    send(client, application, agree="on")

    assert "Er zijn minstens twee deelnemers nodig" in page
    assert state(application) == State.SUBMITTED


def test_only_the_lead_makes_it_possible_to_send(person: Person) -> None:
    member = PersonFactory()
    application = draft(person=person, party=group_of(person, member))

    page = text(signed_in(member).get(url(application, "summary")))

    assert "De aanvrager of penvoerder moet eerst ondertekenen" in page
    assert "Aanvraag indienen" not in page


def test_the_lead_sends_and_the_other_can_still_sign(person: Person) -> None:
    application = draft(person=person, party=group_of(person, PersonFactory(name="Henk")))
    client = signed_in(person)

    send(client, application, agree="on")
    page = text(client.get(url(application, "receipt")))

    assert state(application) == State.SUBMITTED
    assert "Wie moet er nog tekenen?" in page
    assert "Henk" in page


def test_an_organisation_that_signs_with_two_needs_both(person: Person) -> None:
    second = PersonFactory()
    application = draft(person=person, party=organisation_of(person, second))

    page = send(signed_in(person), application, agree="on")
    assert page.status_code == 422
    assert "eerst ondertekenen" in text(page)
    send(signed_in(second), application, agree="on")

    assert state(application) == State.SUBMITTED


def test_after_closing_the_page_says_by_how_much_and_keeps_the_draft(person: Person) -> None:
    call = closed_call()
    application = draft(call, person=person)
    client = signed_in(person)
    assert call.closes_at

    with clock.playing("", call.closes_at + timedelta(minutes=5)):
        page = send(client, application, agree="on")

    assert page.status_code == 422
    assert "U bent 5 minuten te laat" in text(page)
    assert "Toch indienen, te laat" in text(page)
    assert state(application) == State.DRAFT


def test_sending_all_the_same_gives_a_receipt_that_says_late(person: Person) -> None:
    application = draft(closed_call(), person=person)
    client = signed_in(person)

    with clock.playing("", clock.now() + timedelta(days=2)):
        page = send(client, application, agree="on")
        again = {"version": hidden(page, "version"), "seen": hidden(page, "seen")}
        answer = client.post(url(application, "send"), {**again, "agree": "on", "late": "yes"})
        receipt = text(client.get(answer["Location"]))

    assert state(application) == State.LATE
    assert "Uw aanvraag kwam te laat" in receipt
    assert str(application.number) in receipt
    assert "voorlopig nummer" not in receipt


def test_before_the_opening_nothing_can_be_sent(person: Person) -> None:
    now = clock.now()
    call = open_example_call(days=(now + timedelta(days=3), now + timedelta(days=9)))
    application, client = draft(call, person=person), signed_in(person)
    with clock.playing("", now + timedelta(days=4)):
        version = seen(client, application)

    page = client.post(url(application, "send"), {**version, "agree": "on"})

    assert page.status_code == 422
    assert "nog niet begonnen" in text(page)
    assert state(application) == State.DRAFT


def test_two_clicks_make_one_application_with_one_snapshot(person: Person) -> None:
    application, client = draft(person=person), signed_in(person)
    version = {**seen(client, application), "agree": "on"}

    answers = [client.post(url(application, "send"), version) for _ in range(3)]

    assert {answer["Location"] for answer in answers} == {url(application, "receipt")}
    assert Snapshot.objects.count() == 1


def test_the_receipt_of_a_draft_is_its_summary(person: Person) -> None:
    application = draft(person=person)

    page = signed_in(person).get(url(application, "receipt"))

    assert page["Location"] == url(application, "summary")


@pytest.mark.parametrize("name", ["summary", "send", "receipt", "form"])
def test_a_stranger_finds_nothing(person: Person, name: str) -> None:
    application = submitted(person=person)
    client = signed_in(PersonFactory())

    page = (
        client.post(url(application, name))
        if name == "send"
        else client.get(url(application, name))
    )

    assert page.status_code == 404


def test_the_summary_shows_the_way_to_the_example_letter(person: Person) -> None:
    application = draft(person=person)

    page = text(signed_in(person).get(url(application, "summary")))

    assert "Zo ziet uw brief eruit als het lukt" in page
    assert reverse("documents:preview", args=[application.uid]) in page


def test_what_was_sent_can_be_read_as_it_was_then(person: Person) -> None:
    application = submitted(person=person)
    address = reverse("applications:sent", args=[application.uid, 1])
    missing = reverse("applications:sent", args=[application.uid, 2])
    client = signed_in(person)

    page = text(client.get(address))

    assert "Lange tafel op het plein" in page
    assert "Rekening die eindigt op 4300" in page
    assert client.get(missing).status_code == 404
    assert signed_in(PersonFactory()).get(address).status_code == 404


def test_the_dossier_offers_what_can_be_done(person: Person) -> None:
    call, member = open_example_call(), PersonFactory(name="Henk Meijer")
    drafted = draft(call, person=person, party=group_of(person, member))
    sent = submitted(call, person=person)
    client = signed_in(person)

    one = text(client.get(reverse("portal:dossier", args=[drafted.uid])))
    two = text(client.get(reverse("portal:dossier", args=[sent.uid])))

    assert url(drafted, "form") in one
    assert url(drafted, "coaching") in one
    assert url(drafted, "sign") in one
    assert "Henk Meijer" in one
    assert url(sent, "withdraw") in two
    assert reverse("applications:sent", args=[sent.uid, 1]) in two
    assert url(sent, "supplement") not in two
