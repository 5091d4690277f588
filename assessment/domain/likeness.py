"""How alike the ballots of one batch are: numbers only, never what stands on them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assessment.domain.marks import named, read

FROM = 3
"""Ballots with fewer choices are alike by nature."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of ``ballots`` with three choices or more: the most that are the same, and the most that are
    the same but for one choice."""

    ballots: int
    same: int
    near: int


def likeness(choices: Iterable[str]) -> Likeness:
    """Compare the canonical texts of the ballots in a batch. Time grows with their length, not
    with their pairs: near ones share what is left when one choice is taken out."""
    sets = [frozenset(named(read(text))) for text in choices]
    long = Counter(chosen for chosen in sets if len(chosen) >= FROM)
    near: Counter[tuple[int, frozenset[str]]] = Counter()
    for chosen, times in long.items():
        for uid in chosen:
            near[len(chosen), chosen - {uid}] += times
    return Likeness(
        ballots=sum(long.values()),
        same=max(long.values(), default=0),
        near=max(near.values(), default=0),
    )
