"""Rows of this room that stay as they were written, and acts that only an open round knows."""

from __future__ import annotations

from timeline.triggers import Allowed, Immutable

ROUND = "assessment_voteround"
STATE = "(SELECT r.state FROM assessment_voteround r WHERE r.id = {row}.round_id)"


def only_in_concept(name: str, table: str) -> list[Immutable]:
    """Rows of a round that come, change and go only before it opens."""
    acts = (("added", "INSERT", "NEW"), ("changed", "UPDATE", "OLD"), ("dropped", "DELETE", "OLD"))
    return [
        Allowed(f"{name}_{word}", table, act=act, allowed=f"{STATE.format(row=row)} = 'concept'")
        for word, act, row in acts
    ]


FORWARD = " OR ".join(
    f"(OLD.state = '{old}' AND NEW.state = '{new}')"
    for old, new in (
        ("concept", "open"),
        ("open", "closed"),
        ("closed", "counted"),
        ("counted", "decided"),
        ("decided", "unlinked"),
    )
)

TRIGGERS: list[Immutable] = [
    Immutable(
        "assessment_round_frozen",
        ROUND,
        columns=("params", "params_hash", "uid", "call_id", "opens_at", "closes_at"),
        when="OLD.state <> 'concept'",
    ),
    Immutable(
        "assessment_round_root_kept",
        ROUND,
        columns=("root_final",),
        when="OLD.root_final <> ''",
        deletable=True,
    ),
    Immutable(
        "assessment_round_tally_kept",
        ROUND,
        columns=("tally",),
        when="OLD.tally <> ''",
        deletable=True,
    ),
    Allowed("assessment_round_forward", ROUND, columns=("state",), allowed=f"({FORWARD})"),
    Allowed(
        "assessment_round_extended",
        ROUND,
        columns=("extended_until",),
        allowed=(
            "OLD.state = 'open' AND EXISTS (SELECT 1 FROM assessment_roundextension e "
            "WHERE e.round_id = OLD.id AND e.ends_at = NEW.extended_until "
            "AND e.ended_at = COALESCE(OLD.extended_until, OLD.closes_at))"
        ),
    ),
    Allowed(
        "assessment_round_paused",
        ROUND,
        columns=("paused_at", "pause_reason"),
        allowed="OLD.state = 'open'",
    ),
    Immutable("assessment_extension_kept", "assessment_roundextension"),
    Immutable("assessment_option_kept", "assessment_voteoption"),
    Allowed(
        "assessment_option_frozen",
        "assessment_voteoption",
        act="INSERT",
        allowed=f"{STATE.format(row='NEW')} = 'concept'",
    ),
    Immutable("assessment_withdrawal_kept", "assessment_optionwithdrawal"),
    *only_in_concept("assessment_panel", "assessment_panel"),
    Immutable(
        "assessment_right_used",
        "assessment_voteright",
        columns=("round_id", "panel_id", "member_id", "register_key", "status", "reference"),
        when="OLD.status <> 'issued'",
    ),
    Immutable("assessment_batch_kept", "assessment_votebatch"),
    Immutable(
        "assessment_box_kept",
        "assessment_ballotbox",
        columns=("leaf", "round_id", "panel_id", "batch_id", "revision", "choices", "nonce"),
    ),
    # The one change that unlinking makes, and nothing before it.
    Allowed(
        "assessment_box_key_kept",
        "assessment_ballotbox",
        columns=("ballot_key",),
        allowed=f"{STATE.format(row='OLD')} = 'unlinked'",
    ),
    Immutable("assessment_lot_kept", "assessment_lot"),
    Immutable("assessment_count_kept", "assessment_countentry"),
    Immutable("assessment_ranking_kept", "assessment_ranking", when="OLD.state = 'fixed'"),
    Immutable("assessment_ranking_row_kept", "assessment_rankingrow", when="OLD.fixed"),
    Immutable(
        "assessment_departure_kept",
        "assessment_departure",
        columns=(
            "uid",
            "application_id",
            "round_id",
            "cents",
            "reason",
            "person_id",
            "recorded_at",
        ),
    ),
    Immutable(
        "assessment_departure_taken_back",
        "assessment_departure",
        columns=("taken_back_at",),
        when="OLD.taken_back_at IS NOT NULL",
        deletable=True,
    ),
    Immutable(
        "assessment_review_kept",
        "assessment_review",
        columns=("conclusion", "grounds", "submitted_at"),
        when="OLD.submitted_at IS NOT NULL",
        deletable=True,
    ),
    Immutable("assessment_meeting_kept", "assessment_meeting", when="OLD.state = 'signed'"),
    Immutable("assessment_attendance_kept", "assessment_meetingattendance", when="OLD.fixed"),
    Immutable("assessment_agenda_item_kept", "assessment_agendaitem", when="OLD.fixed"),
    Immutable("assessment_item_interest_kept", "assessment_iteminterest", when="OLD.fixed"),
    Immutable("assessment_item_score_kept", "assessment_itemscore", when="OLD.fixed"),
    Immutable(
        "assessment_paper_facts_kept",
        "assessment_meetingpaper",
        columns=("uid", "meeting_id", "item_id", "kind", "facts", "facts_hash"),
    ),
    Immutable(
        "assessment_paper_file_kept",
        "assessment_meetingpaper",
        columns=("path", "size", "sha256", "fingerprint", "printed_at"),
        when="OLD.path <> ''",
        deletable=True,
    ),
    Immutable("assessment_municipal_answer_kept", "assessment_municipalanswer"),
]
