"""Who judges, what they found, how people voted and how the money was divided."""

from assessment.models.ballots import BallotBox, BallotInbox, VoteBatch
from assessment.models.completeness import CompletenessItem, SupplementRequest
from assessment.models.meetings import (
    AgendaChange,
    AgendaItem,
    ItemInterest,
    ItemScore,
    Meeting,
    MeetingAttendance,
    MeetingPaper,
    MunicipalAnswer,
    MunicipalRequest,
)
from assessment.models.paper import DeskTally, PaperBatch, PaperEntry
from assessment.models.rankings import CountEntry, Departure, Lot, LotEntry, Ranking, RankingRow
from assessment.models.reviews import (
    Assignment,
    HearingRequest,
    InterestStatement,
    Review,
    ReviewAnswer,
)
from assessment.models.votes import (
    OptionWithdrawal,
    Panel,
    PanelMember,
    RoundExtension,
    VoteOption,
    VoteRight,
    VoteRound,
)

__all__ = [
    "AgendaChange",
    "AgendaItem",
    "Assignment",
    "BallotBox",
    "BallotInbox",
    "CompletenessItem",
    "CountEntry",
    "Departure",
    "DeskTally",
    "HearingRequest",
    "InterestStatement",
    "ItemInterest",
    "ItemScore",
    "Lot",
    "LotEntry",
    "Meeting",
    "MeetingAttendance",
    "MeetingPaper",
    "MunicipalAnswer",
    "MunicipalRequest",
    "OptionWithdrawal",
    "Panel",
    "PanelMember",
    "PaperBatch",
    "PaperEntry",
    "Ranking",
    "RankingRow",
    "Review",
    "ReviewAnswer",
    "RoundExtension",
    "SupplementRequest",
    "VoteBatch",
    "VoteOption",
    "VoteRight",
    "VoteRound",
]
