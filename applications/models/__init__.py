"""The application, what was sent in, its card, who signed, who is involved, its cash, its text."""

from applications.models.application import Application, NumberSeries
from applications.models.card import PublicCard, Support
from applications.models.cash import CashEntry
from applications.models.involved import Involvement, Remark, Signature
from applications.models.moved import RevisionMove
from applications.models.sent import Attachment, Snapshot, Suspension
from applications.models.timing import QuestionTime

__all__ = [
    "Application",
    "Attachment",
    "CashEntry",
    "Involvement",
    "NumberSeries",
    "PublicCard",
    "QuestionTime",
    "Remark",
    "RevisionMove",
    "Signature",
    "Snapshot",
    "Support",
    "Suspension",
]
