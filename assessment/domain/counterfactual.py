"""How many more votes would have brought the whole amount, everything else unchanged?

An extra vote comes from one more voter, counts as one whole vote (or point) of weight one, and
changes nothing for anybody else. Standard library only, whole numbers only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from assessment.domain.allocation_model import TOTAL, Division, Option, Problem, Purse
from assessment.domain.division import divide
from assessment.domain.greedy import take_turn, turn_of
from assessment.domain.standing import (
    first_by,
    supporters_needed,
    supporters_of,
    tie_key,
    tie_rules,
    too_little_support,
)

BY_VOTES = ("greedy", "lottery")
ALREADY = ("awarded", "withdrawn", "refused_quorum", "departed_award", "departed_refusal")


def votes_needed(problem: Problem, key: str) -> int | None:
    """The least number of extra votes with which ``key`` gets all it asks; None: no number does."""
    return all_votes_needed(problem, divide(problem), [key])[key]


def all_votes_needed(
    problem: Problem, division: Division, keys: Iterable[str]
) -> dict[str, int | None]:
    """The same for several options at once; ``division`` is what ``divide`` makes of the problem.

    None for every option while a tie stands open, and under rules that do not go down a list. More
    votes never hurt in one pass down the list (a higher place leaves at least as much money), so
    the first of the few numbers at which a place can change is found by bisection.
    """
    answer: dict[str, int | None] = dict.fromkeys(keys)
    if problem.rules.rule not in BY_VOTES or division.open_tie:
        return answer
    options = {option.key: option for option in problem.options}
    one_pass = problem.rules.leftover == "none" and not problem.rules.expert_percent
    listing = _Listing(problem, division) if one_pass else None
    for key in answer:
        if division.verdicts[key].code in ALREADY:
            continue
        own = options[key]
        served = listing.served(own) if listing else _by_dividing_again(problem, own)
        answer[key] = _least(_ladder(problem, own), served, certain=_more_never_hurts(problem))
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
    """Whether a number of votes that is enough stays enough when it grows.

    A leftover pool can spoil that in one case: a higher place closes a theme, its money goes to
    another theme, and less is left over. It cannot where the themes together fit in the total.
    With experts bisection is taken for good: the order of others hardly moves.
    """
    rules = problem.rules
    if rules.leftover == "none" or (rules.ceiling_misfit or rules.on_misfit) == "skip":
        return True
    themes = sum(cents for name, cents in problem.ceilings.items() if name != TOTAL)
    flat = all(len(option.ceilings) <= 2 for option in problem.options)
    return flat and themes <= problem.ceilings.get(TOTAL, 0)


def _more(problem: Problem, option: Option, votes: int) -> Option:
    """The option with so many votes more, each of another voter."""
    supporters = option.supporters
    return replace(
        option,
        votes=option.votes + votes * problem.scale,
        supporters=None if supporters is None else supporters + votes,
    )


def _by_dividing_again(problem: Problem, own: Option) -> Callable[[int], bool]:
    def served(votes: int) -> bool:
        options = tuple(
            _more(problem, option, votes) if option is own else option for option in problem.options
        )
        return divide(replace(problem, options=options)).verdicts[own.key].code == "awarded"

    return served


class _Listing:
    """The list as it was served, with what there was before every turn.

    Who gets more votes takes a turn that is as early or earlier; before that turn nothing changed.
    """

    def __init__(self, problem: Problem, division: Division) -> None:
        self.problem = problem
        rules = [tie_key(problem, rule) for rule in tie_rules(problem)]
        first = first_by(problem) if problem.rules.rule == "lottery" else _by_votes
        self.key: Callable[[Option], Any] = lambda option: (
            first(option),
            *(rule(option) for rule in rules),
        )
        aside = [key for key, verdict in division.verdicts.items() if _took_no_part(verdict.code)]
        entrants = [option for option in problem.options if option.key not in aside]
        self.entrants = sorted(entrants, key=lambda option: (self.key(option), option.key))
        self.keys = [self.key(option) for option in self.entrants]
        self.index = {option.key: number for number, option in enumerate(self.entrants)}
        self.before = self._walk(division)

    def served(self, own: Option) -> Callable[[int], bool]:
        """Whether ``own`` gets all it asks with so many votes more, for certain: among those with
        whom it would be equal in everything it comes last."""
        last = self.index.get(own.key, len(self.entrants))

        def served(votes: int) -> bool:
            more = _more(self.problem, own, votes)
            if too_little_support(self.problem, more):
                return False
            turn = bisect_right(self.keys, self.key(more), 0, last)
            return turn_of(self.before[turn], more, self.problem.rules).verdict.code == "awarded"

        return served

    def _walk(self, division: Division) -> list[Purse]:
        purse = Purse(dict(self.problem.ceilings))
        for option in self.problem.options:
            verdict = division.verdicts[option.key]
            if verdict.code == "departed_award":
                for name in option.ceilings:
                    purse.left[name] -= verdict.granted
                if option.group:
                    purse.taken.setdefault(option.group, option.key)
        before = [purse.copy()]
        for option in self.entrants:
            take_turn(purse, option, turn_of(purse, option, self.problem.rules))
            before.append(purse.copy())
        return before


def _by_votes(option: Option) -> int:
    return -option.votes


def _took_no_part(code: str) -> bool:
    return code in (
        "withdrawn",
        "departed_award",
        "departed_refusal",
        "refused_quorum",
        "refused_support",
        "refused_supporters",
    )
