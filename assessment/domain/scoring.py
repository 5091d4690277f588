"""Ranking by points: what a committee gives, and what votes may add to it (Awb 4:26).

Pure, whole numbers only. Points are whole numbers over a scale, so that an average over experts and
a share of the votes stay exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import gcd, lcm

Scores = Mapping[str, Mapping[str, int]]
"""Of one application: per expert what she gave to each criterion."""


def committee_points(
    marks: Mapping[str, Scores], weights: Mapping[str, int]
) -> tuple[dict[str, int], int]:
    """The average over the experts of the weighted sum of their marks, over one scale.

    ``weights`` are those of the criteria; one that is not named there counts once. An application
    without marks is left out.
    """
    sums = {
        key: [
            sum(mark * weights.get(criterion, 1) for criterion, mark in given.items())
            for given in experts.values()
        ]
        for key, experts in marks.items()
        if experts
    }
    scale = lcm(*(len(each) for each in sums.values()))
    return {key: sum(each) * scale // len(each) for key, each in sums.items()}, scale


def with_bonus(
    points: Mapping[str, int], scale: int, votes: Mapping[str, int], most: int
) -> tuple[dict[str, int], int]:
    """Points of the committee plus what the votes add: ``most`` points for the most voted, the
    others in proportion, nothing where nobody voted.

    Returns the sums over a new scale. Votes below nothing (a vote that may go below it) add
    nothing. With ``most`` 0 the points stay what they are.
    """
    highest = max((votes.get(key, 0) for key in points), default=0)
    if most <= 0 or highest <= 0:
        return dict(points), scale
    common = gcd(scale, highest)
    return {
        key: (own * highest + most * max(0, votes.get(key, 0)) * scale) // common
        for key, own in points.items()
    }, scale * highest // common


def enough_points(points: int, scale: int, minimum: int) -> bool:
    """Whether the committee's own points, without those of votes, reach the minimum: votes do not
    lift what experts found too weak."""
    return points >= minimum * scale
