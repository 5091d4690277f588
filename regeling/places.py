"""Which municipality is meant by the name of a village, a town or a municipality?

Pure, but for the data files of `municipalities/`, which are read once. A place that lies in two
municipalities gives both, so that the page can ask; a slip of the pen gives the nearest names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import yaml

from regeling.definition import Definition

FOLDER = Path(__file__).resolve().parent / "municipalities"
LONGEST = 80
MOST_NEAR = 3
# How much of two names must agree before one is guessed for the other (difflib's ratio).
ALIKE = 0.75


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A name and the municipality in which it lies; a municipality lies in itself."""

    name: str
    municipality: str

    @property
    def label(self) -> str:
        """As in "Luttenberg (Raalte)"; a municipality is named once."""
        if self.name == self.municipality:
            return self.name
        return f"{self.name} ({self.municipality})"


@dataclass(frozen=True, slots=True)
class Located:
    """What a text can mean. One place: found. More: which? None: perhaps one of `near`."""

    places: tuple[Place, ...] = ()
    near: tuple[Place, ...] = ()

    @property
    def place(self) -> Place | None:
        """The place that is meant, where there is no doubt."""
        return self.places[0] if len(self.places) == 1 else None


class Atlas:
    """Every name by which a municipality can be found."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_key: dict[str, set[Place]] = {}
        for place in places:
            self._by_key.setdefault(_key(place.name), set()).add(place)
            own = Place(place.municipality, place.municipality)
            self._by_key.setdefault(_key(own.name), set()).add(own)

    @property
    def municipalities(self) -> tuple[str, ...]:
        found = {place.municipality for places in self._by_key.values() for place in places}
        return tuple(sorted(found, key=_key))

    @property
    def labels(self) -> tuple[str, ...]:
        """Every name once, for the suggestions beside a field."""
        found = {place.name for places in self._by_key.values() for place in places}
        return tuple(sorted(found, key=_key))

    def find(self, text: str) -> Located:
        """Look up a name as somebody types it: "luttenberg", "Marienheem", "Haarle (Tubbergen)"."""
        name, _bracket, inside = text[:LONGEST].partition("(")
        places = self._by_key.get(_key(name), set())
        if inside:
            wanted = _key(inside)
            places = {place for place in places if _key(place.municipality) == wanted} or places
        if places:
            return Located(places=tuple(sorted(places)))
        return Located(near=self._near(_key(name)))

    def _near(self, key: str) -> tuple[Place, ...]:
        keys = get_close_matches(key, self._by_key, n=MOST_NEAR, cutoff=ALIKE) if key else []
        found = [place for each in keys for place in sorted(self._by_key[each])]
        return tuple(found[:MOST_NEAR])


def atlas_of(definitions: Iterable[Definition]) -> Atlas:
    """The places of the data files and those that the regulations themselves name."""
    return Atlas([*known(), *(place for each in definitions for place in _own(each))])


@cache
def known() -> tuple[Place, ...]:
    """The places of every data file."""
    found: list[Place] = []
    for file in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        found += _listed(content["municipalities"])
    return tuple(found)


def _listed(municipalities: Mapping[str, list[str]]) -> list[Place]:
    return [Place(name, where) for where, names in municipalities.items() for name in names]


def _own(definition: Definition) -> list[Place]:
    territory = definition.territory
    own = [Place(name, each.municipality) for each in territory.places for name in each.names]
    return own + [Place(name, name) for name in territory.all_municipalities]


def _key(name: str) -> str:
    """Letters and figures only, without capitals and accents: "'s-Heerenbroek" is sheerenbroek."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in plain if each.isalnum())
