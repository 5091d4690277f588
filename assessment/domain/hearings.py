"""Hear the applicant before a refusal that rests on something she could not know (Awb 4:7)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.people import acts_for
from applications.facts import Hearing
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from assessment.domain.interests import refuse_unstated
from assessment.domain.reviews import FEAR, advice_of, named_grounds, review_reasons
from assessment.models import HearingRequest
from documents.domain.letters import order_letter
from documents.letters.facts import Intent, LetterKind
from regeling.definition import known
from regeling.terms import hearing_term
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused


def ask_hearing(
    *, application_id: int, actor: Actor, seen_version: int | None = None
) -> HearingRequest:
    """Tell the applicant what we intend and why, and ask what she thinks, until a day.

    Refuses while no sufficient negative review lies there.
    """
    with transaction.atomic():
        refuse_unstated(application_id, actor)
        application = _locked(application_id)
        advice = advice_of(application_id)
        if advice is None or advice.positive:
            raise Refused(_("Er is geen negatieve beoordeling om over te horen."), code="advice")
        today = clock.today()
        weeks = known(application.revision.definition.terms.hearing_weeks, "terms.hearing_weeks")
        term = hearing_term(asked_on=today, weeks=weeks)
        request = HearingRequest.objects.create(
            application=application, asked_on=today, due_on=term.day, asked_by_id=actor.person_id
        )
        move(
            application_id=application_id,
            transition="start_hearing",
            actor=actor,
            fact=Hearing(hearing=str(request.uid), due_on=term.day),
            seen_version=seen_version,
        )
        order_letter(
            application_id=application_id,
            kind=LetterKind.INTENT_NOTICE,
            about=Intent(
                intended="rejection",
                reasons=review_reasons(application),
                respond_by=term.day,
            ),
            actor=actor,
        )
        return request


def answer_hearing(*, application_id: int, answer: str, actor: Actor) -> HearingRequest:
    """What the applicant thinks of our intent; once, as long as nothing was decided."""
    with transaction.atomic():
        application = _locked(application_id)
        if not acts_for(actor.person_id, application.party_id):
            raise NotAllowed(_("Dit is niet uw aanvraag."))
        request = _open(application)
        if not answer.strip():
            raise Refused(_("Schrijf op wat u ervan vindt."), field="answer")
        if request.answer:
            raise Conflict(_("U hebt al gereageerd."), code="answered")
        HearingRequest.objects.filter(pk=request.pk).update(
            answer=answer.strip(), answered_on=clock.today()
        )
        request.refresh_from_db()
        record(
            stream=("application", str(application.uid)),
            type="assessment.hearing_answered",
            facts={"hearing": str(request.uid)},
            actor=actor,
        )
        return request


def reply_to_hearing(*, application_id: int, reply: str, actor: Actor) -> HearingRequest:
    """What we did with the applicant's answer; it stands in the decision."""
    with transaction.atomic():
        refuse_unstated(application_id, actor)
        request = _open(_locked(application_id))
        HearingRequest.objects.filter(pk=request.pk).update(reply=reply.strip())
        request.refresh_from_db()
        return request


def needs_hearing(application_id: int) -> bool:
    """Whether a refusal rests on fear for the execution or accountability (4:35) and nobody asked
    the applicant yet: 4:12 makes no exception for it."""
    return (
        FEAR in named_grounds(application_id)
        and not HearingRequest.objects.filter(application_id=application_id).exists()
    )


def may_decide(request: HearingRequest) -> bool:
    """An answer came in, or its term is over."""
    return bool(request.answer) or clock.today() > request.due_on


def _open(application: Application) -> HearingRequest:
    request = HearingRequest.objects.filter(application=application).first()
    if request is None or application.state != State.HEARING:
        raise Conflict(_("Er wordt nu niet om uw zienswijze gevraagd."), code="wrong_state")
    return request


def _locked(application_id: int) -> Application:
    return lock_one(
        Application.objects.filter(pk=application_id).select_related("call", "revision", "party")
    )
