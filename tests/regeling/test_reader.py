"""Reading a definition: every error has its file, line, field and cure."""

from __future__ import annotations

import time

import pytest

from regeling.definition import UNKNOWN, DefinitionError, parse
from tests.regeling.samples import SMALL, changed, small


def problems(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        parse(text, file="klein.yaml")
    return list(caught.value.lines)


def replaced(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if part in line)


def test_the_small_definition_is_valid() -> None:
    definition = small()
    assert definition.amounts.maximum == 100_000
    assert definition.unknown_needed(real=True) == ()
    assert not definition.is_example_only


def test_a_misspelt_key_names_the_nearest() -> None:
    text = replaced("  summary:", "  sumary:")
    line = line_of(text, "sumary")
    cure = "'sumary' is geen sleutel van de taal; bedoelt u 'summary'?"
    assert problems(text) == [f"klein.yaml:{line}:3 identity.sumary: {cure}"]


def test_all_errors_come_at_once() -> None:
    text = changed(maximum="veel", opens="2026-02-30", rule="reciept", repair_weeks="200")
    fields = [line.split(" ")[1].rstrip(":") for line in problems(text)]
    assert fields == [
        "amounts.maximum",
        "windows.voorjaar.opens",
        "distribution.rule",
        "terms.repair_weeks",
    ]


@pytest.mark.parametrize(
    ("text", "part", "sentence"),
    [
        pytest.param(
            changed(maximum="1.000"),
            "maximum: 1.000",
            "amounts.maximum: '1.000' is geen bedrag; schrijf hele euro's zonder punten (25000)"
            " of met centen na een punt (25000.50)",
            id="amount with a thousands point",
        ),
        pytest.param(
            changed(rule="reciept"),
            "rule: reciept",
            "distribution.rule: 'reciept' kan hier niet; bedoelt u 'receipt'?",
            id="misspelt word",
        ),
        pytest.param(
            changed(minimum="2000"),
            "minimum: 2000",
            "amounts.minimum: het minimum is hoger dan het maximum",
            id="minimum above maximum",
        ),
        pytest.param(
            changed(amount="5000"),
            "scope: total",
            "ceilings.total: de delen per region zijn samen 6000 euro, meer dan het totaal van"
            " 5000 euro; verhoog het totaal of verlaag een deel",
            id="ceiling smaller than its parts",
        ),
        pytest.param(
            replaced("    code: noord\n    amount", "    code: nord\n    amount"),
            "scope: region",
            "ceilings.nord: 'nord' bestaat niet; bedoelt u 'noord'?",
            id="ceiling of a region that is not there",
        ),
        pytest.param(
            replaced("require: nieuw = yes", "require: niew = yes"),
            "require: niew",
            "eligibility.nieuw.require: 'niew' is geen feit en geen vraag om mee te vergelijken;"
            " bedoelt u 'nieuw'?",
            id="rule over a question that is not there",
        ),
        pytest.param(
            replaced("require: nieuw = yes", "require: amount_asked >= 100"),
            "require: amount",
            "eligibility.nieuw.require: een bedrag (EUR 1000) is niet te vergelijken met een getal",
            id="amount compared with a number",
        ),
        pytest.param(
            replaced("require: nieuw = yes", "require: municipality = 'Zuidstat'"),
            "require: municipality",
            "eligibility.nieuw.require: 'Zuidstat' is geen antwoord op 'municipality'",
            id="an answer that cannot be given",
        ),
        pytest.param(
            replaced("require: nieuw = yes", "require: (nieuw = yes"),
            "require: (",
            "eligibility.nieuw.require: er ontbreekt een sluithaakje ')'",
            id="bracket not closed",
        ),
        pytest.param(
            replaced("closes: 2026-03-01", "closes: 2026-01-01"),
            "closes: 2026-01-01",
            "windows.voorjaar.closes: de periode sluit voordat zij opent",
            id="closes before it opens",
        ),
        pytest.param(
            replaced("    closing: before\n", ""),
            "- code: voorjaar",
            "windows.voorjaar.closing: zeg of de laatste dag meetelt:"
            " before of up_to_and_including",
            id="whether the last day counts is left open",
        ),
        pytest.param(
            changed(route="[review, completeness]"),
            "route:",
            "route: 'completeness' kan niet na 'review'; de volgorde is: coaching, completeness,"
            " review, panel, vote, ranking",
            id="route out of order",
        ),
        pytest.param(
            changed(rule="votes"),
            "rule: votes",
            "distribution.rule: verdelen op stemmen kan alleen als 'vote' in de route staat",
            id="votes without a vote",
        ),
        pytest.param(
            changed(ties="[lot, lower_amount]"),
            "ties: [lot",
            "distribution.ties: na een loting blijft niets gelijk; zet 'lot' als laatste",
            id="a lot that is not last",
        ),
        pytest.param(
            replaced("    kind: direct\n", "    kind: direct\n    up_to: 500\n"),
            "- code: direct",
            "tiers.direct: het laatste arrangement mag geen 'up_to' hebben",
            id="amounts without a tier",
        ),
        pytest.param(
            replaced("          fills: iban\n", ""),
            "  steps:",
            "form: geen vraag vult 'iban'; zet 'fills: iban' bij een vraag",
            id="a dossier without an account number",
        ),
        pytest.param(
            replaced("when: nieuw = yes", "when: bedrag > EUR 500"),
            "when: bedrag",
            "form.steps.alles.questions.wat-nieuw.when: 'bedrag' wordt pas later gevraagd;"
            " zet die vraag eerder",
            id="condition on a later question",
        ),
        pytest.param(
            replaced("[Zuidstad]", "[Zuidstad, noordstad]"),
            "territory:",
            "territory: gemeente Noordstad komt meer dan één keer voor",
            id="municipality in two regions",
        ),
        pytest.param(
            changed(legal_regime="wel"),
            "legal_regime",
            "identity.legal_regime: 'wel' kan hier niet; kies uit: awb, private_fund",
            id="regime that does not exist",
        ),
        pytest.param(
            changed(language="4"), "language", "language: 4 ligt niet tussen 1 en 3", id="newer"
        ),
    ],
)
def test_a_wrong_definition_gives_a_line_and_a_cure(text: str, part: str, sentence: str) -> None:
    found = problems(text)
    lines = [line.partition(" ") for line in found]
    assert sentence in [rest for _, _, rest in lines]
    place = next(place for place, _, rest in lines if rest == sentence)
    assert abs(int(place.split(":")[1]) - line_of(text, part)) <= 1


def test_a_double_key_is_an_error() -> None:
    text = replaced("release: returns", "release: returns\nrelease: lapses")
    assert problems(text) == [
        f"klein.yaml:{line_of(text, 'release: lapses')}:1 release: 'release' staat hier twee keer"
    ]


def test_compulsory_keys_say_when_unknown_is_allowed() -> None:
    text = replaced("release: returns\n", "")
    assert problems(text) == [
        "klein.yaml:1:1 release: 'release' ontbreekt; schrijf 'unknown' als geen bron het zegt"
    ]


def test_the_word_unknown_in_quotes_is_a_text() -> None:
    assert small(regulation="unknown").identity.regulation is UNKNOWN
    assert small(regulation="'unknown'").identity.regulation == "unknown"


def test_amounts_may_have_cents() -> None:
    assert small(maximum="1000.50").amounts.maximum == 100_050


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &x [1]\nb: *x\n", "verwijzingen met & en * kunnen hier niet"),
        ("a: !!python/object:os.system x\n", "typen met ! kunnen hier niet"),
        ("[" * 1000, "het bestand is te diep of te lang om te lezen"),
        ("- a\n" * 20_000, "het bestand is te diep of te lang om te lezen"),
        ("x" * 1_000_000, "het bestand is groter dan 200000 tekens"),
        ("", "het bestand is leeg"),
        ("a: [", "dit is geen YAML"),
        ("\x00", "het bestand bevat een teken dat niet te lezen is"),
        ("- language: 1\n", "hier hoort een onderdeel met 'sleutel: waarde'"),
        ("? [a, b]\n: c\n", "is geen sleutel van de taal"),
    ],
)
def test_hostile_text_is_refused_at_once(text: str, sentence: str) -> None:
    started = time.perf_counter()
    found = problems(text)
    assert time.perf_counter() - started < 1
    assert any(sentence in line for line in found)


def test_a_bomb_of_aliases_costs_nothing() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    started = time.perf_counter()
    assert "verwijzingen" in problems(bomb)[0]
    assert time.perf_counter() - started < 1


def test_an_expression_of_a_megabyte_is_refused() -> None:
    text = replaced(
        "require: nieuw = yes", "require: " + "nieuw = yes or " * 10_000 + "nieuw = yes"
    )
    started = time.perf_counter()
    assert "de voorwaarde is langer dan 1000 tekens" in problems(text)[0]
    assert time.perf_counter() - started < 1
