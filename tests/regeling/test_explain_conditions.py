"""A condition in Dutch, and how sentences come together on a page."""

from __future__ import annotations

import pytest

from regeling.conditions import condition_words
from regeling.definition import Expression
from regeling.telling import Block, Several, about, say, section
from tests.regeling.samples import SMALL, read

BEFORE = "        - code: begin\n"
ASKED = """\
        - code: steun
          kind: choice
          label: Wie steunt u?
          choices:
            - code: niemand
              label: Nog niemand
            - code: buren
              label: De buren
"""
CHOICE = (BEFORE, ASKED + BEFORE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "persons >= 3 or organisations >= 2",
            "het aantal inwoners is minstens drie, of het aantal organisaties is minstens twee",
        ),
        ("nieuw", "het antwoord op “Is het nieuw?” is ja"),
        (
            "not nieuw",
            "het is niet zo dat het antwoord op “Is het nieuw?” is ja",
        ),
        (
            "applicant = 'groep' and amount_asked <= EUR 2500.50",
            (
                "de aanvrager is “een groep van drie inwoners” en het bedrag dat u vraagt is"
                " hoogstens €\u00a02.500,50"
            ),
        ),
        ("not steun = 'niemand'", "het antwoord op “Wie steunt u?” is niet “Nog niemand”"),
        ("region in ('noord', 'zuid')", "de streek is “Noord” of “Zuid”"),
        (
            "start_date <= received_on + 3 months",
            (
                "de dag waarop u begint is niet na drie maanden na de dag waarop wij de aanvraag"
                " krijgen"
            ),
        ),
        ("end_date < 2027-01-01", "de dag waarop u klaar bent is vóór 1 januari 2027"),
        (
            "received_on - 1 week > start_date",
            "één week vóór de dag waarop wij de",
        ),
        (
            "amount_asked <= percentage(50, costs)",
            "het bedrag dat u vraagt is hoogstens 50% van het totaal van de kosten",
        ),
        (
            "sum(amount_asked, other_income) = costs",
            "het bedrag dat u vraagt en het geld dat u van anderen krijgt samen is het totaal",
        ),
        (
            "count(nieuw = yes, persons > 3) >= 1",
            (
                "van deze punten klopt minstens één: het antwoord op “Is het nieuw?” is ja; het"
                " aantal inwoners is meer dan drie"
            ),
        ),
        (
            "nieuw and (persons > 1 or organisations > 1)",
            (
                "het antwoord op “Is het nieuw?” is ja en minstens één hiervan klopt: het aantal"
                " inwoners is meer dan één, of het aantal organisaties is meer dan één"
            ),
        ),
    ],
)
def test_a_condition_reads_as_dutch(text: str, words: str) -> None:
    assert condition_words(Expression(text), read(SMALL, CHOICE)).startswith(words)


def test_what_is_not_known_comes_in_one_sentence_and_nothing_is_said_twice() -> None:
    told = [
        *about("amounts", ("U krijgt geld.", "U krijgt geld.")),
        say("Hoeveel, is niet bekend."),
        say("Of btw meetelt, is niet bekend."),
        say("Dat is alles."),
        say("Wie, is niet bekend."),
        Several("Een lege lijst:", ()),
    ]
    found = section("x", "X", told, frozenset())
    assert found.sentences == (
        "U krijgt geld.",
        "Niet bekend is hoeveel en of btw meetelt.",
        "Dat is alles.",
        "Wie, is niet bekend.",
    )


def test_an_assumption_marks_its_own_sentence_its_whole_list_or_the_whole_section() -> None:
    rests = frozenset({"terms.repair_weeks", "criteria"})
    one = say("Een feit.", "terms.decision_weeks")
    other = say("Een keuze.", "terms.repair_weeks")
    several = Several("Wij letten op:", (say("Is het goed?", "criteria.goed"),))
    found = section("x", "X", (one, other, several), rests)
    assert found.blocks == (
        Block("Een feit."),
        Block("Een keuze (aanname)."),
        Block("Wij letten op (aanname):", ("Is het goed?",)),
    )
    assert not found.assumed
    whole = section("x", "X", (other, several), rests)
    assert whole.assumed
    assert whole.sentences == ("Een keuze.", "Wij letten op:", "Is het goed?")


def test_a_paragraph_takes_sentences_until_it_is_full() -> None:
    long = "Dit is een zin die een beetje lang is. " * 6
    found = section(
        "x",
        "X",
        (say("Kort."), say(long), say("Daarna."), Several("Zoals:", (say("een"),))),
        frozenset(),
    )
    assert [block.lead for block in found.paragraphs] == [f"Kort. {long}", "Daarna.", "Zoals:"]
