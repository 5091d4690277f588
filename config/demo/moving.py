"""The demo's clock: one stored offset, forward only, which web and worker both read."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

from django.db import transaction
from django.utils.translation import gettext as _

from timeline import clock
from timeline.locks import lock_one
from timeline.models import ClockOffset
from timeline.refusal import Refused

FARTHEST = timedelta(days=3 * 366)


def forward(*, by: timedelta) -> None:
    """Move the clock ``by`` a span. What falls due on the way is delivered by the worker.

    Refuses to stand still or go back, and more than three years at once.
    """
    if not timedelta(0) < by <= FARTHEST:
        raise Refused(
            _("De klok gaat alleen vooruit, en hoogstens drie jaar tegelijk."), field="to"
        )
    with transaction.atomic():
        ClockOffset.objects.get_or_create(pk=1)
        row = lock_one(ClockOffset.objects.filter(pk=1))
        ClockOffset.objects.filter(pk=1).update(seconds=row.seconds + ceil(by.total_seconds()))


def forward_to(*, day: date) -> None:
    """Move the clock to nine in the morning of a day that is still to come."""
    forward(by=clock.moment(day, "09:00") - clock.now())
