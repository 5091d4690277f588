"""Who stands where: the score that orders the options, the tie rules, and enough support or not.

Standard library only, whole numbers only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any

from assessment.domain.allocation_model import Option, Problem, Verdict
from assessment.domain.scoring import enough_points, with_bonus


def scores_of(problem: Problem) -> tuple[dict[str, int], int]:
    """What the order goes by, per option, as whole numbers over one scale.

    The votes; where experts count for e percent, (100 - e) percent of the votes and e percent of
    the experts' score, each divided by its highest (``highest``) or counted in rank points, n for
    the first of n, equals the same (``rank``). Under the rule score it is the experts' score, with
    what the votes add to it.
    """
    voted = {option.key: option.votes for option in problem.options}
    if problem.rules.rule == "score":
        return _points(problem)
    share = problem.rules.expert_percent
    if not share:
        return voted, problem.scale
    there = [option for option in problem.options if not option.withdrawn]
    votes = {option.key: option.votes for option in there}
    expert = {option.key: option.expert for option in there}
    if problem.rules.normalisation == "rank":
        votes, expert = _rank_points(votes), _rank_points(expert)
    most, best = max(1, *votes.values(), 1), max(1, *expert.values(), 1)
    together = {
        key: (100 - share) * votes[key] * best + share * expert[key] * most for key in votes
    }
    return dict.fromkeys(voted, 0) | together, 100 * most * best


def first_by(problem: Problem) -> Callable[[Option], Any]:
    """What the order goes by before any tie rule, as a key to sort by, lowest first."""
    if problem.rules.rule == "receipt":
        return lambda option: option.complete
    if problem.rules.rule == "lottery":
        return lambda option: 0
    if problem.rules.rule != "score" and not problem.rules.expert_percent:
        return lambda option: -option.votes
    scores, _scale = scores_of(problem)
    return lambda option: -scores[option.key]


def tie_rules(problem: Problem) -> tuple[str, ...]:
    """The tie rules in their order; in a lottery everybody is equal and the lot alone decides."""
    return ("lot",) if problem.rules.rule == "lottery" else problem.rules.ties


def tie_key(problem: Problem, rule: str) -> Callable[[Option], Any]:
    """What one tie rule goes by, as a key to sort by, lowest first."""
    drawn = {key: number for number, key in enumerate(problem.lot, start=1)}
    keys: dict[str, Callable[[Option], Any]] = {
        "more_votes": lambda option: -option.votes,
        "more_supporters": lambda option: -supporters_of(option, problem.scale),
        "higher_score": lambda option: -option.expert,
        "criterion": lambda option: -option.mark,
        "earlier_complete": lambda option: option.complete,
        "lower_amount": lambda option: option.asked,
        "lot": lambda option: drawn.get(option.key, 0),
    }
    return keys[rule]


def full_key(problem: Problem) -> Callable[[Option], Any]:
    """The whole order, main rule and all tie rules; options with the same key stay equals."""
    first = first_by(problem)
    rules = [tie_key(problem, rule) for rule in tie_rules(problem)]
    return lambda option: (first(option), *(rule(option) for rule in rules))


def equals(options: Iterable[Option], key: Callable[[Option], Any]) -> list[list[Option]]:
    """Options in order of ``key``, equals together and among them in order of their own key."""
    groups: dict[Any, list[Option]] = {}
    for option in sorted(options, key=lambda option: option.key):
        groups.setdefault(key(option), []).append(option)
    return [groups[value] for value in sorted(groups)]


def supporters_of(option: Option, scale: int) -> int:
    """How many ballots support an option; where nobody counted them, as many as it has votes."""
    return option.votes // scale if option.supporters is None else option.supporters


def supporters_needed(problem: Problem) -> int:
    """The least number of ballots that meets the percentage (rounded up)."""
    return -(-problem.rules.minimum_percent * problem.ballots // 100)


def too_little_support(problem: Problem, option: Option) -> Verdict | None:
    """The refusal of an option with too few points, votes or voters; None when it has enough.

    A minimum of points holds under every rule where experts scored. Order of receipt knows no
    support of voters.
    """
    least = problem.rules.minimum_score
    if least and not enough_points(option.expert, problem.expert_scale, least):
        return Verdict(0, "refused_score", support_needed=least)
    if problem.rules.rule == "receipt":
        return None
    votes, voters = problem.rules.minimum_votes, supporters_needed(problem)
    if option.supporters is None:
        votes, voters = max(votes, voters), 0
    if votes and option.votes < votes * problem.scale:
        return Verdict(0, "refused_support", support_needed=votes)
    if voters and supporters_of(option, problem.scale) < voters:
        return Verdict(0, "refused_supporters", support_needed=voters)
    return None


def _points(problem: Problem) -> tuple[dict[str, int], int]:
    there = [option for option in problem.options if not option.withdrawn]
    points, scale = with_bonus(
        {option.key: option.expert for option in there},
        problem.expert_scale,
        {option.key: option.votes for option in there},
        problem.rules.bonus,
    )
    return {option.key: 0 for option in problem.options} | points, scale


def _rank_points(values: dict[str, int]) -> dict[str, int]:
    """n points for the highest of n, one less for every option that stands higher."""
    upwards = sorted(values.values())
    return {key: bisect_right(upwards, value) for key, value in values.items()}
