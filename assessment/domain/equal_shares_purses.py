"""What everybody has paid so far, while shares are being spent. Pure: standard library only.

Amounts are whole numbers over one denominator that grows as it has to, so nothing is rounded. As
long as many voters have paid the same, they stand together in a class and classes are counted; once
nearly everybody has paid something else, every ballot stands for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import gcd

from assessment.domain.equal_shares_ballots import Backing

BROKE, FRESH = 0, 1
"""The class of those who have paid their whole share, and that of those who paid nothing yet."""
CROWDED = 4
"""With more classes than one to so many ballots, ballots are looked at one by one."""


class PriceSought:
    """The price of one project, while those who cannot pay it are put aside.

    ``rest`` of the cost (over the denominator of the purses) is divided by ``utilities``, those of
    the supporters who can pay. It only rises. ``known`` is set when it is the price; ``hopeless``
    when the supporters cannot pay together.
    """

    __slots__ = ("hopeless", "known", "most", "rest", "utilities")

    def __init__(self, rest: int, utilities: int, most: tuple[int, int] | None) -> None:
        self.rest, self.utilities, self.most = rest, utilities, most
        self.known = self.hopeless = False

    def limit(self, whole: int, utility: int) -> int:
        """Who has paid more than this has too little left for the price as it is now."""
        return whole - -(-self.rest * utility // self.utilities)

    def too_little(self, money: int) -> bool:
        """Whether all supporters together have less than the cost."""
        self.hopeless = money < self.rest
        return self.hopeless

    def put_aside(self, money: int, utilities: int) -> bool:
        """The poor pay all they have. Whether to look on: not when nobody was poor any more, when
        nobody is left, or when the price is above the one that somebody asked not to pass."""
        self.rest -= money
        self.utilities -= utilities
        self.known = not utilities
        self.hopeless = not self.utilities
        if self.known or self.hopeless:
            return False
        return self.most is None or self.rest * self.most[1] <= self.most[0] * self.utilities


class Purses:
    """Classes of voters who have paid the same: the class of each ballot, what each class paid."""

    def __init__(self, ballots: int, whole: int, denominator: int) -> None:
        self.whole, self.denominator = whole, denominator
        self.classes = [FRESH] * ballots
        self.paid = [0, 0]
        self.live = 2

    def refine(self, divisor: int) -> None:
        """Make the unit ``divisor`` times as small."""
        if divisor > 1:
            self.denominator *= divisor
            self.whole *= divisor
            self.paid = [paid * divisor for paid in self.paid]

    def money(self, backing: Backing) -> int:
        """What the supporters of a project still have together."""
        return self._money(backing, self._counts(backing))

    def _money(self, backing: Backing, levels: list[tuple[int, dict[int, int]]]) -> int:
        paid = self.paid
        spent = sum(
            paid[number] * count for _utility, counts in levels for number, count in counts.items()
        )
        return self.whole * backing.voters - spent

    def seek(self, backing: Backing, sought: PriceSought) -> None:
        """Find the price: who has less than it gives all she has, the others divide the rest."""
        whole, paid = self.whole, self.paid
        levels = self._counts(backing)
        looking = not sought.too_little(self._money(backing, levels))
        while looking:
            money = utilities = 0
            for utility, counts in levels:
                limit = sought.limit(whole, utility)
                poor = [number for number in counts if paid[number] > limit]
                for number in poor:
                    count = counts.pop(number)
                    money += count * (whole - paid[number])
                    utilities += count * utility
            looking = sought.put_aside(money, utilities)

    def pay(self, backing: Backing, rest: int, divisor: int) -> int:
        """Every supporter pays the price for her utility, or all she has left. Gives back the most
        that one pays."""
        shared = gcd(rest, divisor)
        self.refine(divisor // shared)
        whole, paid, classes = self.whole, self.paid, self.classes
        paid[BROKE] = whole
        places, most = {whole: BROKE}, 0
        for utility, parts in backing.levels:
            pay = rest // shared * utility
            moved: dict[int, int] = {}
            for part in parts:
                old = part.pick(classes)
                for number in set(old) - moved.keys():
                    after = min(paid[number] + pay, whole)
                    most = max(most, after - paid[number])
                    moved[number] = places.setdefault(after, len(paid))
                    if moved[number] == len(paid):
                        paid.append(after)
                for member, number in zip(part.members, old, strict=True):
                    classes[member] = moved[number]
        return most

    def fitting(self) -> Purses:
        """These, or what suits better now that so many have paid something else. Classes that
        nobody is in any more are let go now and then."""
        if len(self.paid) <= 2 * self.live + 100:
            return self
        held = set(self.classes)
        self.live = len(held)
        if self.live * CROWDED > len(self.classes) > CROWDED:
            return BallotPurses(self)
        self.paid = [paid if number in held else 0 for number, paid in enumerate(self.paid)]
        return self

    def _counts(self, backing: Backing) -> list[tuple[int, dict[int, int]]]:
        """Per level of utility: how many supporters stand in which class."""
        found = []
        for utility, parts in backing.levels:
            counts: dict[int, int] = {}
            for part in parts:
                tally = Counter(part.pick(self.classes))
                if not counts and part.count == 1:
                    counts = tally
                else:
                    for number, times in tally.items():
                        counts[number] = counts.get(number, 0) + times * part.count
            found.append((utility, counts))
        return found


class BallotPurses(Purses):
    """The same, but for what each ballot paid."""

    def __init__(self, purses: Purses) -> None:
        self.whole, self.denominator = purses.whole, purses.denominator
        paid = purses.paid
        self.paid = [paid[number] for number in purses.classes]

    def money(self, backing: Backing) -> int:
        return sum(
            part.count * (self.whole * len(part.members) - sum(part.pick(self.paid)))
            for _utility, parts in backing.levels
            for part in parts
        )

    def seek(self, backing: Backing, sought: PriceSought) -> None:
        whole = self.whole
        standing: list[tuple[int, int, Sequence[int]]] = [
            (utility, part.count, part.pick(self.paid))
            for utility, parts in backing.levels
            for part in parts
        ]
        spent = sum(count * sum(paid) for _utility, count, paid in standing)
        looking = not sought.too_little(whole * backing.voters - spent)
        while looking:
            money = utilities = 0
            for place, (utility, count, paid) in enumerate(standing):
                limit = sought.limit(whole, utility)
                poor = [each for each in paid if each > limit]
                if poor:
                    rich = [each for each in paid if each <= limit]
                    standing[place] = (utility, count, rich)
                    money += count * (whole * len(poor) - sum(poor))
                    utilities += count * utility * len(poor)
            looking = sought.put_aside(money, utilities)

    def pay(self, backing: Backing, rest: int, divisor: int) -> int:
        shared = gcd(rest, divisor)
        self.refine(divisor // shared)
        whole, paid, most = self.whole, self.paid, 0
        for utility, parts in backing.levels:
            pay = rest // shared * utility
            enough = whole - pay
            for part in parts:
                before = part.pick(paid)
                most = max(most, min(whole - min(before), pay))
                for member, each in zip(part.members, before, strict=True):
                    paid[member] = each + pay if each < enough else whole
        return most

    def fitting(self) -> Purses:
        return self
