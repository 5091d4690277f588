"""Who judges, what they found, how people voted and how the money was divided."""

from assessment.models.ballots import BallotBox, BallotInbox, VoteBatch
from assessment.models.completeness import CompletenessItem, SupplementRequest
from assessment.models.rankings import Lot, LotEntry, Ranking, RankingRow
from assessment.models.reviews import (
    Assignment,
    HearingRequest,
    InterestStatement,
    Review,
    ReviewAnswer,
)
from assessment.models.votes import Panel, PanelMember, VoteOption, VoteRight, VoteRound

__all__ = [
    "Assignment",
    "BallotBox",
    "BallotInbox",
    "CompletenessItem",
    "HearingRequest",
    "InterestStatement",
    "Lot",
    "LotEntry",
    "Panel",
    "PanelMember",
    "Ranking",
    "RankingRow",
    "Review",
    "ReviewAnswer",
    "SupplementRequest",
    "VoteBatch",
    "VoteOption",
    "VoteRight",
    "VoteRound",
]
