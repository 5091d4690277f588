"""What follows from signed minutes for each dossier: into the vote, or its turn for the money."""

from __future__ import annotations

from django.db import transaction

from applications.facts import Advice
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from assessment.domain.amounts import calculation_of
from assessment.domain.receipt import serve
from assessment.models import AgendaItem, Meeting
from regeling.definition import DistributionRule, RouteStep
from timeline.actor import SYSTEM
from timeline.locks import lock_one


def follow_minutes(*, meeting_id: int) -> None:
    """Move the dossiers that were treated; doing it twice changes nothing.

    A positive one goes to the vote where the route has one (but not one to which the regulation
    grants nothing), each in a transaction of its own. Where a committee orders the money, it is
    divided. Every other one waits for its decision.
    """
    meeting = Meeting.objects.select_related("call__revision").get(pk=meeting_id)
    items = meeting.items.filter(outcome=AgendaItem.Outcome.POSITIVE)
    if meeting.call.revision.definition.has(RouteStep.VOTE):
        for item in items.order_by("application_id"):
            _admit(item)
    elif meeting.call.distribution_rule == DistributionRule.COMMITTEE:
        with transaction.atomic():
            serve(call_id=meeting.call_id, actor=SYSTEM)


def _admit(item: AgendaItem) -> None:
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=item.application_id).select_related("revision")
        )
        if application.state != State.IN_REVIEW or calculation_of(application).granted <= 0:
            return
        move(
            application_id=application.pk,
            transition="admit_to_vote",
            actor=SYSTEM,
            fact=Advice(positive=True, reviews=(), panel=str(item.uid)),
        )
