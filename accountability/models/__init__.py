"""What became of the money: reports, hearings, settlements, payments, and days that were closed."""

from accountability.models.closing import DayClosing
from accountability.models.payment import Payment
from accountability.models.questionnaire import (
    EvaluationInvitation,
    EvaluationQuestion,
    EvaluationSheet,
    Group,
)
from accountability.models.report import Photo, Report
from accountability.models.settlement import Hearing, SettlementProposal

__all__ = [
    "DayClosing",
    "EvaluationInvitation",
    "EvaluationQuestion",
    "EvaluationSheet",
    "Group",
    "Hearing",
    "Payment",
    "Photo",
    "Report",
    "SettlementProposal",
]
