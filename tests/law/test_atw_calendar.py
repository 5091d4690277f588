"""The Algemene termijnenwet: holidays of article 3, and days that a decree equates with one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.holidays import (
    EQUATED,
    holiday_name,
    is_holiday,
    is_working_day,
    next_working_day,
    roll,
)

DAYS = st.dates(date(2014, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Nieuwjaarsdag"),
        (date(2026, 4, 3), "Goede Vrijdag"),
        (date(2026, 4, 6), "Tweede Paasdag"),
        (date(2026, 4, 27), "Koningsdag"),
        (date(2026, 5, 5), "Bevrijdingsdag"),
        (date(2026, 5, 14), "Hemelvaartsdag"),
        (date(2026, 5, 25), "Tweede Pinksterdag"),
        (date(2026, 12, 25), "Eerste Kerstdag"),
        (date(2026, 12, 26), "Tweede Kerstdag"),
        (date(2017, 4, 27), "Koningsdag"),
        (date(2018, 4, 2), "Tweede Paasdag"),
    ],
)
def test_names_the_holidays_of_article_3(day: date, name: str) -> None:
    assert holiday_name(day) == name


def test_5_may_is_a_holiday_in_every_year_not_only_every_fifth() -> None:
    assert all(is_holiday(date(year, 5, 5)) for year in range(2014, 2041))


@pytest.mark.parametrize("year", [2014, 2025, 2031])
def test_kings_day_moves_to_saturday_when_the_27th_is_a_sunday(year: int) -> None:
    assert holiday_name(date(year, 4, 26)) == "Koningsdag"
    assert not is_holiday(date(year, 4, 27))


def test_before_2014_the_queens_birthday_was_on_30_april() -> None:
    assert is_holiday(date(2013, 4, 30))
    assert not is_holiday(date(2013, 4, 27))


@pytest.mark.parametrize("day", [day for days in EQUATED.values() for day in days])
def test_equated_days_are_working_days_turned_holiday(day: date) -> None:
    assert day.weekday() < 5
    assert is_holiday(day)
    assert not is_working_day(day)


def test_a_local_closing_day_does_not_count() -> None:
    assert is_working_day(date(2026, 12, 24))
    assert is_working_day(date(2026, 12, 31))


@given(DAYS)
def test_rolling_ends_on_a_working_day_and_never_skips_one(day: date) -> None:
    end = roll(day)
    assert is_working_day(end)
    skipped = [day + timedelta(days=n) for n in range((end - day).days)]
    assert not any(is_working_day(each) for each in skipped)
    assert roll(end) == end


@given(DAYS)
def test_the_next_working_day_is_never_the_day_itself(day: date) -> None:
    assert next_working_day(day) > day
    assert (next_working_day(day) - day).days <= 6
