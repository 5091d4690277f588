"""The pages of regulations in a real browser: axe finds nothing, and keys are enough."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.roles import Role
from tests.accounts.signing_in import sign_in
from tests.factories.applications import PersonFactory, open_example_call, revision_of, with_role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

SLUG = "krachtvansalland-cheque-2023"
WIDTHS = (320, 1280)


def blameless(page: Page, address: str) -> None:
    """Nothing for axe to find and no sideways scrolling, at both widths."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert not found, (address, width, [each["nodes"][0]["html"] for each in found])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_pages_for_anybody(page: Page, live_server: LiveServer) -> None:
    open_example_call(SLUG)
    revision_of("groene-salland-cheque")
    check = reverse("regeling:check", args=[SLUG])
    for address in (
        reverse("regeling:regulations"),
        reverse("regeling:regulation", args=[SLUG]),
        reverse("regeling:regulation", args=["groene-salland-cheque"]),
        check,
        f"{check}?applicant=groep&persons=1&gemeente=Raalte&bedrag=1200&nieuw=no",
        f"{check}?applicant=inwoner&gemeente=Raalte&bedrag=500&nieuw=yes",
        f"{check}?bedrag=veel",
    ):
        blameless(page, live_server.url + address)


def test_pages_of_an_administrator(context: BrowserContext, live_server: LiveServer) -> None:
    call = open_example_call(SLUG)
    revision_of("krachtvansalland-cheque-2019")
    person = with_role(PersonFactory(), Role.ADMINISTRATOR, call)
    client = Client()
    sign_in(client, person)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    for route, slugs in (("regeling:calls", []), ("regeling:open_call", [SLUG])):
        blameless(page, live_server.url + reverse(route, args=slugs))
    page.get_by_role("button", name="Openstellen").click()
    expect(page.locator(".sve-form")).to_be_visible()
    assert not Axe().run(page).response["violations"]


def test_the_check_is_answered_with_the_keyboard_alone(page: Page, live_server: LiveServer) -> None:
    open_example_call(SLUG)
    page.goto(live_server.url + reverse("regeling:check", args=[SLUG]))
    page.locator("input[name=applicant]").first.focus()
    page.keyboard.press("ArrowDown")  # the second choice: a group
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Zo kan het nog niet")).to_be_visible()
    expect(page.get_by_text("nog één inwoner erbij")).to_be_visible()
    expect(page).to_have_url(re.compile("#uitkomst$"))
    page.get_by_role("link", name="Begin uw aanvraag").first.click()
    expect(page).not_to_have_url(re.compile("mag-ik-aanvragen"))
