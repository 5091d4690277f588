"""The public pages of a vote in a real browser: axe finds nothing, at 320 and at 1280 pixels."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from assessment.web.public import shelf
from tests.accounts.signing_in import sign_in
from tests.factories.assessment import follow
from tests.factories.results import decided
from tests.factories.votes import open_round_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
WIDTHS = (390, 1280)


def faultless(page: Page, what: str) -> None:
    for width in (320, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        found: Any = Axe().run(page).response["violations"]
        told = [(each["id"], each["nodes"][0]["html"]) for each in found]
        assert not told, (what, width, told)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (what, width)
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=str(Path(folder) / f"{what}-{width}.png"), full_page=True)


def test_from_an_open_round_to_its_results(
    context: BrowserContext, live_server: LiveServer
) -> None:
    held = open_round_of("approval", options=5, voters=24, begun=True)
    # Only so does a browser not keep what it saw ten seconds ago.
    context.route("**/*", lambda route: route.continue_())
    page = context.new_page()
    client = Client()
    sign_in(client, held.assessor)
    staff = context.browser.new_context().new_page()  # type: ignore[union-attr]  # launched
    staff.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )

    def see(route: str, *args: object, by: Page = page, name: str = "") -> None:
        shelf.keys.clear()
        by.goto(live_server.url + reverse(f"assessment:{route}", args=args))
        faultless(by, name or route)

    with held.running():
        for voter in range(24):
            held.vote(voter, *((0, 1, 2) if voter < 12 else (1, 3) if voter < 20 else (4,)))
    see("public_rounds")
    see("public_round", held.round.uid, name="round-open")
    held.count()
    see("public_round", held.round.uid, name="round-closed")
    see("fraud", held.round.uid, by=staff)
    see("results", held.call.slug, name="results-later")
    held.fix()
    with held.over():
        follow("assessment.print_minutes")
    with held.over(hours=30):
        decided(held)
    see("public_round", held.round.uid, name="round-told")
    see("calculation", held.round.uid)
    see("results", held.call.slug)
    if folder := os.environ.get("PICTURES"):
        answer = Client().get(reverse("assessment:minutes_file", args=[held.round.uid]))
        (Path(folder) / "minutes.pdf").write_bytes(answer.content)
