"""Figures per place or theme, without a figure that is really about one or two persons.

Rows in which fewer than three natural persons would stand (but some do) are laid together, and as
many others with them as it takes: a single row left out would follow from the total. Pure, integer
cents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Sum:
    """So many applications, of which so many by natural persons or groups of them; and cents."""

    number: int = 0
    persons: int = 0
    cents: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(
            self.number + other.number, self.persons + other.persons, self.cents + other.cents
        )

    @property
    def tells_of_few(self) -> bool:
        """Whether somebody could be recognised in it."""
        return 0 < self.persons < ENOUGH


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: asked, awarded and refused (whole refusals with what they asked). ``names`` are the
    rows of which it was made."""

    names: tuple[str, ...]
    asked: Sum = Sum()
    awarded: Sum = Sum()
    refused: Sum = Sum()

    def __add__(self, other: Cells) -> Cells:
        sums = {name: getattr(self, name) + getattr(other, name) for name in MEASURES}
        return Cells(self.names + other.names, **sums)

    @property
    def tells_of_few(self) -> bool:
        """Whether one of its figures is about one or two persons."""
        return any(getattr(self, name).tells_of_few for name in MEASURES)


MEASURES = tuple(each.name for each in fields(Cells) if each.name != "names")


def laid_together(rows: Sequence[Cells]) -> tuple[Cells, ...]:
    """The same figures in rows that tell of nobody in particular; joined ones last.

    The sum over the rows stays what it was. When all rows together tell of one or two persons, one
    row is left: the total, which says so already.
    """
    alone = [row for row in rows if not row.tells_of_few]
    joined = [row for row in rows if row.tells_of_few]
    if not joined:
        return tuple(alone)
    # The smallest go along, so that the largest rows stay apart for as long as they can.
    alone.sort(key=lambda row: (row.asked.number, row.names), reverse=True)
    while alone and (len(joined) < 2 or _added(joined).tells_of_few):
        joined.append(alone.pop())
    kept = {row.names for row in alone}
    return (*(row for row in rows if row.names in kept), _added(joined))


def _added(rows: Sequence[Cells]) -> Cells:
    total = rows[0]
    for row in rows[1:]:
        total = total + row
    return Cells(tuple(sorted(total.names)), total.asked, total.awarded, total.refused)
