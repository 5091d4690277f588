"""The public card and the page of support in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from applications.models import PublicCard
from tests.accounts.signing_in import sign_in
from tests.applications.test_card import card_call, photographed
from tests.applications.test_support import GATE
from tests.factories.applications import PersonFactory, draft, open_example_call, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (390, 1280)
Inside = Callable[[Person], Page]


@pytest.fixture
def inside(context: BrowserContext, live_server: LiveServer) -> Inside:
    """A page on which this person is signed in."""

    def make(person: Person) -> Page:
        client = Client()
        sign_in(client, person)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return make


def faultless(page: Page, what: str) -> None:
    """Nothing to find for axe and no sideways scrolling, on a telephone and on a screen."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found: Any = Axe().run(page).response["violations"]
        told = [(each["id"], each["nodes"][0]["html"]) for each in found]
        assert not told, (what, width, told)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (what, width)


def test_a_card_is_written_seen_and_agreed_to(inside: Inside, live_server: LiveServer) -> None:
    person = PersonFactory()
    application = draft(card_call(), person=person)
    PublicCard.objects.all().delete()
    page = inside(person)
    page.goto(live_server.url + reverse("applications:card", args=[application.uid]))
    page.get_by_label("Wat gaat u doen, in gewone woorden?").fill("Bel Piet Jansen: 0572-123456")
    expect(page.get_by_text("28 van 300 tekens")).to_be_visible()
    page.get_by_label("Welke naam zien stemmers?").fill("Buren van het plein")
    page.get_by_label("Foto").set_input_files(
        files=[{"name": "plein.jpg", "mimeType": "image/jpeg", "buffer": photographed()}]
    )
    page.get_by_role("button", name="Bewaren en bekijken").last.click()
    expect(page.get_by_text("lijkt een telefoonnummer")).to_be_visible()
    faultless(page, "card")
    page.get_by_role("button", name="Opslaan en controleren").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf wat er op de foto te zien is.")
    faultless(page, "told")
    page.get_by_label("Wat is er op de foto te zien?").fill("Een lange tafel op een plein")
    page.get_by_label("Iedereen die op de foto te herkennen is").check()
    page.get_by_role("button", name="Bewaren en bekijken").last.click()
    page.get_by_label("Akkoord: zo mogen stemmers").check()
    page.get_by_role("button", name="Opslaan en controleren").click()
    expect(page.get_by_role("heading", name="Zo zien stemmers uw initiatief")).to_be_visible()
    expect(page.get_by_alt_text("Een lange tafel op een plein")).to_be_visible()
    faultless(page, "summary")


def test_somebody_supports_an_initiative(inside: Inside, live_server: LiveServer) -> None:
    call = open_example_call(
        "by-vote", replace=("  panel_size: none\n", "  panel_size: none\n" + GATE)
    )
    application = submitted(call)
    page = inside(PersonFactory())
    page.goto(live_server.url + reverse("applications:support", args=[application.uid]))

    page.get_by_role("button", name="Ik steun dit").click()

    expect(page.get_by_text("1 mens steunt dit initiatief.")).to_be_visible()
    faultless(page, "support")
