"""Who gets what: cases made by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

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
    outcome_hash,
)

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
    return Problem(options, ceilings, Rules("greedy", on_misfit, ties), lot=lot)


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
            rules=Rules("greedy", "skip", minimum_percent=10),
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

    def test_equals_that_would_decide_are_named_and_what_is_certain_is_told(self) -> None:
        outcome = allocate(by_votes(*self.twins, total=1000))
        assert outcome.open_tie == ("a", "b")
        assert not outcome.needs_lot
        assert codes(outcome) == {"a": "tied", "b": "tied", "c": "awarded"}

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


def test_a_tie_on_one_vote_more_does_not_count_as_funded_without_a_lot() -> None:
    problem = by_votes(Option("a", 600, 5), Option("b", 600, 4), total=1000, ties=("lot",))
    assert votes_needed(problem, "b") == 2


def test_a_hash_that_must_never_change_by_accident() -> None:
    problem = by_votes(
        Option("a", 600, 5), Option("b", 600, 5), total=1000, ties=("lot",), lot=("b", "a")
    )
    assert outcome_hash(allocate(problem)) == (
        "fcb70a3b5c5b090b513fa905ee33ceaf11469e0a1431c27cf05d4fddbbab8d31"
    )
