"""The decision term of an application: from receipt, suspended by a supplement (4:13, 4:15)."""

from __future__ import annotations

from datetime import date, timedelta

from applications.models import Application, Suspension
from regeling import terms
from regeling.terms import Term
from timeline import clock

INSTANT = timedelta(microseconds=1)


def decision_term_of(application: Application) -> Term | None:
    """Until when the decision may take at the latest and why; None before submission.

    While a supplement is awaited, the term that follows if it comes in on the last day.
    """
    if application.submitted_at is None:
        return None
    closes_at = application.call.closes_at
    rows = Suspension.objects.filter(application=application).order_by("asked_on", "pk")
    return terms.decision_term_of(
        application.revision.definition,
        received_on=clock.day(application.submitted_at),
        closed_on=clock.day(closes_at - INSTANT) if closes_at else None,
        suspensions=[
            terms.Suspension(asked_on=row.asked_on, ended_on=row.ended_on or row.due_on)
            for row in rows
        ],
    )


def decision_due(application: Application) -> date | None:
    """The last day of that term, for the column by which worklists sort."""
    term = decision_term_of(application)
    return term.day if term else None
