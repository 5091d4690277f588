"""Judging and voting in a real browser: axe finds nothing, keys are enough, no script is needed."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.domain.assigning import assign
from assessment.models import BallotInbox, Review
from tests.factories.applications import PersonFactory, open_example_call, submitted
from tests.factories.assessment import (
    assessor_of,
    checked,
    cleared,
    completed,
    election,
    reviewed,
)
from tests.infra.axe import Inside, faultless
from timeline.actor import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_pages_of_an_assessor(inside: Inside, live_server: LiveServer) -> None:
    call = open_example_call("by-vote")
    person = assessor_of(call)
    fresh, busy, review, done = (submitted(call, person=PersonFactory()) for _ in range(4))
    assign(application_id=fresh.pk, actor=SYSTEM)
    checked(busy, person)
    completed(review, person)
    completed(done, person)
    reviewed(done, person)
    page = inside(person)
    for route, uid in (
        ("worklist", None),
        ("interest", fresh.uid),
        ("completeness", busy.uid),
        ("review", review.uid),
        ("review", done.uid),
        ("proposal", done.uid),
    ):
        page.goto(live_server.url + reverse(f"assessment:{route}", args=[uid] if uid else []))
        faultless(page, route)
    cleared(fresh, person)
    page.goto(live_server.url + reverse("assessment:completeness", args=[fresh.uid]))
    faultless(page, "not begun")
    page.goto(live_server.url + reverse("assessment:review", args=[review.uid]))
    page.get_by_role("button", name="Rond de beoordeling af").click()
    faultless(page, "errors")
    expect(page.get_by_role("alert").first).to_be_visible()
    assert not Review.objects.filter(application=review, submitted_at__isnull=False).exists()


def test_the_pages_of_a_round(inside: Inside, live_server: LiveServer) -> None:
    held = election(begun=True, options=3, voters=3)
    page = inside(held.assessor)
    addresses = {
        "rounds": reverse("assessment:rounds"),
        "round": reverse("assessment:round", args=[held.round.uid]),
        "lot": reverse("assessment:lot", args=[held.round.uid]),
    }
    for name, address in addresses.items():
        page.goto(live_server.url + address)
        faultless(page, name)


@pytest.mark.parametrize("script", [True, False])
def test_a_vote_by_keyboard_with_and_without_script(
    browser: Browser, live_server: LiveServer, script: bool
) -> None:
    held = election(begun=True, options=4, voters=1)
    context = browser.new_context(
        java_script_enabled=script, locale="nl-NL", viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/stemmen/")
    page.get_by_label("Uw code").focus()
    page.keyboard.type(held.codes[0].lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw stembiljet")
    if script:
        faultless(page, "ballot")
    boxes = page.get_by_role("checkbox")
    for number in (0, 2):
        boxes.nth(number).focus()
        page.keyboard.press("Space")
    if script:
        expect(page.get_by_text("U koos 2 van hoogstens 3.")).to_be_visible()
    page.get_by_role("button", name="Controleer uw keuze").press("Enter")
    page.get_by_role("button", name="Wijzig mijn keuze").press("Enter")
    expect(page.locator("input[name=choices]:checked")).to_have_count(2)
    page.get_by_role("button", name="Controleer uw keuze").press("Enter")
    if script:
        faultless(page, "confirm")
    page.get_by_role("button", name="Breng mijn stem uit").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw stem is uitgebracht")
    if script:
        faultless(page, "receipt")
    assert held.codes[0] not in page.content() + page.url
    assert [each["name"] for each in context.cookies() if "session" in each["name"]] == []
    assert BallotInbox.objects.count() == 1
    context.close()


def test_a_wrong_code_is_told_at_the_field(page: Page, live_server: LiveServer) -> None:
    election(begun=True)
    page.goto(f"{live_server.url}/stemmen/")
    faultless(page, "code")
    page.get_by_label("Uw code").fill("AAAA-AAAA-AAAA-AAAA-A")
    page.get_by_role("button", name="Naar het stembiljet").click()
    expect(page.get_by_label("Uw code")).to_have_attribute("aria-invalid", "true")
    faultless(page, "wrong code")
