"""What stays as it was sent: snapshots, cash, the number of a dossier, and its text."""

from timeline.triggers import Allowed, Immutable

MOVED = (
    "EXISTS (SELECT 1 FROM applications_revisionmove m WHERE m.application_id = OLD.id "
    "AND m.before_id = OLD.revision_id AND m.after_id = NEW.revision_id)"
)

TRIGGERS: list[Immutable] = [
    Immutable(
        "applications_snapshot_kept",
        "applications_snapshot",
        columns=("uid", "application_id", "number", "kind", "text", "salt", "hash", "made_at"),
    ),
    Immutable("applications_cash_kept", "applications_cashentry"),
    Immutable(
        "applications_number_kept",
        "applications_application",
        columns=("number", "uid", "call_id", "submitted_at"),
        when="OLD.number IS NOT NULL",
    ),
    # What was sent in follows another text only by a row that says so.
    Allowed(
        "applications_revision_kept",
        "applications_application",
        columns=("revision_id",),
        allowed=f"OLD.number IS NULL OR {MOVED}",
    ),
    Immutable("applications_move_kept", "applications_revisionmove"),
    Allowed(
        "applications_move_added",
        "applications_revisionmove",
        act="INSERT",
        allowed=(
            "NEW.transitional_rule = 'running_follow' AND EXISTS "
            "(SELECT 1 FROM applications_application a WHERE a.id = NEW.application_id "
            "AND a.revision_id = NEW.before_id AND a.number IS NOT NULL)"
        ),
    ),
    Immutable(
        "applications_suspension_kept",
        "applications_suspension",
        columns=("application_id", "ground", "asked_on", "due_on", "ended_on"),
        when="OLD.ended_on IS NOT NULL",
    ),
]
