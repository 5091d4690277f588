"""A vote, a panel and a distribution in plain Dutch: every rule that is set has its sentence."""

from __future__ import annotations

import pytest

from regeling.definition import Vote
from regeling.explain import explain
from regeling.explain_voting import electorate_words
from tests.regeling.samples import MEETING, NUMBERS, PANEL, SMALL, VOTING, read

OPENS = "  opens: 2026-03-10\n"
RULE = "  rule: votes\n"


def told(text: str, *changes: tuple[str, str]) -> tuple[str, ...]:
    sections = explain(read(text, *changes))
    about = [each for each in sections if each.code in ("choosing", "voting", "dividing")]
    sentences = tuple(sentence for section in about for sentence in section.sentences)
    assert all(each[0].isupper() and each[-1] in ".?:" for each in sentences), sentences
    return sentences


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("choose_one\n  minimum: 1\n  maximum: 1\n", "Wie stemt, kiest één initiatief."),
        (
            "approval\n  minimum: 3\n  maximum: 5\n",
            "Wie stemt, kiest minstens drie en hoogstens vijf initiatieven.",
        ),
        (
            "approval\n  minimum: 3\n  maximum: 3\n",
            "Wie stemt, kiest precies drie initiatieven.",
        ),
        (
            "points\n  minimum: 1\n  maximum: 4\n  points: 5\n  most_per_option: 2\n",
            "Wie stemt, verdeelt vijf punten. Eén initiatief krijgt er hoogstens twee.",
        ),
        (
            "ranking\n  minimum: 1\n  maximum: 3\n  rank_points: [3, 2, 1]\n",
            "Van de eerste tot de laatste plaats zijn de punten: 3, 2 en 1.",
        ),
        (
            "knapsack\n  minimum: 1\n  maximum: 9\n  budget: 5000\n",
            "Wie stemt, kiest initiatieven die samen passen in €\u00a05.000.",
        ),
        (
            "score\n  minimum: 1\n  maximum: 9\n  lowest: -1\n  highest: 4\n",
            "Wie stemt, geeft een initiatief een score van -1 tot en met 4.",
        ),
        (
            "household\n  minimum: 1\n  maximum: 3\n  amount: 7.50\n  step: 2.50\n",
            "Wie stemt, geeft €\u00a07,50 weg, in delen van €\u00a02,50.",
        ),
    ],
)
def test_every_kind_of_vote_has_its_sentence(lines: str, sentence: str) -> None:
    assert sentence in told(VOTING, (NUMBERS, f"  kind: {lines}"))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("  power: advises\n", "De uitkomst is een advies. Wie beslist, kan afwijken en zegt dan"),
        ("  minimum_age: 12\n", "Stemmen kan vanaf 12 jaar."),
        ("  electorate_kind: profiles\n", "Stemmen kan wie hier een profiel heeft"),
        ("  electorate_kind: code\n", "Stemmen kan wie een code kreeg"),
        ("  exclusions: [Statenleden stemmen niet.]\n", "Statenleden stemmen niet."),
        ("  own_text: Van uzelf.\n", "Wie stemt, kruist eerst aan wat een eigen initiatief is."),
        ("  change: no\n", "Een stem kan niet meer veranderen."),
        ("  withdrawal: yes\n", "Stopt een initiatief tijdens de stemming?"),
        ("  extension: yes\n", "Bij een storing kan de stemming langer duren."),
        ("  support_gate: 15\n", "Wij beoordelen uw plan pas als 15 mensen laten zien dat zij"),
        (
            "  quorum:\n    ballots: 20\n    percent: 20\n    consequence: no_award\n",
            (
                "De stemming telt als er genoeg stemmen zijn: 20 mensen, of 20% van wie mag stemmen"
                " als dat minder is. Anders krijgt niemand geld."
            ),
        ),
        (
            "  quorum:\n    percent: 25\n    consequence: advice_only\n",
            (
                "De stemming telt als er genoeg stemmen zijn: 25% van wie mag stemmen. Anders is de"
                " uitkomst alleen een advies."
            ),
        ),
    ],
)
def test_what_a_vote_says_further_is_told(lines: str, sentence: str) -> None:
    found = told(VOTING, (OPENS, f"{lines}{OPENS}"))
    assert any(each.startswith(sentence) for each in found), found
    assert not any(each.startswith(sentence) for each in told(VOTING))


def test_what_binds_is_said() -> None:
    assert "De uitkomst bindt. Wie het besluit neemt, volgt die." in told(VOTING)


