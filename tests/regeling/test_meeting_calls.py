"""A round in which a panel meets can be opened as it was, and brings a dossier before the panel."""

from __future__ import annotations

from datetime import date

import pytest

from regeling.definition import listed
from regeling.meetings import next_meeting
from tests.factories.applications import open_example_call
from timeline import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("slug", "opens", "in_by", "meets_on"),
    [
        (
            "initiatieven-sociale-kwaliteit-noordwest-2019",
            date(2019, 1, 1),
            date(2019, 4, 6),
            date(2019, 4, 16),
        ),
        ("handgeld-vechtdal-2022", date(2022, 1, 1), date(2022, 1, 31), date(2022, 2, 10)),
    ],
)
def test_a_continuous_window_with_committee_days_opens_on_its_own_days(
    slug: str, opens: date, in_by: date, meets_on: date
) -> None:
    call = open_example_call(slug, present=False)
    assert clock.day(call.opens_at) == opens
    assert call.closes_at is None
    (window,) = listed(call.revision.definition.windows)
    assert next_meeting(window, opens) == (meets_on, in_by)
    assert [row.amount for row in call.ceilings.all()] == [25_000_00]
