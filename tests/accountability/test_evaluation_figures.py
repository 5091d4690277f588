"""Figures and answers of an evaluation never tell of a few people."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountability.domain.evaluation_figures import (
    ENOUGH,
    FROM,
    Decided,
    closed_answers,
    days_of,
    grounds_of,
    open_answers,
    told_from_ten,
)

DAY = date(2026, 3, 2)
GROUPS = ("awarded", "refused", "dropped", "broker", "panel")


def decided(days: int, *grounds: str, term: int | None = 30) -> Decided:
    due = None if term is None else DAY + timedelta(days=term)
    return Decided(DAY, DAY + timedelta(days=days), due, grounds)


def test_half_the_longest_and_how_many_in_time() -> None:
    days = days_of([decided(10), decided(20), decided(40), decided(50, term=None)])
    assert days is not None
    assert (days.number, days.half, days.longest) == (4, 20, 50)
    assert (days.in_time, days.with_term) == (2, 3)
    assert days_of([]) is None


def test_grounds_of_one_or_two_are_laid_together() -> None:
    rows = [decided(1, "4:25")] * 4 + [decided(1, "2.1")] * 2 + [decided(1, "2.2", "2.2")]
    assert grounds_of(rows) == (("4:25", 4), ("", 3))


@pytest.mark.parametrize(("number", "told"), [(0, 0), (1, None), (9, None), (10, 10)])
def test_people_are_counted_from_ten_up(number: int, told: int | None) -> None:
    assert told_from_ten(number) == told


def test_small_groups_are_laid_together() -> None:
    sheets = {"awarded": ["5"] * 12, "broker": ["1"] * 4, "panel": ["1"] * 7}
    rows = closed_answers(sheets, ["1", "5"])
    assert [(row.groups, row.number) for row in rows] == [
        (("awarded",), 12),
        (("broker", "panel"), 11),
    ]
    assert closed_answers({"panel": ["1"] * 9}, ["1"]) == ()


def test_a_large_group_goes_along_when_the_small_ones_are_too_few() -> None:
    sheets = {"awarded": ["5"] * 30, "refused": ["1"] * 12, "panel": ["1"] * 2}
    rows = closed_answers(sheets, ["1", "5"])
    assert [row.groups for row in rows] == [("awarded",), ("refused", "panel")]


def test_one_answer_that_is_hidden_takes_another_along() -> None:
    (row,) = closed_answers({"awarded": ["ja"] * 11 + ["nee"]}, ["ja", "nee", "soms"])
    assert dict(row.counts) == {"ja": None, "nee": None, "soms": 0}


def test_open_answers_stand_in_no_order_of_arrival() -> None:
    texts = [f"antwoord {n}" for n in range(9)]
    assert open_answers({"awarded": texts}) == ()
    assert open_answers({"awarded": ["z", *texts], "panel": [" a "]})[0] == "a"


@given(
    st.dictionaries(
        st.sampled_from(GROUPS), st.lists(st.sampled_from(["1", "2", "3"]), max_size=25)
    )
)
def test_nothing_told_is_about_a_few(sheets: dict[str, list[str]]) -> None:
    rows = closed_answers(sheets, ["1", "2", "3"])
    everybody = sum(map(len, sheets.values()))
    # All or nothing: a group that is left out would follow from the total.
    assert sum(row.number for row in rows) in (0, everybody)
    for row in rows:
        assert row.number >= FROM
        told = [n for _answer, n in row.counts if n is not None]
        assert all(n == 0 or n >= ENOUGH for n in told)
        assert len(row.counts) - len(told) != 1 or sum(told) == 0
