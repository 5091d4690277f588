"""The composed dossier page, the start page, and the page of an organisation."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.domain.people import invite
from accounts.models import Invitation, Organisation
from accounts.roles import Role
from applications import panels
from applications.domain.queries.dossier import Happening
from applications.models import Application, Involvement
from portal.words import told
from tests.accounts.signing_in import sign_in
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    organisation_of,
    submitted,
    with_role,
)
from tests.factories.documents import desk, proposed
from timeline import clock

Count = Callable[[int], AbstractContextManager[Any]]
pytestmark = pytest.mark.django_db


def _address(application: Application) -> str:
    return reverse("portal:dossier", kwargs={"uid": application.uid})


def test_the_applicant_sees_where_she_is_what_comes_and_by_when(client: Client) -> None:
    person = PersonFactory()
    application = submitted(person=person)
    sign_in(client, person)
    page = client.get(_address(application)).content.decode()
    assert application.number in page
    assert "Wat nu?" in page
    assert "Uiterlijk" in page
    assert "Alles wat er is gebeurd" in page
    assert "Ondertekend door" in page
    assert person.name in page
    assert "Voorbeeld</strong>" in page, "a dossier of an example call says so"


def test_whoever_handles_it_reads_other_words(client: Client) -> None:
    call = open_example_call()
    application = submitted(call)
    sign_in(client, with_role(PersonFactory(), Role.AUDITOR, call))
    page = client.get(_address(application)).content.decode()
    assert "Wie is aan zet?" in page
    assert "Controle op volledigheid" in page
    assert "U schrijft" not in page


def test_the_dossier_page_asks_as_much_with_three_dossiers_as_with_one(client: Client) -> None:
    call = open_example_call()
    person = PersonFactory()
    application = submitted(call, person=person)
    sign_in(client, person)
    with CaptureQueriesContext(connection) as alone:
        client.get(_address(application))
    for _ in range(2):
        submitted(call, person=person)
    with CaptureQueriesContext(connection) as among_three:
        client.get(_address(application))
    assert len(among_three) == len(alone) <= 40


def test_the_history_speaks_words_and_no_codes() -> None:
    known = Happening(clock.now(), "assessment.assigned", "assessment.assigned", "Hassan")
    ours = Happening(clock.now(), "applications.signed", "Ondertekend", "Fatma")
    strange = Happening(clock.now(), "room.unheard_of", "room.unheard_of", "Fatma")
    lines = told([known, ours, strange])
    assert [line.sentence for line in lines] == ["Toegewezen aan een beoordelaar", "Ondertekend"]


def test_a_dossier_is_not_there_for_a_stranger(client: Client) -> None:
    application = submitted()
    sign_in(client, PersonFactory())
    assert client.get(_address(application)).status_code == 404


def test_without_signing_in_one_is_led_to_the_door(client: Client) -> None:
    application = submitted()
    answer = client.get(_address(application))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_a_gate_of_a_room_comes_before_the_dossier(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "_gates", {"statement": lambda application, person_id: "/eerst/"})
    person = PersonFactory()
    application = submitted(person=person)
    sign_in(client, person)
    answer = client.get(_address(application))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/eerst/")


def test_a_room_adds_a_panel_with_what_can_be_done(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compose(application: Application, person_id: int) -> panels.Panel:
        return panels.Panel(
            "Van een kamer",
            "portal/parts/facts.html",
            {"facts": [("Sleutel", "waarde")]},
            (panels.Action("Doe iets", "/iets/", primary=True),),
        )

    monkeypatch.setattr(panels, "_panels", {"room": (1, compose)})
    person = PersonFactory()
    application = draft(person=person)
    sign_in(client, person)
    page = client.get(_address(application)).content.decode()
    assert "Van een kamer" in page
    assert "waarde" in page
    assert 'href="/iets/">Doe iets' in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_start_page_tells_what_waits(
    client: Client, django_assert_num_queries: Count, number: int
) -> None:
    call = open_example_call()
    person = PersonFactory()
    made = [draft(call, person=person) for _ in range(number)]
    sign_in(client, person)
    client.get(reverse("portal:start"))
    with django_assert_num_queries(10):
        page = client.get(reverse("portal:start")).content.decode()
    assert page.count(made[0].title) == number
    assert page.count("Uiterlijk") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_start_page_of_staff_counts_what_waits(
    client: Client, django_assert_num_queries: Count, number: int
) -> None:
    at = desk()
    for _ in range(number):
        proposed(at)
        Involvement.objects.create(
            application=submitted(at.call),
            person=at.signer,
            kind=Involvement.Kind.ASSESSOR,
            since=clock.now(),
        )
    sign_in(client, at.signer)
    client.get(reverse("portal:start"))
    with django_assert_num_queries(20):
        page = client.get(reverse("portal:start")).content.decode()
    assert f"{number} besluit" in page
    assert f"{number} aanvra" in page


def test_an_invitation_waits_on_the_start_page(client: Client) -> None:
    lead, guest = PersonFactory(), PersonFactory()
    party = organisation_of(lead)
    invite(party_id=party.pk, name=guest.name, email=guest.email, actor=as_actor(lead))
    sign_in(client, guest)
    page = client.get(reverse("portal:start")).content.decode()
    assert "U bent uitgenodigd" in page
    assert party.name in page


@pytest.mark.parametrize("number", [1, 3])
def test_an_organisation_shows_members_and_dossiers_in_as_many_questions(
    client: Client, django_assert_num_queries: Count, number: int
) -> None:
    call = open_example_call()
    person = PersonFactory()
    others = [PersonFactory() for _ in range(number)]
    party = organisation_of(person, *others)
    for _ in range(number):
        draft(call, person=person, party=party)
    sign_in(client, person)
    address = reverse("portal:party", kwargs={"uid": party.uid})
    with django_assert_num_queries(12):
        page = client.get(address).content.decode()
    assert all(other.name in page for other in others)
    assert page.count("/dossiers/") == number


def test_an_organisation_is_not_there_for_who_does_not_belong(client: Client) -> None:
    party = organisation_of(PersonFactory())
    sign_in(client, PersonFactory())
    for route in ("party", "party_details"):
        assert client.get(reverse(f"portal:{route}", kwargs={"uid": party.uid})).status_code == 404


def test_a_member_lets_somebody_in_once(client: Client) -> None:
    person = PersonFactory()
    party = organisation_of(person)
    sign_in(client, person)
    address = reverse("portal:party", kwargs={"uid": party.uid})
    given = {"name": "Bram", "email": "bram@example.org", "function": "secretaris"}
    assert client.post(address, given).status_code == 302
    assert Invitation.objects.get().function == "secretaris"
    again = client.post(address, given)
    assert again.status_code == 422
    assert "al uitgenodigd" in again.content.decode()
    assert 'value="bram@example.org"' in again.content.decode(), "what was filled in is kept"


def test_a_new_organisation_with_a_known_kvk_number_is_told_at_the_field(client: Client) -> None:
    person = PersonFactory()
    sign_in(client, person)
    address = reverse("portal:new_party")
    given = {"name": "De Pas", "function": "voorzitter", "kvk_number": "12 34 56 78"}
    assert client.post(address, given).status_code == 302
    assert Organisation.objects.get().kvk_number == "12345678"
    again = client.post(address, given)
    assert again.status_code == 422
    assert 'id="id_kvk_number_error"' in again.content.decode()
    wrong = client.post(address, {**given, "kvk_number": "123", "postcode": "81"})
    assert "acht cijfers" in wrong.content.decode()
    assert "vier cijfers en twee letters" in wrong.content.decode()


def test_two_copies_of_the_same_details_do_not_overwrite_each_other(client: Client) -> None:
    person = PersonFactory()
    party = organisation_of(person)
    sign_in(client, person)
    address = reverse("portal:party_details", kwargs={"uid": party.uid})
    shown = client.get(address).context["version"]
    first = client.post(address, {"name": "Eerste naam", "version": shown})
    assert first.status_code == 302
    second = client.post(address, {"name": "Tweede naam", "version": shown})
    assert second.status_code == 409
    assert "Iemand anders heeft deze gegevens" in second.content.decode()
    assert 'value="Tweede naam"' in second.content.decode()
    party.refresh_from_db()
    assert party.name == "Eerste naam"
