"""What the example rounds are made of: invented ideas, people, streets; real villages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Idea:
    """One idea. ``costs`` are (label, whole euros); ``permit`` is empty where none is needed."""

    title: str
    activity: str
    what: str
    plan: str
    who: str
    gain: str
    costs: tuple[tuple[str, int], ...]
    permit: str = ""

    def at(self, place: str) -> Idea:
        """The idea as it takes place somewhere."""
        texts = {
            name: getattr(self, name).replace("{plaats}", place)
            for name in ("title", "what", "plan", "who", "gain", "permit")
        }
        return replace(self, **texts)


@dataclass(frozen=True)
class Names:
    """Parts of invented names; ``organisations`` are (name, legal form)."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    groups: tuple[str, ...]
    organisations: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]


@cache
def ideas() -> tuple[Idea, ...]:
    """Every idea in the stock."""
    return tuple(
        Idea(**{**row, "costs": tuple(row["costs"].items())}) for row in _read("ideas.yaml")
    )


@cache
def names() -> Names:
    """Parts of names of people, groups, organisations and streets."""
    row = _read("names.yaml")
    return Names(
        first=tuple(row["first"]),
        last=tuple(row["last"]),
        groups=tuple(row["groups"]),
        organisations=tuple((each["name"], each["form"]) for each in row["organisations"]),
        streets=tuple(row["streets"]),
    )


@cache
def places() -> dict[str, tuple[str, ...]]:
    """Villages and neighbourhoods by municipality."""
    return {town: tuple(found) for town, found in _read("places.yaml").items()}


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
