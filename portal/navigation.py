"""The main menu: what somebody finds depends on the roles she holds anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

ANYBODY = "anybody"
SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class Entry:
    """A place in the menu: the name of its route, its words, and who sees it."""

    route: str
    label: str | Promise
    who: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """An entry as a page shows it."""

    url: str
    label: str
    current: bool


ENTRIES = (
    Entry("regeling:regulations", _("Regelingen"), (ANYBODY,)),
    Entry("portal:how", _("Zo werkt het"), (ANYBODY,)),
    Entry("portal:start", _("Wat moet ik doen?"), (SIGNED_IN,)),
    Entry("applications:mine", _("Mijn dossiers"), (SIGNED_IN,)),
    Entry("accounts:mine", _("Mijn gegevens"), (SIGNED_IN,)),
    Entry("portal:parties", _("Mijn organisatie"), (SIGNED_IN,)),
    Entry(
        "documents:decisions",
        _("Besluiten"),
        (Role.ASSESSOR, Role.DECISION_MAKER, Role.FINANCE, Role.AUDITOR),
    ),
    Entry("portal:grants", _("Rollen"), (Role.ADMINISTRATOR,)),
    Entry("portal:installation", _("Installatie"), (Role.ADMINISTRATOR,)),
)


# Where the work of a role lies; the start page shows these as cards.
PLACES: tuple[tuple[Entry, str | Promise], ...] = (
    (
        Entry("applications:coached", _("Meelezen"), (Role.BROKER,)),
        _("Concepten waarbij u meeleest. U zet opmerkingen bij een vraag."),
    ),
    (
        Entry("assessment:vote", _("Stemmen"), (Role.PANEL_MEMBER,)),
        _("Vul de code in die u kreeg. U hoeft daarvoor niet in te loggen."),
    ),
    (
        Entry("documents:decisions", _("Besluiten"), (Role.ASSESSOR, Role.DECISION_MAKER)),
        _("Stel een besluit op, teken het, of neem het terug voordat de brief gaat."),
    ),
    (
        Entry("regeling:calls", _("Openstellingen"), (Role.ADMINISTRATOR,)),
        _("Open een regeling met haar plafond en haar termijn."),
    ),
    (
        Entry("portal:grants", _("Rollen"), (Role.ADMINISTRATOR,)),
        _("Geef of neem een rol: wie mag wat, voor welke regeling en waar."),
    ),
    (
        Entry("portal:installation", _("Installatie"), (Role.ADMINISTRATOR,)),
        _("Kijk of brieven en berichten op tijd gaan, en wat er vastzit."),
    ),
)


@dataclass(frozen=True)
class Place:
    """A card on the start page."""

    url: str
    label: str
    text: str


def places(roles: Iterable[str]) -> list[Place]:
    """The places of work of somebody with these roles."""
    held = set(roles)
    shown = [(entry, text) for entry, text in PLACES if held.intersection(entry.who)]
    return [Place(reverse(entry.route), str(entry.label), str(text)) for entry, text in shown]


def menu(roles: Iterable[str], *, signed_in: bool, path: str) -> list[Item]:
    """The menu for one visitor with these roles; `path` is the address of the page shown."""
    allowed = {ANYBODY, *roles}
    if signed_in:
        allowed.add(SIGNED_IN)
    shown = [(reverse(entry.route), entry) for entry in ENTRIES if allowed.intersection(entry.who)]
    here = _nearest([url for url, _entry in shown], path)
    return [Item(url, str(entry.label), url == here) for url, entry in shown]


def _nearest(urls: list[str], path: str) -> str:
    """The longest address under which the page lies; the home page only for itself."""
    inside = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(inside, key=len, default="")
