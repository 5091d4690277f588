"""Mijn dossiers: everything of hers, cheap for few and many; and the ends of a dossier."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from accounts.roles import Role
from applications.domain import coaching
from applications.models import Application
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
    with_role,
)

pytestmark = pytest.mark.django_db
LIST_QUERIES = 9


@pytest.fixture
def call() -> Call:
    return open_example_call()


@pytest.fixture
def person() -> Person:
    return PersonFactory()


def url(application: Application, name: str) -> str:
    return reverse(f"applications:{name}", args=[application.uid])


def mine(person: Person) -> str:
    return text(signed_in(person).get(reverse("applications:mine")))


def test_her_own_her_groups_and_her_organisations_and_nobody_elses(
    call: Call, person: Person
) -> None:
    other = PersonFactory()
    for party, name in (
        (person, "Van mijzelf"),
        (group_of(person, other), "Van de groep"),
        (organisation_of(person), "Van de stichting"),
    ):
        draft(call, person=person, party=party, answers={"titel": name})
    draft(call, person=other, answers={"titel": "Van een ander"})

    page = mine(person)

    assert all(name in page for name in ("Van mijzelf", "Van de groep", "Van de stichting"))
    assert "Van een ander" not in page


def test_a_member_sees_that_her_signature_is_asked(call: Call, person: Person) -> None:
    member = PersonFactory()
    application = draft(call, person=person, party=group_of(person, member))

    assert url(application, "sign") in mine(member)
    assert url(application, "sign") not in mine(person)  # the lead signs when she sends


def test_nothing_yet_says_what_will_come_here(person: Person) -> None:
    assert "Hier komt te staan wat u aanvraagt" in mine(person)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    call: Call, person: Person, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        submitted(call, person=person)
    client = signed_in(person)
    client.get(reverse("applications:mine"))

    with django_assert_num_queries(LIST_QUERIES):
        page = text(client.get(reverse("applications:mine")))

    assert page.count("sve-card-title") == rows


def test_the_list_has_pages(call: Call, person: Person) -> None:
    for number in range(21):
        draft(call, person=person, filled=False, answers={"titel": f"Idee {number:02}"})

    page = mine(person)

    assert page.count("sve-card-title") == 20
    assert "Pagina 1 van 2" in page
    assert "Idee 00" not in page


def test_withdrawing_asks_first_and_then_does_it(call: Call, person: Person) -> None:
    application, client = submitted(call, person=person), signed_in(person)
    page = client.get(url(application, "withdraw"))
    assert "Dat is niet terug te draaien" in text(page)

    client.post(url(application, "withdraw"), {"version": hidden(page, "version")})

    application.refresh_from_db()
    assert application.state == State.WITHDRAWN


def test_a_dossier_that_moved_meanwhile_is_not_withdrawn(call: Call, person: Person) -> None:
    application, client = submitted(call, person=person), signed_in(person)

    page = client.post(url(application, "withdraw"), {"version": application.version - 1})

    assert page.status_code == 409
    assert "intussen veranderd" in text(page)
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


@pytest.mark.parametrize("version", ["", "abc"])
def test_a_broken_version_withdraws_nothing(call: Call, person: Person, version: str) -> None:
    application = submitted(call, person=person)

    page = signed_in(person).post(url(application, "withdraw"), {"version": version})

    assert page.status_code == 422
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_a_draft_is_thrown_away_after_a_question(call: Call, person: Person) -> None:
    application, client = draft(call, person=person), signed_in(person)
    page = client.get(url(application, "discard"))

    client.post(url(application, "discard"), {"version": hidden(page, "version")})

    assert not Application.objects.exists()


def test_a_draft_that_another_read_is_not_thrown_away(call: Call, person: Person) -> None:
    broker = with_role(PersonFactory(), Role.BROKER, call)
    application = draft(call, person=person)
    coaching.ask(application_id=application.pk, broker_id=broker.pk, actor=as_actor(person))
    client = signed_in(person)
    version = hidden(client.get(url(application, "discard")), "version")

    page = client.post(url(application, "discard"), {"version": version})

    assert page.status_code == 422
    assert "Een ander heeft al meegelezen" in text(page)
    assert Application.objects.exists()


@pytest.mark.parametrize("name", ["withdraw", "discard"])
def test_a_stranger_finds_nothing(call: Call, person: Person, name: str) -> None:
    application = submitted(call, person=person)
    client = signed_in(PersonFactory())

    assert client.get(url(application, name)).status_code == 404
    assert client.post(url(application, name), {"version": 1}).status_code == 404
