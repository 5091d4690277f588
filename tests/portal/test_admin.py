"""Pages for administrators, and refusals that no page caught."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.domain.grants import grant, holds
from accounts.models import Authority, Grant, Person
from accounts.roles import Role
from portal.middleware import Refusals
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, revision_of
from timeline.actor import SYSTEM
from timeline.refusal import Conflict

Count = Callable[[int], AbstractContextManager[Any]]


def _administrator() -> tuple[Person, str]:
    revision = revision_of()
    authority = revision.regulation.authority.code
    person = PersonFactory()
    grant(person_id=person.pk, role=Role.ADMINISTRATOR, authority=authority, actor=SYSTEM)
    return person, authority


@pytest.mark.django_db
@pytest.mark.parametrize("route", ["grants", "give", "installation"])
def test_only_administrators_come_in(client: Client, route: str) -> None:
    sign_in(client, PersonFactory())
    answer = client.get(reverse(f"portal:{route}"))
    assert answer.status_code == 403
    assert "Hier mag u niet komen" in answer.content.decode()


@pytest.mark.django_db
def test_a_role_is_given_and_taken(client: Client) -> None:
    administrator, authority = _administrator()
    other = PersonFactory()
    assert other.user
    sign_in(client, administrator)
    given = {"email": other.user.email.upper(), "role": Role.DECISION_MAKER, "authority": authority}
    answer = client.post(reverse("portal:give"), {**given, "limit": "25.000"})
    assert answer.status_code == 302
    row = Grant.objects.get(person=other)
    assert row.limit_cents == 2_500_000
    assert other.name in client.get(reverse("portal:grants")).content.decode()
    client.post(reverse("portal:take", kwargs={"key": row.pk}))
    assert not holds(other.pk, Role.DECISION_MAKER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("regulation", "bestaat-niet"),
        ("region", "atlantis"),
        ("authority", "niemand"),
        ("email", "onbekend@example.org"),
        ("limit", "veel"),
        ("role", "koning"),
    ],
)
def test_a_role_for_what_does_not_exist_is_refused_at_its_field(
    client: Client, field: str, value: str
) -> None:
    administrator, authority = _administrator()
    other = PersonFactory()
    assert other.user
    sign_in(client, administrator)
    given = {"email": other.user.email, "role": Role.ASSESSOR, "authority": authority}
    page = client.post(reverse("portal:give"), {**given, field: value}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert not Grant.objects.filter(person=other).exists()


@pytest.mark.django_db
def test_a_contact_of_a_municipality_is_named_with_it(client: Client) -> None:
    administrator, authority = _administrator()
    other = PersonFactory()
    assert other.user
    revision = revision_of()
    name = revision.definition.territory.all_municipalities[0]
    sign_in(client, administrator)
    given = {
        "email": other.user.email,
        "role": Role.MUNICIPAL_CONTACT,
        "authority": revision.regulation.authority.code,
    }
    assert authority
    assert client.post(reverse("portal:give"), given).status_code == 422
    wrong = {**given, "municipality": "Atlantis"}
    page = client.post(reverse("portal:give"), wrong).content.decode()
    assert 'id="id_municipality_error"' in page
    assert client.post(reverse("portal:give"), {**given, "municipality": name}).status_code == 302
    assert Grant.objects.get(person=other).municipality == name
    assert name in client.get(reverse("portal:grants")).content.decode()


@pytest.mark.django_db
def test_a_regulation_of_another_authority_is_refused(client: Client) -> None:
    administrator, _ = _administrator()
    other = PersonFactory()
    assert other.user
    Authority.objects.create(code="elders", name="Elders")
    sign_in(client, administrator)
    regulation = revision_of().regulation.slug
    given = {"email": other.user.email, "role": Role.ASSESSOR, "authority": "elders"}
    answer = client.post(reverse("portal:give"), {**given, "regulation": regulation})
    assert answer.status_code == 422
    assert "van een andere overheid" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_roles_asks_as_much_for_three_as_for_one(
    client: Client, django_assert_num_queries: Count, number: int
) -> None:
    administrator, authority = _administrator()
    for _ in range(number):
        grant(person_id=PersonFactory().pk, role=Role.AUDITOR, authority=authority, actor=SYSTEM)
    sign_in(client, administrator)
    with django_assert_num_queries(10):
        client.get(reverse("portal:grants"))


@pytest.mark.django_db
def test_the_installation_page_says_that_no_worker_was_ever_seen(client: Client) -> None:
    administrator, _ = _administrator()
    sign_in(client, administrator)
    page = client.get(reverse("portal:installation")).content.decode()
    assert "Dit vraagt aandacht" in page


def test_a_refusal_that_no_view_caught_is_a_page_with_its_sentence() -> None:
    def conflicting(request: HttpRequest) -> HttpResponse:
        raise AssertionError("not reached: the middleware is asked directly")

    request = RequestFactory().get("/")
    request.user = None  # type: ignore[assignment]  # a page outside the sign-in
    shown = Refusals(conflicting).process_exception(request, Conflict("Fatma was u voor."))
    assert shown is not None
    assert shown.status_code == 409
    assert "Fatma was u voor." in shown.content.decode()
    assert Refusals(conflicting).process_exception(request, ValueError("broken")) is None
