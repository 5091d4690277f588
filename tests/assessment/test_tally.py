"""The count of all seven kinds of ballot, with panels that weigh, against counting on fingers."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.tally import as_text, count, from_text, latest, score_words
from timeline.canon import canonical

ONE_PANEL = [{"name": "Panel", "weight": [1, 1]}]


def params(kind: str, *, panels: list[dict[str, Any]] | None = None, **vote: Any) -> dict[str, Any]:
    return {
        "vote": {"kind": kind, "rank_points": [3, 2, 1], **vote},
        "panels": panels or ONE_PANEL,
        "options": [{"uid": uid} for uid in "abcd"],
        "award": {"rule": "greedy"},
    }


def text(marks: Any) -> str:
    return canonical(sorted(marks) if isinstance(marks, set) else marks)


@settings(deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcd"), max_size=4), max_size=30))
@pytest.mark.parametrize("kind", ["approval", "knapsack"])
def test_an_approval_is_one_vote_for_every_option_named(kind: str, chosen: list[set[str]]) -> None:
    counted = count(params(kind), [("Panel", text(marks)) for marks in chosen])
    assert counted.scores == {key: sum(key in marks for marks in chosen) for key in "abcd"}
    assert counted.supporters == counted.scores
    assert counted.ballots == counted.per_panel["Panel"] == len(chosen)


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9)), max_size=20))
@pytest.mark.parametrize("kind", ["points", "score", "household"])
def test_numbers_are_added(kind: str, given_out: list[dict[str, int]]) -> None:
    counted = count(params(kind), [("Panel", text(marks)) for marks in given_out])
    assert counted.scores == {key: sum(marks.get(key, 0) for marks in given_out) for key in "abcd"}
    assert counted.supporters == {key: sum(key in marks for marks in given_out) for key in "abcd"}


def test_a_score_below_zero_counts_against_and_supports_nobody() -> None:
    box = [("Panel", text({"a": -2, "b": 1})), ("Panel", text({"a": 1, "b": 0}))]
    counted = count(params("score"), box)
    assert (counted.scores["a"], counted.scores["b"]) == (-1, 1)
    assert (counted.supporters["a"], counted.supporters["b"]) == (1, 1)


@settings(deadline=None)
@given(st.lists(st.permutations("abcd").map(lambda order: order[:3]), max_size=20))
def test_a_ranking_gives_rank_points_in_the_order_of_the_voter(orders: list[list[str]]) -> None:
    counted = count(params("ranking"), [("Panel", text(order)) for order in orders])
    for key in "abcd":
        points = [3 - order.index(key) for order in orders if key in order]
        assert (counted.scores[key], counted.supporters[key]) == (sum(points), len(points))


def test_below_the_last_rank_point_there_is_nothing() -> None:
    counted = count(params("ranking", rank_points=[2, 1]), [("Panel", text(["a", "b", "c"]))])
    assert counted.scores == {"a": 2, "b": 1, "c": 0, "d": 0}
    assert counted.supporters["c"] == 0


def test_choose_one_is_one_vote() -> None:
    counted = count(params("choose_one"), [("Panel", text(["a"])), ("Panel", text(["a"]))])
    assert counted.scores == {"a": 2, "b": 0, "c": 0, "d": 0}


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("xyz"), st.sets(st.sampled_from("abcd"))), max_size=20),
    st.tuples(*[st.tuples(st.integers(1, 6), st.integers(1, 6))] * 3),
)
def test_panels_weigh_as_exact_ratios(
    box: list[tuple[str, set[str]]], weights: tuple[tuple[int, int], ...]
) -> None:
    ratio = {name: Fraction(*weight) for name, weight in zip("xyz", weights, strict=True)}
    panels = [{"name": n, "weight": list(w)} for n, w in zip("xyz", weights, strict=True)]
    counted = count(params("approval", panels=panels), [(n, text(marks)) for n, marks in box])
    for key in "abcd":
        exact = sum((ratio[name] for name, marks in box if key in marks), Fraction(0))
        assert Fraction(counted.scores[key], counted.scale) == exact
        assert counted.supporters[key] == sum(key in marks for _name, marks in box)


def test_equal_shares_get_the_ballots_themselves_equal_ones_together() -> None:
    panels = [{"name": "x", "weight": [1, 2]}, {"name": "y", "weight": [1, 1]}]
    rules = params("points", panels=panels) | {"award": {"rule": "equal_shares"}}
    box = [("x", text({"a": 2, "b": 1})), ("y", text({"a": 2, "b": 1})), ("x", text({"c": 1}))]
    counted = count(rules, [*box, ("x", text({"a": 2, "b": 1}))])
    assert counted.scale == 2
    assert counted.profile == (
        (1, (("c", 1),)),
        (2, (("a", 2), ("b", 1))),
        (2, (("a", 2), ("b", 1))),
    )
    assert from_text(as_text(counted)).profile == ()


@pytest.mark.parametrize(
    ("kind", "panel", "choices"),
    [
        ("approval", "Panel", '["a","a"]'),
        ("approval", "Panel", '["z"]'),
        ("approval", "Panel", '["b", "a"]'),
        ("approval", "Panel", '{"a":1}'),
        ("approval", "Elders", '["a"]'),
        ("points", "Panel", '["a"]'),
        ("points", "Panel", '{"a":1.5}'),
        ("points", "Panel", '{"a":true}'),
        ("points", "Panel", '{"z":1}'),
    ],
)
def test_a_ballot_that_cannot_have_been_cast_stops_the_count(
    kind: str, panel: str, choices: str
) -> None:
    with pytest.raises(ValueError, match="ballot"):
        count(params(kind), [(panel, choices)])


def test_only_the_last_revision_of_a_key_counts() -> None:
    box = [("k1", 1, "p", '["a"]'), ("k2", 1, "p", '["b"]'), ("k1", 2, "p", '["c"]')]
    assert latest(box) == [("p", '["b"]'), ("p", '["c"]')]
    assert latest(reversed(box)) == latest(box)


def test_the_text_leads_back_to_the_count_and_is_canonical() -> None:
    panels = [{"name": "x", "weight": [2, 3]}]
    counted = count(params("approval", panels=panels), [("x", '["a","b"]'), ("x", '["b"]')])
    assert from_text(as_text(counted)) == counted
    assert canonical(json.loads(as_text(counted))) == as_text(counted)


def test_a_count_of_the_first_version_is_read_as_it_was_meant() -> None:
    counted = from_text('{"ballots":3,"votes":{"a":2,"b":0}}')
    assert (counted.ballots, counted.scores, counted.scale) == (3, {"a": 2, "b": 0}, 1)
    with pytest.raises(ValueError, match="version 9"):
        from_text('{"version":9}')


@pytest.mark.parametrize(
    ("score", "scale", "words"),
    [
        (12, 1, "12"),
        (25, 2, "12,5"),
        (1225, 100, "12,25"),
        (37, 3, "12 1/3"),
        (4, 6, "0 2/3"),
        (-3, 2, "-1,5"),
        (0, 7, "0"),
    ],
)
def test_scores_are_written_as_people_write_them(score: int, scale: int, words: str) -> None:
    assert score_words(score, scale) == words
