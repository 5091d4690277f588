"""A text in a real browser: readers on a telephone, colleagues, and an applicant who chooses."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.roles import Role
from regeling import delivered
from regeling.domain.amending import amend_call
from regeling.domain.concepts import save_concept
from regeling.domain.revisions import accept
from regeling.domain.sharing import answer_remark, remark, share_concept
from regeling.models import Concept
from tests.factories.applications import PersonFactory, as_actor, draft, open_example_call
from tests.factories.concepts import EVERY_KIND, concept, drafter
from tests.infra.axe import Inside, faultless
from timeline import clock
from timeline.actor import SYSTEM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

SHOTS = os.environ.get("SHOTS", "")
SOURCE = delivered.source("voorbeeld-buurtkracht")
CHANGED = EVERY_KIND.replace("maximum: 2000", "maximum: 1000", 1)


def look(page: Page, what: str) -> None:
    """Faultless at both widths; with SHOTS set its picture is kept at a phone's and a screen's."""
    faultless(page, what)
    for width in (390, 1280) if SHOTS else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(SHOTS) / f"{what}-{width}.png"), full_page=True)


def token_of(row: Concept, source: str = SOURCE) -> str:
    return share_concept(
        concept_id=row.pk,
        label="Dorpsraad Luttenberg",
        ends_at=clock.now() + timedelta(days=14),
        actor=as_actor(drafter(source)),
    )[1]


def test_a_reader_remarks_on_her_telephone_and_reads_the_answer(
    page: Page, live_server: LiveServer
) -> None:
    row = concept(SOURCE)
    token = token_of(row)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("regeling:read_along", args=[token]))
    box = page.get_by_text("Zeg iets over dit deel: Wie kan aanvragen?")
    box.click()
    part = page.locator("section", has=page.get_by_role("heading", name="Wie kan aanvragen?"))
    part.get_by_label("Uw opmerking").fill("Mogen jongeren ook meedoen?")
    part.get_by_label("Uw naam").fill("Jannie")
    part.get_by_role("button", name="Versturen").click()
    expect(page.get_by_text("Uw opmerking is bewaard")).to_be_visible()
    said = row.remarks.get()
    answer_remark(
        remark_id=said.pk, answer="Ja, vanaf zestien jaar.", actor=as_actor(drafter(SOURCE))
    )
    page.reload()
    expect(page.get_by_text("Ja, vanaf zestien jaar.")).to_be_visible()
    look(page, "meelezen")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_text("Zeg iets over dit deel: Waarvoor?").click()
    page.locator("details[open]").get_by_role("button", name="Versturen").click()
    expect(page.locator("details[open]").get_by_role("alert").first).to_be_visible()
    look(page, "meelezen-fout")


def test_colleagues_check_publish_and_look_back(live_server: LiveServer, inside: Inside) -> None:
    writer, colleague = drafter(), drafter()
    accept(source=EVERY_KIND, file="x", actor=SYSTEM)
    row = concept(by=writer)
    save_concept(concept_id=row.pk, source=CHANGED, seen=1, actor=as_actor(writer))
    remark(
        token=token_of(row, EVERY_KIND),
        path="money",
        name="Jo",
        text="Waarom minder?",
        actor=SYSTEM,
    )
    page = inside(colleague)
    for name in ("check", "history", "reasons", "readers", "publish"):
        page.goto(live_server.url + reverse(f"regeling:concept_{name}", args=[row.uid]))
        look(page, f"concept-{name}")
    page.goto(live_server.url + reverse("regeling:concept_history", args=[row.uid]) + "?toon=1")
    look(page, "concept-history-verschil")
    page.goto(live_server.url + reverse("regeling:concept_readers", args=[row.uid]))
    page.get_by_label("Uw antwoord").fill("Dan kunnen meer mensen iets krijgen.")
    page.get_by_role("button", name="Antwoord geven").click()
    page.goto(live_server.url + reverse("regeling:concept_check", args=[row.uid]))
    page.get_by_label("Goed: deze tekst kan worden vastgesteld").check()
    page.get_by_role("button", name="Vastleggen").click()
    page.goto(live_server.url + reverse("regeling:concept_publish", args=[row.uid]))
    page.get_by_label("Waar is hij bekendgemaakt?").fill("Gemeenteblad 2027, 3")
    page.get_by_role("button", name="Vaststellen en bekendmaken").click()
    expect(page.get_by_text(re.compile("Deze tekst geldt sinds"))).to_be_visible()
    look(page, "tekst")


def test_an_open_call_is_amended_and_a_regulation_withdrawn(
    live_server: LiveServer, inside: Inside
) -> None:
    call = open_example_call()
    accept(source=CHANGED.replace("amount: 10000", "amount: 8000"), file="x", actor=SYSTEM)
    page = inside(drafter(role=Role.ADMINISTRATOR))
    page.goto(live_server.url + reverse("regeling:amend", args=[call.slug]))
    look(page, "wijzigen")
    page.get_by_role("button", name="Laat deze tekst gelden").click()
    look(page, "gewijzigd")
    page.goto(live_server.url + reverse("regeling:withdraw", args=["every-kind"]))
    look(page, "intrekken")


def test_an_applicant_chooses_her_text(live_server: LiveServer, inside: Inside) -> None:
    call, person = open_example_call(), PersonFactory()
    application = draft(call, person=person)
    asked = EVERY_KIND.replace("code: deelnemers", "code: handen")
    newest = accept(source=asked, file="x", actor=SYSTEM)
    amend_call(call_id=call.pk, revision_id=newest.pk, actor=SYSTEM)
    page = inside(person)
    page.goto(live_server.url + reverse("applications:text", args=[application.uid]))
    look(page, "keuze")
    page.get_by_role("button", name="Neem de nieuwe tekst over").click()
    expect(page.get_by_text("Dit vroegen wij eerst, uw antwoord is bewaard")).to_be_visible()
    look(page, "bewaard")
    page.goto(live_server.url + reverse("portal:dossier", args=[application.uid]))
    look(page, "dossier")
