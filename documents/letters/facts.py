"""The facts of one letter: plain, frozen values, complete enough to write it again years later.

An article, paragraph number or body that no source gives is `None`: a letter of an example
prints "niet bekend (voorbeeld)", a real letter is refused. An empty string says that there
is nothing to name. Money is in cents, days are days in Europe/Amsterdam.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, TypeVar

from documents.letters.plain import from_plain, to_plain
from documents.letters.values import (
    Addressee,
    Amount,
    Authority,
    Contact,
    Dossier,
    Known,
    Mark,
    Reason,
    Regulation,
    Signature,
    Terms,
)

A = TypeVar("A")


class LetterKind(StrEnum):
    RECEIPT_CONFIRMATION = "receipt_confirmation"
    APPLICATION_COPY = "application_copy"
    REPAIR_REQUEST = "repair_request"
    NOT_PROCESSED = "not_processed"
    AWARD = "award"
    DIRECT_SETTLEMENT = "direct_settlement"
    REJECTION = "rejection"
    INTENT_NOTICE = "intent_notice"
    SETTLEMENT = "settlement"
    LOWER_SETTLEMENT = "lower_settlement"
    WITHDRAWAL_CONFIRMATION = "withdrawal_confirmation"


DECISION_KINDS = frozenset(
    {
        LetterKind.NOT_PROCESSED,
        LetterKind.AWARD,
        LetterKind.DIRECT_SETTLEMENT,
        LetterKind.REJECTION,
        LetterKind.SETTLEMENT,
        LetterKind.LOWER_SETTLEMENT,
    }
)


@dataclass(frozen=True, kw_only=True)
class Step:
    title: str
    text: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Missing:
    what: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`provisional_place` only where order of receipt counts; `late_by` only when late."""

    received: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    decide_by: dt.date | None = None
    distribution: str = ""
    provisional_place: int | None = None
    late_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Repair:
    """The clock stands still from the day after `clock_stops_on`, the day of the request (4:15)."""

    missing: tuple[Missing, ...]
    deliver_by: dt.date
    clock_stops_on: dt.date | None = None
    complete_day_counts: bool = False
    window_closes_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class NotProcessed:
    missing: tuple[Missing, ...]
    asked_on: dt.date
    deliver_by: dt.date
    article: Known = "artikel 4:5, eerste lid, van de Awb"
    window_closes_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the application ended. `votes` is None where nobody voted."""

    rank: int | None = None
    of: int | None = None
    votes: int | None = None
    lowest_funded_votes: int | None = None


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    label: str
    ceiling_cents: int
    awarded_before_cents: int


@dataclass(frozen=True, kw_only=True)
class Advice:
    """`by` is the body or person that advised; `members` are named (ABRvS 3 November 2021)."""

    by: Known
    text: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Departure:
    """Why the one who decides departs from vote or advice (3:50). ``source`` is what she departs
    from ("de stemming"); ``advised_cents`` is None where that named no amount."""

    source: str
    reason: str
    advised_cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """`due_on` is the last day; before sending it may be known as a span after sending only."""

    text: str
    article: Known = ""
    due_on: dt.date | None = None
    months_after_sending: int = 0
    days_after_sending: int = 0


@dataclass(frozen=True, kw_only=True)
class Payment:
    """`cents` is paid now; an award without an advance pays nothing yet."""

    cents: int
    iban_last4: str = ""
    is_advance: bool = False


@dataclass(frozen=True, kw_only=True)
class Accountability:
    """What the recipient shows afterwards (domain: arrangement)."""

    tier: Literal["direct", "report"]
    report_by: dt.date | None = None
    report_contents: tuple[str, ...] = ()
    spot_check_until: dt.date | None = None
    keep_until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Award:
    """Award or direct settlement; the kind of the letter says which."""

    amount_cents: int
    calculation: tuple[Amount, ...] = ()
    differences: tuple[Reason, ...] = ()
    place: Place | None = None
    ceiling: Ceiling | None = None
    advice: Advice | None = None
    departure: Departure | None = None
    activities: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    obligations: tuple[Obligation, ...] = ()
    payment: Payment | None = None
    accountability: Accountability | None = None
    state_aid: str = ""
    published: bool = False
    costs: tuple[Amount, ...] = ()
    funding: tuple[Amount, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """What was asked, and what the applicant answered; `reply` is ours to that answer."""

    asked_on: dt.date
    answered_on: dt.date | None = None
    answer: str = ""
    reply: str = ""


@dataclass(frozen=True, kw_only=True)
class Rejection:
    reasons: tuple[Reason, ...]
    place: Place | None = None
    ceiling: Ceiling | None = None
    advice: Advice | None = None
    departure: Departure | None = None
    hearing: Hearing | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Intent:
    """A notice of intent; `intended` says what we are about to decide."""

    intended: Literal["rejection", "lower_settlement"]
    reasons: tuple[Reason, ...]
    respond_by: dt.date
    intended_cents: int | None = None
    awarded_cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """Settlement, as awarded or lower; the kind of the letter says which."""

    awarded_cents: int
    settled_cents: int
    paid_cents: int = 0
    awarded_on: dt.date | None = None
    reported_on: dt.date | None = None
    reported: tuple[str, ...] = ()
    calculation: tuple[Amount, ...] = ()
    ground: Reason | None = None
    reasons: tuple[Reason, ...] = ()
    proportionality: str = ""
    hearing: Hearing | None = None
    iban_last4: str = ""


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    withdrawn_on: dt.date
    window_closes_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """What the regulation or the person who decides adds in words of her own."""

    text: str
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Part:
    title: str
    answers: tuple[Answer, ...] = ()
    costs: tuple[Amount, ...] = ()
    funding: tuple[Amount, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AttachedFile:
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Copy:
    parts: tuple[Part, ...]
    files: tuple[AttachedFile, ...] = ()
    signed_by: tuple[str, ...] = ()
    snapshot_hash: str = ""


About = (
    Receipt | Copy | Repair | NotProcessed | Award | Rejection | Intent | Settlement | Withdrawal
)

ABOUT: dict[LetterKind, type] = {
    LetterKind.RECEIPT_CONFIRMATION: Receipt,
    LetterKind.APPLICATION_COPY: Copy,
    LetterKind.REPAIR_REQUEST: Repair,
    LetterKind.NOT_PROCESSED: NotProcessed,
    LetterKind.AWARD: Award,
    LetterKind.DIRECT_SETTLEMENT: Award,
    LetterKind.REJECTION: Rejection,
    LetterKind.INTENT_NOTICE: Intent,
    LetterKind.SETTLEMENT: Settlement,
    LetterKind.LOWER_SETTLEMENT: Settlement,
    LetterKind.WITHDRAWAL_CONFIRMATION: Withdrawal,
}


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """Everything that one letter says. `sent_on` is None as long as nobody sent it."""

    kind: LetterKind
    authority: Authority
    addressee: Addressee
    dossier: Dossier
    regulation: Regulation
    about: About
    contact: Contact | None = None
    broker: Contact | None = None
    mark: Mark = ""
    preview: bool = False
    sent_on: dt.date | None = None
    terms: Terms = field(default_factory=Terms)
    signature: Signature | None = None
    own_words: tuple[OwnWords, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.about, ABOUT[self.kind]):
            raise TypeError(f"a letter {self.kind} is about {ABOUT[self.kind].__name__}")

    def read(self, kind: type[A]) -> A:
        """What the letter is about, as `kind`. Raises TypeError for another kind."""
        if not isinstance(self.about, kind):
            raise TypeError(f"these are no facts of a {kind.__name__}")
        return self.about

    @property
    def example(self) -> bool:
        """Whether a name that nobody knows may be printed as unknown."""
        return bool(self.mark) or self.preview

    @property
    def is_decision(self) -> bool:
        return self.kind in DECISION_KINDS

    @property
    def awb(self) -> bool:
        return self.regulation.legal_regime == "awb"


def facts_to_plain(facts: LetterFacts) -> dict[str, Any]:
    """What goes into the frozen snapshot and into the file attached to the letter."""
    return {"format": 1, **to_plain(facts)}


def facts_from_plain(value: dict[str, Any]) -> LetterFacts:
    """The facts from a snapshot. Raises ValueError for a format that this version cannot read."""
    fields = dict(value)
    if fields.pop("format") != 1:
        raise ValueError("these facts have a format that this version cannot read")
    about: About = from_plain(ABOUT[LetterKind(fields["kind"])], fields["about"])
    return from_plain(LetterFacts, {**fields, "about": about})
