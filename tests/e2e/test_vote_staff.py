"""Paper, the desk and the letters in a real Chromium, as the people who do the work."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.domain.queries.ballots import numbered
from assessment.models import BallotInbox, PaperBatch
from tests.e2e.voting import OWN, choose, faultless, heading, signed_in
from tests.factories.votes import open_round_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_paper_pile_typed_by_two_people(browser: Browser, live_server: LiveServer) -> None:
    held = open_round_of("points", options=4, voters=2, begun=True)
    one = signed_in(browser, live_server.url, held.assessor)
    other = signed_in(browser, live_server.url, held.second)
    one.goto(live_server.url + reverse("assessment:paper", args=[held.round.uid]))
    faultless(one, "piles")
    one.get_by_label("Naam van de stapel").fill("Bibliotheek")
    one.get_by_label("Hoeveel formulieren?").fill("2")
    one.get_by_role("button", name="Begin met typen").click()
    faultless(one, "pile")
    address = one.url

    def enter(page: Page, voter: int, text: str, told: str) -> None:
        page.goto(address)
        expect(page.get_by_label("Code op het formulier")).to_be_focused()
        page.keyboard.type(held.codes[voter])
        page.keyboard.press("Tab")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text(told)

    enter(one, 0, "2:2 1:1", "Nu typt een ander dit formulier.")
    enter(other, 0, "1:1 2:2", "De stem is uitgebracht.")
    enter(other, 1, "3:2", "Nu typt een ander dit formulier.")
    enter(one, 1, "3:2", "De stem is uitgebracht.")
    expect(one.get_by_text("2 van 2")).to_be_visible()
    one.get_by_role("button", name="Sluit de stapel").click()
    expect(one.get_by_text("De stapel is gesloten.")).to_be_visible()
    batch = PaperBatch.objects.get()
    assert (batch.cast, batch.rejected) == (2, 0)
    uid = {number: card.uid for number, card in numbered(held.round)}
    assert any(f'"{uid[3]}":2' in row.choices for row in BallotInbox.objects.all())
    one.context.close()
    other.context.close()


def test_a_vote_at_the_desk(browser: Browser, live_server: LiveServer) -> None:
    held = open_round_of("approval", options=4, voters=1, begun=True)
    page = signed_in(browser, live_server.url, held.assessor)
    page.goto(live_server.url + reverse("assessment:desk"))
    faultless(page, "desk")
    page.get_by_label("Code van de kiezer").fill(held.codes[0])
    page.get_by_label("Nee, iemand stemt met een volmacht.").check()
    page.get_by_role("button", name="Naar het stembiljet").click()
    heading(page, "Uw stembiljet")
    faultless(page, "ballot at the desk")
    choose(page, "Initiatief 1")
    page.get_by_role("button", name="Breng mijn stem uit").click()
    heading(page, "Uw stem is uitgebracht")
    page.get_by_role("link", name="Volgende stemmer").click()
    heading(page, "Stemloket")
    expect(page.get_by_text("waarvan 1 met volmacht")).to_be_visible()
    page.evaluate("history.back()")
    heading(page, "Stemloket")
    expect(page.get_by_label("Code van de kiezer")).to_have_value("")
    assert held.codes[0] not in page.content()
    page.context.close()


def test_the_letters_can_be_printed(browser: Browser, live_server: LiveServer) -> None:
    held = open_round_of("ranking", options=4, voters=2, begun=True, vote={"own_text": OWN})
    held.round.rights.update(channel="letter", register_key="")
    page = signed_in(browser, live_server.url, held.assessor)
    page.goto(live_server.url + reverse("assessment:round", args=[held.round.uid]))
    page.locator(f"form[action$='{held.round.uid}/codes/'] button").first.click()
    expect(page.locator(".sve-letter")).to_have_count(2)
    faultless(page, "letters")
    assert len(page.pdf(format="A4")) > 1000
