"""Rows of this room that stay as they were written."""

from __future__ import annotations

from timeline.triggers import Immutable

TRIGGERS: list[Immutable] = [
    Immutable(
        "assessment_round_frozen",
        "assessment_voteround",
        columns=("params", "params_hash", "uid", "call_id", "opens_at", "closes_at"),
        when="OLD.state <> 'concept'",
    ),
    Immutable(
        "assessment_round_root_kept",
        "assessment_voteround",
        columns=("root_final",),
        when="OLD.root_final <> ''",
        deletable=True,
    ),
    Immutable(
        "assessment_round_tally_kept",
        "assessment_voteround",
        columns=("tally",),
        when="OLD.tally <> ''",
        deletable=True,
    ),
    Immutable("assessment_option_kept", "assessment_voteoption"),
    Immutable("assessment_batch_kept", "assessment_votebatch"),
    Immutable("assessment_box_kept", "assessment_ballotbox"),
    Immutable("assessment_lot_kept", "assessment_lot"),
    Immutable("assessment_ranking_kept", "assessment_ranking", when="OLD.state = 'fixed'"),
    Immutable("assessment_ranking_row_kept", "assessment_rankingrow", when="OLD.fixed"),
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
