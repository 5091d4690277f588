"""Regulations and the life of their texts, calls, and the ledger of every ceiling."""

from regeling.models.calls import (
    Call,
    Ceiling,
    CeilingChange,
    Posting,
    PostingLine,
    Regulation,
    Revision,
)
from regeling.models.life import (
    CallAmendment,
    ChangeReason,
    Concept,
    ConceptCheck,
    ConceptRemark,
    ConceptShare,
    ConceptText,
    Publication,
    RevisionWithdrawal,
    TransitionalRule,
)

__all__ = [
    "Call",
    "CallAmendment",
    "Ceiling",
    "CeilingChange",
    "ChangeReason",
    "Concept",
    "ConceptCheck",
    "ConceptRemark",
    "ConceptShare",
    "ConceptText",
    "Posting",
    "PostingLine",
    "Publication",
    "Regulation",
    "Revision",
    "RevisionWithdrawal",
    "TransitionalRule",
]
