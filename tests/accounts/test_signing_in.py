"""Signing in by mailed code, signing up, and the second factor that staff must show."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.domain.grants import grant
from accounts.models import Authority, Person
from accounts.roles import STAFF, Role
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory
from timeline.actor import SYSTEM

pytestmark = pytest.mark.django_db
SECRET = base64.b32encode(b"a secret of 20 bytes").decode()


def _person(*roles: str) -> Person:
    person = PersonFactory()
    assert person.user
    EmailAddress.objects.create(
        user=person.user, email=person.user.email, verified=True, primary=True
    )
    authority, _ = Authority.objects.get_or_create(code="stad", defaults={"name": "Stad"})
    for role in roles:
        grant(
            person_id=person.pk,
            role=role,
            authority=authority.code,
            municipality="Raalte" if role == Role.MUNICIPAL_CONTACT else "",
            actor=SYSTEM,
        )
    return person


def _mailed_code() -> str:
    found = re.search(r"^[A-Z0-9]{4}-?[A-Z0-9]{2,4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[0]


def _code_of(secret: str) -> str:
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def _ask_code(client: Client, email: str) -> None:
    client.post(reverse("account_login"), {"login": email})


def _enter_code(client: Client) -> str:
    answer = client.post(reverse("account_confirm_login_code"), {"code": _mailed_code()})
    return str(answer.headers.get("Location", ""))


def test_a_mailed_code_opens_the_start_page(client: Client) -> None:
    person = _person()
    assert person.user
    _ask_code(client, person.user.email)
    assert mail.outbox[-1].subject == "Uw code om in te loggen"
    assert _enter_code(client) == reverse("portal:start")
    assert person.name in client.get(reverse("portal:start")).content.decode()


def test_a_wrong_code_is_told_and_lets_nobody_in(client: Client) -> None:
    person = _person()
    assert person.user
    _ask_code(client, person.user.email)
    answer = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})
    assert 'id="id_code_error"' in answer.content.decode()
    assert client.get(reverse("portal:start")).status_code == 302


def test_an_unknown_address_gets_a_mail_and_the_page_does_not_tell(client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "niemand@example.org"})
    assert answer.headers["Location"] == reverse("account_confirm_login_code")
    assert mail.outbox[-1].subject == "U hebt nog geen account"


def test_codes_for_one_address_are_limited(client: Client) -> None:
    person = _person()
    assert person.user
    for _ in range(6):
        _ask_code(Client(), person.user.email)
    assert 1 <= len(mail.outbox) <= 3


def test_whoever_signs_up_is_a_person_with_a_name(client: Client) -> None:
    client.post(reverse("account_signup"), {"name": "Fatma Yilmaz", "email": "Fatma@Example.org"})
    assert (
        "fatma@example.org"
        in client.get(reverse("account_email_verification_sent")).content.decode()
    )
    client.post(reverse("account_email_verification_sent"), {"code": _mailed_code()})
    person = Person.objects.get()
    assert person.name == "Fatma Yilmaz"
    assert person.user
    assert person.user.email == "fatma@example.org"
    assert "Fatma Yilmaz" in client.get(reverse("accounts:mine")).content.decode()


def test_messages_follow_a_changed_address(client: Client) -> None:
    person = _person()
    sign_in(client, person)
    client.post(reverse("account_email"), {"email": "nieuw@example.org", "action_add": ""})
    client.post(reverse("account_email_verification_sent"), {"code": _mailed_code()})
    person.refresh_from_db()
    assert person.email == "nieuw@example.org"


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_without_a_second_key_are_led_to_make_one(client: Client, role: str) -> None:
    sign_in(client, _person(role), second_factor=False)
    for address in (reverse("portal:start"), reverse("portal:home")):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("accounts:second_factor"))
    assert client.get(reverse("accounts:second_factor")).status_code == 200
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


@pytest.mark.parametrize("role", sorted(set(Role.values) - STAFF))
def test_others_need_no_second_key(client: Client, role: str) -> None:
    sign_in(client, _person(role), second_factor=False)
    assert client.get(reverse("portal:start")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_making_a_second_key_opens_the_door(client: Client) -> None:
    sign_in(client, _person(Role.ASSESSOR), second_factor=False)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": _code_of(secret)})
    assert client.get(reverse("portal:start")).status_code == 200
    assert "Bewaar deze codes" in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    row = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(row.data), "the secret lies encrypted"


def test_staff_with_a_key_show_it_at_every_sign_in(client: Client) -> None:
    person = _person(Role.DECISION_MAKER)
    assert person.user
    TOTP.activate(person.user, SECRET)
    _ask_code(client, person.user.email)
    assert _enter_code(client) == reverse("mfa_authenticate")
    assert client.get(reverse("portal:start")).status_code == 302, "half signed in is not in"
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert 'id="id_code_error"' in wrong.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": _code_of(SECRET)}).status_code == 302
    assert client.get(reverse("portal:start")).status_code == 200


def test_a_session_from_before_the_role_shows_the_key_first(client: Client) -> None:
    person = _person()
    assert person.user
    TOTP.activate(person.user, SECRET)
    sign_in(client, person, second_factor=False)
    grant(person_id=person.pk, role=Role.FINANCE, authority="stad", actor=SYSTEM)
    answer = client.get(reverse("portal:start"))
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    answer = client.post(answer.headers["Location"], {"code": _code_of(SECRET)})
    assert answer.headers["Location"] == reverse("portal:start")
    assert client.get(reverse("portal:start")).status_code == 200


def test_the_way_back_never_leads_to_another_site(client: Client) -> None:
    sign_in(client, _person(Role.ASSESSOR), second_factor=False)
    page = client.get(reverse("accounts:second_factor"), {"next": "https://elders.example/"})
    assert page.context["after"] == reverse("portal:start")


LONG = f"a@{'.'.join(['b' * 60] * 4)}.{'c' * 30}.nl"


@pytest.mark.parametrize(
    ("name", "email", "field"),
    [
        ("", "fatma@example.org", "name"),
        ("F" * 201, "fatma@example.org", "name"),
        ("Fatma", "geen adres", "email"),
        ("Fatma", LONG, "email"),
        ("Fat\x00ma", "fatma@example.org", "name"),
    ],
)
def test_bad_input_is_told_at_the_field_and_nothing_is_lost(
    client: Client, name: str, email: str, field: str
) -> None:
    answer = client.post(reverse("account_signup"), {"name": name, "email": email})
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "Er gaat nog iets niet goed" in page
    assert f'value="{email}"' in page
    assert not Person.objects.exists()


def test_brokers_of_sign_in_are_offered_when_they_are_configured(
    client: Client, settings: Settings
) -> None:
    assert "DigiD" not in client.get(reverse("account_login")).content.decode()
    broker = {"provider_id": "digid", "name": "DigiD", "client_id": "us", "secret": "ours"}
    server = {"server_url": "https://broker.example/"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [{**broker, "settings": server}]}
    }
    page = client.get(reverse("account_login")).content.decode()
    assert "/toegang/oidc/digid/login/" in page
    assert ">DigiD</a>" in page
