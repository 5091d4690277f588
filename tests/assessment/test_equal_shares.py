"""Equal shares by hand, their ties, and as a rule of the award engine."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from inspect import getsource
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.allocation import Option, Outcome, Problem, Row, Rules, allocate
from assessment.domain.allocation_text import outcome_hash
from assessment.domain.equal_shares_ballots import Electorate, Project, Turnwise
from assessment.domain.equal_shares_model import Compared, SharesProblem, SharesTie
from assessment.domain.equal_shares_raise import share_out

A, B, C = ("a", 1), ("b", 1), ("c", 1)


def shares(*projects: Project, budget: int, ballots: str, **more: Any) -> SharesProblem:
    """Approval ballots as words of letters, one a voter."""
    profile = tuple((1, tuple((key, 1) for key in ballot)) for ballot in ballots.split())
    return SharesProblem(projects, budget, profile, **more)


def ranked(**costs: int) -> list[Project]:
    """Projects of which the tie order is alphabetical."""
    return [Project(key, cost, (place,)) for place, (key, cost) in enumerate(costs.items())]


class TestByHand:
    def test_every_group_of_voters_gets_what_its_shares_can_pay(self) -> None:
        # Six of ten like a and b, four like c: votes alone would give everything to the six.
        problem = shares(
            *ranked(a=500, b=500, c=400), budget=1000, ballots="ab " * 6 + "c " * 4, step=0
        )
        outcome = share_out(problem)
        assert outcome.winners == ("a", "c")
        assert outcome.left["b"] == 100
        assert [choice.price for choice in outcome.choices] == [Fraction(250, 3), Fraction(100)]

    def test_who_has_too_little_pays_what_she_has_and_the_others_the_rest(self) -> None:
        # Three shares of 100. a costs each of the first two 90; of b the second pays her last 10.
        problem = shares(*ranked(a=180, b=110), budget=300, ballots="a ab b", step=0)
        outcome = share_out(problem)
        assert outcome.winners == ("a", "b")
        assert outcome.choices[1].price == 100
        assert outcome.choices[1].effective == Fraction(110, 100)

    def test_most_effective_support_goes_first_and_not_the_lowest_price(self) -> None:
        problem = shares(*ranked(a=600, b=90), budget=600, ballots="a a a ab b b", step=0)
        assert share_out(problem).winners == ("b",)
        dear_first = shares(*ranked(a=300, b=90), budget=600, ballots="a a a a ab b", step=0)
        assert share_out(dear_first).choices[0].key == "a"
        assert share_out(replace(dear_first, measure="number")).choices[0].key == "b"

    def test_who_supports_nothing_has_a_share_too(self) -> None:
        profile = ((2, (A,)), (2, ()))
        problem = SharesProblem((Project("a", 600),), 1000, profile)
        assert share_out(problem).winners == ()
        assert share_out(replace(problem, step=50)).winners == ("a",)

    def test_shares_rise_by_the_step_until_the_outcome_is_exhaustive(self) -> None:
        problem = shares(
            *ranked(a=700, b=300, c=250),
            budget=1000,
            ballots="a a a b c",
            step=10,
            reading="exhaustive",
        )
        outcome = share_out(problem)
        assert (outcome.winners, outcome.share, outcome.steps) == (("a", "c"), 250, 5)

    def test_until_overspend_goes_on_past_the_first_exhaustive_outcome(self) -> None:
        # At 250 a share a and c are paid; the next step that changes anything buys b too.
        problem = shares(*ranked(a=700, b=300, c=250), budget=1000, ballots="a a a b c", step=10)
        assert (share_out(problem).winners, share_out(problem).share) == (("a", "c"), 290)

    def test_without_a_step_nothing_is_raised(self) -> None:
        assert share_out(shares(*ranked(a=700), budget=1000, ballots="a b")).winners == ()

    def test_completion_adds_what_fits_by_votes(self) -> None:
        problem = shares(
            *ranked(a=700, b=600, c=250),
            budget=1000,
            ballots="a a a b b c",
            completion="utilitarian",
        )
        outcome = share_out(problem)
        assert (outcome.choices, outcome.added) == ((), ("a", "c"))
        assert outcome.winners == ("a", "c")

    def test_a_weight_gives_a_voter_that_many_shares(self) -> None:
        profile = ((2, (A,)), (1, (B,)))
        problem = SharesProblem((Project("a", 200), Project("b", 200)), 300, profile)
        assert share_out(problem).winners == ("a",)

    def test_a_narrow_ceiling_and_a_group_hold_at_every_share(self) -> None:
        projects = (
            Project("a", 100, (0,), ("west",), ""),
            Project("b", 100, (1,), ("west",), ""),
            Project("c", 100, (2,), (), "bridge"),
            Project("d", 100, (3,), (), "bridge"),
        )
        problem = shares(
            *projects, budget=1000, ballots="abcd abc ab", step=100, ceilings={"west": 150}
        )
        assert share_out(problem).winners == ("a", "c")

    def test_the_comparison_takes_what_more_voters_find_more_in(self) -> None:
        # With 100 each, five cannot pay for a and three can pay for b; by votes a goes first.
        problem = shares(
            *ranked(a=900, b=300), budget=900, ballots="a a a a a b b b c", comparison=True
        )
        outcome = share_out(problem)
        assert outcome.choices[0].key == "b"
        assert outcome.compared == Compared(3, 5, ("a",), "greedy")
        assert (outcome.winners, outcome.spent) == (("a",), 900)

    def test_as_many_for_both_stays_with_equal_shares(self) -> None:
        problem = shares(*ranked(a=800, b=200), budget=800, ballots="a a b b", comparison=True)
        outcome = share_out(problem)
        assert outcome.compared == Compared(2, 2, ("a",), "shares")
        assert outcome.winners == ("b",)

    def test_warnings_for_few_ballots_and_few_choices(self) -> None:
        small = shares(*ranked(a=10, b=10), budget=100, ballots="ab ab")
        assert share_out(small).warnings == ("few_ballots", "few_choices")
        many = replace(small, profile=((100, (A, B, C)),))
        assert share_out(many).warnings == ()

    def test_every_step_is_told(self) -> None:
        told: list[tuple[int, int]] = []
        problem = shares(*ranked(a=700, b=300), budget=900, ballots="a a a b", step=5)
        outcome = share_out(problem, lambda step, spent: told.append((step, spent)))
        assert told == [(1, 0), (2, 700), *((step, 700) for step in range(3, 15))]
        assert (outcome.steps, outcome.spent, outcome.winners) == (14, 700, ("a",))

    def test_where_nobody_voted_nobody_wins(self) -> None:
        outcome = share_out(SharesProblem((Project("a", 10),), 100, (), step=1))
        assert (outcome.winners, outcome.open, outcome.spent) == ((), (), 0)

    def test_who_asks_more_than_there_is_never_stops_the_others(self) -> None:
        problem = shares(*ranked(a=5000, b=600), budget=1000, ballots="a a a b", step=10)
        assert share_out(problem).winners == ("b",)


def test_prices_are_told_apart_however_near_they_are() -> None:
    near = 10**60
    one, other = Turnwise(near, near + 1), Turnwise(near + 1, near + 2)
    assert one.below == other.below
    assert one < other
    assert not other < one
    assert one != other
    assert one == Turnwise(2 * near, 2 * near + 2)


class TestTies:
    twins = (Project("a", 500), Project("b", 500))

    def test_equals_of_whom_one_can_be_paid_stand_open(self) -> None:
        outcome = share_out(shares(*self.twins, budget=500, ballots="ab ab"))
        assert (outcome.winners, outcome.open) == ((), ("a", "b"))
        assert outcome.ties == (SharesTie(("a", "b"), decisive=True, rule=None),)

    def test_the_tie_order_decides_and_says_so(self) -> None:
        twins = (Project("a", 500, (0, 2)), Project("b", 500, (0, 1)))
        outcome = share_out(shares(*twins, budget=500, ballots="ab ab"))
        assert (outcome.winners, outcome.open) == (("b",), ())
        assert outcome.ties == (SharesTie(("a", "b"), decisive=True, rule=1),)

    def test_equals_that_can_all_be_paid_change_nothing(self) -> None:
        outcome = share_out(shares(*self.twins, budget=1000, ballots="ab ab"))
        assert outcome.winners == ("a", "b")
        assert outcome.ties == (SharesTie(("a", "b"), decisive=False, rule=None),)

    def test_a_tie_that_comes_out_the_same_later_is_not_decisive(self) -> None:
        # Neither order of a and b leaves enough for the other; the completion adds it all the same.
        outcome = share_out(
            shares(*self.twins, budget=1000, ballots="ab a b c", completion="utilitarian")
        )
        assert (set(outcome.winners), outcome.open) == ({"a", "b"}, ())

    def test_of_equals_that_the_order_parts_only_partly_the_rest_is_a_tie_too(self) -> None:
        projects = (Project("a", 500, (0,)), Project("b", 500, (1,)), Project("c", 500, (1,)))
        outcome = share_out(shares(*projects, budget=1000, ballots="abc abc"))
        assert (outcome.winners, outcome.open) == (("a",), ("b", "c"))
        assert outcome.ties == (
            SharesTie(("a", "b", "c"), decisive=True, rule=0),
            SharesTie(("b", "c"), decisive=True, rule=None),
        )

    def test_more_equals_than_can_be_tried_stand_open(self) -> None:
        many = [Project(key, 500) for key in "abcdefgh"]
        outcome = share_out(shares(*many, budget=500, ballots="abcdefgh abcdefgh"))
        assert (outcome.winners, outcome.open) == ((), tuple("abcdefgh"))
        assert [tie.decisive for tie in outcome.ties] == [True]


class TestRefusesNonsense:
    @pytest.mark.parametrize(
        "wrong",
        [{"reading": "guess"}, {"completion": "all"}, {"step": -1}, {"budget": -1}, {"scale": 0}],
    )
    def test_it_raises(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            replace(shares(Project("a", 1), budget=1, ballots="a"), **wrong)

    def test_a_project_without_cost_and_a_utility_below_zero(self) -> None:
        with pytest.raises(ValueError, match="costs nothing"):
            shares(Project("a", 0), budget=1, ballots="a")
        with pytest.raises(ValueError, match="above zero"):
            Electorate([Project("a", 1)], [(1, (("a", 0),))])

    def test_a_vote_for_one_option_each(self) -> None:
        problem = Problem(
            (Option("a", 10),), {"total": 10}, Rules("equal_shares", kind="choose_one")
        )
        with pytest.raises(ValueError, match="chooses one"):
            allocate(problem)


# --- as a rule of the award engine ---------------------------------------------------------------


def award(**more: Any) -> Problem:
    """Six of ten like a and b, four like c."""
    return Problem(
        options=(
            Option("a", 500, 6),
            Option("b", 500, 6),
            Option("c", 400, 4),
            Option("d", 100, 0),
        ),
        ceilings={"total": 1000},
        rules=Rules("equal_shares", step=10, add1="until_overspend", **more),
        ballots=10,
        profile=((6, (("a", 1), ("b", 1))), (4, (("c", 1),))),
    )


def rows(outcome: Outcome) -> dict[str, Row]:
    return {row.key: row for row in outcome.rows}


def test_rows_tell_who_won_at_what_price_and_what_the_others_lacked() -> None:
    outcome = allocate(replace(award(ties=("lot",)), lot=("a", "b", "c", "d")))
    told = rows(outcome)
    assert {key: row.code for key, row in told.items()} == {
        "a": "awarded",
        "b": "refused_shares",
        "c": "awarded",
        "d": "refused_shares",
    }
    assert (told["a"].effective, told["a"].paid) == (600, 84)
    assert told["b"].left == 6 * (100 + 10 * outcome.figures["steps"]) - 500
    assert outcome.left == {"total": 100}
    assert [(tie.keys, tie.decided_by) for tie in outcome.ties] == [(("a", "b"), "lot")]
    assert outcome.warnings == ("few_ballots", "few_choices")


def test_without_a_lot_the_equals_stand_open_and_the_rest_is_certain() -> None:
    outcome = allocate(award(ties=("lot",)))
    assert (outcome.open_tie, outcome.needs_lot) == (("a", "b"), True)
    assert {key: row.code for key, row in rows(outcome).items()} == {
        "a": "tied",
        "b": "tied",
        "c": "awarded",
        "d": "refused_shares",
    }


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_makes_no_difference(random: Random) -> None:
    problem = award(ties=("lower_amount",), completion="utilitarian", comparison=True)
    options, profile = list(problem.options), list(problem.profile)
    random.shuffle(options)
    random.shuffle(profile)
    other = replace(problem, options=tuple(options), profile=tuple(profile))
    assert outcome_hash(allocate(other)) == outcome_hash(allocate(problem))


HASHED = f"""
from typing import Any
from assessment.domain.allocation import Option, Problem, Rules, allocate
from assessment.domain.allocation_text import outcome_hash
{getsource(award)}
print(outcome_hash(allocate(award(ties=("lower_amount",), completion="utilitarian"))))
"""


@pytest.mark.parametrize("seed", ["0", "1", "42"])
def test_the_hash_seed_of_python_makes_no_difference(seed: str) -> None:
    own = outcome_hash(allocate(award(ties=("lower_amount",), completion="utilitarian")))
    ran = subprocess.run(
        [sys.executable, "-c", HASHED],
        env={"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == own
