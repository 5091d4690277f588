"""The public card and the page of support in a real browser."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from applications.models import PublicCard
from tests.applications.test_card import card_call, photographed
from tests.applications.test_support import GATE
from tests.factories.applications import PersonFactory, draft, open_example_call, submitted
from tests.infra.axe import Inside, faultless

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
