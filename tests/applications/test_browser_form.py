"""The form in a real browser: no script, two tabs, an ended session, a broken line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from accounts.roles import Role
from applications.answers import answers_of
from applications.domain import coaching
from applications.models import Application, Attachment
from tests.accounts.signing_in import sign_in
from tests.factories.applications import (
    IBAN,
    PNG,
    PersonFactory,
    as_actor,
    attachment,
    draft,
    group_of,
    open_example_call,
    sign_all,
    submitted,
    with_role,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AMOUNT = "Bedrag in euro\u2019s van regel"
Enter = Callable[[BrowserContext, Person], Page]


def saved(answer: Response) -> bool:
    """Is this the answer to an autosave that went well?"""
    return "bewaren" in answer.url and answer.ok


@pytest.fixture
def enter(live_server: LiveServer) -> Enter:
    """Open a page of this context on which somebody is signed in with her second factor."""

    def make(context: BrowserContext, person: Person) -> Page:
        client = Client()
        sign_in(client, person)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return make


@pytest.fixture
def person() -> Person:
    return PersonFactory(name="Jannie Bosch")


def address(live_server: LiveServer, name: str, *args: object) -> str:
    return live_server.url + reverse(f"applications:{name}", args=args)


def answers(application: Application) -> dict[str, object]:
    application.refresh_from_db()
    return answers_of(application)


def fill_in(page: Page) -> None:
    """Fill in the whole form as a person would, from the first step to the summary."""
    page.get_by_label("Hoe heet uw initiatief?").fill("Lange tafel")
    page.get_by_label("Wat gaat u doen?").fill("Wij eten samen op het plein.")
    page.get_by_label("Ontmoeten").check()
    page.get_by_label("Ja, helemaal nieuw").check()
    page.get_by_role("button", name="Opslaan en verder").click()
    page.get_by_label("Voorbeeldstad").check()
    page.get_by_label("In welke buurt?").fill("Het Oosten")
    page.get_by_label("Wanneer begint u?").fill("1-3-2027")
    page.get_by_label("Wanneer bent u klaar?").fill("1-5-2027")
    page.get_by_label("Hoeveel mensen doen er mee?").fill("40")
    page.get_by_role("radio", name="Nee").check()
    page.get_by_role("button", name="Opslaan en verder").click()
    page.get_by_label("Regel 1: waarvoor?").first.fill("Tafels")
    page.get_by_label(f"{AMOUNT} 1").first.fill("1.000")
    page.get_by_label("Hoeveel vraagt u aan?").fill("1.000")
    page.get_by_label("Op welk rekeningnummer").fill(IBAN)
    page.get_by_role("button", name="Opslaan en verder").click()
    page.get_by_role("button", name="Opslaan en controleren").click()


@pytest.mark.parametrize("script", [True, False])
def test_from_start_to_receipt_with_and_without_a_script(
    browser: Browser, live_server: LiveServer, enter: Enter, person: Person, script: bool
) -> None:
    call = open_example_call()
    context = browser.new_context(java_script_enabled=script, locale="nl-NL")
    page = enter(context, person)

    page.goto(address(live_server, "start", call.slug))
    page.get_by_label("Mijzelf: Jannie Bosch").check()
    page.get_by_role("button", name="Begin met de aanvraag").click()
    fill_in(page)
    page.get_by_label("Ik onderteken deze aanvraag").check()
    page.get_by_role("button", name="Aanvraag indienen").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw aanvraag ontvangen")
    expect(page.get_by_text("U hebt voorlopig nummer 1.")).to_be_visible()
    if script:  # what was kept in the tab has arrived, and is forgotten
        kept: list[str] = page.evaluate("Object.keys(sessionStorage)")
        assert not [key for key in kept if key.startswith("concept")]
    assert Application.objects.count() == 1
    context.close()


def test_what_one_types_saves_itself(
    context: BrowserContext, live_server: LiveServer, enter: Enter, person: Person
) -> None:
    application = draft(person=person, filled=False)
    page = enter(context, person)
    page.goto(address(live_server, "step", application.uid, "idee"))

    page.get_by_label("Hoe heet uw initiatief?").fill("Lange tafel")
    expect(page.locator("#bewaard")).to_have_text(re.compile(r"Opgeslagen om \d\d:\d\d"))
    with page.expect_response(saved):
        page.get_by_label("Hoe heet uw initiatief?").fill("Lange tafel in Heeten")
        page.get_by_label("Wat gaat u doen?").fill("Wij eten.")
    page.goto(address(live_server, "mine"))  # nobody pressed a button

    assert answers(application)["titel"] == "Lange tafel in Heeten"
    page.goto(address(live_server, "step", application.uid, "idee"))
    expect(page.get_by_label("Wat gaat u doen?")).to_have_value("Wij eten.")


def test_an_ended_session_costs_no_word(
    context: BrowserContext, live_server: LiveServer, enter: Enter, person: Person
) -> None:
    EmailAddress.objects.create(user=person.user, email=person.email, verified=True, primary=True)
    application = draft(person=person, filled=False)
    page = enter(context, person)
    page.goto(address(live_server, "step", application.uid, "idee"))
    Session.objects.all().delete()

    page.get_by_label("Hoe heet uw initiatief?").fill("Wat ik typte")
    expect(page.locator("#bewaard")).to_contain_text("U bent niet meer ingelogd")
    page.get_by_label("Wat gaat u doen?").fill("En dit nog.")
    page.get_by_role("button", name="Opslaan en verder").click()
    with page.expect_response(saved):
        sign_in_again(page, person)

    expect(page.get_by_label("Wat gaat u doen?")).to_have_value("En dit nog.")
    expect(page.get_by_label("Hoe heet uw initiatief?")).to_have_value("Wat ik typte")
    assert answers(application)["titel"] == "Wat ik typte"


def sign_in_again(page: Page, person: Person) -> None:
    """By the code that is mailed."""
    page.locator("#id_login, #id_email").first.fill(person.email)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector("#id_code")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", str(mail.outbox[-1].body))
    assert code
    page.locator("#id_code").fill(code[0])
    page.locator("main form button[type=submit]").first.click()


def test_two_tabs_are_told_of_each_other(
    context: BrowserContext, live_server: LiveServer, enter: Enter, person: Person
) -> None:
    application = draft(person=person, answers={"titel": "Eerst"})
    one, two = enter(context, person), context.new_page()
    for page in (one, two):
        page.goto(address(live_server, "step", application.uid, "idee"))

    one.get_by_label("Hoe heet uw initiatief?").fill("Uit het ene venster")
    expect(one.locator("#bewaard")).to_contain_text("Opgeslagen om")
    two.get_by_label("Wat gaat u doen?").fill("Iets anders, uit het andere venster.")
    expect(two.locator("#bewaard")).to_contain_text("Opgeslagen om")
    two.get_by_label("Hoe heet uw initiatief?").fill("Uit het andere venster")
    expect(two.locator("#bewaard")).to_contain_text("is in een ander venster veranderd")
    assert answers(application)["titel"] == "Uit het ene venster"
    two.get_by_role("button", name="Opslaan en verder").click()

    expect(two.locator("#id_v-titel_error")).to_contain_text("door een ander beantwoord")
    expect(two.get_by_label("Hoe heet uw initiatief?")).to_have_value("Uit het andere venster")
    two.get_by_role("button", name="Opslaan en verder").click()
    expect(two.get_by_role("heading", level=1)).to_have_text("Waar en wanneer")
    assert answers(application)["titel"] == "Uit het andere venster"


def test_a_question_appears_when_an_answer_asks_for_it(
    context: BrowserContext, live_server: LiveServer, enter: Enter, person: Person
) -> None:
    application = draft(person=person, filled=False)
    page = enter(context, person)
    page.goto(address(live_server, "step", application.uid, "waar-en-wanneer"))
    more = page.get_by_label("Hoe ver bent u met die vergunning?")
    expect(more).to_be_hidden()

    page.get_by_role("radio", name="Ja").check()
    expect(more).to_be_visible()
    page.get_by_role("radio", name="Nee").check()
    expect(more).to_be_hidden()


def test_a_line_more_and_the_sum_while_one_types(
    context: BrowserContext, live_server: LiveServer, enter: Enter, person: Person
) -> None:
    application = draft(person=person, filled=False)
    page = enter(context, person)
    page.goto(address(live_server, "step", application.uid, "geld"))

    page.get_by_role("button", name="Nog een kostenregel").click()
    page.get_by_label("Regel 4: waarvoor?").fill("Stroom")
    page.get_by_label(f"{AMOUNT} 4").fill("12,50")
    page.get_by_label("Regel 1: waarvoor?").first.fill("Tafels")
    page.get_by_label(f"{AMOUNT} 1").first.fill("1.000")

    expect(page.locator("output").first).to_have_text("€\u00a01.012,50")
    expect(page.locator("#bewaard")).to_contain_text("Opgeslagen om")
    budget = answers(application)["begroting"]
    assert isinstance(budget, dict)
    assert [line["cents"] for line in budget["costs"]] == [100_000, 1_250]


def test_a_file_goes_at_once_and_a_broken_line_costs_nothing(
    context: BrowserContext,
    live_server: LiveServer,
    enter: Enter,
    person: Person,
    tmp_path: Path,
) -> None:
    application = draft(person=person, filled=False)
    picture, text = tmp_path / "plein.png", tmp_path / "brief.txt"
    picture.write_bytes(PNG)
    text.write_text("geen foto")
    page = enter(context, person)
    page.goto(address(live_server, "step", application.uid, "bijlagen"))
    page.get_by_label("Wilt u nog iets kwijt?").fill("Dit typte ik.")
    status, field = page.locator("[data-files-status]"), page.get_by_label("Wilt u iets meesturen?")
    expect(page.get_by_role("button", name="Bestand versturen")).to_be_hidden()

    def broken(route: Route) -> None:
        route.abort()

    page.route("**/bestand/bijlage/", broken)
    field.set_input_files(picture)
    expect(status).to_contain_text("Het versturen is niet gelukt")
    page.unroute("**/bestand/bijlage/")
    field.set_input_files(text)
    expect(status).to_contain_text("Dit soort bestand kunnen wij niet lezen")
    field.set_input_files(picture)
    expect(page.get_by_role("link", name="plein.png")).to_be_visible()
    expect(page.get_by_label("Wilt u nog iets kwijt?")).to_have_value("Dit typte ik.")
    assert Attachment.objects.get().name == "plein.png"
    page.get_by_role("button", name="Verwijderen plein.png").click()

    expect(page.get_by_role("link", name="plein.png")).to_have_count(0)
    assert Attachment.objects.get().removed_at
    page.get_by_role("button", name="Opslaan en controleren").click()
    assert answers(application)["opmerking"] == "Dit typte ik."


def test_the_keyboard_alone_fills_a_step(
    context: BrowserContext, live_server: LiveServer, enter: Enter, person: Person
) -> None:
    application = draft(person=person, filled=False)
    page = enter(context, person)
    page.goto(address(live_server, "step", application.uid, "idee"))

    page.get_by_label("Hoe heet uw initiatief?").focus()
    page.keyboard.type("Met toetsen")
    page.keyboard.press("Tab")
    page.keyboard.type("Alles met het toetsenbord gedaan.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Waar en wanneer")
    assert answers(application)["activiteit"] == "ontmoeten"


def test_axe_finds_nothing_on_any_page(
    context: BrowserContext, live_server: LiveServer, enter: Enter, person: Person
) -> None:
    call = open_example_call()
    broker = with_role(PersonFactory(), Role.BROKER, call)
    full = draft(call, person=person, party=group_of(person, PersonFactory()))
    attachment(full, person=person)
    coaching.ask(application_id=full.pk, broker_id=broker.pk, actor=as_actor(person))
    coaching.remark(application_id=full.pk, question="titel", text="Mooi.", actor=as_actor(broker))
    sign_all(full)
    empty, sent = draft(call, person=person, filled=False), submitted(call, person=person)
    lines = [{"label": f"{'post' * 40} {n}", "cents": 123_456_789} for n in range(40)]
    heavy = draft(
        call,
        person=person,
        answers={
            "titel": "👩‍🌾" + "lang" * 220,
            "beschrijving": "geenspaties" * 300,
            "begroting": {"costs": lines, "funding": lines},
        },
    )
    steps = [address(live_server, "step", full.uid, step) for step in ("idee", "geld", "bijlagen")]
    pages = [
        address(live_server, "start", call.slug),
        *steps,
        address(live_server, "step", empty.uid, "waar-en-wanneer") + "?controle=1",
        address(live_server, "step", empty.uid, "geld") + "?controle=1",
        *(address(live_server, name, full.uid) for name in ("summary", "sign", "members")),
        *(address(live_server, name, full.uid) for name in ("coaching", "discard")),
        address(live_server, "summary", empty.uid),
        address(live_server, "receipt", sent.uid),
        address(live_server, "withdraw", sent.uid),
        address(live_server, "mine"),
        *(address(live_server, name, heavy.uid) for name in ("summary", "sign", "discard")),
        *(address(live_server, "step", heavy.uid, step) for step in ("idee", "geld")),
    ]
    _inspect(enter(context, person), pages)
    _inspect(
        enter(context, broker),
        [address(live_server, "coached"), address(live_server, "read", full.uid)],
    )


def _inspect(page: Page, pages: list[str]) -> None:
    """Nothing for axe where it is narrowest, no sideways scrolling, nothing refused."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    for each in pages:
        page.goto(each)
        page.wait_for_load_state("networkidle")
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (each, "scrolls sideways", width, wide)
        found = Axe().run(page).response["violations"]
        assert not found, (each, [(rule["id"], rule["nodes"][0]["html"]) for rule in found])
    assert not [words for words in told if "Content Security Policy" in words], told
