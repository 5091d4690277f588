"""The calendar of the Algemene termijnenwet (Atw): which days carry a term over to the next.

Saturdays, Sundays and the generally recognised holidays of article 3. Local closing days do not
count. The days that a royal decree equates with a holiday are data, dated by year.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

EQUATED: dict[int, tuple[date, ...]] = {
    2023: (date(2023, 4, 28), date(2023, 5, 19)),
    2024: (date(2024, 5, 10), date(2024, 12, 27)),
    2025: (date(2025, 5, 30),),
    2026: (date(2026, 1, 2), date(2026, 5, 15)),
    2027: (date(2027, 5, 7),),
    2028: (date(2028, 4, 28), date(2028, 5, 26)),
}
"""Equated by royal decree (Atw 3(3)). For other years no decree is at hand: nothing is equated."""

_FIRST_KINGS_DAY = 2014


def holiday_name(day: date) -> str:
    """The Dutch name of the holiday that `day` is in the sense of Atw 3, or an empty text."""
    return _holidays(day.year).get(day, "")


def is_holiday(day: date) -> bool:
    """Whether `day` is a generally recognised holiday or equated with one (Atw 3)."""
    return bool(holiday_name(day))


def is_working_day(day: date) -> bool:
    """Not a Saturday, a Sunday or a holiday."""
    return day.weekday() < 5 and not is_holiday(day)


def roll(day: date) -> date:
    """`day` itself, or the first day after it that is not a Saturday, Sunday or holiday (Atw 1)."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    return roll(day + timedelta(days=1))


@cache
def _holidays(year: int) -> dict[date, str]:
    sunday = easter(year)
    found = {
        date(year, 1, 1): "Nieuwjaarsdag",
        sunday - timedelta(days=2): "Goede Vrijdag",
        sunday + timedelta(days=1): "Tweede Paasdag",
        sunday + timedelta(days=39): "Hemelvaartsdag",
        sunday + timedelta(days=50): "Tweede Pinksterdag",
        date(year, 5, 5): "Bevrijdingsdag",
        date(year, 12, 25): "Eerste Kerstdag",
        date(year, 12, 26): "Tweede Kerstdag",
    }
    # Ascension Day and 5 May or King's Day can coincide; one name is enough.
    found.setdefault(_royal_birthday(year), "Koningsdag")
    for day in EQUATED.get(year, ()):
        found.setdefault(day, "een dag die met een feestdag gelijkstaat")
    return found


def _royal_birthday(year: int) -> date:
    """27 April (until 2013: 30 April), and the Saturday before when that is a Sunday."""
    day = date(year, 4, 27) if year >= _FIRST_KINGS_DAY else date(year, 4, 30)
    return day - timedelta(days=1) if day.weekday() == 6 else day
