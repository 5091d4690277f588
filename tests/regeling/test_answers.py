"""Answers to a form: each wrong one gets a sentence, and nothing else is asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.answers import asked, iban_problem, validate
from regeling.definition import parse
from tests.regeling.samples import DELIVERED, SMALL, small

GOOD: dict[str, Any] = {
    "titel": "Lange tafel",
    "gemeente": "Noordstad",
    "nieuw": True,
    "wat-nieuw": "Een tafel van honderd meter, dwars door het dorp.",
    "begin": "2026-05-01",
    "eind": "2026-05-02",
    "begroting": {
        "costs": [{"label": "Huur van tafels", "cents": 80_000}],
        "funding": [{"label": "Eigen geld", "cents": 30_000}],
    },
    "bedrag": 50_000,
    "rekening": {"uid": "5f0c", "last4": "4300"},
}

TOGETHER = "De kosten zijn €\u00a0%s. Wat u vraagt en uw andere inkomsten zijn samen €\u00a0500."


def sentences(**changes: Any) -> dict[str, str]:
    answers = {**GOOD, **{code.replace("_", "-"): value for code, value in changes.items()}}
    return {each.question: each.sentence for each in validate(small(), answers, final=True)}


def test_good_answers_have_no_problems() -> None:
    assert sentences() == {}


@pytest.mark.parametrize(
    ("code", "answer", "sentence"),
    [
        ("titel", "", "Vul hier iets in."),
        ("titel", "   ", "Vul hier iets in."),
        ("titel", 3, "Dit antwoord is geen tekst."),
        ("titel", "a\nb", "Gebruik één regel, zonder enters."),
        ("titel", "x" * 301, "Maak het korter: hoogstens 300 tekens. Nu zijn het er 301."),
        ("titel", "a\x07", "Er staat een teken in dat niet te tonen is. Typ de tekst opnieuw."),
        ("gemeente", None, "Maak een keuze."),
        ("gemeente", "Noordstat", "Deze gemeente kennen we niet. Bedoelt u Noordstad?"),
        ("gemeente", "Parijs", "Deze regeling geldt niet in Parijs."),
        ("nieuw", None, "Kies ja of nee."),
        ("nieuw", "ja", "Kies ja of nee."),
        ("eind", "2026-02-30", "Deze datum bestaat niet. Vul een dag, maand en jaar in."),
        ("eind", 20260501, "Deze datum bestaat niet. Vul een dag, maand en jaar in."),
        ("eind", "2026-04-30", "U bent klaar voordat u begint. Kijk de twee data nog eens na."),
        ("bedrag", "500", "Vul een bedrag in euro's in, zoals 750 of 750,50."),
        ("bedrag", True, "Vul een bedrag in euro's in, zoals 750 of 750,50."),
        ("bedrag", -1, "Vul een bedrag in euro's in, zoals 750 of 750,50."),
        ("bedrag", 0, "Vul in hoeveel u aanvraagt."),
        ("bedrag", 9_999, "Dit is te weinig: minstens €\u00a0100."),
        ("bedrag", 100_001, "Dit is te veel: hoogstens €\u00a01.000."),
        ("rekening", None, "Vul een rekeningnummer in."),
        (
            "rekening",
            "NL91ABNA0417164300",
            "Dit rekeningnummer is niet opgeslagen. Vul het opnieuw in.",
        ),
        ("begroting", {}, "Vul minstens één kostenpost in."),
        ("begroting", [1], "Deze begroting is niet te lezen."),
        (
            "begroting",
            {"costs": [{"label": "", "cents": 1}]},
            "Kosten, regel 1: zet erbij waar het bedrag voor is.",
        ),
        (
            "begroting",
            {"costs": [{"label": "Huur", "cents": 0}]},
            "Kosten, regel 1: vul een bedrag in dat meer is dan nul.",
        ),
        (
            "begroting",
            {"costs": [{"label": "Huur", "cents": 50_000}], "funding": ["eigen geld"]},
            "Inkomsten, regel 1: deze regel is niet te lezen.",
        ),
        (
            "begroting",
            {"costs": [{"label": "Huur", "cents": 1}] * 101},
            "Gebruik hoogstens 100 regels.",
        ),
        (
            "begroting",
            {"costs": [{"label": "Huur", "cents": 60_050}]},
            f"{TOGETHER % '600,50'} Er ontbreekt nog €\u00a0100,50.",
        ),
        (
            "begroting",
            {"costs": [{"label": "Huur", "cents": 40_000}]},
            f"{TOGETHER % '400'} Dat is €\u00a0100 te veel.",
        ),
        ("onzin", "x", "Deze vraag staat niet in het formulier."),
    ],
)
def test_a_wrong_answer_gets_its_sentence(code: str, answer: Any, sentence: str) -> None:
    assert sentences(**{code: answer}) == {code: sentence}


def test_a_draft_may_be_open_but_not_wrong() -> None:
    assert validate(small(), {}, final=False) == ()
    assert [each.question for each in validate(small(), {"nieuw": 1}, final=False)] == ["nieuw"]


def test_an_unasked_question_is_left_alone() -> None:
    assert sentences(nieuw=False, wat_nieuw=None) == {}
    assert sentences(wat_nieuw=None) == {"wat-nieuw": "Vul hier iets in."}


def test_a_condition_that_is_not_answered_hides_its_question() -> None:
    codes = [question.code for question in asked(small(), {})]
    assert "wat-nieuw" not in codes
    assert "wat-nieuw" in [question.code for question in asked(small(), {"nieuw": True})]


def test_a_condition_may_look_at_the_applicant() -> None:
    text = SMALL.replace("when: nieuw = yes", "when: applicant = 'groep'")
    definition = parse(text, file="x")
    alone = asked(definition, {}, {"applicant": "inwoner"})
    group = asked(definition, {}, {"applicant": "groep"})
    assert {each.code for each in group} - {each.code for each in alone} == {"wat-nieuw"}


def test_account_numbers_are_checked() -> None:
    assert iban_problem("NL91 ABNA 0417 1643 00") == ""
    assert iban_problem("NL91 ABNA 0417 1643 01") != ""
    assert iban_problem("onzin") != ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), JSON), st.booleans())
def test_any_json_is_answered_with_sentences(changes: dict[str, Any], final: object) -> None:
    for problem in validate(small(), {**GOOD, **changes}, final=bool(final)):
        assert problem.question in GOOD
        assert problem.sentence.endswith(".") or problem.sentence.endswith("?")


@pytest.mark.parametrize("file", DELIVERED, ids=lambda path: path.stem)
def test_every_delivered_form_asks_something_of_an_empty_answer(file: Any) -> None:
    definition = parse(file.read_text(encoding="utf-8"), file=file.name)
    missing = {each.question for each in validate(definition, {}, final=True)}
    assert missing == {each.code for each in asked(definition, {}) if each.required}
