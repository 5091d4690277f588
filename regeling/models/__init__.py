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
from regeling.models.evaluation import Evaluation, Finding
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
from regeling.models.testing import CallRemoval, KeptMail, LeftFile, Tester

__all__ = [
    "Call",
    "CallAmendment",
    "CallRemoval",
    "Ceiling",
    "CeilingChange",
    "ChangeReason",
    "Concept",
    "ConceptCheck",
    "ConceptRemark",
    "ConceptShare",
    "ConceptText",
    "Evaluation",
    "Finding",
    "KeptMail",
    "LeftFile",
    "Posting",
    "PostingLine",
    "Publication",
    "Regulation",
    "Revision",
    "RevisionWithdrawal",
    "Tester",
    "TransitionalRule",
]
