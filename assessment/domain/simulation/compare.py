"""Two runs over the same round side by side, and what changes between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.domain.allocation_model import TOTAL
from assessment.domain.simulation.run import OPEN, Result, Run


@dataclass(frozen=True, slots=True)
class Pair:
    """One case in both runs; ``difference`` in cents."""

    now: Result
    then: Result

    @property
    def difference(self) -> int:
        return self.then.granted - self.now.granted

    @property
    def change(self) -> str:
        """``gains`` money it did not have, ``loses`` all it had, gets ``more`` or ``less``, stays
        the ``same`` (perhaps for another reason), or stands ``open``."""
        if self.then.code in OPEN:
            return "open"
        if not self.difference:
            return "same"
        if not self.now.granted:
            return "gains"
        if not self.then.granted:
            return "loses"
        return "more" if self.difference > 0 else "less"


@dataclass(frozen=True, slots=True)
class Totals:
    """A run in figures: cases, how many may have money and how many get it, cents granted and left
    of the total; ``undecided`` cases have a rule that their answers do not tell."""

    cases: int
    eligible: int
    funded: int
    granted: int
    left: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """All cases in both runs, in the order in which they came in."""

    pairs: tuple[Pair, ...]
    now: Totals
    then: Totals

    def number(self, *changes: str) -> int:
        """How many cases change in one of these ways."""
        return sum(pair.change in changes for pair in self.pairs)

    @property
    def changed(self) -> int:
        """How many get another amount, or stand open."""
        return len(self.pairs) - self.number("same")


def compare(now: Run, then: Run) -> Comparison:
    """Two runs over the same cases. Raises ``ValueError`` for runs over others."""
    pairs = tuple(Pair(*both) for both in zip(now.results, then.results, strict=True))
    if any(pair.now.case.uid != pair.then.case.uid for pair in pairs):
        raise ValueError("the two runs are not over the same cases")
    return Comparison(pairs, totals(now), totals(then))


def totals(run: Run) -> Totals:
    """The figures of one run."""
    return Totals(
        cases=len(run.results),
        eligible=sum(result.eligible for result in run.results),
        funded=run.funded,
        granted=run.granted,
        # Under a ceiling that was lowered meanwhile, those who were there may have more than it.
        left=max(0, run.ceilings.get(TOTAL, 0) - run.granted),
        undecided=sum(bool(result.undecided) for result in run.results),
    )


def in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """What changes first, biggest difference first; then by place, then as they came in."""
    numbered = enumerate(pairs)
    return [
        pair
        for _at, pair in sorted(
            numbered,
            key=lambda each: (
                each[1].change == "same",
                -abs(each[1].difference),
                each[1].then.place or 10**9,
                each[0],
            ),
        )
    ]
