"""The main menu: what somebody finds depends on the roles she holds anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import STAFF, Role

ANYBODY = "anybody"
SIGNED_IN = "signed_in"
APPLICANT = "applicant"  # signed in, without a role of staff: their menu stays short
VISITOR = "visitor"  # not signed in


@dataclass(frozen=True)
class Entry:
    """A place of the site: the name of its route, its words, who finds it, and what it is for."""

    route: str
    label: str | Promise
    who: tuple[str, ...]
    text: str | Promise = ""


@dataclass(frozen=True)
class Item:
    """An entry as a page shows it."""

    url: str
    label: str
    text: str
    current: bool = False


# A place with a text is also a card on the start page of whoever has that role.
ENTRIES = (
    Entry("portal:start", _("Wat moet ik doen?"), (SIGNED_IN,)),
    Entry("applications:mine", _("Mijn dossiers"), (APPLICANT,)),
    Entry("portal:parties", _("Mijn organisatie"), (APPLICANT,)),
    Entry(
        "assessment:worklist",
        _("Werkvoorraad"),
        (Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER),
        _("Wat er te controleren en te beoordelen is. Wat het eerst af moet, staat bovenaan."),
    ),
    Entry(
        "applications:coached",
        _("Meelezen"),
        (Role.BROKER,),
        _("Concepten waarbij u meeleest. U zet opmerkingen bij een vraag."),
    ),
    Entry(
        "assessment:meetings",
        _("Vergaderingen"),
        (Role.ASSESSOR, Role.PANEL_MEMBER, Role.AUDITOR, Role.DECISION_MAKER),
        _("Wanneer de commissie bijeenkomt, met de agenda, de stukken en het verslag."),
    ),
    Entry(
        "assessment:municipal",
        _("Vragen aan de gemeente"),
        (Role.MUNICIPAL_CONTACT,),
        _("Aanvragen in uw gemeente waarover wij iets van u willen weten."),
    ),
    Entry(
        "assessment:rounds",
        _("Stemrondes"),
        (Role.ASSESSOR, Role.AUDITOR, Role.DECISION_MAKER),
        _("Open een stemming, sluit haar en stel de rangorde vast."),
    ),
    Entry(
        "documents:decisions",
        _("Besluiten"),
        (Role.ASSESSOR, Role.DECISION_MAKER),
        _("Stel een besluit op, teken het, of neem het terug voordat de brief gaat."),
    ),
    Entry(
        "accountability:settlements",
        _("Verslagen"),
        (Role.ASSESSOR, Role.DECISION_MAKER),
        _("Lees wat er is gedaan en stel de subsidie vast."),
    ),
    Entry(
        "accountability:payments",
        _("Betalingen"),
        (Role.FINANCE, Role.AUDITOR),
        _("Boek wat er is betaald; een tweede persoon bevestigt."),
    ),
    Entry(
        "accountability:monitor",
        _("Monitor"),
        (Role.FINANCE, Role.AUDITOR),
        _("Aantallen en bedragen per gebied, op een dag die u kiest."),
    ),
    Entry(
        "regeling:concepts",
        _("Regelingen maken"),
        (Role.DRAFTER, Role.ADMINISTRATOR),
        _("Schrijf een regeling in gewone zinnen, probeer haar uit en laat haar vaststellen."),
    ),
    Entry(
        "regeling:calls",
        _("Openstellingen"),
        (Role.ADMINISTRATOR,),
        _("Open een regeling met haar plafond en haar termijn."),
    ),
    Entry(
        "accountability:evaluations",
        _("Evaluaties"),
        (Role.DRAFTER, Role.ADMINISTRATOR),
        _("Kijk terug op een regeling: cijfers, antwoorden van mensen, en wat er anders moet."),
    ),
    Entry(
        "assessment:trials",
        _("Proef en vooruitblik"),
        (Role.DRAFTER, Role.ADMINISTRATOR, Role.AUDITOR),
        _("Probeer een andere tekst op een eerdere ronde, of kijk vooruit wat een regeling doet."),
    ),
    Entry(
        "portal:grants",
        _("Rollen"),
        (Role.ADMINISTRATOR,),
        _("Geef of neem een rol: wie mag wat, voor welke regeling en waar."),
    ),
    Entry(
        "portal:installation",
        _("Installatie"),
        (Role.ADMINISTRATOR,),
        _("Kijk of brieven en berichten op tijd gaan, en wat er vastzit."),
    ),
    Entry("regeling:regulations", _("Regelingen"), (ANYBODY,)),
    Entry("assessment:public_rounds", _("Stemmingen"), (APPLICANT, VISITOR)),
    Entry("portal:how", _("Zo werkt het"), (APPLICANT, VISITOR)),
    Entry(
        "assessment:vote",
        _("Stemmen"),
        (Role.PANEL_MEMBER,),
        _("Vul de code in die u kreeg. U hoeft daarvoor niet in te loggen."),
    ),
)


def menu(roles: Iterable[str], *, signed_in: bool, path: str) -> list[Item]:
    """The menu for one visitor with these roles; `path` is the address of the page shown."""
    shown = [(reverse(entry.route), entry) for entry in _found(roles, signed_in=signed_in)]
    here = _nearest([url for url, _entry in shown], path)
    return [Item(url, str(entry.label), str(entry.text), url == here) for url, entry in shown]


def places(roles: Iterable[str]) -> list[Item]:
    """The places of work of somebody with these roles, for the start page."""
    found = [entry for entry in _found(roles, signed_in=True) if entry.text]
    return [Item(reverse(entry.route), str(entry.label), str(entry.text)) for entry in found]


def _found(roles: Iterable[str], *, signed_in: bool) -> list[Entry]:
    held = set(roles)
    allowed = {ANYBODY, *held}
    if not signed_in:
        allowed.add(VISITOR)
    elif held & STAFF:
        allowed.add(SIGNED_IN)
    else:
        allowed |= {SIGNED_IN, APPLICANT}
    return [entry for entry in ENTRIES if allowed.intersection(entry.who)]


def _nearest(urls: list[str], path: str) -> str:
    """The longest address under which the page lies; empty when it lies under none."""
    return max((url for url in urls if path.startswith(url)), key=len, default="")
