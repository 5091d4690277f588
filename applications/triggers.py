"""What stays as it was sent: snapshots, cash, and the number of a dossier."""

from timeline.triggers import Immutable

TRIGGERS = [
    Immutable(
        "applications_snapshot_kept",
        "applications_snapshot",
        columns=("uid", "application_id", "number", "kind", "text", "salt", "hash", "made_at"),
    ),
    Immutable("applications_cash_kept", "applications_cashentry"),
    Immutable(
        "applications_number_kept",
        "applications_application",
        columns=("number", "uid", "call_id", "submitted_at", "revision_id"),
        when="OLD.number IS NOT NULL",
    ),
    Immutable(
        "applications_suspension_kept",
        "applications_suspension",
        columns=("application_id", "ground", "asked_on", "due_on", "ended_on"),
        when="OLD.ended_on IS NOT NULL",
    ),
]
