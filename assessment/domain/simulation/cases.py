"""What a simulation starts from: the applications of a round as plain values, and its count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from assessment.domain.scoring import Scores
from assessment.domain.tally import Counted
from regeling.definition import UnknownValueError
from regeling.definition.expression import Value
from regeling.definition.labels import path_words

ALL = "*"
"""The criterion under which points stand of which only the sum is known."""


class Standing(StrEnum):
    """What became of an application before any money was divided; another text leaves it so."""

    IN = "in"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    INCOMPLETE = "incomplete"
    NEGATIVE = "negative"  # the people who judged it found against it
    UNJUDGED = "unjudged"  # nobody came to judge it


class OverMaximum(StrEnum):
    """What somebody does who asked more than another maximum allows."""

    LOWERED = "lowered"  # she would have asked the maximum
    REFUSED = "refused"  # she asks what she asked, and is refused


class CannotSimulate(ValueError):
    """The text or the round lacks what the run needs; the message is a Dutch sentence."""


ONE_CHOICE = "Gelijke delen past niet bij een stemming waarin iedereen één initiatief kiest."


def unknown_words(unknown: UnknownValueError) -> str:
    """What a run misses, in a sentence."""
    return f"Dit staat nog op onbekend en is nodig: {path_words(unknown.path)}."


@dataclass(frozen=True, slots=True)
class Case:
    """One application.

    ``uid`` is its key in counts and lots, ``number`` the dossier number. ``answers`` and ``facts``
    are those of ``regeling.eligibility.check``; ``complete_at`` is ISO text in UTC, empty when it
    was never complete; ``marks`` what each expert gave to each criterion (``ALL`` where only their
    sum is known), empty where nobody did; ``turn`` sorts where a committee made the order; of one
    ``group`` at most one gets money; ``fixed`` are cents that the decision maker set, departing
    from the outcome. ``excused`` are rules of the round's own text that did not hold and in spite
    of which people let it in: what they accepted then counts as accepted.
    """

    uid: str
    title: str
    answers: Mapping[str, Any]
    facts: Mapping[str, Value | None]
    number: str = ""
    complete_at: str = ""
    standing: Standing = Standing.IN
    marks: Scores = field(default_factory=dict)
    turn: str = ""
    group: str = ""
    fixed: int | None = None
    excused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Poll:
    """What was counted: sums per option (``Case.uid``), never who chose what.

    ``vote`` says what voters did on a ballot, ``panels`` (name, numerator, denominator) how their
    ballots weigh, ``rights`` how many rights each panel gave. ``counted.profile`` holds the ballots
    themselves, equal ones together, where they are there.
    """

    counted: Counted
    vote: Mapping[str, Any]
    panels: tuple[tuple[str, int, int], ...] = (("", 1, 1),)
    rights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stock:
    """A round as it came in. ``ceilings`` (cents by name) and ``lot`` are what it really had;
    ``lowered`` says of a ceiling that was lowered meanwhile what it held for each case."""

    cases: tuple[Case, ...]
    poll: Poll | None = None
    ceilings: Mapping[str, int] = field(default_factory=dict)
    lowered: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    lot: tuple[str, ...] = ()
