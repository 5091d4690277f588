"""The broker reads along with a draft: asked by the initiator, over at submission."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.grants import holders
from accounts.domain.people import acts_for
from accounts.models import Person
from accounts.roles import Role
from applications.guards import is_coach
from applications.lifecycle import move
from applications.models import Application, Involvement, Remark
from applications.states import BEFORE_SUBMISSION
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.refusal import Conflict, NotAllowed, Refused


def brokers_for(application: Application) -> list[Person]:
    """The brokers of the regulation in the region of the draft; all while it names none."""
    regulation = application.revision.regulation
    return list(
        holders(
            Role.BROKER,
            authority=regulation.authority.code,
            regulation=regulation.slug,
            region=application.region,
        )
    )


def ask(*, application_id: int, broker_id: int, actor: Actor) -> Application:
    """Let a broker read along with the draft from now on, until it ends or is submitted."""
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related(
                "revision__regulation__authority"
            )
        )
        if broker_id not in {person.pk for person in brokers_for(application)}:
            raise Refused(_("Kies een makelaar van uw regio."), field="broker")
        moved = move(application_id=application_id, transition="ask_coaching", actor=actor)
        Involvement.objects.create(
            application=application,
            person_id=broker_id,
            kind=Involvement.Kind.COACH,
            since=clock.now(),
        )
        return moved


def end(*, application_id: int, actor: Actor) -> Application:
    """End the coaching; the broker no longer sees the draft. That she coached stays known."""
    with transaction.atomic():
        moved = move(application_id=application_id, transition="end_coaching", actor=actor)
        Involvement.objects.filter(
            application_id=application_id, kind=Involvement.Kind.COACH, until=None
        ).update(until=clock.now())
        return moved


def remark(*, application_id: int, question: str, text: str, actor: Actor) -> Remark:
    """The coach remarks something at a field of the draft."""
    with transaction.atomic():
        application = lock_one(Application.objects.filter(pk=application_id))
        if not is_coach(application_id, actor.person_id):
            raise NotAllowed(_("U leest niet mee met deze aanvraag."))
        if application.state not in BEFORE_SUBMISSION:
            raise Conflict(_("De aanvraag is al ingediend."), code="submitted")
        if not text.strip():
            raise Refused(_("Schrijf op wat u opvalt."), field="text")
        return Remark.objects.create(
            application=application,
            author_id=actor.person_id,
            question=question,
            text=text.strip(),
            made_at=clock.now(),
        )


def answer_remark(*, remark_id: int, answer: str, actor: Actor) -> None:
    """The initiator takes a remark to heart, or leaves it."""
    with transaction.atomic():
        row = Remark.objects.select_related("application").get(pk=remark_id)
        if not acts_for(actor.person_id, row.application.party_id):
            raise NotAllowed(_("Dit is niet uw aanvraag."))
        if answer not in (Remark.Answer.TAKEN, Remark.Answer.LEFT):
            raise Refused(_("Kies: overgenomen of niet overgenomen."), field="answer")
        Remark.objects.filter(pk=row.pk).update(answer=answer, answered_at=clock.now())


def ever_coached(application_id: int, person_id: int | None) -> bool:
    """Did this person coach it, now or before? Then she does not judge alone (Awb 2:4)."""
    return (
        person_id is not None
        and Involvement.objects.filter(
            application_id=application_id, person_id=person_id, kind=Involvement.Kind.COACH
        ).exists()
    )
