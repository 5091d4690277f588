"""One pass of the method of equal shares: every voter has the same share, and nobody more.

Voters with the same ballot stand together, and voters who have paid the same form one class: the
pass counts classes and not voters. All amounts are integers over one denominator that grows as the
pass needs it, so nothing is rounded. Pure: standard library only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from math import gcd

from assessment.domain.equal_shares_ballots import Electorate, Entry, Turnwise

BROKE, FRESH = 0, 1
"""The class of those who have paid their whole share, and that of those who paid nothing yet."""


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
    """What one pass gives; ``overspent`` when it was broken off above the budget."""

    chosen: tuple[Choice, ...]
    spent: int
    equals: tuple[EqualPrices, ...]
    overspent: bool


@dataclass(slots=True)
class _Purses:
    """Where everybody stands: the class of each ballot, what each class has paid, and the ``whole``
    share; amounts are whole numbers over the denominator."""

    classes: list[int]
    paid: list[int]
    whole: int
    denominator: int
    live: int = 2

    def refine(self, divisor: int) -> None:
        """Make the unit ``divisor`` times as small. Classes that nobody is in any more are let
        go now and then, so that they are not dragged along."""
        if len(self.paid) > 2 * self.live + 100:
            held = set(self.classes)
            self.paid = [paid if number in held else 0 for number, paid in enumerate(self.paid)]
            self.live = len(held)
        if divisor > 1:
            self.denominator *= divisor
            self.whole *= divisor
            self.paid = [paid * divisor for paid in self.paid]


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
        self.purses = _Purses([FRESH] * electorate.size, [0, 0], share.numerator, share.denominator)
        self.chosen: list[Choice] = []
        self.equals: list[EqualPrices] = []
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
            self._choose(first, tied[first][1])
        self._settle()
        return Passed(
            tuple(self.chosen), self.spent, tuple(self.equals), overspent=self.spent > self.most
        )

    def left_behind(self, key: str) -> int:
        """What the supporters of a project still have together, in whole cents."""
        purses = self.purses
        whole = purses.whole
        money = sum(
            count * (whole - purses.paid[number])
            for _utility, counts in self._counts(key)
            for number, count in counts.items()
        )
        return money // purses.denominator

    def _cheapest(self, heap: list[Entry]) -> dict[str, tuple[Turnwise, tuple[int, int]]]:
        """Take the projects of the lowest price off the heap. What lies on it is never too high, so
        only those that come up are reckoned again."""
        found: dict[str, tuple[Turnwise, tuple[int, int]]] = {}
        lowest: Turnwise | None = None
        while heap and (lowest is None or not lowest < heap[0][1]):
            key = heappop(heap)[2]
            price = self._price(key) if self._possible(key) else None
            if price is None:
                continue
            order = self.electorate.ordering(key, price[0], price[1] * self.purses.denominator)
            if lowest is None or order < lowest:
                for other, (bound, _price) in found.items():
                    heappush(heap, (bound.below, bound, other))
                found, lowest = {key: (order, price)}, order
            elif order == lowest:
                found[key] = (order, price)
            else:
                heappush(heap, (order.below, order, key))
        return found

    def _possible(self, key: str) -> bool:
        """Whether it may still be chosen: not excluded, and it fits under its narrow ceilings."""
        project = self.electorate.projects[key]
        if project.group and project.group in self.groups:
            return False
        return all(self.room[name] >= project.cost for name in project.ceilings)

    def _counts(self, key: str) -> list[tuple[int, dict[int, int]]]:
        """Per level of utility: how many supporters stand in which class."""
        classes, found = self.purses.classes, []
        for utility, parts in self.electorate.backing[key].levels:
            counts: dict[int, int] = {}
            for part in parts:
                tally = Counter(part.classes(classes))
                if not counts and part.count == 1:
                    counts = tally
                else:
                    for number, times in tally.items():
                        counts[number] = counts.get(number, 0) + times * part.count
            found.append((utility, counts))
        return found

    def _price(self, key: str) -> tuple[int, int] | None:
        """The price per unit of utility as (numerator, divisor) over the denominator of the purses;
        None when the supporters cannot pay together.

        Who has less than the price gives all she has; the others divide the rest. The price only
        rises while the poor are put aside, so this ends at the lowest one that works.
        """
        purses = self.purses
        whole, paid = purses.whole, purses.paid
        rest = self.electorate.projects[key].cost * purses.denominator
        utilities = self.electorate.backing[key].whole
        levels = self._counts(key)
        while True:
            poor_money = poor_utilities = 0
            for utility, counts in levels:
                limit = whole - -(-rest * utility // utilities)  # who paid more has too little left
                poor = [number for number in counts if paid[number] > limit]
                for number in poor:
                    count = counts.pop(number)
                    poor_money += count * (whole - paid[number])
                    poor_utilities += count * utility
            if not poor_utilities:
                return rest, utilities
            rest -= poor_money
            utilities -= poor_utilities
            if not utilities:
                return None

    def _choose(self, key: str, price: tuple[int, int]) -> None:
        project = self.electorate.projects[key]
        each = (price[0], price[1] * self.purses.denominator)
        most = self._pay(key, price)
        self.chosen.append(Choice(key, project.cost, each, (most, self.purses.denominator)))
        self.spent += project.cost
        for name in project.ceilings:
            self.room[name] -= project.cost
        if project.group:
            self.groups.add(project.group)
        self.pending.discard(key)

    def _pay(self, key: str, price: tuple[int, int]) -> int:
        """Every supporter pays the price for her utility, or all she has left. Gives back the most
        that one pays."""
        purses = self.purses
        shared = gcd(*price)
        rest, divisor = price[0] // shared, price[1] // shared
        purses.refine(divisor)
        whole, paid, classes = purses.whole, purses.paid, purses.classes
        paid[BROKE] = whole
        places, most = {whole: BROKE}, 0
        for utility, parts in self.electorate.backing[key].levels:
            pay = rest * utility
            moved: dict[int, int] = {}
            for part in parts:
                old = part.classes(classes)
                for number in set(old) - moved.keys():
                    after = min(paid[number] + pay, whole)
                    most = max(most, after - paid[number])
                    moved[number] = places.setdefault(after, len(paid))
                    if moved[number] == len(paid):
                        paid.append(after)
                for member, number in zip(part.members, old, strict=True):
                    classes[member] = moved[number]
        return most

    def _rank(self, key: str) -> tuple[tuple[int, ...], str]:
        return self.ranks.get(key, self.electorate.projects[key].rank), key

    def _note(self, tied: Mapping[str, tuple[Turnwise, tuple[int, int]]]) -> None:
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
