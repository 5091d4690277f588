"""The days on which a panel meets, and the last day for an application to be dealt with there.

Pure: days of the definition in, days in Europe/Amsterdam out.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from regeling.definition import Unknown, Window


class Meeting(NamedTuple):
    """A day of the panel, and the last day on which an application for it can come in."""

    meets_on: date
    in_by: date


def meetings(window: Window) -> tuple[Meeting, ...]:
    """The meetings of a window, in order; none where its days or lead days are not known."""
    committee = window.committee
    if committee is None or isinstance(committee.meets_on, Unknown):
        return ()
    if isinstance(committee.lead_days, Unknown):
        return ()
    lead = timedelta(days=committee.lead_days)
    return tuple(Meeting(day, day - lead) for day in sorted(committee.meets_on))


def next_meeting(window: Window, day: date) -> Meeting | None:
    """The first meeting that an application of `day` is still in time for; None after the last.

    The last day counts: ten days before 16 April is 6 April, and 6 April is in time.
    """
    return next((each for each in meetings(window) if day <= each.in_by), None)
