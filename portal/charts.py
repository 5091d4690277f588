"""Lengths of the bars in a bar chart: plain numbers in, plain numbers out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH = 600


@dataclass(frozen=True)
class Bar:
    """One row: its label, its value in words, and the length of its bar (0 to WIDTH)."""

    label: str
    text: str
    length: int


def bars(rows: Sequence[tuple[str, int]], *, show: Callable[[int], str]) -> tuple[Bar, ...]:
    """Measure rows against the largest value; raises ValueError for a negative value.

    A value above nothing always gets a visible bar, however small its share.
    """
    if any(value < 0 for _, value in rows):
        raise ValueError("a bar chart shows no negative values")
    largest = max((value for _, value in rows), default=0)
    return tuple(Bar(label, show(value), _length(value, largest)) for label, value in rows)


def _length(value: int, largest: int) -> int:
    if value == 0:
        return 0
    return max(value * WIDTH // largest, 4)
