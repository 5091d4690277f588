"""A round in which a panel meets can be opened as it was, and brings a dossier before the panel."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from applications.states import State
from assessment.models import RankingRow
from regeling.definition import listed
from regeling.meetings import next_meeting
from tests.factories.applications import open_example_call, submitted
from tests.factories.assessment import assessor_of, completed
from timeline import clock

pytestmark = pytest.mark.django_db

NOORDWEST = "initiatieven-sociale-kwaliteit-noordwest-2019"


@pytest.mark.parametrize(
    ("slug", "opens", "in_by", "meets_on"),
    [
        (
            NOORDWEST,
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


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2019, 4, 6), ("16 april 2019", "6 april 2019")),
        (date(2019, 4, 7), ("11 juni 2019", "1 juni 2019")),
        (date(2019, 12, 1), ()),
    ],
)
def test_the_page_says_when_the_next_meeting_is_and_until_when_one_is_in_time(
    client: Client, day: date, told: tuple[str, ...]
) -> None:
    call = open_example_call(NOORDWEST, present=False)
    with clock.playing("", clock.moment(day, "23:30")):
        text = client.get(reverse("regeling:regulation", args=[call.slug])).content.decode()
    assert ("Volgende vergadering" in text) is bool(told)
    for each in told:
        assert f"<dd>{each}</dd>" in text


@pytest.mark.parametrize("slug", ["handgeld-vechtdal-2022", NOORDWEST])
def test_a_complete_dossier_gets_its_place_and_waits_for_the_panel(slug: str) -> None:
    call = open_example_call(slug)
    dossier = completed(submitted(call), assessor_of(call))
    assert dossier.state == State.IN_REVIEW
    row = RankingRow.objects.get(application=dossier)
    assert (row.code, row.granted) == ("awarded", dossier.amount_asked)
