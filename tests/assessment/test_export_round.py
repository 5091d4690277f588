"""A round of this house as a Pabulib file: what stands in it, and when it is not made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assessment.domain import tally
from assessment.domain.allocation import Option, Problem, Rules, allocate
from assessment.domain.pabulib import read_pabulib
from assessment.domain.pabulib_problem import problem_of_election
from assessment.domain.pabulib_round import pabulib_of_round
from assessment.models import BallotBox
from tests.factories.assessment import election
from tests.factories.votes import open_round_of

WORDS = {
    "description": "Dorpscheque; ronde 1",
    "unit": "Voorbeeldstad",
    "instance": "2026",
    "date_begin": "01.09.2026",
    "date_end": "15.09.2026",
}
VOTE = {
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
KINDS: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "choose_one": ({"maximum": 1}, "choose-1", ['["a"]', '["b"]']),
    "approval": ({}, "approval", ['["a","b"]', '["b"]']),
    "knapsack": ({"budget": 100050}, "approval", ['["a","b"]', '["b"]']),
    "points": ({"points": 5, "most_per_option": 3}, "cumulative", ['{"a":3,"b":2}', '{"b":1}']),
    "ranking": ({"rank_points": [3, 2, 1]}, "ordinal", ['["b","a"]', '["a","b","c"]']),
    "score": ({"lowest": -1, "highest": 5}, "scoring", ['{"a":-1,"b":5,"c":0}', '{"b":4}']),
    "household": ({"amount": 2500}, "cumulative", ['{"a":1050,"b":1450}', '{"b":2500}']),
}


def params_of(kind: str, vote: Mapping[str, Any]) -> dict[str, Any]:
    options = [{"uid": uid} for uid in ("a", "b", "c")]
    return {
        "round": "r-1",
        "vote": {**VOTE, **vote, "kind": kind},
        "panels": [{"name": "dorp", "weight": [1, 1]}],
        "options": options,
        "award": {"rule": "greedy"},
    }


def problem_with(scores: Mapping[str, int], **rules: Any) -> Problem:
    costs = {"a": 100000, "b": 75050, "c": 50000}
    options = tuple(Option(key, cost, scores[key]) for key, cost in costs.items())
    return Problem(options, {"total": 180000}, Rules("greedy", **rules), ballots=2)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_vote_is_read_back_with_the_same_scores_and_winners(kind: str) -> None:
    vote, vote_type, choices = KINDS[kind]
    params = params_of(kind, vote)
    ballots = [("dorp", text) for text in choices]
    counted = tally.count(params, ballots)
    problem = problem_with(counted.scores)
    outcome = allocate(problem)
    text = pabulib_of_round(
        params,
        problem,
        outcome,
        ballots,
        words=WORDS,
        titles={"a": "Bank", "b": "Lamp; groot", "c": "Een\nboom"},
        numbers=[7, 3],
    )
    read = read_pabulib(text)
    assert (read.vote_type, read.ballots, read.warnings) == (vote_type, 2, ())
    again = problem_of_election(read, Rules("greedy"))
    unit = 100 if kind == "household" else 1
    assert {option.key: option.votes * unit // again.scale for option in again.options} == dict(
        counted.scores
    )
    won = [row.key for row in allocate(again).rows if row.granted]
    assert won == [row.key for row in outcome.rows if row.granted]
    assert {project.key for project in read.projects if project.selected == "1"} == set(won)
    assert [project.name for project in read.projects] == ["Bank", "Een boom", "Lamp; groot"]
    assert [line.split(";")[0] for line in text.splitlines()[-2:]] == ["7", "3"]


def test_a_part_of_what_was_asked_and_ceilings_are_told() -> None:
    params = params_of("approval", {})
    problem = problem_with({"a": 2, "b": 1, "c": 0}, on_misfit="partial", minimum_percent=60)
    narrow = replace(
        problem,
        options=tuple(replace(each, ceilings=("region:west", "total")) for each in problem.options),
        ceilings={"total": 180000, "region:west": 150000},
    )
    text = pabulib_of_round(
        params,
        narrow,
        allocate(narrow),
        [("dorp", '["a"]')],
        words=WORDS,
        titles={"a": "A", "b": "B", "c": "C"},
        numbers=[1],
    )
    read = read_pabulib(text)
    assert read.meta["rule"] == "greedy-custom"
    assert read.meta["min_project_score_threshold"] == "2"
    assert read.ceilings("categories") == {"region:west": 150000}
    assert "leftover none" in read.meta["comment"]


@pytest.mark.parametrize(
    ("rules", "label"),
    [
        ({"rule": "greedy"}, "greedy"),
        ({"rule": "greedy", "on_misfit": "stop"}, "greedy-no-skip"),
        ({"rule": "greedy", "on_misfit": "partial"}, "greedy-custom"),
        ({"rule": "greedy", "minimum_votes": 5}, "greedy-threshold"),
        ({"rule": "equal_shares", "step": 100, "add1": "exhaustive"}, "equalshares/add1"),
        ({"rule": "equal_shares", "comparison": True}, "equalshares-comparison"),
        ({"rule": "pro_rata"}, "unknown"),
    ],
)
def test_the_rule_has_the_name_that_the_library_gives_it(rules: dict[str, Any], label: str) -> None:
    problem = replace(problem_with({"a": 2, "b": 1, "c": 0}), rules=Rules(**rules))
    text = pabulib_of_round(
        params_of("approval", {}),
        problem,
        allocate(problem),
        [("dorp", '["a"]')],
        words=WORDS,
        titles={"a": "A", "b": "B", "c": "C"},
        numbers=[1],
    )
    assert read_pabulib(text).meta["rule"] == label


@pytest.mark.django_db
class TestCommand:
    def test_no_round_and_no_outcome_yet(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="is er niet"):
            call_command("export_round", str(uuid4()), str(tmp_path / "x.pb"))
        at = election()
        with pytest.raises(CommandError, match="staat nog niet vast"):
            call_command("export_round", str(at.round.uid), str(tmp_path / "x.pb"))

    def test_a_small_round_is_not_written_out(self, tmp_path: Path) -> None:
        at = election(voters=3)
        with at.running():
            at.vote(0, 0)
            at.vote(1, 0, 1)
        at.count()
        at.fix()
        with pytest.raises(CommandError, match="minder dan 100"):
            call_command("export_round", str(at.round.uid), str(tmp_path / "x.pb"))
        assert not (tmp_path / "x.pb").exists()

    @pytest.mark.slow
    def test_a_round_of_a_hundred_gives_the_same_winners_and_no_key(self, tmp_path: Path) -> None:
        at = open_round_of(
            "approval", options=3, voters=100, distribution={"ties": ["lower_amount"]}
        )
        with at.running():
            for voter in range(100):
                at.vote(voter, *range(1 + voter % 3))
        at.count()
        at.fix()
        path, said, told = tmp_path / "x.pb", StringIO(), StringIO()
        call_command("export_round", str(at.round.uid), str(path), stdout=said, stderr=told)
        assert "100 stembiljetten" in said.getvalue()
        assert "Nog niet alle brieven" in told.getvalue()
        text = path.read_text(encoding="utf-8")
        for row in BallotBox.objects.all():
            for secret in (row.ballot_key, row.leaf, row.leaf[:20]):
                assert secret not in text
        report = StringIO()
        call_command("tally", str(path), "--ties", "cheaper", "--json", stdout=report)
        again = json.loads(report.getvalue())
        assert again["ballots"] == 100
        assert sorted(again["selected"]) == sorted(
            project.key for project in read_pabulib(text).projects if project.selected == "1"
        )
        other = tmp_path / "y.pb"
        call_command("export_round", str(at.round.uid), str(other), stdout=said, stderr=told)
        assert other.read_text(encoding="utf-8") != text
