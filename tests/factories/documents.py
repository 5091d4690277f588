"""Dossiers on their way to a decision, and the people around it, made through the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import Person
from accounts.roles import Role
from applications.facts import (
    AcceptedReport,
    Advice,
    Completeness,
    Fact,
    Outcome,
    ReportDue,
    VoteOpened,
)
from applications.lifecycle import move
from applications.models import Application
from documents.basis import Basis
from documents.domain.drafting import draft_decision, kind_of_award, propose
from documents.domain.signing import sign
from documents.facts import decision_hash
from documents.letters.facts import Amount, Reason
from documents.models import Decision
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    open_example_call,
    submitted,
    with_role,
)
from timeline import clock
from timeline.actor import SYSTEM, Actor


@dataclass(frozen=True)
class Desk:
    """A call with one who prepares and one who signs."""

    call: Call
    assessor: Person
    signer: Person


def desk(slug: str = "every-kind") -> Desk:
    """An open example call with its assessor and its decision maker."""
    call = open_example_call(slug)
    return Desk(
        call,
        with_role(PersonFactory(name="Marieke Jansen"), Role.ASSESSOR, call),
        with_role(PersonFactory(name="Anna de Groot"), Role.DECISION_MAKER, call),
    )


def in_review(call: Call, **given: Any) -> Application:
    """A complete application that is being reviewed."""
    application = submitted(call, **given)
    move(application_id=application.pk, transition="start_completeness_check", actor=SYSTEM)
    return move(
        application_id=application.pk,
        transition="complete",
        actor=SYSTEM,
        fact=Completeness(complete_at=clock.now(), place=None),
        changes={"complete_at": clock.now()},
    )


def drafted(at: Desk, *, cents: int | None = None, **given: Any) -> Decision:
    """A draft: an award of ``cents`` (all that is asked), or with 0 a rejection."""
    application = given.pop("application", None) or in_review(at.call, **given)
    asked = application.amount_asked
    cents = asked if cents is None else cents
    reasons = (
        (Reason(sentence="Het geld is op", article="artikel 4:25 van de Awb"),)
        if cents < asked
        else ()
    )
    return draft_decision(
        application_id=application.pk,
        kind=kind_of_award(application, cents) if cents else Decision.Kind.REJECTION,
        amount_cents=cents,
        basis=Basis(
            reasons=reasons,
            calculation=(Amount(label="Uw subsidie", cents=cents, part="outcome"),),
        ),
        actor=as_actor(at.assessor),
    )


def proposed(at: Desk, **given: Any) -> Decision:
    """A draft that was offered for signature."""
    decision = drafted(at, **given)
    return propose(decision_id=decision.pk, actor=as_actor(at.assessor))


def signed(at: Desk, **given: Any) -> Decision:
    """A decision that was signed and waits for its moment."""
    decision = proposed(at, **given)
    return sign(
        decision_id=decision.pk,
        actor=as_actor(at.signer),
        seen_hash=decision_hash(decision.pk),
    )


def ranked(at: Desk, *, cents: int | None = None, **given: Any) -> Application:
    """An application that came out of a vote (for a regulation with one)."""
    application = in_review(at.call, **given)
    steps: tuple[tuple[str, Actor, Fact], ...] = (
        ("admit_to_vote", as_actor(at.assessor), Advice(positive=True, reviews=("1",))),
        ("open_vote", SYSTEM, VoteOpened(vote_round="1")),
        (
            "rank",
            SYSTEM,
            Outcome(
                ranking="1",
                position=1,
                result="award",
                cents=application.amount_asked if cents is None else cents,
                reason="votes",
            ),
        ),
    )
    for name, actor, fact in steps:
        application = move(application_id=application.pk, transition=name, actor=actor, fact=fact)
    return application


def reported(application_id: int) -> Application:
    """An awarded application whose account was handed in."""
    move(application_id=application_id, transition="start_execution", actor=SYSTEM)
    move(
        application_id=application_id,
        transition="ask_report",
        actor=SYSTEM,
        fact=ReportDue(due_on=clock.today()),
    )
    person = Application.objects.get(pk=application_id).party_id
    return move(
        application_id=application_id,
        transition="request_settlement",
        actor=as_actor(Person.objects.get(pk=person)),
        fact=AcceptedReport(report="1", hash="1"),
    )
