"""Reports that wait for a settlement, and everything one reads before proposing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accountability.models import Hearing, Report
from applications.models import Application
from applications.rules import judgeable, visible
from applications.states import State
from documents.models import Decision
from regeling.definition import Unknown
from regeling.terms import settlement_term
from timeline import clock

OPEN = (Decision.State.DRAFT, Decision.State.PROPOSED, Decision.State.SIGNED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier on the worklist: what came in, until when we decide, what stands in the way."""

    application: Application
    report: Report | None
    due_on: date | None
    hearing: Hearing | None
    decision: Decision | None
    overdue: bool


def worklist(person_id: int | None) -> QuerySet[Application]:
    """Reports that came in and reports that are too late, oldest first, for who judges them."""
    late = Q(state=State.REPORT_DUE, report_due_on__lt=clock.today())
    handed_in = Report.objects.filter(application=OuterRef("pk"), handed_in_at__isnull=False)
    return (
        judgeable(person_id)
        .filter(Q(state=State.SETTLEMENT_REQUESTED) | late)
        .annotate(has_report=Exists(handed_in))
        .select_related("party", "revision", "call")
        .order_by("report_due_on", "pk")
    )


def waiting_of(applications: list[Application]) -> list[Waiting]:
    """The lines of one page of ``worklist``, in three queries."""
    reports = Report.objects.filter(application__in=applications, handed_in_at__isnull=False)
    told = {row.application_id: row for row in reports}
    asked = Hearing.objects.filter(application__in=applications).order_by("asked_on", "pk")
    hearings = {row.application_id: row for row in asked}
    drafted = Decision.objects.filter(
        application__in=applications, track=Decision.Track.SETTLEMENT, state__in=OPEN
    )
    decisions = {row.application_id: row for row in drafted}
    today = clock.today()
    rows = []
    for row in applications:
        due_on = _decide_by(row, told.get(row.pk))
        rows.append(
            Waiting(
                application=row,
                report=told.get(row.pk),
                due_on=due_on,
                hearing=hearings.get(row.pk),
                decision=decisions.get(row.pk),
                overdue=due_on is not None and due_on < today,
            )
        )
    return rows


def find(person_id: int | None, uid: UUID) -> Application:
    """A dossier that this person may judge; else ``Application.DoesNotExist``."""
    return (
        judgeable(person_id)
        .select_related("party", "revision", "call__revision__regulation__authority")
        .get(uid=uid)
    )


def find_hearing(person_id: int | None, uid: UUID) -> Hearing:
    """A hearing of a dossier that this person may see; else ``Hearing.DoesNotExist``."""
    return (
        Hearing.objects.filter(application__in=visible(person_id))
        .select_related("application__party", "application__call")
        .get(uid=uid)
    )


def _decide_by(application: Application, report: Report | None) -> date | None:
    weeks = application.revision.definition.terms.settlement_weeks
    if report is None or report.handed_in_at is None or weeks is None or isinstance(weeks, Unknown):
        return None
    return settlement_term(received_on=clock.day(report.handed_in_at), weeks=weeks).day
