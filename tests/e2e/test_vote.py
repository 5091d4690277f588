"""Voting in a real Chromium: on a telephone, by keyboard, without a script, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from assessment.models import BallotInbox, VoteRight, VoteRound
from tests.e2e.voting import OWN, PHONE, begin, choose, faultless, heading
from tests.factories.votes import open_round_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
# Is the middle of the focused field really what a finger would touch there?
COVERED = """() => {
  const at = document.activeElement.getBoundingClientRect();
  if (!at.width || !at.height) return "";
  const over = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
  const bar = document.querySelector(".sve-total").getBoundingClientRect();
  const inBar = document.activeElement.closest(".sve-total");
  if (!inBar && at.bottom > bar.top && at.top < bar.bottom) return document.activeElement.outerHTML;
  return over ? "" : "nothing at " + document.activeElement.outerHTML;
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Telephones, each a browser of its own."""
    opened: list[BrowserContext] = []

    def make(*, script: bool = True) -> Page:
        context = browser.new_context(
            java_script_enabled=script, locale="nl-NL", viewport=PHONE, has_touch=True
        )
        opened.append(context)
        return context.new_page()

    yield make
    for context in opened:
        context.close()


def test_forty_initiatives_on_a_telephone(
    phone: Callable[..., Page], live_server: LiveServer
) -> None:
    held = open_round_of("points", options=40, voters=1, begun=True, vote={"own_text": OWN})
    page = phone()
    begin(page, live_server.url, held.codes[0])
    heading(page, "Doet u zelf mee?")
    page.get_by_role("checkbox", name="Initiatief 7, Voorbeeldstad").check()
    faultless(page, "own")
    page.get_by_role("button", name="Verder naar het stembiljet").click()
    heading(page, "Uw stembiljet")
    expect(page.get_by_text("U kruiste aan dat dit van u")).to_be_visible()
    expect(page.get_by_text("Nog 39 te lezen.")).to_be_visible()
    first, second = page.locator("[data-option]:has(.sve-segments)").all()[:2]
    first.get_by_text("Lees meer").click()
    expect(page.get_by_text("Nog 38 te lezen.")).to_be_visible()
    second.get_by_role("button", name="Misschien").click()
    page.get_by_label("Laat zien").select_option("maybe")
    expect(page.locator("[data-option]:visible")).to_have_count(1)
    page.get_by_label("Laat zien").select_option("")
    page.get_by_label("Plaats", exact=True).select_option("Zuiderdam")
    expect(page.get_by_text("13 van 40 initiatieven.")).to_be_visible()
    page.get_by_label("Plaats", exact=True).select_option("")
    total = page.locator("[data-total]")
    expect(total).to_have_text("U hebt 5 punten te verdelen.")
    for option, points in ((first, "2"), (second, "2")):
        option.get_by_role("radio", name=points, exact=True).check()
    expect(total).to_have_text("U hebt nog 1 van 5 punten.")
    faultless(page, "ballot")
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    heading(page, "Klopt dit?")
    faultless(page, "confirm")
    # The telephone's own button leads back to where she was, with everything as it stood.
    page.go_back()
    heading(page, "Uw stembiljet")
    expect(page.locator("[data-option] input:checked:not([value=''])")).to_have_count(2)
    expect(second.get_by_role("button", name="Misschien")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    page.get_by_role("button", name="Wijzig mijn keuze").click()
    heading(page, "Uw stembiljet")
    expect(total).to_have_text("U hebt nog 1 van 5 punten.")
    expect(page.get_by_text("Misschien").locator("visible=true").first).to_be_visible()
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    page.get_by_role("button", name="Breng mijn stem uit").dblclick()
    heading(page, "Uw stem is uitgebracht")
    faultless(page, "receipt")
    assert BallotInbox.objects.count() == 1


def test_the_bar_with_the_total_hides_no_focus(
    phone: Callable[..., Page], live_server: LiveServer
) -> None:
    held = open_round_of("approval", options=12, voters=1, begun=True)
    page = phone()
    begin(page, live_server.url, held.codes[0])
    heading(page, "Uw stembiljet")
    page.locator("#stembiljet").evaluate("form => form.querySelector('select').focus()")
    for key in ("Tab", "Shift+Tab"):
        for _ in range(40):
            page.keyboard.press(key)
            assert not page.evaluate(COVERED)


@pytest.mark.parametrize("script", [True, False])
def test_a_ranking_by_keyboard_alone(
    phone: Callable[..., Page], live_server: LiveServer, script: bool
) -> None:
    held = open_round_of("ranking", options=4, voters=1, begun=True)
    page = phone(script=script)
    page.goto(f"{live_server.url}/stemmen/")
    page.get_by_label("Uw code").focus()
    page.keyboard.type(held.codes[0].lower())
    page.keyboard.press("Enter")
    heading(page, "Uw stembiljet")
    for title, presses in (("Initiatief 2", 1), ("Initiatief 4", 2)):
        page.get_by_label(title, exact=True).focus()
        for _ in range(presses):
            page.keyboard.press("ArrowDown")
    if script:
        expect(page.locator("[data-order-list] li")).to_have_count(2)
        up = page.get_by_role("button", name="Omhoog: Initiatief 4")
        up.focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-order-list] li").first).to_contain_text("Initiatief 4")
        expect(page.get_by_label("Initiatief 4", exact=True)).to_have_value("1")
        faultless(page, "ranking")
    page.get_by_role("button", name="Controleer uw keuze").last.focus()
    page.keyboard.press("Enter")
    heading(page, "Klopt dit?")
    page.get_by_role("button", name="Breng mijn stem uit").focus()
    page.keyboard.press("Enter")
    heading(page, "Uw stem is uitgebracht")
    uid = {option.title: str(option.uid) for option in held.options}
    order = ["Initiatief 4", "Initiatief 2"] if script else ["Initiatief 2", "Initiatief 4"]
    written = "[" + ",".join(f'"{uid[title]}"' for title in order) + "]"
    assert BallotInbox.objects.get().choices == written


def test_without_a_script_all_steps_work(
    phone: Callable[..., Page], live_server: LiveServer
) -> None:
    held = open_round_of("approval", options=9, voters=1, begun=True, vote={"own_text": OWN})
    page = phone(script=False)
    begin(page, live_server.url, held.codes[0])
    page.get_by_role("button", name="Verder naar het stembiljet").click()
    heading(page, "Uw stembiljet")
    page.get_by_role("checkbox", name="Initiatief 3", exact=True).check()
    page.get_by_label("Onderwerp").select_option("Groen")
    page.get_by_role("button", name="Toon", exact=True).click()
    expect(page.get_by_text("4 van 9 initiatieven.")).to_be_visible()
    page.get_by_role("button", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("[name=taal][value=nl]").click()
    expect(page.locator("input[name=choices]:checked")).to_have_count(1)
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    page.get_by_role("button", name="Wijzig mijn keuze").click()
    expect(page.locator("input[name=choices]:checked")).to_have_count(1)
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    page.get_by_role("button", name="Breng mijn stem uit").click()
    heading(page, "Uw stem is uitgebracht")
    page.get_by_role("link", name="Volgende stemmer").click()
    heading(page, "Stemmen")
    assert BallotInbox.objects.count() == 1


def test_twenty_voters_at_one_screen_leave_nothing_to_each_other(
    phone: Callable[..., Page], live_server: LiveServer
) -> None:
    held = open_round_of("approval", options=3, voters=20, begun=True)
    page = phone()
    former: list[str] = []

    def clean() -> None:
        heading(page, "Stemmen")
        expect(page.get_by_label("Uw code")).to_have_value("")
        kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
        shown = page.content() + page.url + page.title() + kept
        for secret in former:
            assert secret not in shown

    for voter, code in enumerate(held.codes):
        if voter == 0:
            page.goto(f"{live_server.url}/stemmen/")
        clean()
        page.get_by_label("Uw code").fill(code)
        page.get_by_role("button", name="Naar het stembiljet").click()
        heading(page, "Uw stembiljet")
        expect(page.locator("input[name=choices]:checked")).to_have_count(0)
        choose(page, f"Initiatief {voter % 3 + 1}")
        page.get_by_role("button", name="Breng mijn stem uit").click()
        heading(page, "Uw stem is uitgebracht")
        former += [code, code.replace("-", ""), page.locator("#bewijs").inner_text()]
        page.get_by_role("link", name="Volgende stemmer").click()
        heading(page, "Stemmen")
        clean()
        for _ in range(2):
            page.evaluate("history.back()")
            clean()
    assert BallotInbox.objects.count() == 20


def test_who_walks_away_halfway_is_forgotten(
    phone: Callable[..., Page], live_server: LiveServer
) -> None:
    held = open_round_of("approval", options=3, voters=1, begun=True)
    page = phone()
    begin(page, live_server.url, held.codes[0])
    heading(page, "Uw stembiljet")
    page.get_by_role("checkbox", name="Initiatief 1", exact=True).check()
    page.goto(f"{live_server.url}/privacy/")
    page.go_back()
    heading(page, "Stemmen")
    expect(page.get_by_label("Uw code")).to_have_value("")
    assert held.codes[0] not in page.content()


def test_back_at_the_code_the_field_is_empty(
    phone: Callable[..., Page], live_server: LiveServer
) -> None:
    held = open_round_of("approval", options=3, voters=1, begun=True)
    page = phone()
    begin(page, live_server.url, held.codes[0])
    heading(page, "Uw stembiljet")
    page.get_by_role("button", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("contentinfo")).to_contain_text("Privacy")
    page.evaluate("history.back()")
    expect(page.locator("#id_code")).to_have_value("")
    assert held.codes[0] not in page.content()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("paused", "De stemming ligt even stil"),
        ("early", "De stemming is nog niet begonnen"),
        ("closed", "De stemming is gesloten"),
    ],
)
def test_a_code_outside_the_hours_meets_clear_words(
    phone: Callable[..., Page], live_server: LiveServer, state: str, words: str
) -> None:
    held = open_round_of("approval", options=3, voters=1, begun=state == "paused")
    if state == "paused":
        rounds = VoteRound.objects.filter(pk=held.round.pk)
        rounds.update(paused_at=held.round.opens_at, pause_reason="Wij zoeken een storing uit.")
    if state == "closed":
        held.close()
    page = phone()
    begin(page, live_server.url, held.codes[0])
    heading(page, words)
    faultless(page, words)


def test_a_printed_square_fills_in_the_code_and_leaves_no_trace(
    phone: Callable[..., Page], live_server: LiveServer
) -> None:
    held = open_round_of("approval", voters=1, begun=True)
    code = held.codes[0]
    page = phone()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/stemmen/#{code}")
    expect(page.get_by_label("Uw code")).to_have_value(code)
    assert page.url == f"{live_server.url}/stemmen/"
    assert not [each for each in asked if code in each.split("#")[0]]
    page.get_by_role("button", name="Naar het stembiljet").click()
    heading(page, "Uw stembiljet")
    page.go_back()
    assert code not in page.url
    page.go_forward()
    assert code not in page.url


def test_a_lost_connection_loses_nothing(
    phone: Callable[..., Page], live_server: LiveServer
) -> None:
    held = open_round_of("approval", options=3, voters=1, begun=True)
    page = phone()
    begin(page, live_server.url, held.codes[0])
    heading(page, "Uw stembiljet")
    page.get_by_role("checkbox", name="Initiatief 1", exact=True).check()

    def away(route: Route) -> None:
        route.abort()

    page.route("**/stemmen/controle/", away)
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Wat u invulde, staat er nog.")
    page.unroute("**/stemmen/controle/", away)
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    heading(page, "Klopt dit?")


def test_what_is_wrong_is_told_where_it_is(
    phone: Callable[..., Page], live_server: LiveServer
) -> None:
    held = open_round_of("household", options=4, voters=1, begun=True)
    page = phone()
    begin(page, live_server.url, held.codes[0])
    heading(page, "Uw stembiljet")
    page.get_by_label("Initiatief 1", exact=True).fill("20")
    page.get_by_label("Initiatief 2", exact=True).fill("10")
    expect(page.locator("[data-total]")).to_have_text("U verdeelde €\u00a05 te veel.")
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Dat is €\u00a05 te veel.")
    expect(page.locator("#fouten")).to_be_focused()
    faultless(page, "error")
    page.get_by_role("button", name="Minder voor Initiatief 2").click()
    expect(page.locator("[data-total]")).to_have_text("U verdeelde €\u00a025 van €\u00a025.")
    page.get_by_role("button", name="Controleer uw keuze").last.click()
    heading(page, "Klopt dit?")


def test_looking_after_a_vote(phone: Callable[..., Page], live_server: LiveServer) -> None:
    held = open_round_of("approval", options=4, voters=1, begun=True)
    page = phone()
    begin(page, live_server.url, held.codes[0])
    heading(page, "Uw stembiljet")
    choose(page, "Initiatief 2")
    page.get_by_role("button", name="Breng mijn stem uit").click()
    heading(page, "Uw stem is uitgebracht")
    page.goto(f"{live_server.url}/stemmen/mijn-stem/")
    faultless(page, "check")
    page.get_by_label("Uw code").fill(held.codes[0])
    page.get_by_role("button", name="Controleer", exact=True).click()
    heading(page, "Uw stem")
    expect(page.get_by_text("Initiatief 2")).to_have_count(0)
    faultless(page, "status")
    page.get_by_role("button", name="Laat zien wat ik koos").click()
    expect(page.get_by_text("Initiatief 2")).to_be_visible()
    page.get_by_role("button", name="Wijzig deze keuze").click()
    heading(page, "Uw stembiljet")
    expect(page.get_by_role("checkbox", name="Initiatief 2", exact=True)).to_be_checked()
    choose(page, "Initiatief 3")
    page.get_by_role("button", name="Breng mijn stem uit").click()
    heading(page, "Uw stem is uitgebracht")
    assert VoteRight.objects.filter(status="voted").count() == 1
    assert BallotInbox.objects.count() == 2
