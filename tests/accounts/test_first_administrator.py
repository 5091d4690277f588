"""The one role that no page can give."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from accounts.domain.grants import holds
from accounts.models import Authority, Person
from accounts.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def salland() -> Authority:
    return Authority.objects.create(code="salland", name="Voorbeeldgemeente Salland")


def test_she_can_sign_in_and_administer(salland: Authority) -> None:
    call_command("first_administrator", "Beheer@Example.nl", verbosity=0)
    person = Person.objects.get(user__email="beheer@example.nl")
    assert holds(person.pk, Role.ADMINISTRATOR, authority="salland")
    assert not holds(person.pk, Role.DECISION_MAKER, authority="salland")


def test_a_second_one_is_refused(salland: Authority) -> None:
    call_command("first_administrator", "beheer@example.nl")
    with pytest.raises(CommandError, match="al een beheerder"):
        call_command("first_administrator", "ander@example.nl")
    assert not Person.objects.filter(user__email="ander@example.nl").exists()


@pytest.mark.parametrize("codes", [[], ["salland", "twente"]])
def test_the_authority_has_to_be_clear(codes: list[str]) -> None:
    for code in codes:
        Authority.objects.create(code=code, name=code)
    with pytest.raises(CommandError, match="Noem één overheid"):
        call_command("first_administrator", "beheer@example.nl")


def test_an_address_that_is_none_is_refused(salland: Authority) -> None:
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("first_administrator", "beheer")
