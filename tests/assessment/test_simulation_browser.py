"""Trying a text and looking ahead in a real browser: axe finds nothing, no script is needed."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.roles import Role
from tests.assessment.test_simulation_rounds import played_by_receipt
from tests.factories.applications import PersonFactory, with_role
from tests.infra.axe import Inside, faultless
from timeline import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def seen(page: Page, what: str) -> None:
    faultless(page, what)
    if folder := os.environ.get("PICTURES"):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(Path(folder) / f"{what}-{width}.png"), full_page=True)


def test_an_official_tries_a_text_and_looks_ahead(live_server: LiveServer, inside: Inside) -> None:
    with clock.playing("", clock.now() - timedelta(days=60)):
        call = played_by_receipt()
    page = inside(with_role(PersonFactory(), Role.DRAFTER, call))
    page.goto(live_server.url + reverse("assessment:trials"))
    seen(page, "trials")
    page.get_by_role("link", name="Buurtbijdrage Voorbeeldstad").first.click()
    page.get_by_label("Een ander plafond").fill("20.000")
    page.get_by_role("button", name="Reken uit").click()
    page.get_by_text("Bij 2 aanvragen komt er een ander bedrag uit.").wait_for()
    seen(page, "simulation")
    page.goto(live_server.url + reverse("assessment:forecast", args=["every-kind"]))
    page.get_by_label("Hoeveel rondes spelen?").fill("20")
    page.get_by_role("button", name="Kijk vooruit").click()
    page.get_by_role("heading", name="Wat u kunt verwachten").wait_for()
    seen(page, "forecast")
