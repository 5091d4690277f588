"""The third part: the decisions offered, signed in one batch, and announced."""

from __future__ import annotations

import re

from applications.models import Application
from documents.models import Decision, DecisionBatch
from regeling.models import Call
from tests.e2e.stage import wait_until, work
from tests.e2e.visitor import Visitor

OPEN_PDF = re.compile("pdf")


def offer(assessor: Visitor, call: Call) -> None:
    """The assessor reads each draft, offers it, and puts the proposals in one batch."""
    for row in Decision.objects.filter(state=Decision.State.DRAFT).order_by("pk"):
        assessor.menu("Besluiten")
        line = assessor.main.get_by_role("row").filter(has_text=row.application.title)
        assessor.go(line.get_by_role("link").first)
        assessor.press("Voorstellen ter ondertekening")
    assessor.menu("Besluiten")
    assessor.follow(f"Maak een stapel voor {call.title}")
    assessor.press("Maak de stapel")
    assessor.reads("Past het onder het plafond?")


def sign(signer: Visitor, title: str) -> DecisionBatch:
    """The decision maker looks at the whole and signs; the letters go at their moment."""
    signer.menu("Besluiten")
    signer.follow(title)
    signer.reads("Past het onder het plafond?", "U ondertekent 3 besluiten.")
    signer.press("Alles ondertekenen")
    work()
    signer.page.reload()
    signer.reads("Ondertekend")
    return DecisionBatch.objects.get()


def announce(batch: DecisionBatch) -> None:
    """The moment comes, and the worker sends every letter."""
    batch.refresh_from_db()
    assert batch.announce_at is not None
    wait_until(batch.announce_at)


def read_letter(visitor: Visitor, uid: str, subject: str) -> None:
    """The letter stands with the dossier, on a page and as a PDF."""
    visitor.open("portal:dossier", uid)
    line = visitor.main.get_by_role("listitem").filter(has_text=subject).filter(has_text="pdf")
    address = line.get_by_role("link", name=OPEN_PDF).first.get_attribute("href")
    assert address
    answer = visitor.page.request.get(visitor.page.url.partition("/dossiers")[0] + address)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    visitor.go(line.get_by_role("link", name=subject).first)
    visitor.reads(Application.objects.get(uid=uid).number or "?")
