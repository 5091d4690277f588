"""Who gets what: hand-made cases, and a slow, obvious reference for everything else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.allocation import (
    TOTAL,
    Option,
    Outcome,
    Problem,
    Row,
    Rules,
    allocate,
    votes_needed,
)
from assessment.domain.allocation_text import (
    inputs_text,
    outcome_hash,
    outcome_of,
    outcome_text,
    problem_of,
)
from timeline.canon import canonical

ALL_TIES = ("more_votes", "lower_amount", "lot")


def by_votes(
    *options: Option,
    total: int,
    on_misfit: str = "skip",
    ties: tuple[str, ...] = (),
    subs: Mapping[str, int] | None = None,
    lot: tuple[str, ...] = (),
) -> Problem:
    ceilings = {TOTAL: total, **(subs or {})}
    return Problem(options, ceilings, Rules("votes", on_misfit, ties), lot=lot)


def rows(outcome: Outcome) -> dict[str, Row]:
    return {row.key: row for row in outcome.rows}


def codes(outcome: Outcome) -> dict[str, str]:
    return {row.key: row.code for row in outcome.rows}


class TestByHand:
    plans = (Option("a", 600, 9), Option("b", 500, 7), Option("c", 300, 5), Option("d", 100, 3))

    def test_skip_passes_over_what_does_not_fit(self) -> None:
        outcome = allocate(by_votes(*self.plans, total=1000))
        assert codes(outcome) == {
            "a": "awarded",
            "b": "refused_ceiling",
            "c": "awarded",
            "d": "awarded",
        }
        assert outcome.left == {TOTAL: 0}

    def test_stop_serves_nobody_after_the_first_that_does_not_fit(self) -> None:
        outcome = allocate(by_votes(*self.plans, total=1000, on_misfit="stop"))
        assert codes(outcome)["c"] == codes(outcome)["d"] == "refused_stopped"
        assert rows(outcome)["c"].stopped_by == "b"
        assert outcome.left == {TOTAL: 400}

    def test_partial_gives_the_rest_to_the_first_that_does_not_fit(self) -> None:
        outcome = allocate(by_votes(*self.plans, total=1000, on_misfit="partial"))
        assert (rows(outcome)["b"].code, rows(outcome)["b"].granted) == ("awarded_partly", 400)
        assert codes(outcome)["c"] == "refused_stopped"
        assert outcome.left == {TOTAL: 0}

    def test_a_refusal_tells_what_was_left_and_how_many_votes_were_missing(self) -> None:
        row = rows(allocate(by_votes(*self.plans, total=1000)))["b"]
        assert (row.asked, row.left, row.votes_needed) == (500, 400, 3)

    def test_no_number_of_votes_helps_who_asks_more_than_the_ceiling(self) -> None:
        problem = by_votes(Option("a", 2000, 1), Option("b", 10, 5), total=1000)
        assert rows(allocate(problem))["a"].votes_needed is None

    def test_a_full_region_refuses_and_another_goes_on(self) -> None:
        problem = by_votes(
            Option("a", 100, 9, ceilings=("region:1", TOTAL)),
            Option("b", 100, 8, ceilings=("region:1", TOTAL)),
            Option("c", 100, 7, ceilings=("region:1", TOTAL)),
            Option("d", 100, 6, ceilings=("region:2", TOTAL)),
            total=1000,
            subs={"region:1": 150, "region:2": 150},
            on_misfit="stop",
        )
        outcome = allocate(problem)
        assert codes(outcome) == {
            "a": "awarded",
            "b": "refused_sub_ceiling",
            "c": "refused_stopped",
            "d": "awarded",
        }
        assert (rows(outcome)["c"].ceiling, rows(outcome)["c"].stopped_by) == ("region:1", "b")

    def test_too_little_support_gets_nothing_though_there_is_money(self) -> None:
        problem = replace(
            by_votes(Option("a", 10, 3), Option("b", 10, 2), total=100),
            rules=Rules("votes", "skip", minimum_percent=10),
            ballots=21,
        )
        outcome = allocate(problem)
        assert codes(outcome) == {"a": "awarded", "b": "refused_support"}
        assert (rows(outcome)["b"].support_needed, rows(outcome)["b"].votes_needed) == (3, 1)

    def test_order_of_receipt_goes_by_the_moment_of_completeness(self) -> None:
        first = Option("late", 700, complete="2026-03-02T10:00:00Z")
        second = Option("early", 700, complete="2026-03-01T10:00:00Z")
        problem = Problem((first, second), {TOTAL: 1000}, Rules("receipt", "partial"))
        outcome = allocate(problem)
        assert [(row.key, row.granted) for row in outcome.rows] == [("early", 700), ("late", 300)]
        assert rows(outcome)["late"].votes_needed is None


class TestTies:
    twins = (Option("a", 600, 5), Option("b", 600, 5), Option("c", 100, 1))

    def test_equals_that_would_decide_stop_the_ranking_and_are_named(self) -> None:
        outcome = allocate(by_votes(*self.twins, total=1000))
        assert outcome.open_tie == ("a", "b")
        assert not outcome.needs_lot
        assert codes(outcome) == {"a": "tied", "b": "tied", "c": "undecided"}

    def test_a_lot_is_asked_for_only_where_the_tie_rule_names_it(self) -> None:
        assert allocate(by_votes(*self.twins, total=1000, ties=("lot",))).needs_lot

    def test_a_lot_that_the_tie_rule_does_not_name_decides_nothing(self) -> None:
        outcome = allocate(by_votes(*self.twins, total=1000, lot=("b", "a", "c")))
        assert outcome.open_tie == ("a", "b")
        assert not outcome.needs_lot

    def test_the_recorded_lot_decides(self) -> None:
        outcome = allocate(by_votes(*self.twins, total=1000, ties=("lot",), lot=("c", "b", "a")))
        assert codes(outcome) == {"b": "awarded", "a": "refused_ceiling", "c": "awarded"}
        assert [(tie.keys, tie.decisive, tie.decided_by) for tie in outcome.ties] == [
            (("a", "b"), True, "lot")
        ]
        assert (rows(outcome)["b"].drawn, rows(outcome)["a"].drawn) == (2, 3)

    def test_equals_that_all_fit_decide_nothing(self) -> None:
        outcome = allocate(by_votes(*self.twins, total=1300))
        assert not outcome.open_tie
        assert [(tie.keys, tie.decisive) for tie in outcome.ties] == [(("a", "b"), False)]
        assert rows(outcome)["a"].place == rows(outcome)["b"].place == 1

    def test_equals_of_whom_none_fits_decide_nothing(self) -> None:
        outcome = allocate(by_votes(*self.twins, total=500))
        assert codes(outcome) == {"a": "refused_ceiling", "b": "refused_ceiling", "c": "awarded"}

    def test_a_tie_rule_is_passed_over_when_it_does_not_part_the_equals(self) -> None:
        outcome = allocate(
            by_votes(*self.twins, total=1000, ties=("lower_amount", "lot"), lot=("a", "b", "c"))
        )
        assert outcome.ties[0].decided_by == "lot"
        assert codes(outcome)["a"] == "awarded"

    def test_the_lower_amount_goes_first_where_the_rule_says_so(self) -> None:
        problem = by_votes(
            Option("a", 600, 5), Option("b", 599, 5), total=1000, ties=("lower_amount",)
        )
        assert codes(allocate(problem)) == {"b": "awarded", "a": "refused_ceiling"}

    def test_who_was_complete_earlier_goes_first_where_the_rule_says_so(self) -> None:
        problem = by_votes(
            Option("a", 600, 5, "2026-02-02"),
            Option("b", 600, 5, "2026-02-01"),
            total=1000,
            ties=("earlier_complete",),
        )
        assert codes(allocate(problem)) == {"b": "awarded", "a": "refused_ceiling"}


class TestRefusesNonsense:
    @pytest.mark.parametrize(
        "make",
        [
            lambda: by_votes(Option("a", 0, 1), total=10),
            lambda: by_votes(Option("a", 1, 1), Option("a", 2, 1), total=10),
            lambda: by_votes(Option("a", 1, 1, ceilings=("region:9", TOTAL)), total=10),
            lambda: by_votes(Option("a", 1, 1), total=-1),
            lambda: by_votes(Option("a", 1, 1), Option("b", 1, 1), total=9, lot=("a",)),
            lambda: by_votes(Option("a", 1, 1), total=9, lot=("b",)),
            lambda: by_votes(Option("a", 1, 1), total=9, ties=("alphabet",)),
            lambda: by_votes(Option("a", 1, 1), total=9, on_misfit="guess"),
        ],
    )
    def test_it_raises(self, make: Callable[[], Problem]) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            make()


# --- a slow, obvious reference -------------------------------------------------------------------


State = tuple[dict[str, int], dict[str, str]]


def serve_in(order: list[Option], problem: Problem, state: State) -> tuple[dict[str, int], State]:
    """Serve one full order, one after the other; what everybody gets, what is left behind, and
    which ceiling was closed by whom."""
    left, closed, granted = dict(state[0]), dict(state[1]), {}
    for option in order:
        granted[option.key] = 0
        stopped = set(closed.values()) & set(option.ceilings)
        tight = [name for name in option.ceilings if left[name] < option.asked]
        gets = option.asked
        if tight:
            rest = min(left[name] for name in option.ceilings)
            gets = rest if problem.rules.on_misfit == "partial" else 0
            if problem.rules.on_misfit != "skip":
                closed[option.key] = tight[0]
        if stopped:
            gets = 0
        granted[option.key] = gets
        for name in option.ceilings:
            left[name] -= gets
    return granted, (left, closed)


def slowly(problem: Problem) -> tuple[dict[str, int], tuple[str, ...]]:
    """Try every order of equals: amounts up to the first equals whose order makes a difference
    (to themselves or to what later ones find), and who they are."""
    state: State = (dict(problem.ceilings), {})
    given_out: dict[str, int] = {}
    for votes in sorted({option.votes for option in problem.options}, reverse=True):
        equals = [option for option in problem.options if option.votes == votes]
        ends = [serve_in(list(order), problem, state) for order in permutations(equals)]
        if any(end != ends[0] for end in ends):
            return given_out, tuple(sorted(option.key for option in equals))
        given_out |= ends[0][0]
        state = ends[0][1]
    return given_out, ()


@st.composite
def problems(draw: st.DrawFn, *, ties: bool = False, most: int = 5) -> Problem:
    keys = "abcdefgh"[: draw(st.integers(1, most))]
    options = tuple(
        Option(
            key,
            draw(st.integers(1, 6)),
            draw(st.integers(0, 3)),
            draw(st.sampled_from(["2026-01-01", "2026-01-02"])),
            draw(st.sampled_from([(TOTAL,), ("r1", TOTAL), ("r2", TOTAL), ("r1", "x", TOTAL)])),
        )
        for key in keys
    )
    ceilings = {
        TOTAL: draw(st.integers(0, 14)),
        "r1": draw(st.integers(0, 8)),
        "r2": draw(st.integers(0, 8)),
        "x": draw(st.integers(0, 8)),
    }
    rules = Rules("votes", draw(st.sampled_from(["skip", "stop", "partial"])))
    if not ties:
        return Problem(options, ceilings, rules)
    chosen = (*draw(st.permutations(["lower_amount", "earlier_complete"])), "lot")
    lot = tuple(draw(st.permutations(keys)))
    return Problem(options, ceilings, replace(rules, ties=chosen), lot=lot)


@settings(max_examples=150)
@given(problems())
def test_it_stops_exactly_when_the_order_of_equals_makes_a_difference(
    problem: Problem,
) -> None:
    outcome, (given_out, equals) = allocate(problem), slowly(problem)
    assert outcome.open_tie == equals
    decided = [row for row in outcome.rows if row.code not in ("tied", "undecided")]
    assert {row.key: row.granted for row in decided} == given_out
    assert tuple(row.key for row in outcome.rows if row.code == "tied") == equals


@settings(max_examples=150)
@given(problems(ties=True, most=6))
def test_with_a_lot_it_is_the_plain_pass_over_the_full_order(problem: Problem) -> None:
    value = {
        "lower_amount": lambda option: option.asked,
        "earlier_complete": lambda option: option.complete,
        "lot": lambda option: problem.lot.index(option.key),
    }
    order = sorted(
        problem.options,
        key=lambda option: (-option.votes, *(value[rule](option) for rule in problem.rules.ties)),
    )
    granted, (left, _) = serve_in(order, problem, (dict(problem.ceilings), {}))
    outcome = allocate(problem)
    assert {row.key: row.granted for row in outcome.rows} == granted
    assert outcome.left == left


@settings(max_examples=60)
@given(problems(ties=True))
def test_the_number_of_votes_missing_is_the_least_that_helps(problem: Problem) -> None:
    for row in allocate(problem).rows:
        if row.code == "awarded":
            continue
        helps = []
        for more in range(1, 8):
            options = tuple(
                replace(option, votes=option.votes + more) if option.key == row.key else option
                for option in problem.options
            )
            if rows(allocate(replace(problem, options=options)))[row.key].code == "awarded":
                helps.append(more)
        assert row.votes_needed == (helps[0] if helps else None)
        # More votes never hurt: once enough, always enough.
        assert helps == list(range(helps[0], 8)) if helps else True


@given(problems(ties=True, most=6))
def test_never_a_cent_over_any_ceiling_and_every_cent_accounted_for(problem: Problem) -> None:
    outcome = allocate(problem)
    for name, cents in problem.ceilings.items():
        under = {option.key for option in problem.options if name in option.ceilings}
        spent = sum(row.granted for row in outcome.rows if row.key in under)
        assert 0 <= outcome.left[name] == cents - spent
    assert sorted(row.key for row in outcome.rows) == sorted(
        option.key for option in problem.options
    )


@given(problems(ties=True, most=6), st.randoms(use_true_random=False))
def test_another_order_of_the_same_inputs_gives_the_same_hash(
    problem: Problem, random: Random
) -> None:
    shuffled = list(problem.options)
    random.shuffle(shuffled)
    other = replace(problem, options=tuple(shuffled))
    assert outcome_hash(allocate(other)) == outcome_hash(allocate(problem))
    assert inputs_text(other) == inputs_text(problem)


@given(problems(ties=True))
def test_texts_lead_back_to_the_values_and_are_canonical(problem: Problem) -> None:
    outcome = allocate(problem)
    assert outcome_of(outcome_text(outcome)) == outcome
    assert inputs_text(problem_of(inputs_text(problem))) == inputs_text(problem)
    assert canonical(json.loads(outcome_text(outcome))) == outcome_text(outcome)


def test_a_tie_on_one_vote_more_does_not_count_as_funded_without_a_lot() -> None:
    problem = by_votes(Option("a", 600, 5), Option("b", 600, 4), total=1000, ties=("lot",))
    assert votes_needed(problem, "b") == 2


def test_a_hash_that_must_never_change_by_accident() -> None:
    problem = by_votes(
        Option("a", 600, 5), Option("b", 600, 5), total=1000, ties=("lot",), lot=("b", "a")
    )
    assert outcome_hash(allocate(problem)) == (
        "d0bd8bafa509f86b9baf8f2b87b35fdfbcf5b8131b1b5b1c6c24ffb0e4f1bd90"
    )
