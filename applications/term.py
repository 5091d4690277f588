"""The decision term of an application: from receipt, suspended by a supplement (4:13, 4:15)."""

from __future__ import annotations

from datetime import date

from applications.models import Application, Suspension
from regeling.terms import Stop, Term, decision_term
from timeline import clock


def decision_term_of(application: Application) -> Term | None:
    """Until when the decision may take at the latest and why; None before submission."""
    if application.submitted_at is None:
        return None
    closes_at = application.call.closes_at
    rows = Suspension.objects.filter(application=application).order_by("asked_on", "pk")
    return decision_term(
        application.revision.definition.terms,
        received_on=clock.day(application.submitted_at),
        window_closes_at=closes_at,
        stops=tuple(
            Stop(asked_on=row.asked_on, ended_on=row.ended_on or row.due_on) for row in rows
        ),
    )


def decision_due(application: Application) -> date | None:
    """The day of that term; while it stands still, the day if the data come on the last moment."""
    term = decision_term_of(application)
    return term.day if term else None
