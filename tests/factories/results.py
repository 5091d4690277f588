"""A round of which every letter went out, made through the verbs."""

from __future__ import annotations

from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from assessment.domain.proposals import draft_proposal
from assessment.models import VoteOption
from documents.domain.announcing import announce
from documents.domain.drafting import propose
from documents.domain.signing import sign
from documents.facts import decision_hash
from documents.models import Decision
from tests.factories.accountability import letter_of
from tests.factories.applications import PersonFactory, as_actor, with_role
from tests.factories.assessment import Election, cleared
from timeline import clock


def signer_of(held: Election) -> Person:
    """Somebody who decides in the call of the round."""
    return with_role(PersonFactory(name="Anna de Groot"), Role.DECISION_MAKER, held.call)


def decided(held: Election, *, leave: int = 0, signer: Person | None = None) -> Person:
    """Propose, sign and announce a decision for every option, but for the last ``leave``; who
    signed."""
    signer = signer or signer_of(held)
    options = VoteOption.objects.filter(round=held.round).order_by("pk")
    for option in list(options)[: len(options) - leave]:
        announced(held, option.application, signer)
    return signer


def announced(held: Election, application: Application, signer: Person) -> Decision:
    """The decision about one option, sent now."""
    cleared(application, held.assessor)
    made = draft_proposal(application_id=application.pk, actor=as_actor(held.assessor))
    propose(decision_id=made.pk, actor=as_actor(held.assessor))
    signed = sign(
        decision_id=made.pk,
        actor=as_actor(signer),
        seen_hash=decision_hash(made.pk),
        announce_at=clock.now(),
    )
    assert announce(decision_id=signed.pk, printed=letter_of(signed)) is not None
    return Decision.objects.get(pk=made.pk)


def finished(held: Election) -> Election:
    """Counted, confirmed by a second official, and every letter sent."""
    held.count()
    held.fix()
    with held.over(hours=30):
        decided(held)
    held.round.refresh_from_db()
    return held
