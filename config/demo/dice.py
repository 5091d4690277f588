"""Chance that can be repeated: every draw has a name, and the same name gives the same draw.

Draws do not depend on each other's order, so a play that was broken off draws what it would have
drawn, and a new draw changes none of the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """All chance of one play, from its seed (any text)."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def number(self, name: str, below: int) -> int:
        """A whole number from 0 up to but not including ``below``."""
        digest = hashlib.sha256(f"{self.seed}|{name}".encode()).digest()
        return int.from_bytes(digest, "big") % below

    def between(self, name: str, least: int, most: int) -> int:
        """A whole number from ``least`` up to and including ``most``."""
        return least + self.number(name, most - least + 1)

    def pick(self, name: str, choices: Sequence[T]) -> T:
        """One of ``choices``."""
        return choices[self.number(name, len(choices))]

    def shuffled(self, name: str, things: Sequence[T]) -> list[T]:
        """All of ``things`` in an order that the name decides."""
        keyed = [(self.number(f"{name}|{at}", 1 << 60), at) for at in range(len(things))]
        return [things[at] for _, at in sorted(keyed)]

    def happens(self, name: str, percent: int) -> bool:
        """True in ``percent`` of a hundred cases."""
        return self.number(name, 100) < percent
