"""What may stand on a ballot of each kind, and the one text that it has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.frozen import lift, moment_as_compared
from assessment.domain.marks import BadBallot, canonical, named, read

OPTIONS = {"a": 50_000, "b": 75_000, "c": 100_000, "d": 25_000}
NONE: dict[str, Any] = {
    "minimum": 1,
    "maximum": 3,
    "points": 0,
    "most_per_option": 0,
    "rank_points": [],
    "lowest": 0,
    "highest": 0,
    "budget": 0,
    "amount": 0,
    "step": 0,
}
VOTES: dict[str, dict[str, Any]] = {
    "choose_one": {**NONE, "kind": "choose_one", "maximum": 1},
    "approval": {**NONE, "kind": "approval"},
    "ranking": {**NONE, "kind": "ranking", "rank_points": [3, 2, 1]},
    "knapsack": {**NONE, "kind": "knapsack", "maximum": 40, "budget": 150_000},
    "points": {**NONE, "kind": "points", "maximum": 4, "points": 5, "most_per_option": 2},
    "score": {**NONE, "kind": "score", "maximum": 4, "lowest": 0, "highest": 5},
    "below": {**NONE, "kind": "score", "maximum": 4, "lowest": -2, "highest": 2},
    "household": {**NONE, "kind": "household", "maximum": 4, "amount": 2_500, "step": 500},
}


@pytest.mark.parametrize(
    ("vote", "marks", "text"),
    [
        ("choose_one", ["b"], '["b"]'),
        ("approval", ["c", "a"], '["a","c"]'),
        ("ranking", ["c", "a"], '["c","a"]'),
        ("knapsack", ["d", "b", "a"], '["a","b","d"]'),
        ("points", {"b": 2, "a": 1, "c": 0}, '{"a":1,"b":2}'),
        ("score", {"b": 5, "a": 0}, '{"b":5}'),
        ("below", {"b": -2, "a": 0}, '{"a":0,"b":-2}'),
        ("household", {"c": 2_000, "a": 500, "d": 0}, '{"a":500,"c":2000}'),
    ],
)
def test_a_ballot_has_one_text(vote: str, marks: Any, text: str) -> None:
    assert canonical(VOTES[vote], OPTIONS, marks) == text
    assert canonical(VOTES[vote], OPTIONS, read(text)) == text


@pytest.mark.parametrize(
    ("vote", "marks", "code", "figures"),
    [
        ("choose_one", [], "number", {"least": 1, "most": 1, "n": 0}),
        ("choose_one", ["a", "b"], "number", {"least": 1, "most": 1, "n": 2}),
        ("approval", list("abcd"), "number", {"least": 1, "most": 3, "n": 4}),
        ("approval", ["a", "a"], "double", {"option": "a"}),
        ("ranking", ["a", "b", "a"], "double", {"option": "a"}),
        ("approval", ["z"], "unknown_option", {"option": "z"}),
        ("knapsack", ["c", "b"], "budget", {"most": 150_000, "n": 175_000}),
        ("points", {"a": 2, "b": 2, "c": 2}, "total", {"most": 5, "n": 6}),
        ("points", {"a": 3}, "most_per_option", {"most": 2, "n": 3, "option": "a"}),
        ("points", {"a": -1}, "scale", {"least": 0, "most": 2, "n": -1, "option": "a"}),
        ("points", {"z": 1}, "unknown_option", {"option": "z"}),
        ("points", {"a": 0}, "number", {"least": 1, "most": 4, "n": 0}),
        ("points", {"a": True}, "scale", {"least": 0, "most": 2, "n": 0, "option": "a"}),
        ("score", {"a": 6}, "scale", {"least": 0, "most": 5, "n": 6, "option": "a"}),
        ("below", {"a": -3}, "scale", {"least": -2, "most": 2, "n": -3, "option": "a"}),
        ("household", {"a": 3_000}, "amount", {"most": 2_500, "n": 3_000}),
        ("household", {"a": 250}, "scale", {"least": 0, "most": 0, "n": 250, "option": "a"}),
    ],
)
def test_what_the_rules_do_not_allow_is_refused_with_its_figures(
    vote: str, marks: Any, code: str, figures: dict[str, Any]
) -> None:
    with pytest.raises(BadBallot) as refused:
        canonical(VOTES[vote], OPTIONS, marks)
    assert (refused.value.code, refused.value.figures) == (code, figures)


def test_where_a_paper_has_fewer_options_than_asked_all_of_them_are_enough() -> None:
    vote = {**VOTES["approval"], "minimum": 3}
    assert canonical(vote, {"a": 1, "b": 1}, ["a", "b"]) == '["a","b"]'
    with pytest.raises(BadBallot):
        canonical(vote, {"a": 1, "b": 1}, ["a"])


@pytest.mark.parametrize(
    ("vote", "marks"),
    [("approval", {"a": 1}), ("approval", "a"), ("points", ["a"]), ("score", "a")],
)
def test_marks_of_another_shape_are_a_mistake_of_the_program(vote: str, marks: Any) -> None:
    with pytest.raises(TypeError):
        canonical(VOTES[vote], OPTIONS, marks)


def test_the_cost_of_an_option_comes_from_the_frozen_amounts() -> None:
    """Some platforms add up the amounts that the browser sends along."""
    with pytest.raises(BadBallot, match="budget"):
        canonical(VOTES["knapsack"], OPTIONS, ["b", "c"])
    with pytest.raises(TypeError):
        canonical(VOTES["knapsack"], OPTIONS, {"b": 1, "c": 1})


@given(st.permutations(list(OPTIONS)), st.integers(1, 3))
def test_the_order_of_typing_changes_only_a_ranking(order: list[str], n: int) -> None:
    chosen = order[:n]
    assert canonical(VOTES["approval"], OPTIONS, chosen) == canonical(
        VOTES["approval"], OPTIONS, sorted(chosen)
    )
    assert json.loads(canonical(VOTES["ranking"], OPTIONS, chosen)) == chosen


@given(st.dictionaries(st.sampled_from("abcdz"), st.integers(-3, 8)), st.sampled_from(list(VOTES)))
def test_a_ballot_is_valid_or_refused_and_reads_back(marks: dict[str, int], vote: str) -> None:
    rules = VOTES[vote]
    given = marks if rules["kind"] in ("points", "score", "household") else list(marks)
    try:
        text = canonical(rules, OPTIONS, given)
    except BadBallot:
        return
    assert set(named(read(text))) <= set(OPTIONS)
    assert canonical(rules, OPTIONS, read(text)) == text


@pytest.mark.parametrize(
    "text",
    ['["b", "a"]', '["a","a"]', '{"a":1.5}', '{"a":true}', "7", '"a"', '{"b":1,"a":1}', "[1]"],
)
def test_a_text_that_no_ballot_has_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"ballot|JSON"):
        read(text)


def test_rules_of_the_first_version_are_read_in_the_present_shape() -> None:
    first = {
        "round": "r",
        "call": "c",
        "revision": "v",
        "engine": "1",
        "vote_type": "approval",
        "minimum": 1,
        "maximum": 3,
        "opens_at": "2026-04-09T22:00:00.000000Z",
        "closes_at": "2026-04-19T22:00:00.000000Z",
        "order": "votes",
        "on_misfit": "skip",
        "ties": ["lot"],
        "grain": "day",
        "panels": ["Panel"],
        "ceilings": {"total": 250_000},
        "options": [
            {
                "uid": "a",
                "application": "x",
                "amount": 1,
                "complete_at": "2026-03-01T23:30:00.000000Z",
                "ceilings": ["total"],
            }
        ],
    }
    rules = lift(first)
    assert rules["version"] == 2
    assert rules["panels"] == [{"name": "Panel", "weight": [1, 1]}]
    assert rules["options"][0]["complete_at"] == "2026-03-02"
    assert rules["change"] is False
    assert rules["lot"] == {"source": "notary", "number": ""}
    assert lift(rules) == rules
    with pytest.raises(ValueError, match="version 3"):
        lift({**rules, "version": 3})


def test_a_moment_is_as_fine_as_it_is_compared() -> None:
    moment = "2026-06-30T22:30:00.000000Z"
    assert moment_as_compared(moment, "moment") == moment
    assert moment_as_compared(moment, "day") == "2026-07-01"
