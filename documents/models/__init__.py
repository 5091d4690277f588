"""Decisions as legal acts, the batches in which they are signed, and the letters that were stored."""

from documents.models.batch import BatchItem, DecisionBatch
from documents.models.decision import Decision
from documents.models.document import Document

__all__ = ["BatchItem", "Decision", "DecisionBatch", "Document"]
