"""When an application is in time: half open, in Amsterdam, "vóór" and "tot en met" kept apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.definition import UNKNOWN, Closing, Window, WindowKind
from regeling.explain_when import window_words
from timeline.clock import day


def window(
    closes: date | None,
    closing: Closing | None = Closing.BEFORE,
    at: str | None = None,
    opens: date = date(2026, 1, 5),
) -> Window:
    kind = WindowKind.FIXED if closes else WindowKind.CONTINUOUS
    return Window(code="w", kind=kind, opens=opens, closes=closes, closing=closing, closing_time=at)


@pytest.mark.parametrize(
    ("closes", "closing", "at", "moment"),
    [
        (date(2023, 4, 19), Closing.BEFORE, None, datetime(2023, 4, 18, 22, tzinfo=UTC)),
        (
            date(2023, 4, 18),
            Closing.UP_TO_AND_INCLUDING,
            None,
            datetime(2023, 4, 18, 22, tzinfo=UTC),
        ),
        (date(2019, 1, 11), Closing.BEFORE, "17:00", datetime(2019, 1, 11, 16, tzinfo=UTC)),
        (
            date(2020, 12, 14),
            Closing.UP_TO_AND_INCLUDING,
            "12:00",
            datetime(2020, 12, 14, 11, 1, tzinfo=UTC),
        ),
        # The night in which the clock goes back: the day lasts 25 hours.
        (
            date(2026, 10, 25),
            Closing.UP_TO_AND_INCLUDING,
            None,
            datetime(2026, 10, 25, 23, tzinfo=UTC),
        ),
    ],
)
def test_the_closing_is_the_first_moment_that_is_too_late(
    closes: date, closing: Closing, at: str | None, moment: datetime
) -> None:
    assert window(closes, closing, at).closes_at == moment


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_before_a_day_is_up_to_and_including_the_day_before(closes: date) -> None:
    earlier = closes - timedelta(days=1)
    before = window(closes).closes_at
    assert before == window(earlier, Closing.UP_TO_AND_INCLUDING).closes_at
    assert isinstance(before, datetime)
    assert day(before) == closes
    assert day(before - timedelta(microseconds=1)) == earlier


def test_a_continuous_window_never_closes() -> None:
    assert window(None, None).closes_at is None


def test_an_unknown_day_stays_unknown() -> None:
    unknown = Window(code="w", kind=WindowKind.FIXED, opens=UNKNOWN, closes=UNKNOWN)
    assert unknown.opens_at is UNKNOWN
    assert unknown.closes_at is UNKNOWN


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (
            window(date(2026, 3, 1)),
            "U kunt aanvragen vanaf 5 januari 2026 en vóór 1 maart 2026.",
        ),
        (
            window(date(2026, 3, 1), Closing.UP_TO_AND_INCLUDING),
            "U kunt aanvragen vanaf 5 januari 2026 tot en met 1 maart 2026.",
        ),
        (
            window(date(2026, 3, 1), at="17:00"),
            "U kunt aanvragen vanaf 5 januari 2026 en vóór 1 maart 2026 om 17.00 uur.",
        ),
        (window(None, None), "U kunt aanvragen vanaf 5 januari 2026 zolang er geld is."),
    ],
)
def test_words_keep_the_two_apart(shown: Window, words: str) -> None:
    assert window_words(shown) == words
