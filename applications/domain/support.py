"""Support before the review: signed-in people press "Ik steun dit", once each."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.people import acts_for
from applications.guards import may_judge
from applications.models import Application, Support
from applications.states import State
from regeling.definition import RouteStep, Unknown
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.refusal import Conflict, NotAllowed, Refused

GATHERING = (
    State.SUBMITTED,
    State.COMPLETENESS_CHECK,
    State.AWAITING_SUPPLEMENT,
    State.IN_REVIEW,
)


@dataclass(frozen=True, slots=True)
class Gate:
    """How many people must show support before the review, and how many did."""

    needed: int
    given: int

    @property
    def is_open(self) -> bool:
        return self.given >= self.needed


def needed_for(application: Application) -> int | None:
    """How much support the regulation asks before the review; None where it asks none."""
    definition = application.revision.definition
    vote = definition.vote if definition.has(RouteStep.VOTE) else None
    return None if vote is None or isinstance(vote, Unknown) else vote.support_gate


def gate_of(application: Application) -> Gate | None:
    """The gate before the review of this application; None where the regulation has none."""
    needed = needed_for(application)
    if needed is None:
        return None
    return Gate(needed, Support.objects.filter(application=application).count())


def refuse_unsupported(application: Application) -> None:
    """Refuse to begin a review before enough people showed support."""
    gate = gate_of(application)
    if gate is None or gate.is_open:
        return
    raise Refused(
        ngettext(
            "Beoordelen kan pas als %(needed)s mens dit initiatief steunt. Nu is dat %(given)s.",
            "Beoordelen kan pas als %(needed)s mensen dit initiatief steunen. Nu zijn dat er "
            "%(given)s.",
            gate.needed,
        )
        % {"needed": gate.needed, "given": gate.given},
        code="support",
    )


def support(*, application_id: int, actor: Actor) -> None:
    """Say that one supports an initiative. Saying so twice changes nothing.

    Refuses the applicant herself and who judges applications here, an initiative for which no
    support is asked, and one of which the review is over.
    """
    with transaction.atomic():
        application, person_id = _locked(application_id), _person(actor)
        if acts_for(person_id, application.party_id):
            raise NotAllowed(_("U kunt uw eigen initiatief niet steunen."), code="own")
        if may_judge(application, person_id):
            raise NotAllowed(
                _("Wie aanvragen behandelt, begeleidt of erover beslist, steunt er geen."),
                article="Awb 2:4",
            )
        try:
            with transaction.atomic():
                Support.objects.create(
                    application=application, person_id=person_id, made_at=clock.now()
                )
        except IntegrityError:
            return  # she pressed before: in another window, or twice at once


def take_back(*, application_id: int, actor: Actor) -> None:
    """No longer support an initiative, while support still counts."""
    with transaction.atomic():
        application, person_id = _locked(application_id), _person(actor)
        Support.objects.filter(application=application, person_id=person_id).delete()


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowed(_("Log in om een initiatief te steunen."))
    return actor.person_id


def _locked(application_id: int) -> Application:
    application = lock_one(
        Application.objects.filter(pk=application_id).select_related(
            "revision", "call__revision__regulation__authority"
        )
    )
    if needed_for(application) is None:
        raise Refused(_("Bij deze regeling wordt geen steun gevraagd."), code="no_gate")
    if application.state not in GATHERING:
        raise Conflict(_("Steun geven kan nu niet meer."), code="wrong_state")
    return application
