"""A cell says what was meant, and never becomes a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import cells

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@given(st.text(), st.sampled_from(["", " ", "\u00a0  "]), st.sampled_from(["", *FORMULAS]))
def test_no_text_starts_a_formula(rest: str, space: str, sign: str) -> None:
    value = space + sign + rest

    made = cells.text(value)

    assert not made.lstrip(" \u00a0").startswith(FORMULAS)
    assert made.removeprefix("'") == value.removeprefix("'")
    if not value.lstrip(" \u00a0").startswith(FORMULAS):
        assert made == value


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_a_text_comes_back_from_the_file_as_it_went_in(value: str) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerow([cells.text(value)])
    file.seek(0)

    assert next(csv.reader(file, delimiter=";")) == [cells.text(value)]


@given(st.integers(-(10**12), 10**12))
def test_an_amount_loses_no_cent(cents: int) -> None:
    for point in (",", "."):
        written = cells.euros(cents, point=point)
        assert int(written.replace(point, "")) == cents
        assert written[-3] == point


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "0,00"), (5, "0,05"), (-5, "-0,05"), (123_456, "1234,56")]
)
def test_an_amount_as_people_write_it(cents: int, text: str) -> None:
    assert cells.euros(cents) == text
