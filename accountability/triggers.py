"""Rows of this room that stay as they were written."""

from __future__ import annotations

from timeline.triggers import Immutable

TRIGGERS: list[Immutable] = [
    Immutable(
        "accountability_report_kept",
        "accountability_report",
        when="OLD.handed_in_at IS NOT NULL",
    ),
    Immutable(
        "accountability_photo_kept",
        "accountability_photo",
        when="OLD.sealed_at IS NOT NULL",
    ),
    Immutable(
        "accountability_hearing_asked",
        "accountability_hearing",
        columns=(
            "application_id",
            "ground",
            "intent",
            "intended_cents",
            "asked_by_id",
            "asked_on",
            "due_on",
        ),
    ),
    Immutable(
        "accountability_hearing_answered",
        "accountability_hearing",
        columns=("response", "responded_at", "responded_by_id", "salt", "hash"),
        when="OLD.responded_at IS NOT NULL",
    ),
    Immutable("accountability_proposal_kept", "accountability_settlementproposal"),
    Immutable(
        "accountability_payment_entered",
        "accountability_payment",
        columns=("application_id", "cents", "day", "reference", "entered_by_id", "entered_at"),
    ),
    Immutable(
        "accountability_payment_decided",
        "accountability_payment",
        when="OLD.decided_at IS NOT NULL",
    ),
    Immutable("accountability_closing_kept", "accountability_dayclosing"),
]
