"""What is going to happen in an example round: written down before it is played, and kept.

A plan is a value: who asks what, when, and what goes otherwise than planned. It is stored with the
play, so that a play that was broken off goes on with the plan that it began with.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from timeline.canon import canonical

DOMAIN = "voorbeeld.example"


class Twist(StrEnum):
    """How an application fares otherwise than most."""

    NONE = ""
    COACHED = "coached"
    INCOMPLETE = "incomplete"  # something is asked and handed in
    UNSIGNED = "unsigned"  # a member signs only after submission
    UNANSWERED = "unanswered"  # something is asked and never comes
    LATE = "late"
    WITHDRAWN = "withdrawn"
    NEGATIVE = "negative"  # the review says no
    INTEREST = "interest"  # its first assessor has an interest in it


@dataclass(frozen=True)
class PlannedPerson:
    """An invented person with an address that does not exist."""

    name: str
    email: str
    street: str
    place: str
    municipality: str


@dataclass(frozen=True)
class PlannedApplication:
    """One application. ``organisations`` names the party where that is one; ``members`` act for it.

    ``appeal`` (1..100) is how well voters like it; moments are UTC. A story ends where it reaches
    the state ``stop`` (empty: it goes on to its end).
    """

    key: str
    applicant_class: str
    kind: str
    party: str
    members: tuple[PlannedPerson, ...]
    organisations: tuple[str, ...]
    iban: str
    answers: dict[str, Any]
    drafted_at: datetime
    submitted_at: datetime
    twist: Twist
    appeal: int
    stop: str = ""

    @property
    def lead(self) -> PlannedPerson:
        return self.members[0]


@dataclass(frozen=True)
class Plan:
    """A whole round: the call's days, and every application in order of submission.

    ``hears_at``: a round in the present asks for views only then.
    """

    regulation: str
    opens_at: datetime
    closes_at: datetime
    applications: tuple[PlannedApplication, ...]
    hears_at: datetime | None = None

    def as_text(self) -> str:
        return canonical(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Plan:
        return cls.from_plain(json.loads(text))

    @classmethod
    def from_plain(cls, body: dict[str, Any]) -> Plan:
        return cls(
            regulation=body["regulation"],
            opens_at=datetime.fromisoformat(body["opens_at"]),
            closes_at=datetime.fromisoformat(body["closes_at"]),
            applications=tuple(_application(row) for row in body["applications"]),
            hears_at=datetime.fromisoformat(body["hears_at"]) if body["hears_at"] else None,
        )


def address(name: str) -> str:
    """The e-mail address of an invented person; its domain can never exist."""
    return f"{name.lower().replace(' ', '.')}@{DOMAIN}"


def _application(row: dict[str, Any]) -> PlannedApplication:
    return PlannedApplication(
        **{
            **row,
            "members": tuple(PlannedPerson(**each) for each in row["members"]),
            "organisations": tuple(row["organisations"]),
            "drafted_at": datetime.fromisoformat(row["drafted_at"]),
            "submitted_at": datetime.fromisoformat(row["submitted_at"]),
            "twist": Twist(row["twist"]),
        }
    )
