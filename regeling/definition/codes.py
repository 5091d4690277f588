"""The closed lists of words that a definition may use.

Every member's value is the word that stands in the YAML file and in the canonical text.
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Final, Literal


class Unknown(Enum):
    """The type of `UNKNOWN`: no source gives the value, and it may not be invented."""

    UNKNOWN = "unknown"

    def __bool__(self) -> Literal[False]:
        return False


UNKNOWN: Final = Unknown.UNKNOWN


class LegalRegime(StrEnum):
    """Whether decisions fall under the Awb (objection clause) or are a private fund's."""

    AWB = "awb"
    PRIVATE_FUND = "private_fund"


class PartyKind(StrEnum):
    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"


class MemberKind(StrEnum):
    """What the members of a group must be."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ANY = "any"


class Period(StrEnum):
    CALL = "call"
    CALENDAR_YEAR = "calendar_year"


class Rounding(StrEnum):
    """How a computed amount becomes the amount that is paid."""

    CENT = "cent"
    EURO_DOWN = "euro_down"
    EURO_UP = "euro_up"
    EURO_NEAREST = "euro_nearest"


class Vat(StrEnum):
    """Whether VAT counts as cost."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    EXCLUDED_IF_RECLAIMABLE = "excluded_if_reclaimable"


class CeilingScope(StrEnum):
    TOTAL = "total"
    REGION = "region"
    ACTIVITY = "activity"
    TIER = "tier"


class WindowKind(StrEnum):
    FIXED = "fixed"
    CONTINUOUS = "continuous"


class Closing(StrEnum):
    """Whether the last day counts: "vóór 19 april" and "tot en met 19 april" are a day apart."""

    BEFORE = "before"
    UP_TO_AND_INCLUDING = "up_to_and_including"


class QuestionKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    CHOICE = "choice"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    MUNICIPALITY = "municipality"
    PLACE = "place"
    BUDGET = "budget"
    FILE = "file"
    IBAN = "iban"


class Column(StrEnum):
    """Standard columns of an application that a question may fill."""

    TITLE = "title"
    SUMMARY = "summary"
    AMOUNT_ASKED = "amount_asked"
    ACTIVITY = "activity"
    MUNICIPALITY = "municipality"
    REGION = "region"
    PLACE = "place"
    START_DATE = "start_date"
    END_DATE = "end_date"
    BUDGET = "budget"
    IBAN = "iban"


class RouteStep(StrEnum):
    COACHING = "coaching"
    COMPLETENESS = "completeness"
    REVIEW = "review"
    VOTE = "vote"
    RANKING = "ranking"


class CriterionKind(StrEnum):
    YES_NO = "yes_no"
    TEXT = "text"
    SCORE = "score"


class VoteKind(StrEnum):
    APPROVAL = "approval"


class DistributionRule(StrEnum):
    """Who comes first (Awb 4:26): who was complete first, or who got most votes."""

    RECEIPT = "receipt"
    VOTES = "votes"


class Grain(StrEnum):
    """How finely the moment of completeness is compared."""

    MOMENT = "moment"
    DAY = "day"


class OnMisfit(StrEnum):
    """What happens when the next application does not fit in what is left (Awb 4:25)."""

    SKIP = "skip"
    STOP = "stop"
    PARTIAL = "partial"


class TieBreak(StrEnum):
    MORE_VOTES = "more_votes"
    EARLIER_COMPLETE = "earlier_complete"
    LOWER_AMOUNT = "lower_amount"
    LOT = "lot"


class TermStart(StrEnum):
    """The day from which the decision term runs."""

    RECEIPT = "receipt"
    WINDOW_CLOSE = "window_close"


class DueAnchor(StrEnum):
    """The day from which an obligation's due date is counted."""

    DECISION = "decision"
    START = "start"
    END = "end"


class TierKind(StrEnum):
    """`direct` settles at the award; `report` asks for an account afterwards."""

    DIRECT = "direct"
    REPORT = "report"


class Release(StrEnum):
    """Whether released money becomes free again within the ceiling, or lapses."""

    RETURNS = "returns"
    LAPSES = "lapses"


class LetterKind(StrEnum):
    RECEIPT = "receipt"
    SUPPLEMENT_REQUEST = "supplement_request"
    NOT_PROCESSED = "not_processed"
    AWARD = "award"
    DIRECT_SETTLEMENT = "direct_settlement"
    REJECTION = "rejection"
    INTENT_NOTICE = "intent_notice"
    SETTLEMENT = "settlement"
    LOWER_SETTLEMENT = "lower_settlement"
    WITHDRAWAL = "withdrawal"
