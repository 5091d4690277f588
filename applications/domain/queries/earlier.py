"""How often somebody applied before, for a regulation that limits that."""

from __future__ import annotations

from datetime import date, timedelta

from applications.models import Application
from applications.states import BEFORE_SUBMISSION, State
from regeling.definition import Frequency, Period
from timeline import clock

NOT_COUNTED = (*BEFORE_SUBMISSION, State.WITHDRAWN, State.NOT_PROCESSED)
"""What was taken back, or never dealt with, leaves the applicant free to try again."""


def earlier_applications(application: Application, frequency: Frequency) -> int:
    """The applicant's other applications for this regulation in the frequency's period.

    A calendar year is that of the day on which this one comes in (Europe/Amsterdam). Examples and
    tests count among themselves, never with real ones.
    """
    call = application.call
    others = Application.objects.filter(
        party=application.party_id,
        call__kind=call.kind,
        call__revision__regulation=call.revision.regulation_id,
        submitted_at__isnull=False,
    ).exclude(state__in=NOT_COUNTED)
    if frequency.period is Period.CALL:
        others = others.filter(call=call)
    elif frequency.period is Period.CALENDAR_YEAR:
        first = clock.day(application.submitted_at or clock.now()).replace(month=1, day=1)
        after = date(first.year, 12, 31) + timedelta(days=1)
        others = others.filter(
            submitted_at__gte=clock.moment(first), submitted_at__lt=clock.moment(after)
        )
    return others.exclude(pk=application.pk).count()
