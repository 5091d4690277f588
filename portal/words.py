"""What the rooms' own events are called in the history of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.domain.queries.dossier import Happening

EVENTS: dict[str, str | Promise] = {
    "applications.text_followed": _("Valt nu onder een nieuwe tekst van de regeling"),
    "assessment.assigned": _("Toegewezen aan een beoordelaar"),
    "assessment.interest_stated": _("Verklaring over een eigen belang gegeven"),
    "assessment.review_submitted": _("Beoordeling gegeven"),
    "assessment.place_given": _("Plaats in de rij bepaald"),
    "assessment.municipality_asked": _("Vraag gesteld aan de gemeente"),
    "assessment.municipality_answered": _("Antwoord van de gemeente ontvangen"),
    "assessment.municipality_silent": _("Geen antwoord van de gemeente gekregen"),
    "assessment.panel_concluded": _("Behandeld in de vergadering van de commissie"),
    "assessment.hearing_answered": _("Zienswijze ontvangen"),
    "accountability.hearing_asked": _("Zienswijze gevraagd"),
    "accountability.hearing_answered": _("Zienswijze ontvangen"),
    "accountability.story_handed_in": _("Verhaal ontvangen"),
    "accountability.payment_made": _("Betaald"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history as the page shows it."""

    at: datetime
    sentence: str
    who: str


def told(history: Iterable[Happening]) -> list[Line]:
    """The history in words; an event that has no words here or in applications is left out."""
    return [
        Line(each.at, str(EVENTS.get(each.type, each.sentence)), each.who)
        for each in history
        if each.type in EVENTS or each.sentence != each.type
    ]
