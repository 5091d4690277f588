"""The states of an application (aanvraag), in the order in which a dossier meets them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far the dossier is."""

    DRAFT = "draft", _("Concept")
    IN_COACHING = "in_coaching", _("Concept: makelaar leest mee")
    SUBMITTED = "submitted", _("Ingediend")
    LATE = "late", _("Te laat ingediend")
    COMPLETENESS_CHECK = "completeness_check", _("Controle op volledigheid")
    AWAITING_SUPPLEMENT = "awaiting_supplement", _("Wacht op aanvulling")
    IN_REVIEW = "in_review", _("Wordt beoordeeld")
    ELIGIBLE_FOR_VOTE = "eligible_for_vote", _("Mag naar de stemming")
    VOTING = "voting", _("In stemming")
    RANKED = "ranked", _("Gerangschikt")
    RESERVE = "reserve", _("Op de reservelijst")
    HEARING = "hearing", _("Wacht op uw zienswijze")
    DECISION_DRAFT = "decision_draft", _("Besluit in voorbereiding")
    AWARDED = "awarded", _("Toegekend")
    PARTIALLY_AWARDED = "partially_awarded", _("Deels toegekend")
    DIRECTLY_SETTLED = "directly_settled", _("Toegekend en vastgesteld")
    REJECTED = "rejected", _("Afgewezen")
    NOT_PROCESSED = "not_processed", _("Niet in behandeling genomen")
    WITHDRAWN = "withdrawn", _("Ingetrokken")
    IN_EXECUTION = "in_execution", _("In uitvoering")
    REPORT_DUE = "report_due", _("Verslag gevraagd")
    SETTLEMENT_REQUESTED = "settlement_requested", _("Verslag ontvangen")
    SETTLED = "settled", _("Vastgesteld")
    LOWER_SETTLED = "lower_settled", _("Lager vastgesteld")
    CLOSED = "closed", _("Afgesloten")


BEFORE_SUBMISSION = frozenset({State.DRAFT, State.IN_COACHING})
DECIDED = frozenset(
    {
        State.AWARDED,
        State.PARTIALLY_AWARDED,
        State.DIRECTLY_SETTLED,
        State.REJECTED,
        State.NOT_PROCESSED,
    }
)
WITHDRAWABLE = (
    State.SUBMITTED,
    State.LATE,
    State.COMPLETENESS_CHECK,
    State.AWAITING_SUPPLEMENT,
    State.IN_REVIEW,
    State.ELIGIBLE_FOR_VOTE,
    State.VOTING,
    State.RANKED,
    State.RESERVE,
    State.HEARING,
    State.DECISION_DRAFT,
)
