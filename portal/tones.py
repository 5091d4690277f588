"""The tone in which a state is shown; colour never stands alone, the badge always has words."""

_TONES = {
    "neutral": ("draft", "in_coaching", "withdrawn", "closed", "reserve"),
    "busy": (
        "submitted",
        "completeness_check",
        "in_review",
        "eligible_for_vote",
        "voting",
        "ranked",
        "decision_draft",
        "in_execution",
        "settlement_requested",
        "proposed",
        "signed",
        "open",
    ),
    "waiting": ("awaiting_supplement", "hearing", "report_due", "late", "overdue"),
    "good": (
        "awarded",
        "partially_awarded",
        "directly_settled",
        "settled",
        "announced",
        "accepted",
        "paid",
    ),
    "bad": ("rejected", "not_processed", "lower_settled", "declined", "refused", "parked"),
}
_BY_STATE = {state: tone for tone, states in _TONES.items() for state in states}


def tone(state: str) -> str:
    """Return the tone of a state's code; a code that nobody listed is neutral."""
    return _BY_STATE.get(state, "neutral")
