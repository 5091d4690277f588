"""The pages of decisions and letters in a real browser: axe finds nothing, keys are enough."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from documents.domain.batches import sign_batch
from documents.domain.queries.batches import batch_hash
from documents.models import Decision
from tests.accounts.signing_in import sign_in
from tests.documents.test_pages import announced, make_batch
from tests.factories.applications import PersonFactory, as_actor, draft
from tests.factories.documents import desk, drafted, in_review, proposed, signed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LONG = "Samen naar buiten met de hele buurt " * 24
WIDTHS = (320, 1280)


def enter(context: BrowserContext, live_server: LiveServer, person: Person) -> Page:
    """A page in which this person is signed in."""
    client = Client()
    sign_in(client, person)
    context.clear_cookies()
    context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": client.cookies["sessionid"].value,
                "url": live_server.url,
            }
        ]
    )
    return context.new_page()


def blameless(page: Page, live_server: LiveServer, addresses: list[str]) -> None:
    """Nothing for axe, no sideways scrolling, nothing that the security policy refused."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    for address in addresses:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + address)
            found = Axe().run(page).response["violations"]
            assert not found, (address, [(rule["id"], rule["nodes"][0]["html"]) for rule in found])
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (address, "scrolls sideways", width, wide)
    assert not [words for words in told if "Content Security Policy" in words], told


def test_axe_finds_nothing_on_the_pages_of_staff(
    context: BrowserContext, live_server: LiveServer
) -> None:
    at = desk()
    open_, rejected, waiting = proposed(at), proposed(at, cents=0), signed(at)
    first, batch = drafted(at, answers={"titel": LONG[:60]}), make_batch(at, 2)
    running = make_batch(at, 1)
    seen = batch_hash(running.pk)
    sign_batch(batch_id=running.pk, actor=as_actor(at.signer), seen_hash=seen)
    fresh = in_review(at.call)

    blameless(
        enter(context, live_server, at.assessor),
        live_server,
        [
            "/besluiten/",
            f"/besluiten/{first.uid}/",
            f"/besluiten/{first.uid}/wijzigen/",
            f"/besluiten/nieuw/{fresh.uid}/",
            f"/besluiten/stapels/nieuw/{at.call.slug}/",
            f"/dossiers/{open_.application.uid}/",
            "/brieven/per-post/",
        ],
    )
    blameless(
        enter(context, live_server, at.signer),
        live_server,
        [
            f"/besluiten/{open_.uid}/",
            f"/besluiten/{rejected.uid}/",
            f"/besluiten/{waiting.uid}/",
            f"/besluiten/{waiting.uid}/moment/",
            f"/besluiten/{waiting.uid}/terugnemen/",
            f"/besluiten/stapels/{batch.uid}/",
            f"/besluiten/stapels/{running.uid}/",
        ],
    )


def test_axe_finds_nothing_on_the_pages_of_an_applicant(
    context: BrowserContext, live_server: LiveServer
) -> None:
    at = desk()
    person = PersonFactory(name=LONG[:200].strip())
    letter = announced(at, application=in_review(at.call, person=person))
    hoped = draft(at.call, person=person)

    blameless(
        enter(context, live_server, person),
        live_server,
        [
            f"/brieven/{letter.uid}/",
            f"/voorbeeldbrief/{hoped.uid}/",
            f"/dossiers/{letter.application.uid}/",
        ],
    )


def test_a_decision_is_signed_with_the_keyboard_alone(
    context: BrowserContext, live_server: LiveServer
) -> None:
    at = desk()
    decision = proposed(at)
    page = enter(context, live_server, at.signer)
    page.goto(f"{live_server.url}/besluiten/{decision.uid}/")
    button = page.get_by_role("button", name="Ondertekenen")

    for _press in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(page.get_by_text("De brief gaat uit op").first).to_be_visible()
    assert Decision.objects.get(pk=decision.pk).state == "signed"
