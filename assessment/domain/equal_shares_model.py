"""What equal shares start from and what comes of them: plain, frozen values.

Amounts are in cents. Standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from assessment.domain.equal_shares_ballots import Project
from assessment.domain.equal_shares_run import Choice

READINGS = ("exhaustive", "until_overspend")
COMPLETIONS = ("none", "utilitarian")
FEW_BALLOTS, FEW_CHOICES = 100, 3
Progress = Callable[[int, int], None]
"""Told after every pass: steps made so far, cents spent by the latest outcome."""


@dataclass(frozen=True, slots=True)
class SharesProblem:
    """All that the method goes by.

    ``budget`` and ``step`` in cents (step 0: shares are not raised); ``profile`` is (number of
    voters, ((key, utility), ...)) per ballot, also empty ones; with panel weights the numbers are
    whole multiples of them and ``scale`` is the number of a voter with weight 1. ``ceilings`` are
    the narrow ones, in cents. ``ballots`` is the real number of ballots.
    """

    projects: tuple[Project, ...]
    budget: int
    profile: Sequence[tuple[int, Sequence[tuple[str, int]]]]
    step: int = 0
    reading: str = "until_overspend"
    completion: str = "none"
    comparison: bool = False
    ceilings: Mapping[str, int] = field(default_factory=dict)
    scale: int = 1
    ballots: int = 0
    measure: str = "cost"

    def __post_init__(self) -> None:
        if self.reading not in READINGS or self.completion not in COMPLETIONS:
            raise ValueError("unknown reading or completion of equal shares")
        if self.step < 0 or self.budget < 0 or self.scale < 1:
            raise ValueError("a step, a budget or a scale is not below zero")
        if any(project.cost <= 0 for project in self.projects):
            raise ValueError("a project costs nothing")


@dataclass(frozen=True, slots=True)
class SharesTie:
    """Equals. ``decisive``: another order among them gives other winners (or that could not be
    ruled out); ``rule`` is the place in the tie order of the rule that parts the first of them from
    the rest, None when none does."""

    keys: tuple[str, ...]
    decisive: bool
    rule: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Voters for whom one outcome holds more of what they support than the other."""

    prefer_shares: int
    prefer_greedy: int
    greedy: tuple[str, ...]
    taken: str  # shares or greedy


@dataclass(frozen=True, slots=True)
class SharesOutcome:
    """Winners in the order in which they were chosen, and what led to them.

    ``choices`` are those of the last pass, ``added`` the winners by completion; ``left`` is what
    the supporters of each other project still had (cents); ``open`` are the projects that win in
    one order of equals and lose in another; ``share`` in cents a voter; ``warnings`` are the codes
    few_ballots and few_choices.
    """

    winners: tuple[str, ...]
    open: tuple[str, ...]
    choices: tuple[Choice, ...]
    added: tuple[str, ...]
    left: Mapping[str, int]
    share: Fraction
    steps: int
    spent: int
    ties: tuple[SharesTie, ...]
    warnings: tuple[str, ...]
    compared: Compared | None = None


def warnings_of(
    profile: Iterable[tuple[int, Sequence[object]]], ballots: int, scale: int
) -> tuple[str, ...]:
    """few_ballots below 100, few_choices where a ballot names fewer than 3 projects on average."""
    voters = choices = 0
    for count, chosen in profile:
        voters += count
        choices += count * len(chosen)
    found = ["few_ballots"] if (ballots or voters // scale) < FEW_BALLOTS else []
    return tuple(found + ["few_choices"] * (choices < FEW_CHOICES * voters))
