"""When a dossier is done: the objection term passed, what was due is paid, no spot check can come."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from accountability.domain.payments import sums
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from documents.models import Decision
from regeling.definition import Unknown
from regeling.terms import objection_term, spot_check_until
from timeline import clock
from timeline.actor import SYSTEM
from timeline.locks import lock_one

CLOSABLE = frozenset(
    {
        State.SETTLED,
        State.LOWER_SETTLED,
        State.DIRECTLY_SETTLED,
        State.REJECTED,
        State.NOT_PROCESSED,
        State.WITHDRAWN,
    }
)


def close(*, application_id: int) -> bool:
    """Close a dossier that is done; True when it is closed now, or was before.

    Waits for the end of the objection term (Awb 6:7), for what is still to be paid or to come back,
    and for a directly settled subsidy until no spot check is possible any more (4:49).
    """
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related("revision")
        )
        if application.state == State.CLOSED:
            return True
        if application.state not in CLOSABLE or clock.today() <= last_day(application):
            return False
        totals = sums(application_id)
        if totals["payable"] != totals["paid"] or totals["receivable"]:
            return False
        move(application_id=application_id, transition="close", actor=SYSTEM)
        return True


def last_day(application: Application) -> date:
    """The last day on which something can still happen to a dossier that was decided.

    A withdrawal, which has no decision, waits as long as an objection could.
    """
    decided = Decision.objects.filter(application=application, state=Decision.State.ANNOUNCED)
    decision = decided.order_by("-sent_on", "-pk").first()
    if decision is None or decision.sent_on is None:
        last = objection_term(clock.today()).day
        at = _withdrawn_on(application)
        last = objection_term(at).day if at else last
    else:
        last = decision.objection_until or decision.sent_on
    if application.state == State.DIRECTLY_SETTLED:
        last = max(last, checked_until(application) or last)
    return last


def checked_until(application: Application) -> date | None:
    """Until when a spot check may ask for the administration; None where the regulation has none."""
    months = application.revision.definition.terms.spot_check_months
    if isinstance(months, Unknown) or not months or application.end_date is None:
        return None
    return spot_check_until(ended_on=application.end_date, months=months).day


def next_morning(day: date) -> date:
    """The day after, on which the worker looks."""
    return day + timedelta(days=1)


def _withdrawn_on(application: Application) -> date | None:
    from timeline.models import Event

    told = Event.objects.filter(
        stream__kind="application",
        stream__uid=str(application.uid),
        type="applications.withdrawn",
    )
    return told.values_list("counts_for", flat=True).first()
