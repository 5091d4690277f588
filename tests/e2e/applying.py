"""The first part: a group finds the regulation, asks, fills in, signs together and sends."""

from __future__ import annotations

from datetime import date, timedelta

from regeling.models import Call
from tests.e2e.stage import work
from tests.e2e.visitor import Visitor
from tests.factories.applications import IBAN
from timeline import clock

TITLE = "Lange tafel op het plein"
GROUP = "Samen op het plein"
AMOUNT = "2.500"


def find_out(lead: Visitor, call: Call) -> None:
    """From the public page through "Mag ik aanvragen?", without an account."""
    lead.open("portal:home")
    lead.menu("Regelingen")
    lead.follow(call.title)
    lead.reads("een groep van minstens twee inwoners")
    lead.follow("Mag ik aanvragen?")
    lead.tick("Een groep van minstens twee inwoners")
    lead.fill("Met hoeveel inwoners bent u?", "2")
    lead.main.get_by_label("In welke gemeente?").select_option("Voorbeeldstad")
    lead.fill("Hoeveel vraagt u aan?", "2500")
    lead.fill("Wanneer begint u?", begins().isoformat())
    lead.press("Kijk of het kan")
    lead.reads("Ja, zo kunt u aanvragen", "U bent nog niet begonnen, en dat is goed.")


def begin(lead: Visitor) -> str:
    """An account on the way, a new group, and the form; returns the uid of the application."""
    lead.follow("Begin uw aanvraag")
    lead.follow("Maak een account")
    lead.sign_up()
    lead.heading("Aanvraag beginnen")
    lead.reads("uit “Mag ik aanvragen?” vullen wij vast voor u in")
    lead.tick("Een nieuwe groep: een groep van minstens twee inwoners")
    lead.fill("Naam van de nieuwe groep", GROUP)
    lead.press("Begin met de aanvraag")
    lead.heading("Uw idee")
    lead.fill("Hoe heet uw initiatief?", TITLE)
    lead.fill("Wat gaat u doen?", "Wij eten met de hele buurt aan één tafel.")
    lead.press("Opslaan en verder")
    lead.heading("Geld en tijd")
    lead.fill("Op welk rekeningnummer", IBAN)
    lead.fill("Wanneer bent u klaar?", typed(ends()))
    lead.press("Opslaan en controleren")
    lead.reads("Wie tekenen er?")
    return lead.uid()


def take_part(lead: Visitor, member: Visitor, uid: str) -> None:
    """The second of the group comes in by the link in her mail, reads the whole and signs."""
    lead.follow("Nodig iemand uit")
    lead.fill("Naam", member.name)
    lead.fill("E-mailadres", member.email)
    lead.press("Uitnodiging versturen")
    lead.reads("Uitgenodigd")
    work()

    member.address(member.mailed(r"(/uitnodiging/\S+)"))
    member.reads(GROUP)
    member.follow("Account maken")
    member.sign_up()
    assert member.open("portal:dossier", uid).status == 404  # invited is not yet taking part
    member.address(member.mailed(r"(/uitnodiging/\S+)"))
    member.press("Ik doe mee")
    member.menu("Mijn dossiers")
    member.follow(TITLE)
    member.heading("Lezen en ondertekenen")
    member.reads(TITLE, "Wij eten met de hele buurt aan één tafel.", AMOUNT)
    member.tick("Ik onderteken. Ik heb de aanvraag gelezen")
    member.press("Bevestigen")
    member.page.get_by_text("U hebt ondertekend.").wait_for()


def send(lead: Visitor, uid: str) -> None:
    """The lead applicant signs and sends; she gets a receipt on the page and a letter."""
    lead.open("applications:summary", uid)
    lead.tick("Ik onderteken deze aanvraag")
    lead.press("Aanvraag indienen")
    lead.heading("Wij hebben uw aanvraag ontvangen")
    work()
    lead.follow("Naar uw dossier")
    lead.reads("Brieven", "Wij hebben uw aanvraag ontvangen")


def begins() -> date:
    """The day on which the tables go out."""
    return _opened_on() + timedelta(days=60)


def ends() -> date:
    """The day of the last meal."""
    return _opened_on() + timedelta(days=70)


def typed(day: date) -> str:
    """A day as one types it."""
    return f"{day.day}-{day.month}-{day.year}"


def _opened_on() -> date:
    return clock.day(Call.objects.get().opens_at)
