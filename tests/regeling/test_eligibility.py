"""Who may apply: every rule answers with its reason and article."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.answers import validate, values_of
from regeling.definition import Definition, parse
from regeling.delivered import source
from regeling.eligibility import check
from tests.regeling.samples import ACTIVE, SMALL, small

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


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("call", "U kunt één keer per openstelling aanvragen."),
        ("calendar_year", "U kunt één keer per kalenderjaar aanvragen."),
        ("ever", "U kunt één keer aanvragen."),
    ],
)
def test_a_frequency_names_its_period(period: str, sentence: str) -> None:
    frequency = f"applicants:\n  frequency:\n    times: 1\n    period: {period}\n"
    outcome = check(parse(SMALL.replace("applicants:\n", frequency), file="x"), {}, {})
    assert [each.sentence for each in outcome.undecided if each.rule == "frequency"] == [sentence]


class TestActivities:
    definition = parse(ACTIVE, file="x")
    GROUP: ClassVar[dict[str, Any]] = {"applicant": "groep", "persons": 3}

    def test_some_are_for_some_applicants_only(self) -> None:
        alone = {**ANSWERS, "activiteit": "alleen"}
        assert refused(self.definition, alone, {"applicant": "inwoner"}) == []
        [reason] = check(self.definition, alone, self.GROUP).refusals
        assert (reason.rule, reason.article) == ("activity", "artikel 8")
        assert reason.sentence == "Voor Alleen doen kan een inwoner aanvragen."

    def test_their_own_limits_refuse(self) -> None:
        small_amount = {**ANSWERS, "activiteit": "samen", "bedrag": 15_000}
        large_amount = {**ANSWERS, "activiteit": "samen", "bedrag": 60_001}
        [low] = check(self.definition, small_amount, FACTS).refusals
        assert low.sentence == "U vraagt €\u00a0150. Het minste voor Samen doen is €\u00a0200."
        assert low.article == "artikel 7"
        [high] = check(self.definition, large_amount, FACTS).refusals
        assert (high.rule, high.article) == ("maximum", "artikel 7")
        assert refused(self.definition, {**large_amount, "activiteit": "anders"}, FACTS) == []

    def test_the_form_says_the_same(self) -> None:
        large = {"activiteit": "samen", "bedrag": 60_001}
        assert [each.sentence for each in validate(self.definition, large, final=False)] == [
            "Dit is te veel: hoogstens €\u00a0600."
        ]
        assert validate(self.definition, {**large, "activiteit": "anders"}, final=False) == ()


class TestPlaces:
    TEXT = SMALL.replace(
        "territory:\n",
        "territory:\n  places:\n    - municipality: Zuidstad\n      names: [Lutten, Heino]\n",
    ).replace(
        "        - code: nieuw\n",
        "        - code: plaats\n          kind: place\n          label: In welke plaats?\n"
        "          fills: place\n        - code: nieuw\n",
        1,
    )
    definition = parse(TEXT, file="x")

    def test_a_place_gives_its_municipality_and_region(self) -> None:
        values = values_of(self.definition, {"plaats": "lutten"}, {})
        assert (values["municipality"], values["region"]) == ("Zuidstad", "zuid")
        assert refused(self.definition, {"plaats": "Lutten"}, FACTS) == []

    def test_what_she_says_herself_goes_before(self) -> None:
        values = values_of(self.definition, {"plaats": "Lutten", "gemeente": "Noordstad"}, {})
        assert values["municipality"] == "Noordstad"

    def test_the_form_tells_when_they_do_not_agree(self) -> None:
        wrong = {"plaats": "Lutten", "gemeente": "Noordstad"}
        told = {
            each.question: each.sentence for each in validate(self.definition, wrong, final=True)
        }
        assert told["plaats"] == (
            "Lutten ligt in Zuidstad, niet in Noordstad. Kijk de twee nog eens na."
        )
        for right in ("Heino", "Zomaar"):
            answers = {"plaats": right, "gemeente": "Zuidstad"}
            assert "plaats" not in {
                each.question for each in validate(self.definition, answers, final=True)
            }


def test_a_maximum_of_some_region_refuses_nobody_before_it_is_known_where() -> None:
    text = SMALL.replace("      name: Noord\n", "      name: Noord\n      maximum: 4000\n")
    definition, dear = parse(text, file="x"), {**ANSWERS, "bedrag": 300_000}
    assert refused(definition, {**dear, "gemeente": None}, FACTS) == []
    assert refused(definition, {**dear, "gemeente": "Zuidstad"}, FACTS) == ["maximum"]
    assert refused(definition, {**dear, "gemeente": None, "bedrag": 400_001}, FACTS) == ["maximum"]


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


class TestUnknownTerritory:
    """No source says which municipalities belong to it: nobody is refused for where she is."""

    definition = parse(SMALL.replace("[Zuidstad]", "unknown"), file="x")

    def test_what_is_listed_belongs_to_it_and_the_rest_stays_open(self) -> None:
        assert refused(self.definition, ANSWERS, FACTS) == []
        elsewhere = {**ANSWERS, "gemeente": "Elders"}
        outcome = check(self.definition, elsewhere, FACTS)
        assert outcome.ok
        assert "territory" in {each.rule for each in outcome.undecided}
        assert validate(self.definition, {"gemeente": "Elders"}, final=False) == ()

    def test_a_call_refuses_to_open_and_names_it(self) -> None:
        assert self.definition.unknown_needed() == ("territory.regions.zuid.municipalities",)
