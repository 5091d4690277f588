"""A panel meeting from its agenda to signed minutes, on Noordwest 2019, as people in a browser.

The dossiers stand ready and complete; from there everybody clicks, the test only lets time go by.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from assessment.models import Meeting
from regeling.models import Call
from tests.e2e.stage import wait_until, work
from tests.e2e.visitor import Visitor
from tests.factories.applications import PersonFactory, open_example_call, with_role
from tests.factories.meetings import ready_dossier
from timeline import clock
from timeline.verify import checks, findings

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
GARDEN, CHOIR = "Een tuin voor iedereen", "Zingen in het park"
MEMBERS = ("Co Voorzitter", "Ans Lid", "Ben Lid", "Dirk Lid")


def test_a_panel_meets_and_its_chair_signs(
    browser: Browser, live_server: LiveServer, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # its own papers
    call = open_example_call("initiatieven-sociale-kwaliteit-noordwest-2019")
    clerk = account(with_role(PersonFactory(name="Marieke Jansen"), Role.ASSESSOR, call))
    seats = [
        account(with_role(PersonFactory(name=name), Role.PANEL_MEMBER, call)) for name in MEMBERS
    ]
    official = account(
        with_role(
            PersonFactory(name="Els Kampen"), Role.MUNICIPAL_CONTACT, call, municipality="Kampen"
        )
    )
    for title in (GARDEN, CHOIR):
        ready_dossier(call, clerk, answers={"titel": title, "gemeente": "Kampen"})
    work()

    def visitor(person: Person) -> Visitor:
        return Visitor(browser, live_server.url, person.name, person.email)

    answer_for_the_municipality(visitor(official))
    assessor = visitor(clerk)
    assessor.sign_in_as_staff()
    day = clock.now() + timedelta(days=30)
    plan(assessor, call, day)
    work()

    member = visitor(seats[1])
    member.sign_in()
    member.address(member.mailed(r"(/vergaderingen/\S+)"))
    leave_for(member, 1)
    read_papers(member, live_server.url)
    member.leave()

    wait_until(clock.moment(clock.day(day), "20:00"))
    hold(assessor)
    chair = visitor(seats[0])
    chair.sign_in()
    sign(chair)
    work()
    chair.page.reload()
    chair.reads("Verslag getekend", "Het verslag als pdf")
    see_what_follows(assessor)
    told = {name: findings(walk) for name, walk in checks().items()}
    assert not [each for found in told.values() for each in found]


def answer_for_the_municipality(official: Visitor) -> None:
    """She comes in by the link in her mail, and answers what the regulation asks."""
    official.sign_in_as_staff()
    official.address(official.mailed(r"(/gemeente/\S+)"))
    nothing_for_axe(official)
    for group in official.main.get_by_role("group").all():
        group.get_by_label("Ja", exact=True).check()
    official.press("Bewaar het antwoord")
    official.reads("Beantwoord")
    official.leave()


def plan(assessor: Visitor, call: Call, day: datetime) -> None:
    """A day of its own, because those of 2019 are over; the agenda, and the call to the panel."""
    assessor.menu("Vergaderingen")
    nothing_for_axe(assessor)
    assessor.follow(call.title)
    assessor.tick("Een andere dag")
    assessor.fill("Op welke dag dan?", clock.day(day).isoformat())
    assessor.fill("Waarom een andere dag?", "De dagen van 2019 zijn voorbij.")
    assessor.fill("Waar?", "Stadhuis van Kampen")
    assessor.main.get_by_label("Wie zit voor?").select_option("Co Voorzitter")
    assessor.main.get_by_label("Wie maakt het verslag?").select_option("Marieke Jansen")
    nothing_for_axe(assessor)
    assessor.press("Plan de vergadering")
    assessor.press("Zet ze op de agenda")
    assessor.reads(GARDEN, CHOIR)
    nothing_for_axe(assessor)
    assessor.press("Zet de agenda vast en roep de commissie op")
    assessor.reads("Opgeroepen")


def leave_for(member: Visitor, number: int) -> None:
    """A member says beforehand that she has an interest."""
    member.reads(GARDEN, "Hebt u een belang?")
    nothing_for_axe(member)
    member.tick("Belang: gaat weg")
    member.press("Leg belangen vast")
    member.reads("U hebt een belang en gaat bij dit punt weg.")
    assert member.page.url.endswith(f"#punt-{number}")


def read_papers(member: Visitor, site: str) -> None:
    """Only the dossier in which she has no interest lies ready for her."""
    member.reads("Alleen punt 2")
    assert "Alle stukken samen" not in member.main.inner_text()
    assert "Alleen punt 1" not in member.main.inner_text()
    address = member.main.get_by_role("link", name="Alleen punt 2").get_attribute("href")
    assert address
    answer = member.page.request.get(site + address)
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF-")


def hold(assessor: Visitor) -> None:
    """Presence, interests and outcome of both dossiers; the second one by keyboard alone."""
    assessor.page.reload()
    for name in (*MEMBERS, "Marieke Jansen"):
        assessor.tick(f"{name} (")
    assessor.press("Leg vast")
    assessor.reads("Dirk Lid, aanwezig")
    nothing_for_axe(assessor)
    for name in ("Co Voorzitter", "Ben Lid", "Dirk Lid"):
        assessor.main.get_by_role("group", name=name).get_by_label("Geen belang").check()
    assessor.press("Leg belangen vast")
    assessor.reads("Belang, dus niet erbij: Ans Lid.")
    assessor.tick("Positief")
    assessor.press("Leg dit punt vast")  # without words that is not possible
    assessor.fill("Waarom?", "De hele buurt werkt mee, ook op de lange termijn.")
    assessor.fill("Conclusie in één zin", "Steun de tuin.")
    assessor.press("Leg dit punt vast")
    assessor.page.get_by_text("Punt 1 is vastgelegd.").wait_for()
    by_keyboard(assessor)
    nothing_for_axe(assessor)
    assessor.press("Sluit de vergadering")
    assessor.reads("Steun de tuin.", "Aangehouden tot een volgende vergadering.")
    assessor.reads("Ans Lid heeft de vergadering bij dit punt verlaten")
    nothing_for_axe(assessor)


def by_keyboard(assessor: Visitor) -> None:
    """The second dossier without a mouse: keys to choose, to type and to send."""
    page, main = assessor.page, assessor.main
    for name in MEMBERS:
        main.get_by_role("group", name=name).get_by_label("Geen belang").focus()
        page.keyboard.press("Space")
    main.get_by_role("button", name="Leg belangen vast").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    main.get_by_label("Aanhouden tot een volgende vergadering").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("De aanvrager zoekt nog een plek.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign(chair: Visitor) -> None:
    """The chair reads the minutes, makes a second key, and signs what she saw."""
    go_to_minutes(chair)
    chair.make_second_key()
    go_to_minutes(chair)
    chair.heading("Verslag")
    chair.reads("Steun de tuin.")
    nothing_for_axe(chair)
    chair.tick("Ik heb het verslag gelezen en teken het.")
    chair.press("Teken het verslag")
    chair.reads("Verslag getekend", "Ondertekend door Co Voorzitter")


def go_to_minutes(chair: Visitor) -> None:
    """From the menu to the minutes of the one meeting."""
    chair.menu("Vergaderingen")
    chair.go(chair.main.get_by_role("article").get_by_role("link").first)
    chair.follow("Lees en teken het verslag")


def see_what_follows(assessor: Visitor) -> None:
    """The dossier tells what the panel found, and the proposal rests on it."""
    assert Meeting.objects.get().state == Meeting.State.SIGNED
    application = Application.objects.get(title=GARDEN)
    assessor.open("portal:dossier", application.uid)
    assessor.reads("Commissie en gemeente", "Steun de tuin.")
    assessor.open("assessment:proposal", application.uid)
    assessor.main.get_by_role("button", name="Zet het besluit klaar").wait_for()


def account(person: Person) -> Person:
    """With an address that was confirmed, so that she can sign in."""
    EmailAddress.objects.create(user=person.user, email=person.email, verified=True, primary=True)
    return person


def nothing_for_axe(visitor: Visitor) -> None:
    """Nothing to find for axe and no sideways scrolling, on a telephone and on a screen."""
    for width in (390, 1280):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(visitor.page).response["violations"]
        assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
        wide = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{visitor.page.url} is {wide} wide"
