"""Chance that can be repeated."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from config.demo.dice import Dice


@given(st.text(), st.text(), st.integers(1, 10**6))
def test_a_draw_lies_below_its_bound_and_repeats(seed: str, name: str, below: int) -> None:
    drawn = Dice(seed).number(name, below)

    assert 0 <= drawn < below
    assert Dice(seed).number(name, below) == drawn


@given(st.text(), st.lists(st.integers()))
def test_a_shuffle_keeps_everything(seed: str, things: list[int]) -> None:
    assert sorted(Dice(seed).shuffled("order", things)) == sorted(things)


def test_another_name_or_seed_is_another_draw() -> None:
    draws = {Dice(seed).number(name, 10**9) for seed in "abc" for name in "xyz"}

    assert len(draws) == 9
