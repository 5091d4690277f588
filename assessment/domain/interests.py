"""The statement of interest that comes before a dossier opens (Awb 2:4)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from applications.guards import may_judge
from applications.models import Application, Involvement
from assessment.domain.assigning import assign, release
from assessment.models import Assignment, InterestStatement
from timeline import clock
from timeline.actor import SYSTEM, Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import NotAllowed, Refused


def state_interest(*, application_id: int, has_interest: bool, actor: Actor) -> InterestStatement:
    """Say whether one has an interest in an application.

    "I have an interest" closes the dossier for this person and gives it to somebody else. A later
    interest can still be stated; an interest that was stated cannot be taken back.
    """
    person_id = actor.person_id
    if person_id is None:
        raise NotAllowed(_("U behandelt deze aanvraag niet."))
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related(
                "call__revision__regulation__authority"
            )
        )
        known = InterestStatement.objects.filter(
            application=application, person_id=person_id
        ).first()
        if known and known.has_interest == has_interest:
            return known
        if known and known.has_interest:
            raise Refused(
                _("U hebt gezegd dat u een belang hebt. Dat blijft zo."), article="Awb 2:4"
            )
        if not may_judge(application, person_id):
            raise NotAllowed(_("U behandelt deze aanvraag niet."))
        statement = InterestStatement.objects.update_or_create(
            application=application,
            person_id=person_id,
            defaults={"has_interest": has_interest, "made_at": clock.now()},
        )[0]
        record(
            stream=("application", str(application.uid)),
            type="assessment.interest_stated",
            facts={"person": actor.uid, "has_interest": has_interest},
            actor=actor,
        )
        if has_interest:
            _close_for(application, person_id, actor)
        return statement


def may_open(application_id: int, person_id: int | None) -> bool:
    """Whether this person said that she has no interest, so that the dossier may open for her."""
    return person_id is not None and (
        InterestStatement.objects.filter(
            application_id=application_id, person_id=person_id, has_interest=False
        ).exists()
    )


def refuse_unstated(application_id: int, actor: Actor) -> None:
    """Raise ``NotAllowed`` for a person who has not stated that she has no interest."""
    if not actor.is_system and not may_open(application_id, actor.person_id):
        raise NotAllowed(
            _("Zeg eerst of u een belang hebt bij deze aanvraag."),
            article="Awb 2:4",
            code="interest",
        )


def _close_for(application: Application, person_id: int, actor: Actor) -> None:
    Involvement.objects.get_or_create(
        application=application,
        person_id=person_id,
        kind=Involvement.Kind.RECUSED,
        until=None,
        defaults={"since": clock.now()},
    )
    hers = Assignment.objects.filter(application=application, assessor_id=person_id, until=None)
    if hers.exists():
        release(application, actor)
        assign(application_id=application.pk, actor=SYSTEM)
