"""An official makes the regulation of 2027 from that of 2023, and never sees its YAML.

She decides what is open, tries the text on the round of 2023, a colleague checks and publishes it
and opens a call, and a resident applies. Everything is done by clicking and typing.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Browser, Locator
from pytest_django.live_server_helper import LiveServer

from accounts.domain.grants import grant
from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from applications.states import State
from regeling.domain.texts import newest
from regeling.models import Call, Concept
from tests.e2e.visitor import Visitor
from tests.factories.applications import IBAN, PersonFactory, open_example_call
from tests.factories.assessment import Election, election
from tests.factories.results import finished
from timeline import clock
from timeline.actor import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
OLD, NEW = "krachtvansalland-cheque-2023", "krachtvansalland-cheque-2027"
TITLE = "KrachtvanSalland-cheque 2027"
SOURCE = "Besluit van de regio, 3 november 2026"
PLAN = "Lange tafel in Luttenberg"


def test_a_regulation_from_copy_to_application(browser: Browser, live_server: LiveServer) -> None:
    held = round_of_2023()
    anna = official("Anna Opsteller", "anna", held, Role.DRAFTER)
    bram = official("Bram Beheerder", "bram", held, Role.DRAFTER, Role.ADMINISTRATOR)
    drafter = Visitor(browser, live_server.url, anna.name, anna.email)
    colleague = Visitor(browser, live_server.url, bram.name, bram.email)
    resident = Visitor(browser, live_server.url, "Ria Tafel", "ria@example.org")

    drafter.sign_in_as_staff()
    begin(drafter)
    decide_what_is_open(drafter)
    look_round(drafter)
    change_a_rule(drafter)
    try_on_the_round(drafter, held.call)

    colleague.sign_in_as_staff()
    check_and_publish(colleague)
    open_the_call(colleague)

    apply(resident)
    application = Application.objects.get(title=PLAN)
    assert application.state != State.DRAFT
    assert application.call.kind == Call.Kind.REAL
    assert application.revision.regulation.slug == NEW


def round_of_2023() -> Election:
    """The round on the older text: voted, counted and told, long ago."""
    with clock.playing("", clock.now() - timedelta(days=120)):
        return finished(voted(election(options=3, voters=3, call=open_example_call(OLD))))


def voted(held: Election) -> Election:
    with held.running():
        for voter in range(3):
            held.vote(voter, 0, 1, 2)
    return held


def official(name: str, login: str, held: Election, *roles: str) -> Person:
    person = PersonFactory(name=name, email=f"{login}@overijssel.example")
    EmailAddress.objects.create(user=person.user, email=person.email, verified=True, primary=True)
    authority = held.call.revision.regulation.authority.code
    for role in roles:
        grant(person_id=person.pk, role=role, authority=authority, actor=SYSTEM)
    return person


def begin(drafter: Visitor) -> None:
    """A copy of the older one, with what was of its time marked."""
    drafter.menu("Regelingen maken")
    drafter.follow("Begin hiermee een nieuwe tekst")
    drafter.fill("Hoe heet de nieuwe regeling?", TITLE)
    drafter.press("Begin")
    drafter.heading(TITLE)
    drafter.reads("te beslissen")
    drafter.follow("Loop het na")


def decide_what_is_open(drafter: Visitor) -> None:
    """Every assumption gets its source, every unknown its value, every day a new one."""
    drafter.heading("Nog te beslissen")
    for source in drafter.main.get_by_label("Klopt dit? Noem de bron:").all():
        source.fill(SOURCE)
    drafter.press("Opslaan")
    drafter.reads("Opgeslagen als versie 2")
    for field in open_fields(drafter):
        path = field.get_attribute("name") or ""
        field.fill(wanted(path))
    drafter.press("Opslaan")
    drafter.reads("Opgeslagen als versie 3")
    while stays := drafter.main.get_by_role("button", name="blijft zo").all():
        drafter.go(stays[0])
    drafter.reads("Alles is beslist")


def open_fields(drafter: Visitor) -> list[Locator]:
    listed = drafter.page.locator("ol.sve-open")
    return listed.locator("input.sve-in:not([name$='~bron']), textarea").all()


def wanted(path: str) -> str:
    """What the region decided: days in reach of today, articles, names."""
    key = path.rpartition(".")[2]
    today = clock.today()
    days = {
        "published_on": 0,
        "opens": 0,
        "closes": 30,
        "earliest": 0,
        "latest": 300,
        "decision_by": 90,
    }
    if path.startswith("vote."):
        days |= {"opens": 40, "closes": 50}
    if key in days:
        return (today + timedelta(days=days[key])).isoformat()
    known = {
        "amount": "30.000",
        "year": "2027",
        "label": "Voorjaar 2027",
        "regulation": "Regeling KrachtvanSalland",
        "paragraph": "4.2",
        "articles": "artikel 4.2.1\nartikel 4.2.2",
        "deciding_body": "het college van gedeputeerde staten",
        "article": "artikel 4.2.3",
    }
    return known[key]


def look_round(drafter: Visitor) -> None:
    """The form as applicants see it, the letters, and what is different from 2023."""
    drafter.follow("Overzicht")
    drafter.follow("Het formulier zoals een aanvrager het ziet")
    drafter.reads("Hoe heet uw initiatief?", "Stap 1 van 5")
    drafter.page.go_back()
    drafter.follow("De brieven, met verzonnen gegevens")
    drafter.follow("Toekenning")
    drafter.reads("Buurtgroep De Verzonnen Tuin", "bezwaar")
    drafter.page.go_back()
    drafter.page.go_back()
    drafter.follow("Wat er verandert")
    drafter.reads("€\u00a030.000")


def change_a_rule(drafter: Visitor) -> None:
    """Wrong input is told at its field; a good one is a new version; undo takes it back."""
    drafter.follow("Waarvoor en hoeveel")
    amounts = drafter.main.get_by_role("region", name="Hoeveel kan iemand krijgen?")
    most = amounts.get_by_label("Maximum", exact=True).first
    most.fill("duizend")
    drafter.press("Opslaan")
    drafter.reads("Er is nog niets opgeslagen", "is geen bedrag")
    most.fill("1.250")
    drafter.press("Opslaan")
    drafter.reads("Opgeslagen als versie")
    drafter.press("Ga een versie terug")
    assert most.input_value() == "1.000"
    text = newest(Concept.objects.get(slug=NEW)).source
    assert "# KrachtvanSalland-cheque 2023: hand money" in text  # her comments are still there
    assert "[WIJHE23]" in text


def try_on_the_round(drafter: Visitor, call: Call) -> None:
    """The new text on the applications and votes of 2023."""
    drafter.follow("Overzicht")
    drafter.follow(f"Proberen op {call.title}")
    choice = drafter.main.get_by_label("Welke tekst wilt u proberen?")
    name = next(each for each in choice.locator("option").all_inner_texts() if "2027" in each)
    choice.select_option(name)
    drafter.press("Reken uit")
    drafter.reads("Initiatief 1")


def check_and_publish(colleague: Visitor) -> None:
    """Four eyes: a colleague who wrote nothing of it."""
    colleague.menu("Regelingen maken")
    colleague.follow(TITLE)
    colleague.follow("Laten nakijken")
    colleague.tick("Goed: deze tekst kan worden vastgesteld")
    colleague.press("Vastleggen")
    colleague.reads("nagekeken")
    colleague.follow("Vaststellen en bekendmaken")
    colleague.fill("Waar is hij bekendgemaakt?", "Provinciaal Blad 2026, nummer 4321")
    colleague.go(colleague.main.locator("form button[type=submit]").last)
    colleague.reads(TITLE)
    assert Concept.objects.get(slug=NEW).state == Concept.State.PUBLISHED


def open_the_call(colleague: Visitor) -> None:
    """A real one: nothing is unknown and nothing is assumed."""
    colleague.open("regeling:concepts")
    colleague.follow(re.compile(rf"Openstellen\s*: {TITLE}"))
    colleague.tick("Echt")
    colleague.press("Openstellen")
    assert Call.objects.get(revision__regulation__slug=NEW).kind == Call.Kind.REAL


def apply(resident: Visitor) -> None:
    """From the public page to the receipt."""
    resident.open("regeling:regulation", NEW)
    resident.reads(TITLE, "€\u00a030.000")
    resident.follow("Begin")
    resident.follow("Maak een account")
    resident.sign_up()
    resident.tick("Mijzelf")
    resident.press("Begin met de aanvraag")
    resident.heading("Uw idee")
    resident.fill("Hoe heet uw initiatief?", PLAN)
    resident.fill("Vertel in een paar zinnen", "Wij eten met het hele dorp aan één lange tafel.")
    resident.fill("Wat gaat u precies doen?", "Wij zetten tafels neer, koken samen en eten. " * 2)
    choose(resident, "Is het nieuw", "Ja")
    resident.fill("Wat is er nieuw aan?", "Nooit eerder deed het hele dorp mee.")
    resident.press("Opslaan en verder")
    resident.heading("Waar en wanneer")
    resident.tick("Raalte")
    resident.fill("In welk dorp", "Luttenberg")
    resident.fill("Wanneer begint u?", typed(60))
    resident.fill("Wanneer bent u klaar?", typed(70))
    resident.press("Opslaan en verder")
    resident.heading("Met wie en voor wie")
    resident.fill("Voor wie doet u het?", "Voor iedereen in Luttenberg.")
    resident.fill("Wie doen er mee", "De school, het koor en de bakker.")
    choose(resident, "Hebt u een vergunning nodig", "Nee")
    resident.press("Opslaan en verder")
    resident.heading("Wat kost het")
    resident.fill("Regel 1: waarvoor?", "Tafels")
    resident.fill(re.compile("Bedrag.*van regel 1"), "900")
    resident.fill("Hoeveel vraagt u aan?", "900")
    resident.fill("Op welk rekeningnummer", IBAN)
    resident.fill("Op welke naam", resident.name)
    resident.press("Opslaan en verder")
    resident.heading("Bijlagen")
    resident.press("Opslaan en controleren")
    resident.tick("Ik onderteken deze aanvraag")
    resident.press("Aanvraag indienen")
    resident.heading("Wij hebben uw aanvraag ontvangen")


def choose(resident: Visitor, question: str, answer: str) -> None:
    """Tick one of the answers under a question."""
    group = resident.main.get_by_role("group", name=re.compile(question))
    group.get_by_label(answer, exact=True).check()


def typed(days: int) -> str:
    """A day some days from now, as one types it."""
    day = clock.today() + timedelta(days=days)
    return f"{day.day}-{day.month}-{day.year}"
