"""Every other thing that the rules of a division can say, by hand, and the texts that are kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.allocation import TOTAL, Option, Outcome, Problem, Row, Rules, allocate
from assessment.domain.allocation_text import inputs_text, outcome_hash, outcome_of, problem_of

ROOT = Path(__file__).resolve().parents[2]


def rows(outcome: Outcome) -> dict[str, Row]:
    return {row.key: row for row in outcome.rows}


def codes(outcome: Outcome) -> dict[str, str]:
    return {row.key: row.code for row in outcome.rows}


class TestCeilings:
    """Two themes of 500 and 400 in a total of 900; the second of the first theme does not fit."""

    options = (
        Option("a", 300, 9, ceilings=("theme:1", TOTAL)),
        Option("b", 250, 8, ceilings=("theme:1", TOTAL)),
        Option("c", 150, 7, ceilings=("theme:1", TOTAL)),
        Option("d", 100, 6, ceilings=("theme:2", TOTAL)),
        Option("e", 350, 5, ceilings=("theme:2", TOTAL)),
    )
    ceilings = {TOTAL: 900, "theme:1": 500, "theme:2": 400}  # read, never changed

    def solve(self, **rules: str) -> Outcome:
        return allocate(Problem(self.options, self.ceilings, Rules("greedy", **rules)))  # type: ignore[arg-type]  # names of texts only

    def test_inside_a_theme_its_own_rule_counts(self) -> None:
        skip = codes(self.solve(on_misfit="stop", ceiling_misfit="skip"))
        assert (skip["b"], skip["c"]) == ("refused_sub_ceiling", "awarded")
        stop = codes(self.solve(on_misfit="skip", ceiling_misfit="stop"))
        assert (stop["b"], stop["c"], stop["d"]) == (
            "refused_sub_ceiling",
            "refused_stopped",
            "awarded",
        )
        part = rows(self.solve(on_misfit="skip", ceiling_misfit="partial"))
        assert (part["b"].granted, part["b"].code) == (200, "awarded_partly")

    def test_what_the_themes_leave_goes_down_the_list_of_who_got_nothing(self) -> None:
        outcome = self.solve(ceiling_misfit="stop", leftover="skip")
        found = rows(outcome)
        assert {key: (row.granted, row.phase) for key, row in found.items()} == {
            "a": (300, 1),
            "b": (250, 2),
            "c": (150, 2),
            "d": (100, 1),
            "e": (0, 2),
        }
        assert (found["e"].code, found["e"].left, found["e"].ceiling) == (
            "refused_ceiling",
            100,
            TOTAL,
        )
        assert outcome.left == {TOTAL: 100, "theme:1": 200, "theme:2": 300}

    def test_the_leftover_can_stop_too(self) -> None:
        options = (*self.options, Option("f", 90, 1, ceilings=("theme:2", TOTAL)))
        problem = Problem(
            options, self.ceilings, Rules("greedy", ceiling_misfit="stop", leftover="stop")
        )
        found = rows(allocate(problem))
        assert (found["e"].code, found["f"].code) == ("refused_ceiling", "refused_stopped")
        assert found["f"].stopped_by == "e"
        skip = replace(problem, rules=replace(problem.rules, leftover="skip"))
        assert rows(allocate(skip))["f"].granted == 90


class TestLottery:
    options = (Option("a", 600, 1), Option("b", 600, 9), Option("c", 300, 5))

    def test_without_a_lot_nothing_is_certain_but_what_is_the_same_in_every_order(self) -> None:
        outcome = allocate(Problem(self.options, {TOTAL: 1000}, Rules("lottery")))
        assert outcome.needs_lot
        assert codes(outcome) == {"a": "tied", "b": "tied", "c": "awarded"}

    def test_the_lot_is_the_order(self) -> None:
        problem = Problem(self.options, {TOTAL: 1000}, Rules("lottery"), lot=("c", "a", "b"))
        found = rows(allocate(problem))
        assert {key: (row.place, row.granted) for key, row in found.items()} == {
            "c": (1, 300),
            "a": (2, 600),
            "b": (3, 0),
        }
        assert found["b"].votes_needed is None

    def test_no_lot_is_asked_for_when_there_is_enough_for_all(self) -> None:
        outcome = allocate(Problem(self.options, {TOTAL: 1500}, Rules("lottery")))
        assert not outcome.needs_lot
        assert set(codes(outcome).values()) == {"awarded"}

    def test_who_lacks_support_is_not_in_it(self) -> None:
        problem = Problem(
            self.options,
            {TOTAL: 1000},
            Rules("lottery", minimum_votes=3),
            lot=("a", "c", "b"),
        )
        found = rows(allocate(problem))
        assert (found["a"].code, found["a"].votes_needed) == ("refused_support", 2)
        assert found["b"].granted == 600


class TestSupport:
    def test_a_percentage_is_of_voters_where_a_voter_has_more_than_one_point(self) -> None:
        options = (Option("a", 10, 50, supporters=2), Option("b", 10, 40, supporters=3))
        outcome = allocate(
            Problem(options, {TOTAL: 100}, Rules("greedy", minimum_percent=10), ballots=21)
        )
        found = rows(outcome)
        assert codes(outcome) == {"a": "refused_supporters", "b": "awarded"}
        assert (found["a"].support_needed, found["a"].votes_needed) == (3, 1)

    def test_a_number_of_votes_is_in_whole_votes_whatever_the_panels_weigh(self) -> None:
        options = (Option("a", 10, 19, supporters=9), Option("b", 10, 20, supporters=9))
        problem = Problem(options, {TOTAL: 100}, Rules("greedy", minimum_votes=10), scale=2)
        assert codes(allocate(problem)) == {"a": "refused_support", "b": "awarded"}
        assert rows(allocate(problem))["a"].votes_needed == 1

    def test_more_supporters_can_go_first_among_equals(self) -> None:
        options = (Option("a", 60, 8, supporters=3), Option("b", 60, 8, supporters=4))
        rules = Rules("greedy", ties=("more_supporters", "lot"))
        outcome = allocate(Problem(options, {TOTAL: 100}, rules))
        assert codes(outcome) == {"a": "refused_ceiling", "b": "awarded"}
        assert outcome.ties[0].decided_by == "more_supporters"
        assert rows(outcome)["a"].votes_needed == 1


@pytest.mark.slow
class TestManyEquals:
    def test_thirty_equals_that_ask_the_same_are_followed_in_every_order(self) -> None:
        options = tuple(Option(f"o{n:02}", 2000, 5) for n in range(30))
        first, last = Option("first", 500, 9), Option("last", 400, 1)
        problem = Problem((*options, first, last), {TOTAL: 25_000}, Rules("greedy"))
        outcome = allocate(problem)
        assert codes(outcome) == {
            "first": "awarded",
            "last": "awarded",
            **{option.key: "tied" for option in options},
        }
        assert outcome.left == {TOTAL: 24_100}

    def test_ten_equals_without_a_lot_are_followed_in_every_order(self) -> None:
        options = tuple(Option(f"o{n:02}", 100 + n, 5) for n in range(10))
        first, last = Option("first", 50, 9), Option("last", 3, 1)
        problem = Problem((*options, first, last), {TOTAL: 1000}, Rules("greedy"))
        found = codes(allocate(problem))
        assert found["first"] == "awarded"
        assert all(found[option.key] == "tied" for option in options)

    def test_beyond_the_bound_what_comes_before_and_lacks_support_is_still_certain(self) -> None:
        options = tuple(Option(f"o{n:02}", 1000 + 7**n % 997, 5) for n in range(40))
        first, last, weak = Option("first", 50, 9), Option("last", 3, 2), Option("weak", 3, 1)
        problem = Problem(
            (*options, first, last, weak), {TOTAL: 21_000}, Rules("greedy", minimum_votes=2)
        )
        start = time.perf_counter()
        outcome = allocate(problem)
        assert time.perf_counter() - start < 20
        found = codes(outcome)
        assert (found["first"], found["last"], found["weak"]) == (
            "awarded",
            "undecided",
            "refused_support",
        )
        assert len(outcome.open_tie) == 40

    def test_beyond_the_bound_the_leftover_claims_nothing_that_it_does_not_know(self) -> None:
        options = tuple(
            Option(f"o{n:02}", 1000 + 7**n % 997, 5, ceilings=("r", TOTAL)) for n in range(30)
        )
        first = Option("first", 50, 9, ceilings=("r", TOTAL))
        rules = Rules("greedy", leftover="skip")
        problem = Problem((first, *options), {TOTAL: 21_000, "r": 15_000}, rules)
        found = codes(allocate(problem))
        assert found.pop("first") == "awarded"
        assert set(found.values()) == {"tied"}


class TestKeptTexts:
    inputs = (
        '{"ballots":20,"ceilings":{"total":1000},"lot":["b","a","c"],"options":[{"asked":600,'
        '"ceilings":["total"],"complete":"2026-01-01","key":"a","votes":5},{"asked":600,"ceilings"'
        ':["total"],"complete":"2026-01-02","key":"b","votes":5},{"asked":100,"ceilings":["total"],'
        '"complete":"","key":"c","votes":1}],"rules":{"minimum_percent":10,"minimum_votes":0,'
        '"on_misfit":"skip","order":"votes","ties":["lot"]}}'
    )
    outcome = (
        '{"engine":"1","left":{"total":400},"needs_lot":false,"open_tie":[],"rows":[{"asked":600,'
        '"ceiling":"","code":"awarded","drawn":1,"granted":600,"key":"b","left":1000,"place":1,'
        '"stopped_by":"","support_needed":0,"votes":5,"votes_needed":null},{"asked":600,"ceiling":'
        '"total","code":"refused_ceiling","drawn":2,"granted":0,"key":"a","left":400,"place":2,'
        '"stopped_by":"","support_needed":0,"votes":5,"votes_needed":1},{"asked":100,"ceiling":"",'
        '"code":"refused_support","drawn":0,"granted":0,"key":"c","left":0,"place":3,"stopped_by":'
        '"","support_needed":2,"votes":1,"votes_needed":1}],"ties":[{"decided_by":"lot","decisive":'
        'true,"keys":["a","b"],"votes":5}]}'
    )

    def test_what_the_first_engine_wrote_is_read_and_divides_the_same(self) -> None:
        old, new = outcome_of(self.outcome), allocate(problem_of(self.inputs))
        assert (old.engine, new.engine) == ("1", "2")
        assert [(row.key, row.place, row.granted, row.code) for row in old.rows] == [
            (row.key, row.place, row.granted, row.code) for row in new.rows
        ]
        assert [row.votes_needed for row in new.rows] == [row.votes_needed for row in old.rows]

    def test_order_of_receipt_of_the_first_engine_is_read_too(self) -> None:
        text = self.inputs.replace('"order":"votes"', '"order":"receipt"')
        assert problem_of(text).rules.rule == "receipt"


PROGRAM = """
import sys
from assessment.domain.allocation import allocate
from assessment.domain.allocation_text import outcome_hash, problem_of
print(outcome_hash(allocate(problem_of(sys.stdin.read()))))
"""


def hashed_elsewhere(text: str, seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=text,
        text=True,
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
    )
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["greedy", "pro_rata", "lottery"])
def test_another_process_with_another_hash_seed_comes_to_the_same_hash(rule: str) -> None:
    options = tuple(
        Option(
            key,
            100 + 37 * n % 90,
            n % 4,
            ceilings=(f"r{n % 3}", TOTAL),
            group="g" if n % 5 == 0 else "",
        )
        for n, key in enumerate("abcdefg")
    )
    ceilings = {TOTAL: 700, "r0": 220, "r1": 260, "r2": 230}
    rules = Rules(rule, "stop", ("more_supporters",), leftover="skip")
    problem = Problem(options, ceilings, rules)
    here = outcome_hash(allocate(problem))
    for seed in ("1", "424242"):
        assert hashed_elsewhere(inputs_text(problem), seed) == here


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 5)), min_size=2, max_size=6),
    st.integers(4, 14),
    st.data(),
)
def test_what_is_fixed_is_paid_and_the_rest_is_as_if_it_was_never_there(
    given_out: list[tuple[int, int]], total: int, data: st.DataObject
) -> None:
    options = [Option("abcdef"[n], asked, votes) for n, (asked, votes) in enumerate(given_out)]
    cents = data.draw(st.integers(0, min(options[0].asked, total)))
    problem = Problem(
        (replace(options[0], fixed=cents), *options[1:]),
        {TOTAL: total},
        Rules("greedy", ties=("lot",)),
        lot=tuple(option.key for option in options),
    )
    rest = Problem(
        tuple(options[1:]),
        {TOTAL: total - cents},
        problem.rules,
        lot=tuple(option.key for option in options[1:]),
    )
    found, without = rows(allocate(problem)), rows(allocate(rest))
    assert found["a"].granted == cents
    assert {key: row.granted for key, row in without.items()} == {
        key: row.granted for key, row in found.items() if key != "a"
    }
