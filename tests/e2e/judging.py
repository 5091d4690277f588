"""The second part: the check, the review, the vote of the panel, and the ranking."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from regeling.models import Call
from tests.e2e.applying import TITLE
from tests.e2e.stage import wait_until
from tests.e2e.visitor import Visitor
from timeline import clock


def check_and_review(assessor: Visitor) -> None:
    """No interest, everything is there, an argued judgement, and into the vote."""
    assessor.menu("Werkvoorraad")
    assessor.follow(TITLE)
    assessor.heading("Hebt u een belang?")
    assessor.tick("Nee, ik heb geen belang")
    assessor.press("Verder")
    assessor.press("Begin de controle")
    assessor.press("Alles is er en is genoeg")
    assessor.press("De aanvraag is volledig")
    assessor.heading("Beoordelen")
    assessor.fill(re.compile("^Durven"), "U durft het al.")
    assessor.fill(re.compile("^Doen"), "Bel morgen de bakker.")
    assessor.fill("Wat bieden wij aan?", "Een gesprek met de makelaar.")
    assessor.press("Rond de beoordeling af")  # without an argument that is not possible
    assessor.reads("Schrijf waarom u dat vindt.")
    assessor.main.get_by_role("group", name="Is het nieuw?").get_by_label("Ja").check()
    samen = assessor.main.get_by_role("group", name="Brengt het mensen bij elkaar?")
    samen.get_by_label("5", exact=True).check()
    for argument in assessor.main.get_by_label("Waarom vindt u dat?").all():
        argument.fill("Dat blijkt uit het plan.")
    assessor.tick("Positief")
    assessor.fill("Advies", "Een mooi plan.")
    assessor.press("Rond de beoordeling af")
    assessor.press("Laat toe tot de stemming")
    expect(assessor.page.get_by_text("De aanvraag mag naar de stemming.")).to_be_visible()


def prepare_vote(assessor: Visitor, voter: Visitor, call: Call) -> None:
    """A round of a week, with one voter who has only an e-mail address."""
    opens_at = clock.now() + timedelta(days=1)
    assessor.menu("Stemrondes")
    assessor.follow(call.title)
    assessor.fill("Opent op", _local(opens_at))
    assessor.fill("Sluit op", _local(opens_at + timedelta(days=7)))
    assessor.press("Zet klaar")
    assessor.follow("Vul de lijst van kiezers")
    assessor.fill("Naam", voter.name)
    assessor.fill("E-mailadres", voter.email)
    assessor.press(re.compile("^Voeg toe$"))
    assessor.reads(voter.email)
    assessor.follow("Terug naar de stemronde")
    assessor.follow("Controleren en openen")
    assessor.reads("Zo wordt gekozen", TITLE)
    assessor.press("Zet vast en open")
    assessor.reads("Vingerafdruk van de regels")
    wait_until(opens_at + timedelta(hours=1))


def vote(voter: Visitor, *titles: str) -> None:
    """The code from the mail, a ballot, a receipt; no session knows of it."""
    voter.address(voter.mailed(r"(/stemmen/\S*)"))
    voter.fill("Uw code", voter.mailed(r"^ +([A-Z0-9]{4}(?:[ -][A-Z0-9]+)+)$"))
    voter.press("Naar het stembiljet")
    for title in titles:
        voter.tick(title)
    voter.press("Controleer uw keuze")
    voter.reads(*titles)
    voter.press("Breng mijn stem uit")
    voter.reads("Dit is uw ontvangstbewijs.")
    assert "sessionid" not in {each.get("name") for each in voter.context.cookies()}


def count_and_rank(assessor: Visitor, closes_at: datetime) -> None:
    """After closing: the worker sealed the box; count and divide the money."""
    wait_until(closes_at + timedelta(hours=1))
    assessor.page.reload()
    assessor.press("Tel de stemmen")
    assessor.press("Rangschik")
    assessor.heading("Rangschikking")
    first = assessor.main.get_by_role("row").filter(has_text=TITLE)
    expect(first).to_contain_text("€\u00a02.500")


def count_again(second: Visitor, call: Call, place: Path) -> None:
    """Another official counts with the script on her own computer, and types in what it found."""
    second.menu("Stemrondes")
    second.follow(call.title)
    second.follow("Naar de tweede telling")
    script = second.takes(place, "link", "Haal het telprogramma verify_round.py op")
    box = second.takes(place, "button", "Haal de verzegelde stembus op")
    told = subprocess.run(
        [sys.executable, "-I", str(script), str(box)], capture_output=True, text=True, check=False
    )
    found = re.search(r"de verdeling is gemaakt.*?([0-9a-f]{64})", told.stdout)
    assert found, told.stdout + told.stderr
    second.fill("Uw vingerafdruk van de verdeling", found[1])
    second.press("Vergelijk de tellingen")
    expect(second.page.get_by_text("Beide tellingen zijn gelijk.")).to_be_visible()


def propose(assessor: Visitor) -> None:
    """The outcome is fixed: prepare every decision."""
    assessor.page.reload()
    assessor.press("Zet 3 besluiten klaar")
    expect(assessor.page.get_by_text("3 besluiten klaargezet.")).to_be_visible()


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(clock.AMSTERDAM):%Y-%m-%dT%H:%M}"
