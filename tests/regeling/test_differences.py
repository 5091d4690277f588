"""What changed between two texts of a regulation, in words that an official understands."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from regeling.definition import Definition, codes, parse
from regeling.definition.code_words import code_words
from regeling.definition.labels import noun
from regeling.definition.shapes import slots
from regeling.differences import Change, differences
from tests.regeling.every_slot import every_change, full
from tests.regeling.samples import DELIVERED, SMALL, VOTING, read

CODE_OR_REPR = re.compile(
    r"_|[<>=\[\]{}]|\b(?:None|True|False|UNKNOWN|Enum|unknown|none)\b"
    r"|\b(?:before|up_to|receipt|running|rejected|amount|persons|article)\b"
)


def told(*changes: tuple[str, str], text: str = SMALL) -> list[str]:
    return [each.sentence for each in differences(read(text), read(text, *changes))]


@pytest.mark.parametrize("file", DELIVERED, ids=lambda file: file.stem)
def test_two_equal_definitions_differ_in_nothing(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert differences(parse(text, file="a"), parse(text, file="b")) == ()


def test_whatever_changes_is_told_without_code() -> None:
    whole = full()
    seen = set()
    for each in every_change(whole):
        changes = differences(whole, each.definition)
        assert changes, each.path
        seen.add((each.section, each.key))
        for change in changes:
            _reads(change)
            assert change.before != change.after or change.sentence, each.path
        for change in differences(each.definition, whole):
            _reads(change)
    assert {("Vote", "rank_points"), ("Tier", "asks"), ("CeilingStep", "amount")} <= seen


def _reads(change: Change) -> None:
    for words in (change.section, change.sentence, change.before, change.after):
        assert not CODE_OR_REPR.search(words), change
    assert change.sentence[0].isupper(), change
    assert change.sentence.rstrip("”")[-1] in ".?!", change


def test_every_key_and_every_word_has_a_name() -> None:
    def walk(kind: type) -> None:
        for slot in slots(kind).values():
            assert noun(kind.__name__, slot.name)
            shape = slot.shape
            while shape.item is not None:
                shape = shape.item
            if shape.is_section:
                walk(shape.base)

    walk(Definition)
    lists = [each for each in vars(codes).values() if isinstance(each, type)]
    words = [each for each in lists if issubclass(each, Enum) and each is not codes.Unknown]
    assert all(code_words(word) for each in words if len(each) for word in each)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("maximum: 1000", "maximum: 400", "Het maximum gaat van €\u00a01.000 naar €\u00a0400."),
        ("maximum: 1000", "maximum: none", "Vervallen: het maximum (€\u00a01.000)."),
        ("maximum: 1000", "maximum: unknown", "Niet meer bekend: het maximum (€\u00a01.000)."),
        (
            "    amount: 10000\n",
            "    amount: 12500\n",
            "Het subsidieplafond gaat van €\u00a010.000 naar €\u00a012.500.",
        ),
        (
            "    amount: 6000\n",
            "    amount: 5000\n",
            "Het plafond voor Noord gaat van €\u00a06.000 naar €\u00a05.000.",
        ),
        (
            "label: Hoe heet het?",
            "label: Hoe noemt u het?",
            "Bij de bladzijde “Alles”: de vraag luidt nu: “Hoe noemt u het?” Eerst: “Hoe heet",
        ),
        (
            "sentence: Het moet iets nieuws zijn.",
            "sentence: Het is nog nooit gedaan.",
            "De voorwaarde luidt nu: “Het is nog nooit gedaan.” Eerst: “Het moet",
        ),
        (
            "require: nieuw = yes",
            "require: persons >= 2",
            (
                "Bij de voorwaarde “Het moet iets nieuws zijn.”: anders: wat nodig is. Eerst: het"
                " antwoord op “Is het nieuw?” is ja. Nu: het aantal inwoners is minstens twee."
            ),
        ),
        (
            "closes: 2026-03-01",
            "closes: 2026-04-01",
            "Bij de periode: de laatste dag gaat van 1 maart 2026 naar 1 april 2026.",
        ),
        ("on_misfit: stop", "on_misfit: skip", "Anders: wat er gebeurt als iets niet meer past."),
        ("decision_weeks: 8", "decision_weeks: 13", "De beslistermijn gaat van acht weken naar 13"),
        ("          required: no\n", "", "Bij de vraag “Wanneer begint u?”: de vraag is nu"),
    ],
)
def test_a_change_has_its_sentence(old: str, new: str, sentence: str) -> None:
    found = told((old, new))
    assert any(each.startswith(sentence) for each in found), found


def test_what_comes_and_what_goes() -> None:
    lines = SMALL[SMALL.index("activities:\n") : SMALL.index("amounts:\n")]
    more = f"{lines}  - code: los\n    name: Alleen doen\n    maximum: 500\n"
    assert told((lines, more)) == ["Nieuw: de activiteit “Alleen doen”."]
    after, before = read(SMALL, (lines, more)), read(SMALL)
    (change,) = differences(after, before)
    assert change.sentence == "Vervalt: de activiteit “Alleen doen”."
    assert (change.path, change.before) == ("activities.los", "Maximum: €\u00a0500.")


def test_another_code_is_not_another_question() -> None:
    changes = differences(read(SMALL), read(SMALL, ("- code: titel", "- code: naam")))
    assert [each.sentence for each in changes] == [
        "Bij de bladzijde “Alles”: met een andere interne naam: de vraag “Hoe heet het?”"
    ]


def test_an_order_is_a_rule_too() -> None:
    whole = read(SMALL)
    classes = whole.applicants.classes
    turned = replace(whole, applicants=replace(whole.applicants, classes=classes[::-1]))
    assert [each.sentence for each in differences(whole, turned)] == [
        "In een andere volgorde: de soorten aanvragers."
    ]


def test_a_vote_that_goes_is_one_change() -> None:
    changes = differences(read(VOTING), replace(read(VOTING), vote=None))
    assert [each.sentence for each in changes] == ["Vervallen: de stemming."]
    assert "Manier van stemmen: punten verdelen." in changes[0].before
    assert not changes[0].is_short


def test_a_list_of_changes_stands_by_section_with_long_texts_under_their_sentence() -> None:
    before = read(SMALL)
    summary = "Een heel andere samenvatting. " * 12
    after = replace(
        before,
        identity=replace(before.identity, summary=summary),
        amounts=replace(before.amounts, maximum=40_000),
    )
    page = render_to_string(
        "portal/parts/differences.html", {"changes": differences(before, after)}
    )
    assert page.index("<h3>Naam en grondslag</h3>") < page.index("<h3>Bedragen</h3>")
    assert "<dt>Eerst</dt><dd>Een kleine regeling om mee te proberen.</dd>" in page
    assert page.count("<dt>") == 2
    assert "Er is niets veranderd." in render_to_string(
        "portal/parts/differences.html", {"changes": ()}
    )


def test_a_question_that_moves_is_not_a_new_one() -> None:
    line = "        - code: bedrag\n          kind: money\n          label: Hoeveel vraagt u?\n"
    line += "          fills: amount_asked\n"
    page = "    - code: geld\n      title: Geld\n      questions:\n"
    moved = page + line.replace("Hoeveel vraagt u?", "Hoeveel wilt u?")
    found = told((line, ""), ("eligibility:\n", f"{moved}eligibility:\n"))
    assert found == [
        "Nieuw: de bladzijde “Geld”.",
        "Bij de bladzijde “Geld”: de vraag luidt nu: “Hoeveel wilt u?” Eerst: “Hoeveel vraagt u?”",
    ]
    other = SMALL.replace("eligibility:\n", f"{page}{line.replace('bedrag', 'x')}eligibility:\n")
    other = other.replace("          fills: amount_asked\n", "", 1)
    before = read(other)
    steps = before.form.steps
    question = steps[0].questions[0]
    after_steps = (
        replace(steps[0], questions=steps[0].questions[1:]),
        replace(steps[1], questions=(*steps[1].questions, question)),
    )
    after = replace(before, form=replace(before.form, steps=after_steps))
    assert [each.sentence for each in differences(before, after)] == [
        "Bij de bladzijde “Geld”: hier staat nu: de vraag “Hoe heet het?”"
    ]


def test_a_list_says_what_came_and_what_went() -> None:
    assert told(
        ("municipalities: [Noordstad, Noorddorp]", "municipalities: [Noordstad, Veen]")
    ) == ["Bij de regio “Noord”: anders: de gemeenten. Erbij: Veen. Weg: Noorddorp."]
    assert told(("[Noordstad, Noorddorp]", "[Noorddorp, Noordstad]")) == [
        "Bij de regio “Noord”: in een andere volgorde: de gemeenten."
    ]
