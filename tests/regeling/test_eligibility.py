"""Who may apply: every rule answers with its reason and article."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.definition import Definition, parse
from regeling.delivered import source
from regeling.eligibility import check
from tests.regeling.samples import SMALL, small

ANSWERS = {"gemeente": "Noordstad", "nieuw": True, "bedrag": 50_000}
FACTS: dict[str, Any] = {"applicant": "groep", "persons": 3, "received_on": date(2026, 2, 10)}


def refused(definition: Definition, answers: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    return [reason.rule for reason in check(definition, answers, facts).refusals]


def test_all_rules_hold() -> None:
    outcome = check(small(), ANSWERS, FACTS)
    assert outcome.ok
    assert outcome.undecided == ()
    assert {reason.rule: reason.article for reason in outcome.reasons} == {
        "applicant": "artikel 2",
        "members": "artikel 2",
        "territory": "artikel 3",
        "minimum": "artikel 4",
        "maximum": "artikel 4",
        "nieuw": "artikel 5",
    }


@pytest.mark.parametrize(
    ("answers", "facts", "rule", "sentence"),
    [
        (
            {},
            {"persons": 2},
            "members",
            "Er zijn minstens drie inwoners nodig: nog één inwoner erbij.",
        ),
        ({}, {"applicant": "bedrijf"}, "applicant", "Aanvragen kan door een inwoner of een groep"),
        ({"gemeente": "Raalte"}, {}, "territory", "Raalte hoort daar niet bij."),
        ({"bedrag": 9_900}, {}, "minimum", "U vraagt €\u00a099. Het minste is €\u00a0100."),
        (
            {"bedrag": 150_000},
            {},
            "maximum",
            "U vraagt €\u00a01.500. Het meeste is €\u00a01.000: €\u00a0500 minder dus.",
        ),
        ({"nieuw": False}, {}, "nieuw", "Het moet iets nieuws zijn."),
    ],
)
def test_a_rule_that_fails_says_why(
    answers: dict[str, Any], facts: dict[str, Any], rule: str, sentence: str
) -> None:
    outcome = check(small(), {**ANSWERS, **answers}, {**FACTS, **facts})
    assert not outcome.ok
    assert [reason.rule for reason in outcome.refusals] == [rule]
    assert sentence in outcome.refusals[0].sentence


def test_what_is_not_asked_yet_refuses_nobody() -> None:
    outcome = check(small(), {}, {})
    assert outcome.ok
    assert {reason.rule for reason in outcome.undecided} == {
        "applicant",
        "territory",
        "minimum",
        "maximum",
        "nieuw",
    }


def test_a_rule_that_does_not_apply_holds() -> None:
    text = SMALL.replace(
        "    require: nieuw = yes", "    require: nieuw = yes\n    when: bedrag > EUR 200"
    )
    definition = parse(text, file="x")
    assert refused(definition, {**ANSWERS, "nieuw": False, "bedrag": 20_000}, FACTS) == []
    assert refused(definition, {**ANSWERS, "nieuw": False}, FACTS) == ["nieuw"]


def test_the_regions_own_maximum_goes_before() -> None:
    text = SMALL.replace("      name: Noord\n", "      name: Noord\n      maximum: 400\n")
    definition = parse(text, file="x")
    assert refused(definition, ANSWERS, FACTS) == ["maximum"]
    assert refused(definition, {**ANSWERS, "gemeente": "Zuidstad"}, FACTS) == []


def test_only_rules_of_the_check_are_asked_before() -> None:
    definition = parse(SMALL.replace("    asked_before: yes\n", ""), file="x")
    before = check(definition, {**ANSWERS, "nieuw": False}, FACTS, only_before=True)
    assert before.ok
    assert not check(definition, {**ANSWERS, "nieuw": False}, FACTS).ok


def test_a_frequency_counts_earlier_applications() -> None:
    definition = parse(source("voorbeeld-buurtkracht"), file="x")
    for earlier, ok in ((0, True), (1, True), (2, False)):
        outcome = check(definition, {}, {"earlier_applications": earlier})
        assert outcome.ok is ok


class TestSamenVoorElkaar2017:
    """At least three residents, or at least two organisations."""

    definition = parse(source("samen-voor-elkaar-2017"), file="x")

    @pytest.mark.parametrize(
        ("facts", "ok"),
        [
            ({"applicant": "inwoners", "persons": 3}, True),
            ({"applicant": "inwoners", "persons": 2}, False),
            ({"applicant": "organisaties", "organisations": 2}, True),
            ({"applicant": "organisaties", "organisations": 1}, False),
            ({"applicant": "organisaties", "organisations": 1, "persons": 9}, False),
        ],
    )
    def test_a_collaboration_is_needed(self, facts: dict[str, Any], ok: object) -> None:
        assert check(self.definition, {}, facts).ok is ok

    @pytest.mark.parametrize(
        ("cents", "ok"),
        [(99_999, False), (100_000, True), (300_000, True), (300_001, False)],
    )
    def test_amounts_lie_between_1000_and_3000(self, cents: int, ok: object) -> None:
        assert check(self.definition, {"bedrag": cents}, {}).ok is ok

    def test_an_activity_that_has_ended_gets_nothing(self) -> None:
        answers = {"startdatum": "2017-10-16", "einddatum": "2017-10-20"}
        outcome = check(self.definition, answers, {"received_on": date(2017, 10, 21)})
        assert [(r.rule, r.article) for r in outcome.refusals] == [("nog-niet-klaar", "Awb 4:29")]


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "gemeente": st.sampled_from(["Noordstad", "Zuidstad", "Elders"]),
            "nieuw": st.booleans(),
            "bedrag": st.integers(1, 200_000),
        },
    ),
    st.sampled_from(["gemeente", "nieuw", "bedrag"]),
)
def test_saying_less_never_makes_a_refusal(answers: dict[str, Any], left_out: str) -> None:
    fewer = {code: value for code, value in answers.items() if code != left_out}
    assert set(refused(small(), fewer, FACTS)) <= set(refused(small(), answers, FACTS))
