"""The facts a transition rests on: frozen, typed, handed down by the room that owns the act."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

DecisionKind = Literal[
    "award", "direct_settlement", "rejection", "not_processed", "settlement", "lower_settlement"
]


@dataclass(frozen=True, slots=True)
class Fact:
    """What an event keeps of the ground for a transition: codes, cents, dates, uids."""

    def as_facts(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Sent(Fact):
    """A submission or supplement: the hash of its snapshot, and what it asks."""

    snapshot: str
    hash: str
    asked_cents: int
    region: str
    municipality: str
    activity: str
    applicant_class: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Missing(Fact):
    """What a supplement is asked for: codes of items, and until which day (4:5)."""

    items: tuple[str, ...]
    due_on: date
    request: str


@dataclass(frozen=True, slots=True)
class Completeness(Fact):
    """The application is complete since ``complete_at``; ``place`` where order counts."""

    complete_at: datetime
    place: int | None


@dataclass(frozen=True, slots=True)
class Advice(Fact):
    """The conclusion of the reviews, by their uids, or of the panel: the uid of its agenda item."""

    positive: bool
    reviews: tuple[str, ...]
    panel: str = ""


@dataclass(frozen=True, slots=True)
class VoteOpened(Fact):
    """The vote round in which the application is an option."""

    vote_round: str


@dataclass(frozen=True, slots=True)
class Outcome(Fact):
    """What a ranking gives an application: cents, position and reason code."""

    ranking: str
    position: int
    result: Literal["award", "partial", "reserve", "reject"]
    cents: int
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal(Fact):
    """A decision was drafted: its uid and kind, and for kinds that need one, the hearing."""

    decision: str
    kind: DecisionKind


@dataclass(frozen=True, slots=True)
class SignedDecision(Fact):
    """A decision that was signed and is announced now (3:41): what the letter says."""

    decision: str
    kind: DecisionKind
    asked_cents: int
    cents: int
    partial: bool
    tier: str
    document: str
    sent_on: date
    signed_by: str


@dataclass(frozen=True, slots=True)
class ReportDue(Fact):
    """The account is asked for, at the latest on ``due_on``."""

    due_on: date


@dataclass(frozen=True, slots=True)
class AcceptedReport(Fact):
    """A report was handed in: uid and hash of its content."""

    report: str
    hash: str


@dataclass(frozen=True, slots=True)
class Hearing(Fact):
    """The applicant is asked for her view before a decision (4:7, 4:12), until ``due_on``."""

    hearing: str
    due_on: date
