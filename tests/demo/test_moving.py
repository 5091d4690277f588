"""The demo's clock goes forward only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.demo.moving import forward, forward_to
from timeline import clock
from timeline.models import ClockOffset
from timeline.refusal import Refused

pytestmark = pytest.mark.django_db


def test_an_hour_and_a_week_add_up() -> None:
    before = clock.now()

    forward(by=timedelta(hours=1))
    forward(by=timedelta(weeks=1))

    moved = clock.now() - before
    assert timedelta(days=7, hours=1) <= moved < timedelta(days=7, hours=1, minutes=1)


def test_to_a_day_is_nine_in_the_morning() -> None:
    day = clock.today() + timedelta(days=10)

    forward_to(day=day)

    assert clock.day(clock.now()) == day
    assert f"{clock.now().astimezone(clock.AMSTERDAM):%H:%M}" == "09:00"


@pytest.mark.parametrize("days", [0, -1, 4000])
def test_back_still_and_too_far_are_refused(days: int) -> None:
    with pytest.raises(Refused):
        forward(by=timedelta(days=days))

    assert not ClockOffset.objects.exists()


def test_a_day_that_is_past_is_refused() -> None:
    with pytest.raises(Refused):
        forward_to(day=clock.today() - timedelta(days=1))
