"""A regulation in plain Dutch: what its page says follows from its data."""

from __future__ import annotations

from datetime import date

import pytest

from regeling.definition import parse
from regeling.delivered import source
from regeling.explain import explain
from regeling.words import count_words, day_words, euro_words, joined, number_words
from tests.regeling.samples import SMALL


def told(text: str, code: str) -> tuple[str, ...]:
    sections = explain(parse(text, file="x"))
    return next((each.sentences for each in sections if each.code == code), ())


@pytest.mark.parametrize(
    ("old", "new", "code", "sentence"),
    [
        (
            "maximum: 1000",
            "maximum: unknown",
            "money",
            "Niet bekend is hoeveel u hoogstens krijgt en of btw meetelt.",
        ),
        ("minimum: 100", "minimum: none", "money", "U krijgt hoogstens €\u00a01.000."),
        ("minimum: 100", "percentage: 40", "money", "Wij betalen hoogstens 40% van de kosten."),
        (
            "      name: Noord\n",
            "      name: Noord\n      maximum: 400\n",
            "money",
            "In Noord is het hoogstens €\u00a0400.",
        ),
        (
            "  on_misfit: stop",
            "  on_misfit: skip",
            "dividing",
            "Past een initiatief niet meer in wat over is, dan kijken wij verder.",
        ),
        ("legal_regime: awb", "legal_regime: private_fund", "law", "Dit is geen besluit van de"),
        ("decision_weeks: 8", "decision_weeks: unknown", "answer", "Binnen hoeveel weken u het"),
        (
            "decision_weeks: 8",
            "decision_weeks: 8\n  decision_by: 2026-05-01",
            "answer",
            "U hoort het uiterlijk op 1 mei 2026.",
        ),
        (
            "    kind: direct\n",
            "    kind: direct\n",
            "duties",
            "U hoeft achteraf niets op te sturen.",
        ),
    ],
)
def test_each_rule_has_its_sentence(old: str, new: str, code: str, sentence: str) -> None:
    assert old in SMALL
    assert any(each.startswith(sentence) for each in told(SMALL.replace(old, new, 1), code))


def test_committee_days_are_told() -> None:
    sentences = told(source("initiatieven-sociale-kwaliteit-noordwest-2019"), "when")
    assert sentences == (
        "U kunt aanvragen vanaf 1 januari 2019 zolang er geld is (aanname).",
        (
            "De commissie van deskundigen komt bijeen op 16 april 2019, 11 juni 2019,"
            " 17 september 2019, 29 oktober 2019 en 10 december 2019 (aanname)."
        ),
        "Uw aanvraag is er tien dagen van tevoren.",
    )


def test_what_is_not_known_is_said() -> None:
    law = told(source("krachtvansalland-cheque-2023"), "law")
    assert "Op welke regeling dit rust, is niet bekend." in law
    deciding = told(source("krachtvansalland-cheque-2023"), "deciding")
    assert deciding == ("Wie beslist, is niet bekend.",)


def test_words() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"], "of") == "a, b of c"
    assert euro_words(-205) == "-€\u00a02,05"
    assert euro_words(123_456_700) == "€\u00a01.234.567"
    assert (number_words(0), number_words(10), number_words(11)) == ("nul", "tien", "11")
    assert (count_words(1, "week", "weken"), count_words(2, "week", "weken")) == (
        "één week",
        "twee weken",
    )
    assert day_words(date(2026, 2, 1)) == "1 februari 2026"
