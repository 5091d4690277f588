"""Decisions as legal acts, batches in which they are signed, letters as they were stored."""

from documents.models.batch import BatchItem, DecisionBatch
from documents.models.decision import Decision
from documents.models.document import Document, OrderedLetter

__all__ = ["BatchItem", "Decision", "DecisionBatch", "Document", "OrderedLetter"]
