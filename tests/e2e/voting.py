"""What the tests of voting in a browser share: looking for faults, beginning, choosing."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from accounts.models import Person
from tests.accounts.signing_in import sign_in

PHONE: ViewportSize = {"width": 390, "height": 844}
OWN = "Welke initiatieven zijn van u, van uw familie of van uw club?"


def faultless(page: Page, what: str) -> None:
    """Nothing to find for axe and no sideways scrolling, on a telephone and on a screen."""
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        found: Any = Axe().run(page).response["violations"]
        told = [(each["id"], each["nodes"][0]["html"]) for each in found]
        assert not told, (what, width, told)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (what, width)
    page.set_viewport_size(PHONE)


def begin(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/stemmen/")
    page.get_by_label("Uw code").fill(code)
    page.get_by_role("button", name="Naar het stembiljet").click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def choose(page: Page, *titles: str) -> None:
    for title in titles:
        page.get_by_role("checkbox", name=title, exact=True).check()
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    heading(page, "Klopt dit?")


def signed_in(browser: Browser, site: str, person: Person) -> Page:
    client = Client()
    sign_in(client, person)
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    return context.new_page()
