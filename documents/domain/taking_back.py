"""Take a decision back before anybody outside heard of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from applications.domain.submission import booking
from applications.guards import may_judge
from documents.domain.drafting import locked_decision, refuse_state, tell
from documents.models import Decision
from regeling.domain import ledger
from timeline import clock
from timeline.actor import Actor
from timeline.refusal import NotAllowed, Refused

State = Decision.State


def take_back(*, decision_id: int, actor: Actor, reason: str) -> Decision:
    """Take back a draft, a proposal or a signed decision that was not announced.

    What its signing reserved becomes free. The dossier stays where it is, for a new draft. Taking
    it back twice changes nothing. Refuses without a reason and after the announcement: then only
    another decision can change it.
    """
    if not reason.strip():
        raise Refused(_("Geef een reden om het besluit terug te nemen."), field="reason")
    with transaction.atomic():
        decision = locked_decision(decision_id)
        if not (actor.is_system or may_judge(decision.application, actor.person_id)):
            raise NotAllowed(_("U mag dit besluit niet terugnemen."))
        if decision.state == State.TAKEN_BACK:
            return decision
        refuse_state(decision, State.DRAFT, State.PROPOSED, State.SIGNED)
        if decision.state == State.SIGNED:
            _set_free(decision, actor)
        decision.state = State.TAKEN_BACK
        decision.taken_back_by_id = actor.person_id
        decision.taken_back_at = clock.now()
        decision.taken_back_reason = reason.strip()
        decision.version += 1
        decision.save()
        tell(decision, "taken_back", actor, cents=decision.reserved_cents)
        return decision


def _set_free(decision: Decision, actor: Actor) -> None:
    """What the signing reserved becomes free, unless a withdrawal freed it before."""
    application = decision.application
    held = ledger.reserved_for(application_uid=application.uid)
    cents = min(decision.reserved_cents, held)
    if cents:
        ledger.unreserve(booking=booking(application), cents=cents, day=clock.today(), actor=actor)
