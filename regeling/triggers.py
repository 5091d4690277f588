"""What stays as it was written: revisions, calls' rules, and the ledger."""

from timeline.triggers import Allowed, Immutable

TRIGGERS = [
    Immutable("regeling_revision_kept", "regeling_revision"),
    Immutable("regeling_posting_kept", "regeling_posting"),
    Immutable("regeling_line_kept", "regeling_postingline"),
    Immutable("regeling_change_kept", "regeling_ceilingchange"),
    Immutable(
        "regeling_call_kept",
        "regeling_call",
        columns=("uid", "revision_id", "kind", "opens_at", "distribution_rule"),
    ),
    Allowed(
        "regeling_removal_of_tests",
        "regeling_callremoval",
        act="INSERT",
        allowed=(
            "EXISTS (SELECT 1 FROM regeling_call c WHERE c.id = NEW.call_id AND c.kind = 'test')"
        ),
    ),
    Immutable("regeling_removal_kept", "regeling_callremoval", deletable=True),
]
