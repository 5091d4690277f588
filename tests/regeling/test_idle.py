"""What people have to do themselves is told, and so is a question that is asked for nothing."""

from __future__ import annotations

import pytest

from regeling.definition import Definition, parse
from regeling.definition.idle import idle
from regeling.definition.unused import unused
from regeling.delivered import files
from tests.regeling.samples import SMALL, VOTING, read

REPORT = (
    "  - code: direct\n    kind: direct\n",
    "  - code: verslag\n    kind: report\n    asks: [story, photos]\n",
)
WEEKS = ("  keep_months: 12\n", "  keep_months: 12\n  report_weeks: 4\n  settlement_weeks: 8\n")


def paths(definition: Definition) -> list[str]:
    return [each.path for each in idle(definition)]


def test_a_definition_that_runs_as_it_stands_has_nothing_idle() -> None:
    assert idle(read(SMALL)) == ()


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("      label: een inwoner\n", "      label: een inwoner\n      login: digid\n", "login"),
        ("      member_kind: person\n", "      lead_applicant: person\n", "lead_applicant"),
        ("      kind: person\n", "      kind: organisation\n      legal_forms: [bv]\n", "legal_f"),
        ("  name: Het land\n", "  name: Het land\n  counts: seat\n", "territory.counts"),
        ("  name: Het land\n", "  name: Het land\n  charge_elsewhere: yes\n", "charge_elsewhere"),
        ("  maximum: 1000\n", "  maximum: 1000\n  cumulation: 5000\n", "amounts.cumulation"),
        (
            "  maximum: 1000\n",
            "  maximum: 1000\n  costs:\n    own_labour_rate: 25\n",
            "own_labour_rate",
        ),
        ("    amount: 10000\n", "    amount: 10000\n    carry_over_years: 2\n", "carry_over_years"),
        ("          personal: yes\n", "          personal: yes\n          retention: 6\n", "reten"),
        ("  on_misfit: stop\n", "  on_misfit: stop\n  unfunded: next_round\n", "unfunded"),
        ("release: returns\n", "release: returns\nspot_check:\n  percentage: 5\n", "spot_check"),
        ("release: returns\n", "release: returns\nmandates:\n  - body: Het college\n", "mandates"),
    ],
)
def test_what_people_do_themselves_is_told(old: str, new: str, path: str) -> None:
    [found] = paths(read(SMALL, (old, new)))
    assert path in found


def test_a_report_is_the_same_for_everybody() -> None:
    assert paths(read(SMALL, REPORT, WEEKS)) == ["tiers.verslag.asks"]


def test_the_size_of_a_panel_is_not_counted() -> None:
    text = VOTING.replace("  points: 5\n", "  points: 5\n  panel_size: 30\n  minimum_age: 16\n")
    assert paths(read(text)) == ["vote.panel_size", "vote.minimum_age"]


def test_what_is_unknown_is_not_idle() -> None:
    assert (
        paths(read(SMALL, ("release: returns\n", "release: returns\nspot_check: unknown\n"))) == []
    )


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_the_remarks_of_every_delivered_definition_are_sentences(file: object) -> None:
    definition = parse(file.read_text(), file="x")  # type: ignore[attr-defined]  # a path
    for note in (*idle(definition), *unused(definition)):
        assert note.path
        assert note.sentence[0].islower()
        assert not note.sentence.endswith(".")


class TestUnused:
    QUESTION = "        - code: hoe-lang\n          kind: number\n          label: Hoe lang al?\n"

    def text(self, more: str = "") -> str:
        return SMALL.replace(
            "        - code: begin\n", f"{self.QUESTION}{more}        - code: begin\n", 1
        )

    def found(self, text: str) -> list[str]:
        return [each.path for each in unused(parse(text, file="x"))]

    def test_a_question_that_nothing_uses_is_told(self) -> None:
        assert self.found(self.text()) == [
            "form.steps.alles.questions.wat-nieuw",
            "form.steps.alles.questions.hoe-lang",
        ]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("require: nieuw = yes", "require: nieuw = yes and hoe-lang > 1"),
            ("          fills: start_date\n", "          when: hoe-lang > 2\n"),
            ("question: Is het goed voor de buurt?", "question: Kijk naar hoe-lang, is dat goed?"),
            ("question: Is het goed voor de buurt?", "question: Het antwoord op hoe lang al?"),
            (
                "release: returns\n",
                "release: returns\nletters:\n  - letter: award\n    text: Hoe lang is het?\n",
            ),
        ],
    )
    def test_what_uses_it(self, old: str, new: str) -> None:
        text = self.text()
        assert old in text
        found = self.found(text.replace(old, new))
        assert "form.steps.alles.questions.hoe-lang" not in found

    def test_a_public_answer_is_shown_on_a_page(self) -> None:
        assert len(self.found(self.text("          public: yes\n"))) == 1

    def test_a_part_of_a_word_is_no_mention(self) -> None:
        text = SMALL.replace("Is het goed voor de buurt?", "Is dat wat-nieuws voor de buurt?")
        assert self.found(text) == ["form.steps.alles.questions.wat-nieuw"]
