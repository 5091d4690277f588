"""Propose to settle a subsidy: as awarded (Awb 4:46(1)), or lower after a hearing (4:46(2)).

One person proposes; the decision is drafted and put before another, who signs it in ``documents``.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accountability.domain import hearings
from accountability.grounds import ground_reason
from accountability.models import Hearing, Report, SettlementProposal
from applications.guards import may_judge
from applications.lifecycle import refuse_stale
from applications.models import Application
from applications.states import State
from documents.basis import Basis
from documents.domain.drafting import draft_decision, propose
from documents.letters import facts as letters
from regeling.words import euro_words
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.refusal import Conflict, NotAllowed, Refused

Kind = SettlementProposal.Kind


def propose_settlement(
    *, application_id: int, actor: Actor, seen_version: int | None = None
) -> SettlementProposal:
    """Propose to settle on what was awarded; another person signs the decision.

    Refuses before the report came or its term passed (then ex officio, 4:47), and a second proposal
    while a decision is open.
    """
    with transaction.atomic():
        application = _settleable(application_id, actor, seen_version)
        awarded = application.awarded_cents or 0
        return _put(application, Kind.SETTLEMENT, awarded, _basis(application), actor)


def propose_lower_settlement(
    *,
    application_id: int,
    cents: int,
    reason: str,
    proportionality: str,
    actor: Actor,
    reply: str = "",
    seen_version: int | None = None,
) -> SettlementProposal:
    """Propose to settle on less than was awarded, on the ground that the hearing was about.

    Needs a hearing that is over (answered, or its term passed), an amount not below what was put
    before the applicant, a reason and a weighing of proportionality; a response needs a ``reply``.
    """
    with transaction.atomic():
        application = _settleable(application_id, actor, seen_version)
        hearing = _held(application)
        _refuse_amount(application, hearing, cents)
        _refuse_silence(hearing, reason, proportionality, reply)
        basis = _basis(
            application,
            hearing=hearing,
            reason=reason.strip(),
            proportionality=proportionality.strip(),
            reply=reply.strip(),
        )
        return _put(
            application,
            Kind.LOWER_SETTLEMENT,
            cents,
            basis,
            actor,
            ground=hearing.ground,
            reason=reason.strip(),
            proportionality=proportionality.strip(),
            reply=reply.strip(),
            hearing=hearing,
        )


def overdue(application: Application) -> bool:
    """Was the report asked, and did its last day pass without one?"""
    due_on = application.report_due_on
    return application.state == State.REPORT_DUE and due_on is not None and due_on < clock.today()


def _settleable(application_id: int, actor: Actor, seen_version: int | None) -> Application:
    application = lock_one(
        Application.objects.filter(pk=application_id).select_related("call__revision", "revision")
    )
    if not may_judge(application, actor.person_id):
        raise NotAllowed(_("U mag over deze aanvraag geen vaststelling voorstellen."))
    refuse_stale(application, seen_version)
    if application.state != State.SETTLEMENT_REQUESTED and not overdue(application):
        raise Conflict(
            _("Vaststellen kan als het verslag er is, of als de termijn ervoor voorbij is."),
            code="wrong_state",
        )
    return application


def _held(application: Application) -> Hearing:
    hearing = hearings.held(application.pk)
    if hearing is None:
        raise Refused(
            _(
                "Lager vaststellen kan pas als de aanvrager haar zienswijze gaf, of als de termijn "
                "daarvoor voorbij is."
            ),
            article="Awb 4:12(2)",
            code="hearing",
        )
    return hearing


def _refuse_amount(application: Application, hearing: Hearing, cents: int) -> None:
    if not 0 <= cents < (application.awarded_cents or 0):
        raise Refused(_("Het bedrag is lager dan verleend en niet lager dan nul."), field="cents")
    if cents < hearing.intended_cents:
        raise Refused(
            _("In het voornemen stond %(cents)s. Voor een lager bedrag vraagt u opnieuw.")
            % {"cents": euro_words(hearing.intended_cents)},
            article="Awb 4:12(2)",
            field="cents",
        )


def _refuse_silence(hearing: Hearing, reason: str, proportionality: str, reply: str) -> None:
    if not reason.strip():
        raise Refused(_("Geef de reden, met de feiten."), article="Awb 3:46", field="reason")
    if not proportionality.strip():
        raise Refused(
            _("Leg uit waarom dit bedrag in verhouding is."),
            article="Awb 3:4(2)",
            field="proportionality",
        )
    if hearing.response and not reply.strip():
        raise Refused(_("Antwoord op de zienswijze."), article="Awb 3:46", field="reply")


def _put(
    application: Application,
    kind: str,
    cents: int,
    basis: Basis,
    actor: Actor,
    *,
    ground: str = "",
    reason: str = "",
    proportionality: str = "",
    reply: str = "",
    hearing: Hearing | None = None,
) -> SettlementProposal:
    decision = draft_decision(
        application_id=application.pk, kind=kind, amount_cents=cents, basis=basis, actor=actor
    )
    propose(decision_id=decision.pk, actor=actor)
    return SettlementProposal.objects.create(
        application=application,
        kind=kind,
        awarded_cents=application.awarded_cents or 0,
        settled_cents=cents,
        ground=ground,
        reason=reason,
        proportionality=proportionality,
        reply=reply,
        hearing=hearing,
        proposed_by_id=actor.person_id,
        proposed_at=clock.now(),
        decision_uid=decision.uid,
    )


def _basis(
    application: Application,
    *,
    hearing: Hearing | None = None,
    reason: str = "",
    proportionality: str = "",
    reply: str = "",
) -> Basis:
    report = Report.objects.filter(application=application, handed_in_at__isnull=False).first()
    awb = application.revision.definition.identity.legal_regime != "private_fund"
    return Basis(
        reported=reported_lines(report) if report else (),
        reported_on=_day(report),
        ground=ground_reason(hearing.ground, awb=awb) if hearing else None,
        reasons=(letters.Reason(sentence=reason),) if reason else (),
        proportionality=proportionality,
        hearing=_heard(hearing, reply) if hearing else None,
        attention=() if report else (_("Er kwam geen verslag: dit is een ambtshalve besluit."),),
    )


def reported_lines(report: Report) -> tuple[str, ...]:
    """What was reported, as the letter repeats it: figures only, no words of the applicant."""
    lines = []
    if report.participants is not None:
        lines.append(f"aantal mensen dat meedeed: {report.participants}")
    if report.volunteer_hours is not None:
        lines.append(f"uren van vrijwilligers: {report.volunteer_hours}")
    if report.costs_cents is not None:
        lines.append(f"kosten: {euro_words(report.costs_cents)}")
    return tuple(lines)


def _day(report: Report | None) -> date | None:
    return clock.day(report.handed_in_at) if report and report.handed_in_at else None


def _heard(hearing: Hearing, reply: str) -> letters.Hearing:
    answered = hearing.responded_at
    return letters.Hearing(
        asked_on=hearing.asked_on,
        answered_on=clock.day(answered) if answered else None,
        answer=hearing.response,
        reply=reply,
    )
