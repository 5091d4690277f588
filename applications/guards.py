"""Who may take a step, and which facts it needs. A guard returns its refusal, or an empty text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.domain.grants import holds
from accounts.domain.people import acts_for
from accounts.roles import Role
from applications.facts import (
    AcceptedReport,
    Advice,
    Completeness,
    Fact,
    Hearing,
    Missing,
    Outcome,
    Proposal,
    SignedDecision,
    VoteOpened,
)
from applications.models import Application, Involvement
from applications.states import State
from regeling.definition import RouteStep, TierKind, Unknown
from timeline.actor import Actor
from timeline.refusal import NotAllowed


class Who(StrEnum):
    """Who may take a step."""

    INITIATOR = "initiator"
    BROKER = "broker"
    ASSESSOR = "assessor"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Case:
    """What a guard looks at. ``application`` has taken the step in memory; ``source`` is where it
    came from, ``now`` was read after the lock."""

    application: Application
    source: str
    fact: Fact | None
    now: datetime


Guard = Callable[[Case], str]


def refuse_actor(application: Application, actor: Actor, who: tuple[Who, ...]) -> None:
    """Raise ``NotAllowed`` unless one of ``who`` fits the actor. The default answer is no."""
    if not any(_is(application, actor, each) for each in who):
        raise NotAllowed(_("U mag deze stap niet zetten."), code="actor")


def _is(application: Application, actor: Actor, who: Who) -> bool:
    match who:
        case Who.SYSTEM:
            return actor.is_system
        case Who.INITIATOR:
            return acts_for(actor.person_id, application.party_id)
        case Who.BROKER:
            return is_coach(application.pk, actor.person_id)
    return may_judge(application, actor.person_id)


def is_coach(application_id: int, person_id: int | None) -> bool:
    """Does this person coach the draft now?"""
    return (
        person_id is not None
        and Involvement.objects.filter(
            application_id=application_id,
            person_id=person_id,
            kind=Involvement.Kind.COACH,
            until=None,
        ).exists()
    )


def may_judge(application: Application, person_id: int | None) -> bool:
    """An assessor, broker or decision maker there, who has no interest in this application."""
    if person_id is None:
        return False
    regulation = application.call.revision.regulation
    return (
        holds(
            person_id,
            Role.ASSESSOR,
            Role.BROKER,
            Role.DECISION_MAKER,
            authority=regulation.authority.code,
            regulation=regulation.slug,
            region=application.region,
        )
        and not acts_for(person_id, application.party_id)
        and not Involvement.objects.filter(
            application=application, person_id=person_id, kind=Involvement.Kind.RECUSED, until=None
        ).exists()
    )


def coaching_in_route(case: Case) -> str:
    if case.application.revision.definition.has(RouteStep.COACHING):
        return ""
    return _("Bij deze regeling leest geen makelaar mee met een concept.")


def in_window(case: Case) -> str:
    """Half open: the first moment counts, the closing moment is too late."""
    call = case.application.call
    if case.now < call.opens_at:
        return _("De openstelling is nog niet begonnen.")
    if call.closes_at and case.now >= call.closes_at:
        return _("De openstelling is gesloten.")
    return ""


def after_closing(case: Case) -> str:
    closes_at = case.application.call.closes_at
    if closes_at and case.now >= closes_at:
        return ""
    return _("De openstelling is nog niet gesloten: u kunt gewoon indienen.")


def something_missing(case: Case) -> str:
    if isinstance(case.fact, Missing) and case.fact.items:
        return ""
    return _("Noem wat er ontbreekt: zonder dat is er niets aan te vullen.")


def is_complete(case: Case) -> str:
    if isinstance(case.fact, Completeness) and case.fact.complete_at <= case.now:
        return ""
    return _("De aanvraag is nog niet volledig.")


def positive_and_vote(case: Case) -> str:
    if not case.application.revision.definition.has(RouteStep.VOTE):
        return _("Bij deze regeling wordt niet gestemd.")
    fact = case.fact
    if not isinstance(fact, Advice) or not fact.positive or not (fact.reviews or fact.panel):
        return _("Er is nog geen positieve beoordeling.")
    if case.application.revision.definition.has(RouteStep.PANEL) and not fact.panel:
        return _("De commissie heeft nog niet positief geoordeeld.")
    return ""


def in_vote_round(case: Case) -> str:
    if isinstance(case.fact, VoteOpened) and case.fact.vote_round:
        return ""
    return _("De stemronde is niet open.")


def has_outcome(case: Case) -> str:
    """An outcome comes out of a vote, or where nobody votes straight out of the reviews."""
    if not isinstance(case.fact, Outcome):
        return _("Er is nog geen uitslag voor deze aanvraag.")
    if case.source == State.IN_REVIEW and not _ranked_unvoted(case):
        return _("Deze regeling rangschikt niet op de beoordelingen alleen.")
    return ""


def _ranked_unvoted(case: Case) -> bool:
    definition = case.application.revision.definition
    return definition.has(RouteStep.RANKING) and not definition.has(RouteStep.VOTE)


def has_reserve_list(case: Case) -> str:
    distribution = case.application.revision.definition.distribution
    if isinstance(distribution, Unknown) or not distribution.reserve_list:
        return _("Deze regeling heeft geen reservelijst.")
    if isinstance(case.fact, Outcome) and case.fact.result == "reserve":
        return ""
    return _("De uitslag zet deze aanvraag niet op de reservelijst.")


def has_hearing(case: Case) -> str:
    return "" if isinstance(case.fact, Hearing) else _("Noem de zienswijze die u vraagt.")


def proposal_fits(case: Case) -> str:
    """A route is not left half-way: what may be decided depends on where the dossier came from."""
    if not isinstance(case.fact, Proposal):
        return _("Er is geen voorstel voor een besluit.")
    grants = case.fact.kind in ("award", "direct_settlement")
    if case.source == State.AWAITING_SUPPLEMENT and case.fact.kind != "not_processed":
        return _("Wie niet aanvulde, kan alleen horen dat de aanvraag niet wordt behandeld.")
    if case.source != State.AWAITING_SUPPLEMENT and case.fact.kind == "not_processed":
        return _("Niet behandelen kan alleen nadat om aanvulling is gevraagd.")
    if case.source == State.LATE and case.fact.kind != "rejection":
        return _("Een aanvraag die te laat is, kan alleen worden afgewezen.")
    voted = case.application.revision.definition.has(RouteStep.VOTE)
    if case.source == State.IN_REVIEW and grants and voted:
        return _("Over deze aanvraag beslist eerst de stemming.")
    if case.source == State.IN_REVIEW and grants and _ranked_unvoted(case):
        return _("Over deze aanvraag beslist eerst de rangschikking.")
    return ""


def report_tier(case: Case) -> str:
    """Only an award in a tier that asks a report leads to one (4:44)."""
    definition = case.application.revision.definition
    if isinstance(definition.tiers, Unknown):
        return _("De regeling zegt niet hoe u verantwoording aflegt.")
    tier = next((each for each in definition.tiers if each.code == case.application.tier), None)
    if tier and tier.kind is TierKind.REPORT:
        return ""
    return _("Voor deze subsidie hoeft geen verslag te komen.")


def has_report(case: Case) -> str:
    return "" if isinstance(case.fact, AcceptedReport) else _("Er is nog geen verslag.")


def decision(kind: str, *, partial: bool | None = None) -> Guard:
    """The announced decision is of this kind, and pays no more than was asked."""

    def guard(case: Case) -> str:
        if not isinstance(case.fact, SignedDecision) or case.fact.kind != kind:
            return _("Er is geen getekend besluit van deze soort.")
        if partial is not None and case.fact.partial != partial:
            return _("Het besluit zegt iets anders over het hele of een deel van het bedrag.")
        if not 0 <= case.fact.cents <= case.application.amount_asked:
            return _("Het bedrag is hoger dan gevraagd.")
        return ""

    return guard
