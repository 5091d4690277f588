"""The main menu: what somebody finds depends on the roles she holds anywhere."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.domain.grants import roles_of
from accounts.models import Person
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
    Entry("portal:home", _("Regelingen"), (ANYBODY,)),
    Entry("portal:how", _("Zo werkt het"), (ANYBODY,)),
)


def menu(person: Person | None, *, path: str) -> list[Item]:
    """The menu for one visitor; `path` is the address of the page that is shown. One query."""
    allowed = {ANYBODY}
    if person is not None:
        allowed |= {SIGNED_IN, *roles_of(person.pk)}
    shown = [(reverse(entry.route), entry) for entry in ENTRIES if allowed.intersection(entry.who)]
    here = _nearest([url for url, _entry in shown], path)
    return [Item(url, str(entry.label), url == here) for url, entry in shown]


def _nearest(urls: list[str], path: str) -> str:
    """The longest address under which the page lies; the home page only for itself."""
    inside = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(inside, key=len, default="")
