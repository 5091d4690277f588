"""When a dossier is done: no objection, payment or spot check can come any more."""

from __future__ import annotations

from datetime import date

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
from timeline.models import Event

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
    """The last day on which something can still happen to a dossier that was decided or withdrawn.

    A withdrawal, which has no decision, waits as long as an objection could.
    """
    decision = (
        Decision.objects.filter(application=application, state=Decision.State.ANNOUNCED)
        .order_by("-sent_on", "-pk")
        .first()
    )
    if decision is None or decision.sent_on is None:
        return objection_term(_last_event(application)).day
    last = decision.objection_until or decision.sent_on
    if application.state == State.DIRECTLY_SETTLED:
        last = max(last, checked_until(application) or last)
    return last


def checked_until(application: Application) -> date | None:
    """The last day on which a spot check may come; None where the regulation has none."""
    months = application.revision.definition.terms.spot_check_months
    if isinstance(months, Unknown) or not months or application.end_date is None:
        return None
    return spot_check_until(ended_on=application.end_date, months=months).day


def _last_event(application: Application) -> date:
    events = Event.objects.filter(stream__kind="application", stream__uid=str(application.uid))
    return events.order_by("-number").values_list("counts_for", flat=True)[0]
