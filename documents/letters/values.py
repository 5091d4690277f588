"""Plain values that letters of every kind share: who writes to whom, about what, on which ground.

What no source gives is `None`; an empty string says that there is nothing to name. Money is in
cents, days are days in Europe/Amsterdam.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Known = str | None
LegalRegime = Literal["awb", "private_fund"]
Mark = Literal["", "voorbeeld", "test"]


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Who writes: letterhead, where an objection goes, which court; `portal` has the dossiers."""

    sender_name: str
    signing_body: Known
    postal_address: str
    visiting_address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    portal: str = ""
    objection_address: str = ""
    objection_url: str = ""
    court: Known = ""


@dataclass(frozen=True, kw_only=True)
class Addressee:
    name: str
    attention: str = ""
    street: str = ""
    postcode: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Contact:
    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """The application as the letter names it. `received_time` is wall time, "14:32"."""

    number: str
    title: str
    applicant: str
    received_on: dt.date | None = None
    received_time: str = ""
    asked_cents: int = 0
    activity: str = ""
    region: str = ""
    municipality: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One line of "welke regels": what it regulates, and where that is written."""

    subject: str
    source: Known


@dataclass(frozen=True, kw_only=True)
class Regulation:
    title: str
    call_title: str
    legal_regime: LegalRegime
    paragraph: Known = ""
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason, in a sentence; `details` are the facts that it rests on."""

    sentence: str
    article: Known = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A line with an amount. `part` says how it reads: a part, a sum of parts or the outcome."""

    label: str
    cents: int
    part: Literal["line", "sum", "outcome"] = "line"


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signed, in which function, on whose behalf."""

    name: str
    function: str = ""
    signed_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Days that follow from the sending date; filled in on that day, never before."""

    payment_weeks: int = 6
    objection_until: dt.date | None = None
    payment_by: dt.date | None = None
    repayment_by: dt.date | None = None
