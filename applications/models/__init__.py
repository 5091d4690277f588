"""The application, what was sent in, its public card, who signed, who is involved, and its cash."""

from applications.models.application import Application, NumberSeries
from applications.models.card import PublicCard, Support
from applications.models.cash import CashEntry
from applications.models.involved import Involvement, Remark, Signature
from applications.models.sent import Attachment, Snapshot, Suspension

__all__ = [
    "Application",
    "Attachment",
    "CashEntry",
    "Involvement",
    "NumberSeries",
    "PublicCard",
    "Remark",
    "Signature",
    "Snapshot",
    "Support",
    "Suspension",
]
