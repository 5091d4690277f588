"""Chance in whole numbers: the same seed gives the same draws on every Python.

No floats: chances are parts of ``ONE``, so nothing depends on how a machine rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

BITS = 16
ONE = 1 << BITS
"""Certainty; a chance is a whole number from 0 to ``ONE``."""


def chance(part: int, whole: int) -> int:
    """``part`` of ``whole`` as a chance, at most certain."""
    return min(ONE, part * ONE // whole) if whole > 0 else 0


def binomial(dice: Random, number: int, likely: int) -> int:
    """How many of ``number`` independent draws succeed, each with chance ``likely``: exactly.

    Every draw is a random fraction that is compared with the chance bit by bit; draws that are
    still equal go on to the next bit, and a row of bits is counted at once.
    """
    if likely >= ONE:
        return number
    won, equal = 0, number
    for bit in range(BITS - 1, -1, -1):
        if not equal:
            break
        ones = dice.getrandbits(equal).bit_count()
        if likely >> bit & 1:
            won += equal - ones
            equal = ones
        else:
            equal -= ones
    return won


def multinomial(dice: Random, number: int, weights: Sequence[int]) -> list[int]:
    """``number`` draws divided over what has these weights, each draw falling on exactly one."""
    left, rest, found = number, sum(weights), []
    for weight in weights:
        taken = binomial(dice, left, chance(weight, rest)) if left and rest else 0
        found.append(taken)
        left, rest = left - taken, rest - weight
    if left and found:
        found[-1] += left
    return found


def likes(dice: Random, number: int, spread: int) -> list[int]:
    """How much each of ``number`` is liked: 1 to ``spread``, every figure as likely."""
    return [1 + dice.randrange(spread) for _ in range(number)]
