"""Voting codes: long enough, and a slip of the pen is told at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assessment.domain import codes

NUMBERS = st.integers(0, codes.LENGTH)
CHARS = st.sampled_from(codes.ALPHABET)


def test_the_alphabet_has_thirty_characters_without_look_alikes() -> None:
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET) == 30
    assert not set("01ILOU") & set(codes.ALPHABET)


def test_codes_are_read_back_and_do_not_repeat() -> None:
    made = {codes.new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(codes.read(code) == code for code in made)


def test_a_code_is_read_as_people_type_it() -> None:
    code = codes.new_code()
    assert len(codes.display(code)) == 21
    assert codes.read(codes.display(code).lower()) == code
    assert codes.read("  " + " ".join(code) + "\n") == code
    assert codes.read(code[:-1]) is None
    assert codes.read("") is None
    assert codes.read(code[:-1] + "O") is None


@given(NUMBERS, CHARS)
def test_every_single_wrong_character_is_caught(place: int, wrong: str) -> None:
    code = codes.new_code()
    other = code[:place] + wrong + code[place + 1 :]
    assert (codes.read(other) is None) == (other != code)


@given(NUMBERS, NUMBERS)
def test_every_exchange_of_two_characters_is_caught(one: int, two: int) -> None:
    code = list(codes.new_code())
    other = code.copy()
    other[one], other[two] = other[two], other[one]
    assert (codes.read("".join(other)) is None) == (other != code)
