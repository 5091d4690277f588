"""The application, what was sent in, who signed, who is involved, and its cash."""

from applications.models.application import Application, NumberSeries
from applications.models.cash import CashEntry
from applications.models.involved import Involvement, Remark, Signature
from applications.models.sent import Attachment, Snapshot, Suspension

__all__ = [
    "Application",
    "Attachment",
    "CashEntry",
    "Involvement",
    "NumberSeries",
    "Remark",
    "Signature",
    "Snapshot",
    "Suspension",
]