def test_without_a_quorum_in_votes_a_panel_takes_over() -> None:
    quorum = "  quorum:\n    ballots: 9\n    consequence: committee\n"
    found = told(VOTING + PANEL, (OPENS, quorum + OPENS))
    assert (
        "De stemming telt als er genoeg stemmen zijn: negen mensen. Anders kiest de commissie."
        in found
    )


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        (("", ""), "De stemmen van Noord en Zuid tellen even zwaar."),
        (("", "      weight_numerator: 2\n"), "Een stem van Zuid telt twee keer."),
        (
            ("", "      weight_numerator: 3\n      weight_denominator: 2\n"),
            "Een stem van Zuid telt 3/2 keer.",
        ),
    ],
)
def test_weights_of_panels_are_told(weights: tuple[str, str], sentence: str) -> None:
    north, south = weights
    panels = f"  panels:\n    - name: Noord\n{north}    - name: Zuid\n{south}"
    vote = read(VOTING, (OPENS, panels + OPENS)).vote
    assert isinstance(vote, Vote)
    assert sentence in electorate_words(vote)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (RULE, "De initiatieven met de meeste punten krijgen het eerst geld."),
        (
            "  rule: equal_shares\n  equal_shares:\n    step: 0.10\n",
            "Is er dan nog geld, dan wordt elk deel groter, steeds met €\u00a00,10.",
        ),
        (
            "  rule: equal_shares\n  equal_shares:\n    step: 1\n    comparison: yes\n",
            "Vinden meer stemmers de volgorde van stemmen beter, dan geldt die.",
        ),
        ("  rule: pro_rata\n", "Het geld wordt verdeeld naar het aantal stemmen."),
        ("  rule: pro_rata\n  floor: 100\n", "Een deel van minder dan €\u00a0100 betalen wij niet"),
        ("  rule: pro_rata\n  cap: 2500\n", "Niemand krijgt meer dan €\u00a02.500."),
        ("  rule: lottery\n", "Er wordt geloot wie het eerst aan de beurt is."),
        (
            f"{RULE}  minimum_votes: 3\n",
            "Een initiatief krijgt alleen geld met minstens drie punten.",
        ),
        (
            f"{RULE}  minimum_percent: 10\n",
            "Een initiatief krijgt alleen geld als minstens 10% van de stemmers het kiest.",
        ),
        (
            f"{RULE}  ceiling_misfit: stop\n",
            "Past het niet meer in wat er voor een streek is, dan stoppen wij daar.",
        ),
        (f"{RULE}  leftover: skip\n", "Wat een streek overhoudt, verdelen wij daarna over"),
    ],
)
def test_every_way_to_divide_has_its_sentence(lines: str, sentence: str) -> None:
    found = told(VOTING, (RULE, lines))
    assert any(each.startswith(sentence) for each in found), found


def test_equals_and_the_lot_are_told_in_their_order() -> None:
    found = told(
        VOTING,
        ("[more_supporters, lot]", "[more_supporters, earlier_complete, lot]"),
        (
            "lot_source: notary",
            "lot_source: public\n  public_number: De trekking van 1 april 2026.",
        ),
    )
    assert (
        "Is de uitkomst gelijk, dan gaat voor wie door meer mensen is gekozen, en daarna wie eerder"
        " een volledige aanvraag had."
    ) in found
    assert found[-2] == (
        "Iedereen kan de loting narekenen, met een getal dat later komt: De trekking van 1 april"
        " 2026."
    )
    assert told(VOTING)[-2:] == (
        "Een notaris trekt het lot.",
        "Is het geld op? Dan wijzen wij de aanvragen af die nog over zijn.",
    )


def test_experts_and_votes_are_told_as_parts() -> None:
    found = told(
        VOTING,
        (
            "    kind: yes_no\n    question: Is het goed",
            "    kind: score\n    question: Is het goed",
        ),
        ("    hard: yes\n", ""),
        (RULE, f"{RULE}  expert_percent: 25\n  normalisation: highest\n"),
    )
    assert "De stemmen tellen voor 75% mee, en de scores van de beoordelaars voor 25%." in found


def test_a_panel_that_meets_is_told_with_its_questions_and_who_stays_out() -> None:
    found = told(MEETING, ("[completeness, review, panel]", "[completeness, panel]"))
    first = found.index("De commissie komt bijeen en bespreekt uw plan.")
    assert found[first + 1 : first + 7] == (
        "Is het antwoord op een van deze vragen nee? Dan wijzen wij de aanvraag af:",
        "Is het goed voor de buurt?",
        "De leden proberen het samen eens te worden.",
        "Er moeten minstens drie leden bij zijn.",
        "Een lid dat zelf belang heeft bij uw plan, praat er niet over mee.",
        "De uitkomst is een advies. Wie beslist, kan afwijken en zegt dan waarom.",
    )
    assert sum(each.startswith("Is het goed voor de buurt?") for each in found) == 1


def test_what_nobody_knows_of_a_panel_is_said_or_left_out() -> None:
    found = told(
        MEETING,
        ("power: advises", "power: unknown"),
        ("method: consensus", "method: unknown"),
        ("minimum_present: 3", "minimum_present: unknown"),
    )
    assert "Of de uitkomst bindt, is niet bekend." in found
    assert "Hoe de leden tot een oordeel komen, is niet bekend." in found


def test_a_committee_that_divides_is_named() -> None:
    assert "De commissie kiest welke initiatieven geld krijgen." in told(
        MEETING, ("rule: receipt", "rule: committee")
    )


def test_the_municipality_and_the_card_are_told() -> None:
    asked = "municipal:\n  weeks: 3\n  questions:\n    - code: past\n      question: Past het?\n"
    found = told(VOTING + asked + "card:\n  photo: yes\n")
    assert "Wij vragen de gemeente: Past het?" in found
    assert (
        "Antwoordt de gemeente niet binnen drie weken, dan gaan wij zonder haar antwoord verder."
    ) in found
    assert (
        "Wie stemt, leest van elk initiatief een kaart. De aanvrager maakt die zelf, met een tekst"
        " van hoogstens 300 tekens. Een foto mag ook."
    ) in found


def test_without_a_vote_nothing_of_it_is_told() -> None:
    assert not any("stem" in each.lower() for each in told(SMALL))
