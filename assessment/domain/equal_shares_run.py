"""One pass of the method of equal shares: every voter has the same share, and nobody more.

Prices only rise during a pass, so what was a project's price is never too high later: projects lie
on a heap by it and are reckoned again when they come up. Pure: standard library only, nothing
rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush

from assessment.domain.equal_shares_ballots import Electorate, Entry, Turnwise
from assessment.domain.equal_shares_purses import PriceSought, Purses


@dataclass(frozen=True, slots=True)
class Choice:
    """A project that was chosen, what a supporter pays per unit of utility unless she has less, and
    the most that one supporter paid: (numerator, denominator) in cents."""

    key: str
    cost: int
    each: tuple[int, int]
    highest: tuple[int, int]

    @property
    def price(self) -> Fraction:
        """Cents per unit of utility."""
        return Fraction(*self.each)

    @property
    def effective(self) -> Fraction:
        """How many supporters (points) would pay the cost at that price."""
        return self.cost / self.price

    @property
    def most(self) -> Fraction:
        """Cents that one supporter paid, at most."""
        return Fraction(*self.highest)


@dataclass(frozen=True, slots=True)
class EqualPrices:
    """Projects with the same price. ``harmless``: all of them were chosen at that price, so that
    their order changed nothing."""

    keys: tuple[str, ...]
    harmless: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass gives; ``overspent`` when it was broken off above the budget.

    ``firsts``: whenever there were equals, who they were, who of them went first, and the place of
    that tie in ``equals``. With another order that says the same each time, the pass is the same.
    """

    chosen: tuple[Choice, ...]
    spent: int
    equals: tuple[EqualPrices, ...]
    overspent: bool
    firsts: tuple[tuple[tuple[str, ...], str, int], ...]

    def decisions(self) -> list[tuple[tuple[str, ...], str]]:
        """Who went first among equals, each time that it may have mattered."""
        return [
            (keys, first) for keys, first, place in self.firsts if not self.equals[place].harmless
        ]


class OnePass:
    """One pass with a share (cents a voter) under the narrow ceilings; ``ranks`` may replace the
    rank of some projects; it stops early once more than ``most`` cents are spent."""

    def __init__(
        self,
        electorate: Electorate,
        share: Fraction,
        *,
        most: int,
        ceilings: Mapping[str, int],
        ranks: Mapping[str, tuple[int, ...]] | None = None,
    ) -> None:
        self.electorate, self.share, self.most = electorate, share, most
        self.ranks = ranks or {}
        self.room = dict(ceilings)
        self.groups: set[str] = set()
        self.purses = Purses(electorate.size, share.numerator, share.denominator)
        self.chosen: list[Choice] = []
        self.equals: list[EqualPrices] = []
        self.firsts: list[tuple[tuple[str, ...], str, int]] = []
        self.spent = 0
        self.pending: set[str] = set()  # equals of whom not all have been chosen yet
        self.pending_price = Turnwise(0, 1)

    def serve(self) -> Passed:
        """Choose until nobody can pay for anything any more."""
        backing, (numerator, denominator) = self.electorate.backing, self.share.as_integer_ratio()
        # A sorted list is a heap. Who could not pay with all shares untouched never will.
        heap = [
            entry
            for entry in self.electorate.bare
            if backing[entry[2]].voters * numerator
            >= self.electorate.projects[entry[2]].cost * denominator
        ]
        while heap and (self.pending or self.spent <= self.most):
            tied = self._cheapest(heap)
            if not tied:
                break
            first = min(tied, key=self._rank)
            for key in tied.keys() - {first}:
                order = tied[key][0]
                heappush(heap, (order.below, order, key))
            self._note(tied)
            if len(tied) > 1:
                self.firsts.append((tuple(sorted(tied)), first, len(self.equals) - 1))
            self._choose(first, tied[first][1])
        self._settle()
        return Passed(
            tuple(self.chosen),
            self.spent,
            tuple(self.equals),
            overspent=self.spent > self.most,
            firsts=tuple(self.firsts),
        )

    def left_behind(self, key: str) -> int:
        """What the supporters of a project still have together, in whole cents."""
        return self.purses.money(self.electorate.backing[key]) // self.purses.denominator

    def _cheapest(self, heap: list[Entry]) -> dict[str, tuple[Turnwise, PriceSought]]:
        """Take the projects of the lowest price off the heap. What lies on it is never too high, so
        only those that come up are reckoned again, and no further than the lowest found."""
        found: dict[str, tuple[Turnwise, PriceSought]] = {}
        lowest: Turnwise | None = None
        while heap and (lowest is None or not lowest < heap[0][1]):
            key = heappop(heap)[2]
            sought = self._price(key, lowest) if self._possible(key) else None
            if sought is None or sought.hopeless:
                continue
            order = self.electorate.ordering(
                key, sought.rest, sought.utilities * self.purses.denominator
            )
            if not sought.known or (lowest is not None and lowest < order):
                heappush(heap, (order.below, order, key))
            elif lowest is not None and order == lowest:
                found[key] = (order, sought)
            else:
                for other, (bound, _sought) in found.items():
                    heappush(heap, (bound.below, bound, other))
                found, lowest = {key: (order, sought)}, order
        return found

    def _possible(self, key: str) -> bool:
        """Whether it may still be chosen: not excluded, and it fits under its narrow ceilings."""
        project = self.electorate.projects[key]
        if project.group and project.group in self.groups:
            return False
        return all(self.room[name] >= project.cost for name in project.ceilings)

    def _price(self, key: str, lowest: Turnwise | None) -> PriceSought:
        """The price of a project, or one below it that is above the lowest already."""
        purses, most = self.purses, None
        if lowest is not None:
            numerator, denominator = self.electorate.price_of(key, lowest)
            most = (numerator * purses.denominator, denominator)
        backing = self.electorate.backing[key]
        needed = self.electorate.projects[key].cost * purses.denominator
        sought = PriceSought(needed, backing.whole, most)
        purses.seek(backing, sought)
        return sought

    def _choose(self, key: str, price: PriceSought) -> None:
        project, backing = self.electorate.projects[key], self.electorate.backing[key]
        each = (price.rest, price.utilities * self.purses.denominator)
        most = self.purses.pay(backing, price.rest, price.utilities)
        highest = (most, self.purses.denominator)
        self.chosen.append(Choice(key, project.cost, each, highest))
        self.purses = self.purses.fitting()
        self.spent += project.cost
        for name in project.ceilings:
            self.room[name] -= project.cost
        if project.group:
            self.groups.add(project.group)
        self.pending.discard(key)

    def _rank(self, key: str) -> tuple[tuple[int, ...], str]:
        return self.ranks.get(key, self.electorate.projects[key].rank), key

    def _note(self, tied: Mapping[str, tuple[Turnwise, PriceSought]]) -> None:
        """Remember equals. They are harmless when all of them are chosen at that one price: then
        every voter could pay for all of them, in any order."""
        price = next(iter(tied.values()))[0]
        if self.pending and tied.keys() <= self.pending and price == self.pending_price:
            return
        self._settle()
        if len(tied) > 1:
            self.pending, self.pending_price = set(tied), price
            self.equals.append(EqualPrices(tuple(sorted(tied)), harmless=True))

    def _settle(self) -> None:
        if self.pending:
            self.equals[-1] = EqualPrices(self.equals[-1].keys, harmless=False)
            self.pending = set()
