"""How many more votes would have brought the whole amount, everything else unchanged?

An extra vote comes from one more voter, counts as one whole vote (or point) of weight one, and
changes nothing for anybody else. Standard library only, whole numbers only.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from assessment.domain.allocation_model import TOTAL, Division, Option, Problem, Purse, Verdict
from assessment.domain.division import divide
from assessment.domain.greedy import Turn, take_turn, turn_of
from assessment.domain.standing import (
    full_key,
    supporters_needed,
    supporters_of,
    too_little_support,
)

BY_VOTES = ("greedy", "lottery")
MANY = 50
MOST_EQUALS = 6
ASIDE = (
    "withdrawn",
    "departed_award",
    "departed_refusal",
    "refused_quorum",
    "refused_score",
    "refused_support",
    "refused_supporters",
)
ALREADY = ("awarded", "withdrawn", "refused_quorum", "departed_award", "departed_refusal")


def votes_needed(problem: Problem, key: str) -> int | None:
    """The least number of extra votes with which ``key`` gets all it asks; None: no number does."""
    return all_votes_needed(problem, divide(problem), [key])[key]


def all_votes_needed(
    problem: Problem, division: Division, keys: Iterable[str]
) -> dict[str, int | None]:
    """The same for several options at once; ``division`` is what ``divide`` makes of the problem.

    While a tie stands open the number is one that is enough whoever of the equals goes first; with
    very many equals, and under rules that do not go down a list, it is None. More votes never hurt
    in one pass down the list (a higher place leaves at least as much money), so the first of the
    few numbers at which a place can change is found by bisection.
    """
    answer: dict[str, int | None] = dict.fromkeys(keys)
    equals = {key for tie in division.ties if tie.open for key in tie.keys}
    if problem.rules.rule not in BY_VOTES or len(equals) > MOST_EQUALS:
        return answer
    options = {option.key: option for option in problem.options}
    plain = problem.rules.leftover == "none" and not problem.rules.expert_percent
    one_pass = plain and not equals
    listing = (_OnePass if one_pass else _AnyPass)(problem, division)
    for key in answer:
        if division.verdicts[key].code not in ALREADY:
            own = options[key]
            ladder = _ladder(problem, own)
            answer[key] = _least(ladder, listing.served(own), certain=_more_never_hurts(problem))
    return answer


def _ladder(problem: Problem, own: Option) -> list[int]:
    """The numbers of extra votes at which something can change, lowest first."""
    scale, needed = problem.scale, supporters_needed(problem)
    steps = {
        -((own.votes - problem.rules.minimum_votes * scale) // scale),
        needed - supporters_of(own, scale),
    }
    if problem.rules.expert_percent:
        # The highest number of votes is what others are measured by, so any number can count.
        highest = max(option.votes for option in problem.options) // scale
        return list(range(1, max(highest, problem.ballots) + 2))
    if problem.rules.rule != "lottery":
        for option in problem.options:
            level = -((own.votes - option.votes) // scale)
            steps |= {level, level + 1}
    return sorted(step for step in steps if step > 0)


def _least(ladder: list[int], served: Callable[[int], bool], *, certain: bool) -> int | None:
    """The first number that helps: by bisection, one by one where more could hurt."""
    if not certain:
        return next((step for step in ladder if served(step)), None)
    if not ladder or not served(ladder[-1]):
        return None
    low, high = 0, len(ladder) - 1
    while low < high:
        middle = (low + high) // 2
        if served(ladder[middle]):
            high = middle
        else:
            low = middle + 1
    return ladder[low]


def _more_never_hurts(problem: Problem) -> bool:
    """Whether a number of votes that is enough may be taken to stay enough when it grows.

    A leftover pool can spoil that in two cases. A higher place brings a part under a theme, and who
    has a part does not share in the leftover. Or it closes a theme, its money goes to another
    theme, and less is left over; not where the themes together fit in the total. Of very many
    options it is taken for good, and the number found is enough while one less is not; so with
    experts, where others hardly change places.
    """
    rules = problem.rules
    inside = rules.ceiling_misfit or rules.on_misfit
    if rules.leftover == "none" or inside == "skip" or len(problem.options) > MANY:
        return True
    themes = sum(cents for name, cents in problem.ceilings.items() if name != TOTAL)
    flat = all(len(option.ceilings) <= 2 for option in problem.options)
    return inside == "stop" and flat and themes <= problem.ceilings.get(TOTAL, 0)


def _more(problem: Problem, option: Option, votes: int) -> Option:
    """The option with so many votes more, each of another voter."""
    supporters = option.supporters
    return replace(
        option,
        votes=option.votes + votes * problem.scale,
        supporters=None if supporters is None else supporters + votes,
    )


def _with(problem: Problem, own: Option, more: Option) -> Problem:
    return replace(
        problem, options=tuple(more if each is own else each for each in problem.options)
    )


def _in_order(problem: Problem, options: Iterable[Option]) -> list[tuple[Any, str, Option]]:
    """Options with the key by which they are ordered, in that order."""
    key = full_key(problem)
    return sorted((key(option), option.key, option) for option in options)


def _taking_part(problem: Problem, division: Division) -> list[Option]:
    return [o for o in problem.options if division.verdicts[o.key].code not in ASIDE]


def _after_departures(problem: Problem) -> Purse:
    purse = Purse(dict(problem.ceilings))
    for option in sorted(problem.options, key=lambda option: option.key):
        if option.fixed and not option.withdrawn:
            take_turn(purse, option, Turn(Verdict(option.fixed, "departed_award")))
    return purse


class _OnePass:
    """The list as it was served, with what there was before every turn.

    Who gets more votes takes a turn that is as early or earlier; before that turn nothing changed.
    """

    def __init__(self, problem: Problem, division: Division) -> None:
        self.problem = problem
        self.key = full_key(problem)
        ordered = sorted(
            _taking_part(problem, division), key=lambda option: (self.key(option), option.key)
        )
        self.keys = [self.key(option) for option in ordered]
        self.index = {option.key: number for number, option in enumerate(ordered)}
        purse = _after_departures(problem)
        self.before = [purse.copy()]
        for option in ordered:
            take_turn(purse, option, turn_of(purse, option, problem.rules))
            self.before.append(purse.copy())

    def served(self, own: Option) -> Callable[[int], bool]:
        """Whether ``own`` gets all it asks with so many votes more, for certain: among those with
        whom it would be equal in everything it comes last."""
        last = self.index.get(own.key, len(self.index))

        def served(votes: int) -> bool:
            more = _more(self.problem, own, votes)
            if too_little_support(self.problem, more):
                return False
            turn = bisect_right(self.keys, self.key(more), 0, last)
            return turn_of(self.before[turn], more, self.problem.rules).verdict.code == "awarded"

        return served


class _AnyPass:
    """The list served anew for every number: with a leftover, or with experts, what comes after a
    turn can come back to it."""

    def __init__(self, problem: Problem, division: Division) -> None:
        self.problem = problem
        self.entrants = _taking_part(problem, division)
        self.phases = (1,) if problem.rules.leftover == "none" else (1, 2)
        self.keyed = _in_order(problem, self.entrants)

    def served(self, own: Option) -> Callable[[int], bool]:
        """Whether ``own`` gets all it asks with so many votes more, whoever goes first of equals
        that nothing tells apart."""
        others = [option for option in self.entrants if option is not own]
        keyed = [each for each in self.keyed if each[2] is not own]
        key = full_key(self.problem)

        def served(votes: int) -> bool:
            more = _more(self.problem, own, votes)
            if too_little_support(self.problem, more):
                return False
            if self.problem.rules.expert_percent:
                # One more vote can change what everybody's votes are measured by.
                order = _in_order(_with(self.problem, own, more), [*others, more])
            else:
                order = list(keyed)
                insort(order, (key(more), more.key, more))
            if any(one[0] == two[0] for one, two in pairwise(order)):
                again = divide(_with(self.problem, own, more))
                return again.verdicts[own.key].code == "awarded"
            return self._walk([option for _key, _own, option in order], more)

        return served

    def _walk(self, order: list[Option], own: Option) -> bool:
        """Serve a full order; whether ``own`` gets all it asks."""
        rules, purse = self.problem.rules, _after_departures(self.problem)
        for phase in self.phases:
            purse.closed.clear()
            waiting = []
            for option in order:
                turn = turn_of(purse, option, rules, phase)
                take_turn(purse, option, turn, phase)
                if turn.verdict.granted == 0:
                    waiting.append(option)
                if option is own and (turn.verdict.granted or phase == self.phases[-1]):
                    return turn.verdict.code == "awarded"
            order = waiting
        return False
