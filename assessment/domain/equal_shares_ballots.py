"""Ballots and projects, ready for passes of equal shares. Pure: standard library only.

Equal ballots stand together, and so do the supporters of a project who gave it the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

BOTH_MEASURES = ("cost", "number")
FINENESS = 80
"""Bits behind the point of the whole number by which prices are told apart first."""


@dataclass(frozen=True, slots=True)
class Project:
    """An option as the method sees it. ``cost`` in cents; ``rank`` breaks ties, lowest first;
    ``ceilings`` are the narrow ones; of one ``group`` only one is chosen."""

    key: str
    cost: int
    rank: tuple[int, ...] = ()
    ceilings: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Backing:
    """Who supports a project: per level of utility and number of like-minded voters, who.

    ``whole`` is the sum of all utilities, ``voters`` the number of supporters.
    """

    levels: tuple[tuple[int, tuple[Supporters, ...]], ...]
    whole: int
    voters: int


@dataclass(frozen=True, slots=True)
class Supporters:
    """Ballots that ``count`` voters each cast; ``pick`` takes what is theirs out of a list."""

    count: int
    members: tuple[int, ...]
    pick: Callable[[list[int]], tuple[int, ...]]


class Turnwise:
    """A price to order by, exactly. Nearly always the whole number below it tells enough."""

    __slots__ = ("below", "denominator", "numerator")

    def __init__(self, numerator: int, denominator: int) -> None:
        self.numerator, self.denominator = numerator, denominator
        self.below = (numerator << FINENESS) // denominator

    def __lt__(self, other: Turnwise) -> bool:
        if self.below != other.below:
            return self.below < other.below
        return self.numerator * other.denominator < other.numerator * self.denominator

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Turnwise) or self.below != other.below:
            return False
        return self.numerator * other.denominator == other.numerator * self.denominator

    __hash__ = None  # type: ignore[assignment]  # equal prices need not look alike


Mark = tuple[str, int]
"""What a ballot gives to a project: its key, and the utility."""

Entry = tuple[int, Turnwise, str]
"""What lies on the heap: the whole number below a price, the price, the project."""


class Electorate:
    """Ballots and projects, ready for any number of passes.

    ``profile``: (number of voters, ((key, utility), ...)) per ballot, utilities above zero; a
    project that nobody supports is never chosen. ``measure``: ``cost`` when a voter's utility is
    the cost of what she supports (then the project with most effective votes comes first), or
    ``number`` (then the one with the lowest price).
    """

    def __init__(
        self,
        projects: Iterable[Project],
        profile: Sequence[tuple[int, Sequence[Mark]]],
        measure: str = "cost",
    ) -> None:
        if measure not in BOTH_MEASURES:
            raise ValueError("unknown measure of utility")
        self.projects = {project.key: project for project in projects}
        self.measure = measure
        ballots, self.voters = _united(profile, self.projects)
        self.backing = _backings(ballots)
        self.size = len(ballots)
        self.links = sum(map(len, ballots))
        bare = (
            (self.ordering(key, project.cost, self.backing[key].whole), key)
            for key, project in self.projects.items()
            if key in self.backing
        )
        self.bare: list[Entry] = sorted((price.below, price, key) for price, key in bare)

    def supported(self) -> list[Project]:
        """The projects that somebody supports, by key."""
        return [self.projects[key] for key in sorted(self.backing)]

    def ordering(self, key: str, numerator: int, denominator: int) -> Turnwise:
        """What goes first, of projects with such a price, is what is lowest of this."""
        if self.measure == "cost":
            denominator *= self.projects[key].cost
        return Turnwise(numerator, denominator)

    def price_of(self, key: str, order: Turnwise) -> tuple[int, int]:
        """The price with which a project would stand there in the order."""
        cost = self.projects[key].cost if self.measure == "cost" else 1
        return order.numerator * cost, order.denominator


def _united(
    profile: Sequence[tuple[int, Sequence[Mark]]], projects: Mapping[str, Project]
) -> tuple[dict[tuple[Mark, ...], int], int]:
    """How many voters cast each ballot, leaving out what is no project (any more) and ballots with
    nothing on them; and the number of all voters."""
    marks = {mark for _count, choices in profile for mark in choices}
    if any(utility <= 0 for _key, utility in marks):
        raise ValueError("a utility is above zero")
    strange = any(key not in projects for key, _utility in marks)
    united: dict[tuple[Mark, ...], int] = {}
    voters = 0
    for count, choices in profile:
        voters += count
        known = [mark for mark in choices if mark[0] in projects] if strange else choices
        ballot = tuple(sorted(known))
        if ballot:
            united[ballot] = united.get(ballot, 0) + count
    return united, voters


def _backings(ballots: Mapping[tuple[Mark, ...], int]) -> dict[str, Backing]:
    """Per project its supporters by utility, and by how many voters cast the same ballot."""
    places: dict[int, defaultdict[Mark, list[int]]] = {}
    for place, (ballot, count) in enumerate(ballots.items()):
        alike = places.setdefault(count, defaultdict(list))
        for mark in ballot:
            alike[mark].append(place)
    levels: dict[str, dict[int, list[Supporters]]] = {}
    for count, alike in sorted(places.items()):
        for (key, utility), members in alike.items():
            part = Supporters(count, tuple(members), _picker(members))
            levels.setdefault(key, {}).setdefault(utility, []).append(part)
    return {key: _backing(each) for key, each in levels.items()}


def _backing(levels: Mapping[int, list[Supporters]]) -> Backing:
    voters = {
        utility: sum(part.count * len(part.members) for part in parts)
        for utility, parts in levels.items()
    }
    return Backing(
        levels=tuple((utility, tuple(parts)) for utility, parts in sorted(levels.items())),
        whole=sum(utility * number for utility, number in voters.items()),
        voters=sum(voters.values()),
    )


def _picker(places: list[int]) -> Callable[[list[int]], tuple[int, ...]]:
    """What stands at the places of a list, as a tuple, as fast as Python can."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda classes: (classes[places[0]],)
