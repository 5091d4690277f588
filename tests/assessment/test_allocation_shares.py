"""Money in proportion to votes: against a plain reference, and what must hold under any ceiling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.domain.allocation import TOTAL, Option, Outcome, Problem, Row, Rules, allocate
from assessment.domain.allocation_text import outcome_hash


def pro_rata(
    *options: Option,
    total: int,
    floor: int = 0,
    cap: int = 0,
    ties: tuple[str, ...] = ("lot",),
    lot: tuple[str, ...] = (),
    minimum: int = 0,
    subs: Mapping[str, int] | None = None,
) -> Problem:
    rules = Rules("pro_rata", ties=ties, floor=floor, cap=cap, minimum_votes=minimum)
    return Problem(options, {TOTAL: total, **(subs or {})}, rules, lot=lot)


def rows(outcome: Outcome) -> dict[str, Row]:
    return {row.key: row for row in outcome.rows}


def amounts(problem: Problem) -> dict[str, int]:
    return {row.key: row.granted for row in allocate(problem).rows}


class TestByHand:
    def test_everybody_gets_the_same_for_a_vote(self) -> None:
        found = pro_rata(Option("a", 9000, 5), Option("b", 9000, 3), total=800)
        assert amounts(found) == {"a": 500, "b": 300}
        assert {row.code for row in allocate(found).rows} == {"awarded_share"}

    def test_never_more_than_asked_and_the_rest_goes_to_the_others(self) -> None:
        problem = pro_rata(
            Option("a", 100, 8), Option("b", 900, 1), Option("c", 900, 1), total=1000
        )
        assert amounts(problem) == {"a": 100, "b": 450, "c": 450}
        assert rows(allocate(problem))["a"].code == "awarded"

    def test_a_cap_frees_money_too(self) -> None:
        problem = pro_rata(Option("a", 900, 9), Option("b", 900, 1), total=1000, cap=600)
        assert amounts(problem) == {"a": 600, "b": 400}

    def test_a_floor_is_paid_before_anything_is_divided(self) -> None:
        problem = pro_rata(Option("a", 900, 99), Option("b", 900, 1), total=500, floor=100)
        assert amounts(problem) == {"a": 400, "b": 100}

    def test_a_floor_that_the_money_cannot_carry_does_not_count(self) -> None:
        problem = pro_rata(Option("a", 900, 3), Option("b", 900, 1), total=160, floor=100)
        assert amounts(problem) == {"a": 120, "b": 40}

    def test_the_last_cents_go_to_the_largest_remainders(self) -> None:
        problem = pro_rata(Option("a", 900, 4), Option("b", 900, 2), Option("c", 900, 1), total=100)
        assert amounts(problem) == {"a": 57, "b": 29, "c": 14}

    def test_equal_remainders_go_by_the_tie_rules_or_stand_open(self) -> None:
        options = tuple(Option(key, 900, 1) for key in "abc")
        still = allocate(pro_rata(*options, total=100))
        assert still.open_tie == ("a", "b", "c")
        assert still.needs_lot
        assert {row.code for row in still.rows} == {"tied"}
        drawn = pro_rata(*options, total=100, lot=("c", "a", "b"))
        assert amounts(drawn) == {"a": 33, "b": 33, "c": 34}
        tie = allocate(drawn).ties[0]
        assert (tie.decisive, tie.decided_by, tie.stage) == (True, "lot", "remainder")

    def test_too_few_votes_get_nothing_and_nobody_gets_something_for_none(self) -> None:
        problem = pro_rata(
            Option("a", 900, 5), Option("b", 900, 2), Option("c", 900, 0), total=700, minimum=3
        )
        assert amounts(problem) == {"a": 700, "b": 0, "c": 0}
        assert rows(allocate(problem))["b"].support_needed == 3
        assert amounts(replace(problem, rules=replace(problem.rules, minimum_votes=0))) == {
            "a": 500,
            "b": 200,
            "c": 0,
        }

    def test_of_a_group_only_the_first_takes_part(self) -> None:
        problem = pro_rata(
            Option("a", 900, 5, group="g"),
            Option("b", 900, 4, group="g"),
            Option("c", 900, 5),
            total=700,
        )
        assert amounts(problem) == {"a": 350, "b": 0, "c": 350}
        assert rows(allocate(problem))["b"].rival == "a"

    def test_equals_in_a_group_stand_open_with_everybody_who_depends_on_it(self) -> None:
        problem = pro_rata(
            Option("a", 900, 5, group="g"), Option("b", 900, 5, group="g"), total=700
        )
        assert allocate(problem).open_tie == ("a", "b")
        drawn = replace(problem, lot=("b", "a"))
        assert amounts(drawn) == {"a": 0, "b": 700}


# --- a plain reference ---------------------------------------------------------------------------


def clamped(level: Fraction, option: Option, floor: int, cap: int) -> Fraction:
    most = min(option.asked, cap) if cap else option.asked
    return min(Fraction(most), max(Fraction(min(floor, most)), level * option.votes))


def plain_shares(problem: Problem) -> dict[str, Fraction]:
    """One ceiling: find the level (cents a vote) at which the money is just used up, by halving,
    then exactly from who is neither at the floor nor at the top."""
    rules, total = problem.rules, problem.ceilings[TOTAL]
    sharing = [option for option in problem.options if option.votes > 0]
    floor = rules.floor
    if sum(clamped(Fraction(0), option, floor, rules.cap) for option in sharing) > total:
        floor = 0
    low, high = Fraction(0), Fraction(10**6)

    def used(level: Fraction) -> Fraction:
        return sum((clamped(level, o, floor, rules.cap) for o in sharing), Fraction(0))

    if used(high) <= total:
        return {o.key: clamped(high, o, floor, rules.cap) for o in sharing}
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if used(middle) <= total else (low, middle)
    between = [
        o
        for o in sharing
        if clamped(low, o, floor, rules.cap) != clamped(high, o, floor, rules.cap)
    ]
    fixed = sum(
        (clamped(low, o, floor, rules.cap) for o in sharing if o not in between), Fraction(0)
    )
    if between:
        low = (total - fixed) / sum(o.votes for o in between)
    return {o.key: clamped(low, o, floor, rules.cap) for o in sharing}


@st.composite
def sharings(draw: st.DrawFn) -> Problem:
    keys = "abcdef"[: draw(st.integers(1, 6))]
    options = [Option(k, draw(st.integers(1, 60)), draw(st.integers(0, 9))) for k in keys]
    return pro_rata(
        *options,
        total=draw(st.integers(0, 150)),
        floor=draw(st.sampled_from([0, 0, 5, 12])),
        cap=draw(st.sampled_from([0, 0, 15, 40])),
        lot=tuple(draw(st.permutations(keys))),
    )


@settings(max_examples=200, deadline=None)
@given(sharings())
def test_every_share_is_the_exact_one_rounded_to_a_cent(problem: Problem) -> None:
    exact, found = plain_shares(problem), amounts(problem)
    for option in problem.options:
        share = exact.get(option.key, Fraction(0))
        assert int(share) <= found[option.key] <= -int(-share // 1)
    assert sum(found.values()) == int(sum(exact.values(), Fraction(0)))


@settings(max_examples=100, deadline=None)
@given(sharings())
def test_whoever_got_a_cent_more_had_the_larger_remainder_or_drew_first(problem: Problem) -> None:
    exact, found = plain_shares(problem), amounts(problem)
    rest = {key: share - int(share) for key, share in exact.items()}
    up = [key for key in rest if found[key] > exact[key]]
    down = [key for key in rest if found[key] < exact[key]]
    for lucky in up:
        for unlucky in down:
            assert (rest[lucky], -problem.lot.index(lucky)) > (
                rest[unlucky],
                -problem.lot.index(unlucky),
            )


@settings(max_examples=100, deadline=None)
@given(sharings())
def test_without_a_lot_only_who_ties_for_a_cent_stands_open(problem: Problem) -> None:
    drawn, still = allocate(problem), allocate(replace(problem, lot=()))
    told = {row.key: row.granted for row in still.rows if row.code not in ("tied", "undecided")}
    assert told == {key: rows(drawn)[key].granted for key in told}
    other = allocate(replace(problem, lot=problem.lot[::-1]))
    same = {row.key for row in drawn.rows if rows(other)[row.key].granted == row.granted}
    assert set(told) <= same
    assert bool(still.open_tie) == (len(told) < len(problem.options))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_under_ceilings_nobody_could_have_more_without_another_having_less(
    data: st.DataObject,
) -> None:
    keys = "abcdef"[: data.draw(st.integers(1, 6))]
    under = st.sampled_from([(TOTAL,), ("r", TOTAL), ("s", TOTAL), ("r", "x", TOTAL)])
    options = [
        Option(k, data.draw(st.integers(1, 60)), data.draw(st.integers(1, 9)), "", data.draw(under))
        for k in keys
    ]
    subs = {name: data.draw(st.integers(0, 80)) for name in "rsx"}
    problem = pro_rata(
        *options,
        total=data.draw(st.integers(0, 150)),
        cap=data.draw(st.sampled_from([0, 20])),
        lot=tuple(data.draw(st.permutations(keys))),
        subs=subs,
    )
    outcome = allocate(problem)
    found = rows(outcome)
    most = {o.key: min(o.asked, problem.rules.cap or o.asked) for o in options}
    assert all(cents >= 0 for cents in outcome.left.values())
    for option in options:
        granted = found[option.key].granted
        assert 0 <= granted <= most[option.key]
        # She has all she can get, or a ceiling that counts for her is used up.
        assert granted == most[option.key] or min(outcome.left[n] for n in option.ceilings) == 0
    for one in options:
        for other in options:
            if set(other.ceilings) >= set(one.ceilings) and found[one.key].granted < most[one.key]:
                # Nobody under the same ceilings (or more) has more for a vote, but for a cent.
                assert (found[other.key].granted - 1) * one.votes <= (
                    found[one.key].granted + 1
                ) * other.votes


@settings(max_examples=50, deadline=None)
@given(sharings(), st.randoms(use_true_random=False))
def test_the_order_of_the_options_makes_no_difference(problem: Problem, random: object) -> None:
    shuffled = list(problem.options)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis' own Random
    assume(len(shuffled) > 1)
    assert outcome_hash(allocate(replace(problem, options=tuple(shuffled)))) == outcome_hash(
        allocate(problem)
    )


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_under_ceilings_an_open_cent_leaves_certain_only_what_every_lot_gives(
    data: st.DataObject,
) -> None:
    keys = "abcd"[: data.draw(st.integers(2, 4))]
    under = st.sampled_from([(TOTAL,), ("r", TOTAL), ("x", TOTAL), ("r", "x", TOTAL)])
    options = [
        Option(k, data.draw(st.integers(3, 20)), data.draw(st.integers(1, 2)), "", data.draw(under))
        for k in keys
    ]
    subs = {name: data.draw(st.integers(0, 20)) for name in "rx"}
    problem = pro_rata(*options, total=data.draw(st.integers(5, 50)), subs=subs)
    ends = [amounts(replace(problem, lot=lot)) for lot in permutations(keys)]
    outcome = allocate(problem)
    for row in outcome.rows:
        if row.code not in ("tied", "undecided"):
            assert {end[row.key] for end in ends} == {row.granted}
    if not outcome.open_tie:
        assert all(end == ends[0] for end in ends)
