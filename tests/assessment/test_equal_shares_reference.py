"""Equal shares against a slow, obvious reference: voter by voter, with fractions, every order."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.equal_shares_ballots import Electorate, Project
from assessment.domain.equal_shares_model import SharesProblem
from assessment.domain.equal_shares_purses import BallotPurses
from assessment.domain.equal_shares_raise import share_out
from assessment.domain.equal_shares_run import OnePass


def slow_pass(problem: SharesProblem, share: Fraction, order: list[str]) -> list[str]:
    """One pass voter by voter, with fractions; equals by their place in ``order``."""
    voters = [dict(ballot) for count, ballot in problem.profile for _ in range(count)]
    money = [share for _ in voters]
    costs = {project.key: project for project in problem.projects}
    room, chosen = dict(problem.ceilings), list[str]()
    while True:
        best: tuple[Fraction, int, str, Fraction] | None = None
        for key, project in costs.items():
            taken = {costs[other].group for other in chosen} - {""}
            fits = all(project.cost <= room[name] for name in project.ceilings)
            if key in chosen or project.cost > problem.budget or not fits or project.group in taken:
                continue
            if any(project.cost > problem.ceilings[name] for name in project.ceilings):
                continue
            backers = [number for number, ballot in enumerate(voters) if key in ballot]
            if not backers or sum(money[number] for number in backers) < project.cost:
                continue
            price = slow_price(project.cost, [(money[n], voters[n][key]) for n in backers])
            found = (price / project.cost, order.index(key), key, price)
            best = min(best, found) if best else found
        if best is None:
            return chosen
        _measure, _place, key, price = best
        for number, ballot in enumerate(voters):
            if key in ballot:
                money[number] -= min(money[number], price * ballot[key])
        chosen.append(key)
        for name in costs[key].ceilings:
            room[name] -= costs[key].cost


def slow_price(cost: int, backers: list[tuple[Fraction, int]]) -> Fraction:
    """The price at which everybody pays it, or all she has: by going up the purses."""
    by_wealth = sorted(backers, key=lambda backer: backer[0] / backer[1])
    paid = Fraction(0)
    for place, (money, utility) in enumerate(by_wealth):
        price = (cost - paid) / sum(each for _, each in by_wealth[place:])
        if price * utility <= money:
            return price
        paid += money
    raise AssertionError("they could not pay")


def slow_spent(problem: SharesProblem, chosen: list[str]) -> int:
    return sum(project.cost for project in problem.projects if project.key in chosen)


def slow_allowed(problem: SharesProblem, chosen: list[str]) -> list[Project]:
    """What is not chosen yet, is supported, and keeps to its narrow ceilings and its group."""
    supported = {key for _count, ballot in problem.profile for key, _utility in ballot}
    there = [project for project in problem.projects if project.key in chosen]
    return [
        project
        for project in problem.projects
        if project.key in supported - set(chosen)
        and project.cost <= problem.budget
        and not (project.group and project.group in {other.group for other in there})
        and all(
            project.cost + sum(other.cost for other in there if name in other.ceilings)
            <= problem.ceilings[name]
            for name in project.ceilings
        )
    ]


def slow_outcome(problem: SharesProblem, order: list[str]) -> tuple[list[str], Fraction]:
    """All passes and the completion, with one full order of equals."""
    share = Fraction(problem.budget, sum(count for count, _ballot in problem.profile))
    step = Fraction(problem.step, problem.scale)
    chosen = slow_pass(problem, share, order)
    while step:
        could = slow_allowed(problem, chosen)
        if problem.reading == "exhaustive":
            rest = problem.budget - slow_spent(problem, chosen)
            could = [project for project in could if project.cost <= rest]
        more = slow_pass(problem, share + step, order)
        if not could or slow_spent(problem, more) > problem.budget:
            break
        chosen, share = more, share + step
    if problem.completion == "none":
        return chosen, share
    score = dict.fromkeys(order, 0)
    for count, ballot in problem.profile:
        for key, utility in ballot:
            score[key] += count * utility
    for key in sorted(order, key=lambda key: (-score[key], order.index(key))):
        rest = problem.budget - slow_spent(problem, chosen)
        if any(key == each.key and each.cost <= rest for each in slow_allowed(problem, chosen)):
            chosen.append(key)
    return chosen, share


def orders_of(problem: SharesProblem) -> Iterator[list[str]]:
    """All full orders that the ranks leave possible."""
    ranks = {project.key: project.rank for project in problem.projects}
    for order in permutations(sorted(ranks)):
        if [ranks[key] for key in order] == sorted(ranks.values()):
            yield list(order)


@st.composite
def problems(draw: st.DrawFn, *, parted: bool = False) -> SharesProblem:
    keys = "abcde"[: draw(st.integers(2, 4 if not parted else 5))]
    ranks = (
        draw(st.permutations(range(len(keys))))
        if parted
        else [draw(st.integers(0, 1)) for _ in keys]
    )
    projects = tuple(
        Project(
            key,
            draw(st.integers(1, 12)),
            (ranks[place],),
            draw(st.sampled_from([(), (), ("west",)])),
            draw(st.sampled_from(["", "", "", "bridge"])),
        )
        for place, key in enumerate(keys)
    )
    ballots = draw(
        st.lists(
            st.tuples(
                st.integers(1, 3),
                st.dictionaries(st.sampled_from(keys), st.integers(1, 3), max_size=4).map(
                    lambda ballot: tuple(sorted(ballot.items()))
                ),
            ),
            min_size=1,
            max_size=5,
        )
    )
    return SharesProblem(
        projects,
        draw(st.integers(1, 30)),
        tuple(ballots),
        step=draw(st.sampled_from([0, 1, 2])),
        reading=draw(st.sampled_from(["exhaustive", "until_overspend"])),
        completion=draw(st.sampled_from(["none", "utilitarian"])),
        ceilings={"west": draw(st.integers(1, 20))},
        scale=draw(st.sampled_from([1, 1, 2])),
    )


@settings(max_examples=150, deadline=None)
@given(problems(parted=True))
def test_it_is_what_the_slow_method_gives(problem: SharesProblem) -> None:
    order = next(orders_of(problem))
    outcome = share_out(problem)
    chosen, share = slow_outcome(problem, order)
    assert set(outcome.winners) == set(chosen)
    assert [choice.key for choice in outcome.choices] + list(outcome.added) == chosen
    assert outcome.share == share
    assert not outcome.open


@settings(max_examples=80, deadline=None)
@given(problems())
def test_what_equals_leave_open_is_exactly_what_differs_between_their_orders(
    problem: SharesProblem,
) -> None:
    every = [set(slow_outcome(problem, order)[0]) for order in orders_of(problem)]
    outcome = share_out(problem)
    assert set(outcome.winners) == set.intersection(*every)
    assert set(outcome.open) == set.union(*every) - set.intersection(*every)
    unbroken = [tie for tie in outcome.ties if tie.decisive and tie.rule is None]
    assert bool(outcome.open) <= bool(unbroken)


@settings(max_examples=100, deadline=None)
@given(problems())
def test_ballots_one_by_one_give_what_classes_of_ballots_give(problem: SharesProblem) -> None:
    electorate = Electorate(problem.projects, problem.profile)
    voters = sum(count for count, _ballot in problem.profile)
    share = Fraction(problem.budget, voters)
    passes = [OnePass(electorate, share, most=10**6, ceilings=problem.ceilings) for _ in range(2)]
    passes[1].purses = BallotPurses(passes[1].purses)
    by_class, by_ballot = (one.serve() for one in passes)
    assert [(each.key, each.price, each.most) for each in by_class.chosen] == [
        (each.key, each.price, each.most) for each in by_ballot.chosen
    ]
    assert by_class.equals == by_ballot.equals
    for key in electorate.backing:
        assert passes[0].left_behind(key) == passes[1].left_behind(key)


def test_many_different_ballots_are_looked_at_one_by_one_on_the_way() -> None:
    keys = [f"p{number:02d}" for number in range(16)]
    dice = Random(7)
    profile = [(1, tuple((key, dice.randint(1, 9)) for key in keys)) for _ in range(300)]
    electorate = Electorate([Project(key, 70) for key in keys], profile)
    one = OnePass(electorate, Fraction(1000, 300), most=10**6, ceilings={})
    chosen = {each.key for each in one.serve().chosen}
    assert isinstance(one.purses, BallotPurses)
    spread = SharesProblem(
        tuple(Project(key, 70, (place,)) for place, key in enumerate(keys)), 1000, tuple(profile)
    )
    assert chosen == set(slow_pass(spread, Fraction(1000, 300), keys))


@settings(max_examples=60, deadline=None)
@given(problems())
def test_never_over_the_budget_nor_a_ceiling_nor_two_of_a_group(problem: SharesProblem) -> None:
    projects = {project.key: project for project in problem.projects}
    won = [projects[key] for key in share_out(problem).winners]
    assert sum(project.cost for project in won) <= problem.budget
    west = sum(project.cost for project in won if "west" in project.ceilings)
    assert west <= problem.ceilings["west"]
    assert sum(project.group == "bridge" for project in won) <= 1
