"""Which meeting an application is in time for: the last day counts, the day after does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.definition import UNKNOWN, Committee, Window, listed
from regeling.meetings import Meeting, meetings, next_meeting
from tests.regeling.samples import MEETING, read

APRIL, MARCH = date(2026, 4, 2), date(2026, 3, 5)


def window() -> Window:
    (found,) = listed(read(MEETING).windows)
    return found


@pytest.mark.parametrize(
    ("day", "meets_on"),
    [
        (date(2026, 1, 1), MARCH),
        (date(2026, 2, 23), MARCH),
        (date(2026, 2, 24), APRIL),
        (date(2026, 3, 23), APRIL),
        (date(2026, 3, 24), None),
    ],
)
def test_the_last_day_is_ten_days_before(day: date, meets_on: date | None) -> None:
    found = next_meeting(window(), day)
    assert (found.meets_on if found else None) == meets_on
    assert found is None or found.in_by == found.meets_on - timedelta(days=10)


def test_without_days_there_is_no_meeting() -> None:
    for committee in (
        None,
        Committee(lead_days=10, meets_on=UNKNOWN),
        Committee(lead_days=UNKNOWN, meets_on=(MARCH,)),
        Committee(lead_days=10, meets_on=()),
    ):
        assert meetings(replace(window(), committee=committee)) == ()


@given(
    st.lists(st.dates(date(2026, 1, 1), date(2027, 1, 1)), unique=True, max_size=6),
    st.integers(0, 60),
    st.dates(date(2025, 12, 1), date(2027, 2, 1)),
)
def test_the_next_meeting_is_the_earliest_that_can_still_be_reached(
    days: list[date], lead: int, day: date
) -> None:
    known = replace(window(), committee=Committee(lead_days=lead, meets_on=tuple(days)))
    reachable = [each for each in days if each - timedelta(days=lead) >= day]
    found = next_meeting(known, day)
    assert found == (
        Meeting(min(reachable), min(reachable) - timedelta(days=lead)) if reachable else None
    )
