"""Draft a decision, change it, propose it for signature."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications.facts import Proposal
from applications.guards import may_judge
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from documents.basis import Basis, basis_from, basis_text
from documents.models import Decision
from regeling.definition import LegalRegime, TierKind
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

Kind = Decision.Kind
GRANTS = frozenset({Kind.AWARD, Kind.DIRECT_SETTLEMENT})
SETTLES = frozenset({Kind.SETTLEMENT, Kind.LOWER_SETTLEMENT})
OPEN = (Decision.State.DRAFT, Decision.State.PROPOSED, Decision.State.SIGNED)


def kind_of_award(application: Application, cents: int) -> Decision.Kind:
    """Award or direct settlement, as the tier of the amount says.

    Raises ``Refused`` while the definition does not know its tiers.
    """
    tier = application.revision.definition.tier_for(cents)
    if tier is None:
        raise Refused(_("De regeling zegt niet hoe over dit bedrag verantwoording wordt afgelegd."))
    return Kind.DIRECT_SETTLEMENT if tier.kind is TierKind.DIRECT else Kind.AWARD


def draft_decision(
    *,
    application_id: int,
    kind: str,
    amount_cents: int,
    basis: Basis,
    actor: Actor,
    explanation: str = "",
    seen_version: int | None = None,
) -> Decision:
    """Draft a decision about an application (Awb 3:2, 3:46); the dossier becomes "decision draft".

    ``amount_cents`` is 0 where nothing is given. Raises ``Conflict`` while another decision of the
    same track is open, and ``Refused`` with the article where kind, amount or ground do not fit.
    """
    with transaction.atomic():
        application = _locked(application_id)
        _refuse_drafter(application, actor)
        decision = Decision(
            application=application,
            track=Decision.Track.SETTLEMENT if kind in SETTLES else Decision.Track.AWARD,
            kind=kind,
            amount_cents=amount_cents,
            basis=basis_text(basis),
            explanation=explanation,
            drafted_by_id=actor.person_id,
            drafted_at=clock.now(),
        )
        refuse_unfit(decision, basis)
        decision.origin = _origin(application, decision)
        try:
            with transaction.atomic():
                decision.save(force_insert=True)
        except IntegrityError:
            raise _already_open() from None
        if decision.track == Decision.Track.AWARD and application.state != State.DECISION_DRAFT:
            move(
                application_id=application_id,
                transition="draft_decision",
                actor=actor,
                fact=Proposal(decision=str(decision.uid), kind=kind),  # type: ignore[arg-type]  # facts.DecisionKind
                seen_version=seen_version,
            )
        tell(decision, "drafted", actor, kind=kind, cents=amount_cents)
        return decision


def change_draft(
    *,
    decision_id: int,
    actor: Actor,
    seen_version: int,
    amount_cents: int | None = None,
    explanation: str | None = None,
    basis: Basis | None = None,
) -> Decision:
    """Change a decision that nobody signed; a proposal becomes a draft again."""
    with transaction.atomic():
        decision = locked_decision(decision_id)
        _refuse_drafter(decision.application, actor)
        refuse_stale(decision, seen_version)
        refuse_state(decision, Decision.State.DRAFT, Decision.State.PROPOSED)
        if amount_cents is not None:
            _refuse_unheard(decision, amount_cents)
            decision.amount_cents = amount_cents
        if explanation is not None:
            decision.explanation = explanation.strip()
        if basis is not None:
            decision.basis = basis_text(basis)
        refuse_unfit(decision, decision_basis(decision))
        decision.state = Decision.State.DRAFT
        decision.drafted_by_id = actor.person_id
        _save(decision)
        tell(decision, "changed", actor, cents=decision.amount_cents)
        return decision


def propose(*, decision_id: int, actor: Actor, seen_version: int | None = None) -> Decision:
    """Offer a draft for signature. Proposing it twice changes nothing."""
    with transaction.atomic():
        decision = locked_decision(decision_id)
        _refuse_drafter(decision.application, actor)
        if decision.state == Decision.State.PROPOSED:
            return decision
        refuse_stale(decision, seen_version)
        refuse_state(decision, Decision.State.DRAFT)
        decision.state = Decision.State.PROPOSED
        decision.proposed_by_id = actor.person_id
        decision.proposed_at = clock.now()
        _save(decision)
        tell(decision, "proposed", actor)
        return decision


def send_back(*, decision_id: int, actor: Actor, reason: str) -> Decision:
    """Give a proposal back to its drafter, with what should change."""
    with transaction.atomic():
        decision = locked_decision(decision_id)
        _refuse_drafter(decision.application, actor)
        refuse_state(decision, Decision.State.PROPOSED)
        decision.state = Decision.State.DRAFT
        decision.problem = reason.strip()
        _save(decision)
        tell(decision, "sent_back", actor)
        return decision


def _refuse_unheard(decision: Decision, cents: int) -> None:
    """The amount of a settlement is the one about which the applicant was heard."""
    if decision.track == Decision.Track.SETTLEMENT and cents != decision.amount_cents:
        raise Refused(
            _(
                "Over dit bedrag is de aanvrager niet gehoord. Neem dit besluit terug en stel een "
                "nieuw bedrag voor."
            ),
            article="Awb 4:12(2)",
            field="amount",
        )


def refuse_unfit(decision: Decision, basis: Basis) -> None:
    """Refuse a kind, amount or ground that does not fit this application."""
    application, cents = decision.application, decision.amount_cents
    if decision.kind in GRANTS:
        if not 0 < cents <= application.amount_asked:
            raise Refused(
                _("Het bedrag ligt boven nul en is niet hoger dan gevraagd."), field="amount_cents"
            )
        if kind_of_award(application, cents) != decision.kind:
            raise Refused(
                _("Bij dit bedrag hoort een andere soort besluit."),
                article="Awb 4:42",
                field="kind",
            )
    elif decision.track == Decision.Track.AWARD and cents:
        raise Refused(_("Bij deze soort besluit hoort geen bedrag."), field="amount_cents")
    if decision.kind == Kind.REJECTION and not basis.reasons:
        raise Refused(_("Noem de reden van de afwijzing."), article="Awb 3:46", field="reasons")
    if decision.kind == Kind.NOT_PROCESSED and not (basis.asked_on and basis.deliver_by):
        raise Refused(
            _("Niet behandelen kan alleen nadat om aanvulling is gevraagd."), article="Awb 4:5"
        )
    if decision.track == Decision.Track.SETTLEMENT:
        _refuse_settlement(decision, basis)


def _refuse_settlement(decision: Decision, basis: Basis) -> None:
    application = decision.application
    awarded = application.awarded_cents
    if awarded is None or application.state not in (State.SETTLEMENT_REQUESTED, State.REPORT_DUE):
        raise Refused(_("Deze aanvraag kan nu niet worden vastgesteld."), article="Awb 4:44")
    if decision.kind == Kind.SETTLEMENT and decision.amount_cents != awarded:
        raise Refused(
            _("Een ander bedrag dan verleend is een lagere vaststelling."),
            article="Awb 4:46(1)",
            field="amount_cents",
        )
    if decision.kind != Kind.LOWER_SETTLEMENT:
        return
    if not 0 <= decision.amount_cents < awarded:
        raise Refused(
            _("Het bedrag is lager dan verleend en niet lager dan nul."), field="amount_cents"
        )
    awb = application.revision.definition.identity.legal_regime is not LegalRegime.PRIVATE_FUND
    if awb and basis.ground is None:
        raise Refused(
            _("Noem de grond van de lagere vaststelling."), article="Awb 4:46(2)", field="ground"
        )
    if awb and basis.hearing is None:
        raise Refused(
            _("Vraag de aanvrager eerst om een reactie op het voornemen."), article="Awb 4:12(2)"
        )


def _origin(application: Application, decision: Decision) -> str:
    if decision.track == Decision.Track.SETTLEMENT or application.state != State.DECISION_DRAFT:
        return str(application.state)
    earlier = Decision.objects.filter(application=application, track=decision.track).order_by("pk")
    before = earlier.last()
    if before is None or before.state != Decision.State.TAKEN_BACK:
        raise _already_open()
    _refuse_other_route(before.origin, decision.kind)
    return before.origin


def _already_open() -> Conflict:
    return Conflict(_("Er ligt al een besluit over deze aanvraag."), code="open")


def _refuse_other_route(origin: str, kind: str) -> None:
    """A decision that was taken back may be replaced by what its route allowed at first."""
    unanswered = origin == State.AWAITING_SUPPLEMENT
    if unanswered != (kind == Kind.NOT_PROCESSED):
        raise Refused(
            _("Niet behandelen kan alleen nadat om aanvulling is gevraagd."), article="Awb 4:5"
        )
    if origin == State.LATE and kind != Kind.REJECTION:
        raise Refused(_("Een aanvraag die te laat is, kan alleen worden afgewezen."))


def decision_basis(decision: Decision) -> Basis:
    """The basis that a decision was stored with."""
    return basis_from(decision.basis)


def locked_decision(decision_id: int) -> Decision:
    """Lock a decision and its application, in the order of the house, and return it."""
    application_id = Decision.objects.values_list("application_id", flat=True).get(pk=decision_id)
    application = _locked(application_id)
    decision = lock_one(Decision.objects.filter(pk=decision_id))
    decision.application = application
    return decision


def refuse_stale(decision: Decision, seen_version: int | None) -> None:
    """Raise ``Conflict`` when somebody changed the decision after it was shown."""
    if seen_version is not None and seen_version != decision.version:
        raise Conflict(
            _("Dit besluit is intussen veranderd. Bekijk het opnieuw."), code="stale_decision"
        )


def refuse_state(decision: Decision, *allowed: str) -> None:
    """Raise ``Conflict`` unless the decision is in one of these states."""
    if decision.state not in allowed:
        raise Conflict(
            _("Dit kan niet (meer): het besluit staat op “%(state)s”.")
            % {"state": Decision.State(decision.state).label},
            code="decision_state",
        )


def tell(decision: Decision, what: str, actor: Actor, **facts: Any) -> None:
    """Record what happened to a decision, in the decision's own stream: nobody outside sees it."""
    record(
        stream=("decision", str(decision.uid)),
        type=f"documents.decision_{what}",
        facts={"decision": str(decision.uid), "version": decision.version, **facts},
        actor=actor,
    )


def _save(decision: Decision) -> None:
    decision.version += 1
    decision.save()


def _locked(application_id: int) -> Application:
    return lock_one(
        Application.objects.filter(pk=application_id).select_related(
            "call__revision__regulation__authority", "revision", "party"
        )
    )


def _refuse_drafter(application: Application, actor: Actor) -> None:
    if not (actor.is_system or may_judge(application, actor.person_id)):
        raise NotAllowed(_("U mag over deze aanvraag geen besluit voorbereiden."))
