"""Who gets what, against a slow and obvious reference: every order of equals, one after another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.allocation import TOTAL, Option, Outcome, Problem, Row, Rules, allocate
from assessment.domain.allocation_text import (
    inputs_text,
    outcome_hash,
    outcome_of,
    outcome_text,
    problem_of,
)
from timeline.canon import canonical

# Every order of equals takes a while when other tests use the machine.
pytestmark = pytest.mark.slow

OPEN = ("tied", "undecided")


def rows(outcome: Outcome) -> dict[str, Row]:
    return {row.key: row for row in outcome.rows}


# --- the reference -------------------------------------------------------------------------------


def plainly(order: list[Option], problem: Problem) -> dict[str, int]:
    """Serve one full order, one after the other, then once more from what is left."""
    rules = problem.rules
    left = dict(problem.ceilings)
    inside = dict.fromkeys(left, rules.ceiling_misfit or rules.on_misfit)
    inside[TOTAL] = rules.on_misfit
    granted = one_pass(order, left, inside, set(), narrow=True)
    if rules.leftover != "none":
        funded = {option.group for option in order if granted[option.key] and option.group}
        rest = [option for option in order if not granted[option.key]]
        granted |= one_pass(rest, left, {TOTAL: rules.leftover}, funded, narrow=False)
    return granted


def one_pass(
    order: list[Option],
    left: dict[str, int],
    misfit: Mapping[str, str],
    funded: set[str],
    *,
    narrow: bool,
) -> dict[str, int]:
    granted = dict.fromkeys((option.key for option in order), 0)
    closed: set[str] = set()
    for option in order:
        if option.group in funded:
            continue
        names = list(option.ceilings) if narrow else [TOTAL]
        full = [name for name in names if left[name] < option.asked]
        if not closed & set(names):
            if not full:
                granted[option.key] = option.asked
            elif all(misfit[name] == "partial" for name in full):
                granted[option.key] = min(left[name] for name in names)
        if full and misfit[full[0]] != "skip":
            closed.add(full[0])
        for name in names:
            left[name] -= granted[option.key]
        if granted[option.key] and option.group:
            funded.add(option.group)
    return granted


def every_end(problem: Problem) -> Iterator[dict[str, int]]:
    """What everybody gets in every order in which equals can be served."""
    levels = sorted({option.votes for option in problem.options}, reverse=True)
    groups = [[o for o in problem.options if o.votes == votes] for votes in levels]
    for orders in product(*(permutations(group) for group in groups)):
        yield plainly([option for order in orders for option in order], problem)


# --- problems ------------------------------------------------------------------------------------


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
            group=draw(st.sampled_from(["", "", "", "g", "h"])),
        )
        for key in keys
    )
    ceilings = {
        TOTAL: draw(st.integers(0, 14)),
        "r1": draw(st.integers(0, 8)),
        "r2": draw(st.integers(0, 8)),
        "x": draw(st.integers(0, 8)),
    }
    rules = Rules(
        "greedy",
        draw(st.sampled_from(["skip", "stop", "partial"])),
        ceiling_misfit=draw(st.sampled_from(["", "skip", "stop", "partial"])),
        leftover=draw(st.sampled_from(["none", "none", "skip", "stop"])),
    )
    if not ties:
        return Problem(options, ceilings, rules)
    chosen = (*draw(st.permutations(["lower_amount", "earlier_complete"])), "lot")
    lot = tuple(draw(st.permutations(keys)))
    return Problem(options, ceilings, replace(rules, ties=chosen), lot=lot)


@settings(max_examples=250, deadline=None)
@given(problems())
def test_it_tells_exactly_what_is_the_same_whoever_of_the_equals_goes_first(
    problem: Problem,
) -> None:
    outcome, ends = allocate(problem), list(every_end(problem))
    certain = {
        option.key: ends[0][option.key]
        for option in problem.options
        if len({end[option.key] for end in ends}) == 1
    }
    told = {row.key: row.granted for row in outcome.rows if row.code not in OPEN}
    assert told == certain
    assert bool(outcome.open_tie) == (len(certain) < len(problem.options))
    named = [tie for tie in outcome.ties if tie.decisive and not tie.decided_by]
    assert outcome.open_tie == (() if not named else outcome.open_tie)
    assert {row.key for row in outcome.rows if row.code == "tied"} <= {
        key for tie in named for key in tie.keys
    }


@settings(max_examples=150, deadline=None)
@given(problems(), st.permutations("abcdefgh"))
def test_where_it_is_not_stopped_every_lot_gives_the_same(problem: Problem, lot: list[str]) -> None:
    outcome = allocate(problem)
    drawn = replace(
        problem,
        rules=replace(problem.rules, ties=("lot",)),
        lot=tuple(key for key in lot if key in rows(outcome)),
    )
    after = rows(allocate(drawn))
    for row in outcome.rows:
        if row.code not in OPEN:
            assert after[row.key].granted == row.granted


@settings(max_examples=200, deadline=None)
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
    outcome = allocate(problem)
    assert {row.key: row.granted for row in outcome.rows} == plainly(order, problem)
    assert not outcome.open_tie
    places = {row.key: row.place for row in outcome.rows}
    assert [places[option.key] for option in order] == sorted(places.values())


@settings(max_examples=100, deadline=None)
@given(problems(ties=True))
def test_the_number_of_votes_missing_is_the_least_that_helps(problem: Problem) -> None:
    for row in allocate(problem).rows:
        if row.code == "awarded":
            assert row.votes_needed is None
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
        if problem.rules.leftover == "none":
            # More votes never hurt: once enough, always enough.
            assert helps == list(range(helps[0], 8)) if helps else True


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 4), st.integers(0, 60), st.integers(0, 9))
def test_votes_missing_with_thresholds_and_while_ties_stand_open(
    problem: Problem, minimum: int, percent: int, ballots: int
) -> None:
    rules = replace(
        problem.rules, minimum_votes=minimum, minimum_percent=percent, leftover="none", ties=()
    )
    problem = replace(problem, rules=rules, ballots=ballots)
    for row in allocate(problem).rows:
        if row.code == "awarded":
            continue
        found = None
        for more in range(1, 10):
            options = tuple(
                replace(option, votes=option.votes + more) if option.key == row.key else option
                for option in problem.options
            )
            if rows(allocate(replace(problem, options=options)))[row.key].code == "awarded":
                found = more
                break
        assert row.votes_needed == found


@settings(deadline=None)
@given(problems(ties=True, most=6))
def test_never_a_cent_over_any_ceiling_and_every_cent_accounted_for(problem: Problem) -> None:
    outcome = allocate(problem)
    for name, cents in problem.ceilings.items():
        under = {option.key for option in problem.options if name in option.ceilings}
        # What comes from the leftover is taken from the total alone.
        spent = sum(
            row.granted
            for row in outcome.rows
            if row.key in under and (row.phase == 1 or name == TOTAL)
        )
        assert 0 <= outcome.left[name] == cents - spent
    assert sorted(row.key for row in outcome.rows) == sorted(
        option.key for option in problem.options
    )
    groups = [option.group for option in problem.options if rows(outcome)[option.key].granted]
    assert len([group for group in groups if group]) == len({group for group in groups if group})


@settings(deadline=None)
@given(problems(ties=True, most=6), st.randoms(use_true_random=False))
def test_another_order_of_the_same_inputs_gives_the_same_hash(
    problem: Problem, random: Random
) -> None:
    shuffled = list(problem.options)
    random.shuffle(shuffled)
    other = replace(problem, options=tuple(shuffled))
    assert outcome_hash(allocate(other)) == outcome_hash(allocate(problem))
    assert inputs_text(other) == inputs_text(problem)


@settings(deadline=None)
@given(problems(ties=True))
def test_texts_lead_back_to_the_values_and_are_canonical(problem: Problem) -> None:
    outcome = allocate(problem)
    assert outcome_of(outcome_text(outcome)) == outcome
    assert inputs_text(problem_of(inputs_text(problem))) == inputs_text(problem)
    assert canonical(json.loads(outcome_text(outcome))) == outcome_text(outcome)
