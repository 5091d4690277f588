"""Rows of this room that stay as they were written."""

from __future__ import annotations

from timeline.triggers import Immutable

TRIGGERS: list[Immutable] = [
    Immutable("documents_document_kept", "documents_document"),
    Immutable("documents_orderedletter_kept", "documents_orderedletter"),
    Immutable(
        "documents_decision_frozen",
        "documents_decision",
        columns=(
            "application_id",
            "track",
            "kind",
            "amount_cents",
            "basis",
            "explanation",
            "drafted_by_id",
            "proposed_by_id",
            "signed_by_id",
            "signed_at",
            "mandate",
            "snapshot",
            "hash",
        ),
        when="OLD.state IN ('signed', 'announced', 'taken_back')",
    ),
    Immutable(
        "documents_decision_sent",
        "documents_decision",
        columns=("state", "sent_on", "objection_until"),
        when="OLD.state = 'announced'",
    ),
]
