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


class Login(StrEnum):
    """With what an applicant of a class signs in."""

    DIGID = "digid"
    EHERKENNING = "eherkenning"
    ANY = "any"


class TerritoryCounts(StrEnum):
    """What must lie in the territory: the activity, the seat of the applicant, or both."""

    ACTIVITY = "activity"
    SEAT = "seat"
    BOTH = "both"


class Period(StrEnum):
    CALL = "call"
    CALENDAR_YEAR = "calendar_year"
    EVER = "ever"


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
    THEME = "theme"


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
    THEME = "theme"
    OWN_HOURS = "own_hours"


class RouteStep(StrEnum):
    COACHING = "coaching"
    COMPLETENESS = "completeness"
    REVIEW = "review"
    PANEL = "panel"
    VOTE = "vote"
    RANKING = "ranking"


class CriterionKind(StrEnum):
    YES_NO = "yes_no"
    TEXT = "text"
    SCORE = "score"


class VoteKind(StrEnum):
    """What a voter does on a ballot."""

    CHOOSE_ONE = "choose_one"
    APPROVAL = "approval"
    POINTS = "points"
    RANKING = "ranking"
    KNAPSACK = "knapsack"
    SCORE = "score"
    HOUSEHOLD = "household"


class Power(StrEnum):
    """Whether the decision maker may depart from an outcome, with a reason (Awb 3:50)."""

    DECIDES = "decides"
    ADVISES = "advises"


class ElectorateKind(StrEnum):
    """People named one by one, holders of a profile in the region, or whoever got a code."""

    NAMED = "named"
    PROFILES = "profiles"
    CODE = "code"


class QuorumConsequence(StrEnum):
    """What happens when too few have voted."""

    NO_AWARD = "no_award"
    ADVICE_ONLY = "advice_only"
    COMMITTEE = "committee"


class PanelMethod(StrEnum):
    SCORES = "scores"
    CONSENSUS = "consensus"


class DistributionRule(StrEnum):
    """Who comes first, or gets what part (Awb 4:26)."""

    RECEIPT = "receipt"
    SCORE = "score"
    VOTES = "votes"
    EQUAL_SHARES = "equal_shares"
    PRO_RATA = "pro_rata"
    LOTTERY = "lottery"
    COMMITTEE = "committee"


class Leftover(StrEnum):
    """What becomes of money that a part of the ceiling has left."""

    NONE = "none"
    SKIP = "skip"
    STOP = "stop"


class Unfunded(StrEnum):
    """What becomes of an application that is good enough and for which no money is left."""

    REJECTED = "rejected"
    NEXT_ROUND = "next_round"


class Normalisation(StrEnum):
    """How votes and expert scores are made comparable before they are added."""

    HIGHEST = "highest"
    RANK = "rank"


class Add1(StrEnum):
    """When equal shares stop growing: nothing fits any more, or the next step would overspend."""

    EXHAUSTIVE = "exhaustive"
    UNTIL_OVERSPEND = "until_overspend"


class Completion(StrEnum):
    """How money that equal shares leave is used."""

    NONE = "none"
    UTILITARIAN = "utilitarian"


class LotSource(StrEnum):
    """Who draws: a notary, or anybody's computer from a number that is drawn in public later."""

    NOTARY = "notary"
    PUBLIC = "public"


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
    MORE_SUPPORTERS = "more_supporters"
    HIGHER_SCORE = "higher_score"
    CRITERION = "criterion"
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


class AccountAsk(StrEnum):
    """What an account afterwards consists of."""

    STORY = "story"
    PHOTOS = "photos"
    RECEIPTS = "receipts"
    PERFORMANCE = "performance"
    COSTS = "costs"
    AUDITOR = "auditor"


class TransitionalRule(StrEnum):
    """Which text governs an application that is in when a new revision comes into force."""

    RUNNING_KEEP = "running_keep"
    RUNNING_FOLLOW = "running_follow"


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
