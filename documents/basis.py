"""What the judging room brings along for a decision: plain values, stored as canonical text."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from documents.letters.facts import (
    Advice,
    Amount,
    Ceiling,
    Departure,
    Hearing,
    Missing,
    Place,
    Reason,
)
from documents.letters.plain import from_plain, to_plain
from timeline.canon import canonical


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Reasons and figures of one decision, as far as its kind has them.

    ``departure`` stands in the letter. ``attention`` holds sentences for the person who signs: that
    there is one, a lot, a reduced amount; they are shown on the page and not in the letter.
    """

    reasons: tuple[Reason, ...] = ()
    calculation: tuple[Amount, ...] = ()
    place: Place | None = None
    ceiling: Ceiling | None = None
    advice: Advice | None = None
    departure: Departure | None = None
    missing: tuple[Missing, ...] = ()
    asked_on: dt.date | None = None
    deliver_by: dt.date | None = None
    hearing: Hearing | None = None
    reported: tuple[str, ...] = ()
    reported_on: dt.date | None = None
    ground: Reason | None = None
    proportionality: str = ""
    alternatives: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()


def basis_text(basis: Basis) -> str:
    """The canonical text of a basis."""
    return canonical(to_plain(basis))


def basis_from(text: str) -> Basis:
    """The basis in a stored text."""
    return from_plain(Basis, json.loads(text))
