"""Subsidies after their award, made through the verbs: in execution, reported, settled, paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accountability.domain import hearings, payments, reports, settlements
from accountability.domain.reports import Content
from accountability.models import Payment, SettlementProposal
from accounts.models import Person
from accounts.roles import Role
from applications.lifecycle import move
from applications.models import Application
from documents.domain.announcing import announce
from documents.domain.drafting import propose
from documents.domain.signing import sign
from documents.facts import dated, decision_hash, facts_from, facts_text
from documents.models import Decision
from documents.printing import Printed
from tests.factories.applications import PersonFactory, as_actor, open_example_call, with_role
from tests.factories.documents import Desk, drafted, in_review
from timeline import clock
from timeline.actor import SYSTEM
from timeline.canon import sha256

STORY = Content(
    done="Wij hebben met de hele buurt gegeten.",
    participants=80,
    volunteer_hours=120,
    learned="Begin op tijd met vragen.",
    costs_cents=250_000,
)


@dataclass(frozen=True)
class Office(Desk):
    """A call with everybody who handles its money: two of finance and an auditor besides."""

    payer: Person
    controller: Person
    auditor: Person


def office(slug: str = "with-report", **given: Any) -> Office:
    """An open example call and the people around it."""
    call = open_example_call(slug, **given)
    return Office(
        call,
        with_role(PersonFactory(name="Marieke Jansen"), Role.ASSESSOR, call),
        with_role(PersonFactory(name="Anna de Groot"), Role.DECISION_MAKER, call),
        with_role(PersonFactory(name="Pieter Bakker"), Role.FINANCE, call),
        with_role(PersonFactory(name="Fatma Yilmaz"), Role.FINANCE, call),
        with_role(PersonFactory(name="Co de Wit"), Role.AUDITOR, call),
    )


def letter_of(decision: Decision) -> Printed:
    """The letter of a signed decision as announcing takes it; printing has its own tests."""
    facts = dated(facts_from(decision.snapshot), clock.today())
    return Printed(
        facts=facts,
        text=facts_text(facts),
        subject=str(facts.kind),
        path=f"letters/{decision.uid}",
        size=1,
        sha256=sha256(str(decision.uid)),
        fingerprint="test",
        day=clock.today(),
    )


def sign_and_announce(at: Desk, decision: Decision) -> Application:
    """Let the signer sign a proposal, and announce it now."""
    signed = sign(
        decision_id=decision.pk,
        actor=as_actor(at.signer),
        seen_hash=decision_hash(decision.pk),
        announce_at=clock.now(),
    )
    assert announce(decision_id=signed.pk, printed=letter_of(signed)) is not None
    return Application.objects.get(pk=decision.application_id)


def decided(
    at: Desk, *, cents: int | None = None, asked: int = 300_000, **given: Any
) -> Application:
    """An application with an announced decision: an award of ``cents`` (0: a rejection)."""
    given["answers"] = {"bedrag": asked, **given.get("answers", {})}
    decision = drafted(at, cents=cents, application=in_review(at.call, **given))
    propose(decision_id=decision.pk, actor=as_actor(at.assessor))
    return sign_and_announce(at, decision)


def in_execution(at: Desk, *, person: Person | None = None, **given: Any) -> Application:
    """A subsidy whose activity has begun."""
    application = decided(at, person=person or PersonFactory(), **given)
    return move(application_id=application.pk, transition="start_execution", actor=SYSTEM)


def report_asked(at: Desk, **given: Any) -> Application:
    """A subsidy of which the report is asked."""
    return reports.ask(application_id=in_execution(at, **given).pk, actor=SYSTEM)


def reported(at: Desk, *, person: Person | None = None, **given: Any) -> Application:
    """A subsidy of which the report came in."""
    person = person or PersonFactory()
    application = report_asked(at, person=person, **given)
    reports.save(application_id=application.pk, content=STORY, actor=as_actor(person))
    reports.hand_in(application_id=application.pk, actor=as_actor(person))
    application.refresh_from_db()
    return application


def settled(at: Desk, **given: Any) -> Application:
    """A subsidy that was settled as awarded."""
    application = reported(at, **given)
    proposal = settlements.propose_settlement(
        application_id=application.pk, actor=as_actor(at.assessor)
    )
    return sign_and_announce(at, Decision.objects.get(uid=proposal.decision_uid))


def lower_proposal(
    at: Desk, application: Application, *, cents: int, person: Person, ground: str = "a"
) -> SettlementProposal:
    """A proposal to settle lower, after a hearing in which the applicant answered."""
    hearing = hearings.ask_hearing(
        application_id=application.pk,
        intent="Een deel van de activiteiten ging niet door.",
        ground=ground,
        intended_cents=cents,
        actor=as_actor(at.assessor),
    )
    hearings.respond(hearing_id=hearing.pk, response="Het regende die dag.", actor=as_actor(person))
    return settlements.propose_lower_settlement(
        application_id=application.pk,
        cents=cents,
        reason="Van de vier maaltijden gingen er drie door.",
        proportionality="De kosten van de vierde maaltijd zijn niet gemaakt.",
        reply="Voor regen was een zaal begroot.",
        actor=as_actor(at.assessor),
    )


def lower_settled(at: Desk, *, cents: int = 200_000, **given: Any) -> Application:
    """A subsidy that was settled on less than was awarded."""
    person = given.pop("person", None) or PersonFactory()
    application = reported(at, person=person, **given)
    proposal = lower_proposal(at, application, cents=cents, person=person)
    return sign_and_announce(at, Decision.objects.get(uid=proposal.decision_uid))


def entered(
    at: Office, application: Application, cents: int, *, day: date | None = None
) -> Payment:
    """A payment that one of finance entered."""
    return payments.enter_payment(
        application_id=application.pk,
        cents=cents,
        day=day or clock.today(),
        reference=f"BANK-{application.number}",
        actor=as_actor(at.payer),
    )


def paid(at: Office, application: Application, cents: int, *, day: date | None = None) -> Payment:
    """A payment that a second person confirmed."""
    payment = entered(at, application, cents, day=day)
    return payments.confirm_payment(payment_id=payment.pk, actor=as_actor(at.controller))
