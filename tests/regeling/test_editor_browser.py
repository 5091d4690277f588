"""The editor in a real browser: axe finds nothing, keys are enough, a script is not needed."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from regeling.domain.concepts import copy_revision
from regeling.domain.texts import newest
from regeling.models import Concept
from regeling.web.editor.parts import PARTS
from regeling.writing import get
from tests.accounts.signing_in import sign_in
from tests.factories.applications import as_actor, revision_of
from tests.factories.concepts import drafter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WIDTHS = (390, 1280)
OPEN_ALL = "document.querySelectorAll('details').forEach((each) => (each.open = true))"
SMALL = """[...document.querySelectorAll('main :is(button, select, summary, input[type=text])')]
    .filter((each) => !each.hasAttribute('tabindex'))
    .filter((each) => each.offsetHeight > 1 && each.offsetHeight < 44)
    .map((each) => each.outerHTML)"""


@pytest.fixture
def row() -> Concept:
    revision = revision_of("krachtvansalland-cheque-2023")
    return copy_revision(
        revision_id=revision.pk,
        title="KrachtvanSalland-cheque 2027",
        slug="krachtvansalland-cheque-2027",
        actor=as_actor(drafter(revision.source)),
    )


def enter(context: BrowserContext, live_server: LiveServer, row: Concept) -> Page:
    client = Client()
    sign_in(client, row.made_by)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context.new_page()


def address(row: Concept, name: str, *more: str) -> str:
    return reverse(name if ":" in name else f"regeling:{name}", args=[row.uid, *more])


def test_every_page_is_for_everybody(
    context: BrowserContext, live_server: LiveServer, row: Concept
) -> None:
    page = enter(context, live_server, row)
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda each: told.extend([each.text] if each.type == "error" else []))
    pages = [reverse("regeling:concepts"), reverse("regeling:concept_new")]
    names = ("concept", "concept_decide", "concept_text", "concept_explained", "concept_difference")
    pages += [address(row, name) for name in names]
    pages += [address(row, "applications:concept_form"), address(row, "documents:concept_letters")]
    pages += [address(row, "concept_part", part.code) for part in PARTS]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for path in pages:
            page.goto(live_server.url + path)
            page.evaluate(OPEN_ALL)
            found = Axe().run(page).response["violations"]
            assert not found, (path, width, [each["nodes"][0]["html"] for each in found])
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert not page.evaluate(SMALL), (path, width)
    assert not told


def test_keys_are_enough(context: BrowserContext, live_server: LiveServer, row: Concept) -> None:
    page = enter(context, live_server, row)
    page.goto(live_server.url + address(row, "concept_part", "bedragen"))
    amounts = page.get_by_role("region", name="Hoeveel kan iemand krijgen?")
    amounts.get_by_label("Minimum", exact=True).focus()
    page.keyboard.press("Tab")
    expect(amounts.get_by_label("Maximum", exact=True).first).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("850")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # saves, and is no button of an item
    expect(page.get_by_role("main")).to_contain_text("Opgeslagen als versie 2")
    row.refresh_from_db()
    assert get(newest(row).source, "amounts.maximum") == "850"


def test_the_text_is_checked_while_one_types(
    context: BrowserContext, live_server: LiveServer, row: Concept
) -> None:
    page = enter(context, live_server, row)
    page.goto(live_server.url + address(row, "concept_text"))
    told = page.locator("#controle")
    expect(told).to_contain_text("De tekst klopt.")
    area = page.locator("#tekst")
    text = area.input_value()
    area.fill(text.replace("  maximum: 1000", "  maximm: 1000"))
    expect(told).to_contain_text("bedoelt u 'maximum'?")
    told.get_by_role("link").first.click()
    chosen = "(each) => each.value.slice(each.selectionStart, each.selectionEnd)"
    assert "maximm" in area.evaluate(chosen)
    row.refresh_from_db()
    assert row.version == 1


def test_without_a_script(browser: Browser, live_server: LiveServer, row: Concept) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL")
    page = enter(context, live_server, row)
    page.goto(live_server.url + address(row, "concept_text"))
    area = page.locator("#tekst")
    area.fill(area.input_value().replace("  maximum: 1000", "  maximm: 1000"))
    page.get_by_role("button", name="Kijk na zonder op te slaan").click()
    expect(page.locator("#controle")).to_contain_text("bedoelt u 'maximum'?")
    page.goto(live_server.url + address(row, "concept_part", "wie"))
    page.get_by_label("Nog een voorwaarde").fill("Een aanvraag is van minstens twee mensen.")
    page.get_by_role("button", name="Voeg voorwaarde toe bij Voorwaarden").click()
    expect(page.get_by_role("main")).to_contain_text("Opgeslagen als versie 2")
    context.close()
