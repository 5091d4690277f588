"""What an outcome says: a sentence with its figures for every code, in plain Dutch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assessment.domain.allocation import TOTAL, Option, Problem, Rules, allocate
from assessment.domain.allocation_model import Quorum
from assessment.domain.award_words import (
    Case,
    about,
    missing_words,
    quorum_words,
    to_applicant,
    votes_words,
)
from assessment.domain.calculation import printed

CODES = {
    "awarded": (),
    "awarded_partly": ("€ 600", "€ 400"),
    "awarded_share": ("€ 450",),
    "departed_award": ("€ 450",),
    "departed_refusal": (),
    "refused_ceiling": ("€ 600", "€ 400"),
    "refused_sub_ceiling": ("Salland", "€ 600", "€ 400"),
    "refused_stopped": (),
    "refused_excluded": ("De speeltuin",),
    "refused_support": ("12,5", "20"),
    "refused_supporters": ("11", "20"),
    "refused_shares": ("€ 600", "€ 400"),
    "withdrawn": (),
    "tied": (),
    "undecided": (),
}
ENOUGH = Quorum()


def case(code: str, **given: Any) -> Case:
    made = Case(
        code=code,
        rule="greedy",
        kind="approval",
        asked=60_000,
        granted=45_000,
        left=40_000,
        votes="12,5",
        supporters=11,
        support_needed=20,
        ceiling="Salland",
    )
    return replace(made, **given)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_sentence_with_its_figures(code: str) -> None:
    rival = "De speeltuin" if code == "refused_excluded" else ""
    told = plain(to_applicant(case(code, rival=rival), ENOUGH))
    seen = plain(about(case(code, rival=rival), ENOUGH))
    assert told.endswith(".")
    assert seen.endswith(".")
    assert "%" not in told + seen
    for figure in CODES[code]:
        assert figure in told


def test_every_sentence_is_another_one() -> None:
    for say in (to_applicant, about):
        assert len({say(case(code), ENOUGH) for code in CODES}) == len(CODES)


@pytest.mark.parametrize("rule", ["receipt", "lottery", "equal_shares", "pro_rata"])
def test_an_award_says_by_which_rule(rule: str) -> None:
    usual = to_applicant(case("awarded"), ENOUGH)
    assert to_applicant(case("awarded", rule=rule, effective=250), ENOUGH) != usual


def test_who_came_in_by_completion_was_not_paid_by_its_own_supporters() -> None:
    usual = to_applicant(case("awarded"), ENOUGH)
    assert to_applicant(case("awarded", rule="equal_shares", effective=0), ENOUGH) == usual


def test_money_from_the_leftover_is_named_so() -> None:
    assert "over was" in to_applicant(case("awarded", phase=2), ENOUGH)


@pytest.mark.parametrize(
    ("kind", "votes", "scale", "words"),
    [
        ("approval", 1, 1, "1 stem"),
        ("approval", 25, 2, "12,5 stemmen"),
        ("points", 3, 3, "1 punt"),
        ("ranking", 7, 1, "7 punten"),
        ("household", 12_500, 1, "€ 125"),
    ],
)
def test_votes_have_the_unit_of_their_kind(kind: str, votes: int, scale: int, words: str) -> None:
    assert plain(votes_words(kind, votes, scale)) == words


def test_what_was_missing_has_that_unit_too() -> None:
    assert "3 stemmen meer" in missing_words("approval", 3)
    assert "1 punt meer" in missing_words("score", 1)
    assert "€ 5 meer" in plain(missing_words("household", 500))


@pytest.mark.parametrize(
    ("consequence", "says"),
    [("no_award", "geen geld"), ("advice_only", "een advies"), ("committee", "commissie")],
)
def test_too_few_voters_and_what_follows(consequence: str, says: str) -> None:
    few = Quorum(20, 12, 80, consequence)
    assert says in quorum_words(few)
    assert {"12", "20"} <= set(quorum_words(few).replace(".", " ").split())
    assert quorum_words(replace(few, ballots=20)) == ""
    assert to_applicant(case("refused_quorum"), replace(few, consequence="no_award"))


class TestPrinted:
    problem = Problem(
        options=(
            Option("a", 600, 9, ceilings=("region:x", TOTAL)),
            Option("b", 500, 7, ceilings=("region:x", TOTAL)),
            Option("c", 300, 5),
            Option("d", 300, 5),
            Option("e", 100, 4, fixed=100),
        ),
        ceilings={TOTAL: 1500, "region:x": 700},
        rules=Rules("greedy", "skip", ("lot",), leftover="skip"),
        lot=("d", "a", "b", "c", "e"),
    )
    names = dict(zip("abcde", ("Aap", "Boom", "Cello", "Dak", "Ezel"), strict=True))

    def test_the_steps_run_from_the_first_cent_to_the_last(self) -> None:
        outcome = allocate(self.problem)
        steps = printed(self.problem, outcome, self.names)
        assert [(step.name, step.stage) for step in steps] == [
            ("Ezel", "fixed"),
            ("Aap", "main"),
            ("Cello", "main"),
            ("Dak", "main"),
            ("Boom", "leftover"),
        ]
        left = dict(self.problem.ceilings)
        for step in steps:
            assert dict(step.before) == {name: left[name] for name, _cents in step.before}
            left |= dict(step.after)
            for (_name, before), (_same, after) in zip(step.before, step.after, strict=True):
                assert before - after == step.granted
        assert left == outcome.left

    def test_a_tie_names_the_equals_and_what_decided(self) -> None:
        tight = replace(self.problem, ceilings={TOTAL: 1100, "region:x": 700})
        steps = {step.key: step for step in printed(tight, allocate(tight), self.names)}
        assert (steps["d"].tied_with, steps["d"].decided_by) == (("Cello",), "lot")
        assert (steps["d"].drawn, steps["d"].drawn_of) == (1, 5)
        assert (steps["d"].granted, steps["c"].granted) == (300, 0)
        assert (steps["a"].drawn, steps["a"].tied_with) == (0, ())
        still = replace(tight, lot=())
        open_steps = {step.key: step for step in printed(still, allocate(still), self.names)}
        assert open_steps["c"].open
        assert not open_steps["a"].open
