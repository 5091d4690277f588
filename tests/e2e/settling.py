"""The last part: the account of what was done, the settlement, the money and the figures."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import expect

from documents.models import Decision
from tests.e2e.applying import TITLE
from tests.e2e.stage import wait_until, work
from tests.e2e.visitor import Visitor
from timeline import clock


def pay(payer: Visitor, controller: Visitor, number: str, amount: str) -> None:
    """One of finance enters what the bank paid, the other confirms it."""
    payer.menu("Betalingen")
    row = payer.main.get_by_role("row", name=number).filter(has_text="Betaling invoeren")
    expect(row).to_contain_text(amount)
    payer.go(row.get_by_role("link", name="Betaling invoeren"))
    payer.press("Invoeren")
    payer.reads("Een collega bevestigt haar.")
    assert payer.main.get_by_role("button", name="Bevestigen").count() == 0
    controller.menu("Betalingen")
    controller.follow(number)
    controller.reads(amount, payer.name)
    controller.press("Bevestigen")
    controller.reads("Bevestigd door", controller.name)


def report(lead: Visitor, uid: str, begins: date, ends: date) -> None:
    """The tables went out; the morning after the last day the report is asked and handed in."""
    wait_until(clock.moment(begins, "09:00"))
    lead.open("portal:dossier", uid)
    lead.reads("Begin aan uw verslag")
    wait_until(clock.moment(ends + timedelta(days=1), "10:00"))
    lead.address(lead.mailed(r"U schrijft het verslag hier:\s+https?://[^/]+(/\S+)"))
    lead.follow("Schrijf uw verslag")
    lead.fill("Wat hebt u gedaan?", "Wij aten met tachtig buren aan één lange tafel.")
    lead.fill("Hoeveel mensen deden mee?", "80")
    lead.fill("Hoeveel uur hielpen vrijwilligers?", "120")
    lead.fill("Wat hebt u geleerd?", "Begin op tijd met vragen.")
    lead.fill("Wat heeft het gekost", "2.600")
    lead.press("Verslag insturen")
    work()


def settle(assessor: Visitor, signer: Visitor) -> Decision:
    """The assessor proposes to settle as awarded, and the decision maker signs."""
    assessor.menu("Verslagen")
    assessor.go(assessor.main.get_by_role("row").filter(has_text=TITLE).get_by_role("link"))
    assessor.reads("tachtig buren")
    assessor.press(re.compile("^Vaststellen op .*2.500"))
    decision = Decision.objects.get(kind=Decision.Kind.SETTLEMENT)
    signer.menu("Besluiten")
    signer.go(signer.main.get_by_role("row").filter(has_text=TITLE).get_by_role("link").first)
    signer.press("Ondertekenen")
    decision.refresh_from_db()
    assert decision.announce_at is not None
    wait_until(decision.announce_at)
    return decision


def read_monitor(payer: Visitor) -> None:
    """Two awards of three applications, one of them settled and paid."""
    payer.menu("Monitor")
    payer.reads("Dorpsfonds Voorbeeldstad")
    table = payer.main.get_by_role("table", name="Aantallen en bedragen")
    total = table.get_by_role("row").filter(has_text="Totaal")
    for words in ("€\u00a06.500", "3 dossiers", "€\u00a04.500", "2 dossiers", "€\u00a02.500"):
        expect(total).to_contain_text(words)
