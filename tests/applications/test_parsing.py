"""What somebody types becomes an answer and back, without a cent or a day lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.web import parsing


@given(st.integers(min_value=0, max_value=parsing.LARGEST))
def test_an_amount_survives_being_written_and_read(amount: int) -> None:
    assert parsing.cents(parsing.amount_text(amount)) == amount


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_survives_being_written_and_read(day: date) -> None:
    assert parsing.day(parsing.day_text(day.isoformat())) == day


@given(st.text())
def test_no_text_breaks_the_readers(text: str) -> None:
    amount = parsing.cents(text)
    assert amount is None or 0 <= amount <= parsing.LARGEST
    parsing.day(text)
    parsing.whole(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.250", 125_000),
        ("€ 1250,50", 125_050),
        ("1250.5", 125_050),
        ("12,-", 1_200),
        ("1 250 euro", 125_000),
        ("-5", None),
        ("1.2345", None),
        ("1,234", None),
        ("twaalf", None),
        ("99999999999999", None),
    ],
)
def test_amounts_as_people_type_them(text: str, amount: int | None) -> None:
    assert parsing.cents(text) == amount


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24-3-2027", date(2027, 3, 24)),
        ("24/03/2027", date(2027, 3, 24)),
        ("24 maart 2027", date(2027, 3, 24)),
        ("24 mrt. 2027", date(2027, 3, 24)),
        ("2027-03-24", date(2027, 3, 24)),
        ("31-2-2027", None),
        ("24-3-27", None),
        ("morgen", None),
    ],
)
def test_days_as_people_type_them(text: str, day: date | None) -> None:
    assert parsing.day(text) == day
