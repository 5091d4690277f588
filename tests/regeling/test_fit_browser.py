"""What fits my idea, in a real browser: axe finds nothing, keys are enough, paper shows it all."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.roles import Role
from tests.factories.applications import PersonFactory, open_example_call, revision_of, with_role
from tests.infra.axe import faultless

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

SLUG = "krachtvansalland-cheque-2023"
NEARLY = "waar=Luttenberg&wie=group&personen=1&bedrag=1200"


@pytest.fixture
def address(live_server: LiveServer) -> str:
    call = open_example_call(SLUG)
    with_role(PersonFactory(), Role.BROKER, call)
    open_example_call("handgeld-vechtdal-2022")
    revision_of("groene-salland-cheque")
    return live_server.url + reverse("regeling:fit")


def test_every_answer_of_the_page(page: Page, address: str) -> None:
    for query in (
        "",
        "?waar=Luttenberg&wie=group&personen=3&bedrag=750",
        f"?{NEARLY}",
        "?waar=Zwolle&wie=person&bedrag=500",
        "?waar=Haarle",
        "?waar=Lutenberg",
        "?waar=Parijs",
        "?bedrag=veel",
    ):
        page.goto(address + query)
        faultless(page, query)


def test_the_check_with_its_smallest_changes(page: Page, address: str) -> None:
    page.goto(f"{address}?{NEARLY}")
    page.get_by_role("link", name="Eén persoon meer en € 200 minder vragen").click()
    expect(page.get_by_role("heading", name="Tot nu toe kan het")).to_be_visible()
    page.goto(page.url.replace("persons=2", "persons=1").replace("bedrag=1000", "bedrag=1200"))
    expect(page.get_by_text("Zo kan het wel")).to_be_visible()
    faultless(page, "check")


def test_it_is_answered_with_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Waar gaat u het doen?").focus()
    page.keyboard.type("Luttenberg")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # the second choice: a group
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Luttenberg ligt in de gemeente Raalte.")).to_be_visible()
    expect(page.get_by_role("heading", name="Dit past (", exact=False)).to_be_visible()


def test_it_works_without_script_and_on_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="nl-NL"
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Waar gaat u het doen?").fill("Zwolle")
    page.get_by_role("button", name="Kijk wat past").click()
    expect(page.get_by_text("U koos de gemeente Zwolle.")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Zwolle hoort daar niet bij").first).to_be_visible()
    context.close()
