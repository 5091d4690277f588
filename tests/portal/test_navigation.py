"""Everybody finds her places in the menu, and may enter every place that she finds there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.grants import grant
from accounts.roles import Role
from portal.navigation import menu, places
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, open_example_call
from timeline.actor import SYSTEM


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_every_place_in_the_menu_of_a_role_opens(client: Client, role: str) -> None:
    person = PersonFactory()
    authority = open_example_call().revision.regulation.authority.code
    place = "Voorbeeldstad" if role == Role.MUNICIPAL_CONTACT else ""
    grant(person_id=person.pk, role=role, authority=authority, municipality=place, actor=SYSTEM)
    sign_in(client, person)
    items = menu([role], signed_in=True, path="/") + places([role])
    assert items
    for item in items:
        assert client.get(item.url).status_code == 200, item.label


def test_a_visitor_is_not_offered_what_needs_an_account() -> None:
    urls = [item.url for item in menu([], signed_in=False, path="/")]
    names = ("regeling:regulations", "assessment:public_rounds", "portal:how")
    assert urls == [reverse(name) for name in names]


def test_one_place_is_the_current_one() -> None:
    path = reverse("portal:grants") + "geven/"
    current = [
        item.label for item in menu([Role.ADMINISTRATOR], signed_in=True, path=path) if item.current
    ]
    assert current == ["Rollen"]
