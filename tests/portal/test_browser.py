"""The front door in a real browser: axe finds nothing, keys are enough, no script is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.domain.grants import grant
from accounts.domain.people import invite, new_token
from accounts.models import Person
from accounts.roles import Role
from tests.accounts.signing_in import sign_in
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    organisation_of,
    submitted,
)
from timeline.actor import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 390, 1280)
Inside = Callable[[Person], Page]


@pytest.fixture
def inside(context: BrowserContext, live_server: LiveServer) -> Inside:
    """A page on which this person is signed in, with her second factor."""
    from django.test import Client

    def make(person: Person) -> Page:
        client = Client()
        sign_in(client, person)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return make


def _check(page: Page, address: str) -> None:
    """Nothing to find for axe, no sideways scrolling, no refused script or style."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if _bad(message) else None)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert not found, (
            address,
            width,
            [(each["id"], each["nodes"][0]["html"]) for each in found],
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    assert not told, (address, told)


def _bad(message: Any) -> bool:
    return message.type in ("error", "warning") and "status of 4" not in message.text


@pytest.mark.slow
def test_pages_for_anybody(page: Page, live_server: LiveServer) -> None:
    open_example_call()
    lead = PersonFactory()
    row = invite(
        party_id=organisation_of(lead).pk,
        name="Guus",
        email="guus@example.org",
        function="lid",
        actor=as_actor(lead),
    )
    token = new_token(invitation_id=row.pk)
    routes = ["portal:home", "portal:how", "portal:accessibility", "portal:privacy"]
    routes += ["account_login", "account_signup"]
    addresses = [reverse(route) for route in routes]
    addresses += [reverse("accounts:invitation", args=[row.uid, token]), "/bestaat-niet/"]
    for address in addresses:
        _check(page, live_server.url + address)


@pytest.mark.slow
def test_pages_of_an_applicant(inside: Inside, live_server: LiveServer) -> None:
    person = PersonFactory(name="Fatma Yilmaz")
    call = open_example_call()
    party = organisation_of(person)
    dossiers = [draft(call, person=person), submitted(call, person=person)]
    page = inside(person)
    routes = ["portal:start", "portal:parties", "portal:new_party", "accounts:mine"]
    routes += ["mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "account_email"]
    addresses = [reverse(route) for route in [*routes, "account_logout"]]
    addresses += [reverse("portal:dossier", args=[each.uid]) for each in dossiers]
    addresses += [reverse("portal:party", args=[party.uid])]
    for address in addresses:
        _check(page, live_server.url + address)


@pytest.mark.slow
def test_pages_of_an_administrator(inside: Inside, live_server: LiveServer) -> None:
    person = PersonFactory()
    authority = open_example_call().revision.regulation.authority.code
    grant(person_id=person.pk, role=Role.ADMINISTRATOR, authority=authority, actor=SYSTEM)
    page = inside(person)
    routes = ["portal:start", "portal:grants", "portal:give", "portal:installation"]
    for route in [*routes, "accounts:second_factor"]:
        _check(page, live_server.url + reverse(route))


@pytest.mark.slow
def test_signing_up_and_in_works_without_a_script(
    browser: Browser, live_server: LiveServer
) -> None:
    page = browser.new_context(java_script_enabled=False, locale="nl-NL").new_page()
    page.goto(live_server.url + reverse("account_signup"))
    page.get_by_role("main").get_by_role("button", name="Account maken").click()
    expect(page.get_by_role("alert")).to_contain_text("Uw naam")
    page.get_by_label("Uw naam").fill("Fatma Yilmaz")
    page.get_by_label("E-mailadres").fill("fatma@example.org")
    page.get_by_role("main").get_by_role("button", name="Account maken").click()
    found = re.search(r"^[A-Z0-9]{4}-?[A-Z0-9]{2,4}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    page.get_by_label("Code").fill(found[0])
    page.get_by_role("button", name="Bevestigen").click()
    expect(page.get_by_text("Fatma Yilmaz").first).to_be_visible()
    expect(page.get_by_role("heading", name="Wat moet ik doen?")).to_be_visible()


@pytest.mark.slow
def test_a_passkey_opens_the_account_of_staff_without_a_code(
    inside: Inside, live_server: LiveServer, settings: Settings
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    person = PersonFactory()
    EmailAddress.objects.create(user=person.user, email=person.email, verified=True, primary=True)
    authority = open_example_call().revision.regulation.authority.code
    grant(person_id=person.pk, role=Role.ASSESSOR, authority=authority, actor=SYSTEM)
    page = inside(person)
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.get_by_label("Naam van de passkey").fill("Mijn telefoon")
    page.get_by_label("Ook inloggen zonder code").check()
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_role("heading", name="Uw herstelcodes")).to_be_visible()
    page.get_by_role("button", name="Uitloggen").click()
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("heading", name="Wat moet ik doen?")).to_be_visible()


@pytest.mark.slow
def test_keys_alone_reach_everything(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + reverse("account_login"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("E-mailadres")).to_be_focused()
    page.keyboard.type("niet een adres")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("E-mailadres")).to_be_focused()


@pytest.mark.slow
def test_the_menu_of_a_narrow_screen_opens_and_closes(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(live_server.url)
    button = page.get_by_role("button", name="Menu")
    link = page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link").first
    expect(link).to_be_hidden()
    button.click()
    expect(link).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")


@pytest.mark.slow
def test_a_second_click_sends_nothing_twice(inside: Inside, live_server: LiveServer) -> None:
    person = PersonFactory()
    page = inside(person)
    page.goto(live_server.url + reverse("portal:new_party"))
    page.get_by_label("Naam").first.fill("De Pas")
    page.get_by_label("Wat doet u").fill("voorzitter")
    sent: list[str] = []
    page.on("request", lambda made: sent.append(made.method) if made.method == "POST" else None)
    page.get_by_role("main").get_by_role("button", name="Opslaan").dblclick()
    expect(page.get_by_role("heading", name="De Pas")).to_be_visible()
    assert sent == ["POST"]
