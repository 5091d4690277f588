"""Assumptions and unknowns: what no source gives is never passed off as a fact."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from regeling.definition import UNKNOWN, Definition, DefinitionError, parse
from regeling.definition.labels import noun, path_words
from regeling.definition.shapes import slots
from regeling.definition.unknowns import every_unknown
from tests.regeling.samples import SMALL, changed

ASSUME = """\
assumptions:
  - path: {path}
    value: {value}
    reason: Geen bron noemt het, en zonder kan de ronde niet draaien.
"""


def assuming(text: str, path: str, value: str) -> str:
    return text + ASSUME.format(path=path, value=value)


def refusal(text: str) -> str:
    with pytest.raises(DefinitionError) as caught:
        parse(text, file="klein.yaml")
    return "\n".join(caught.value.lines)


def test_an_assumption_fills_an_unknown_and_makes_it_an_example() -> None:
    text = changed(decision_weeks="unknown")
    assert parse(text, file="x").unknown_needed() == ("terms.decision_weeks",)
    definition = parse(assuming(text, "terms.decision_weeks", "13"), file="x")
    assert definition.terms.decision_weeks == 13
    assert definition.unknown_needed() == ()
    assert definition.is_example_only
    assert definition.assumed_paths == {"terms.decision_weeks"}


def test_an_assumption_may_fill_a_whole_section() -> None:
    text = SMALL.replace("release: returns", "release: unknown").replace(
        "tiers:\n  - code: direct\n    kind: direct\n", "tiers: unknown\n"
    )
    both = assuming(text, "release", "lapses") + (
        "  - path: tiers\n    reason: Zo kan het worden vastgesteld.\n    value:\n"
        "      - code: alles\n        kind: direct\n"
    )
    definition = parse(both, file="x")
    assert definition.tier_for(1).code == "alles"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("identity.paragraph", "'2.2'"),
        ("identity.regulation", "Regeling"),
        ("identity.deciding_body", "Het college"),
        ("territory.regions.noord.body", "De streek"),
        ("criteria.goed.article", "artikel 3"),
        ("amounts.article", "artikel 3"),
        ("ceilings.total.publication", "Provinciaal Blad 2026"),
    ],
)
def test_an_article_or_a_name_is_never_assumed(path: str, value: str) -> None:
    text = (
        changed(paragraph="unknown", regulation="unknown", deciding_body="unknown")
        .replace("  article: artikel 4\n", "")
        .replace("    article: artikel 6\n", "")
    )
    assert path.split(".")[0] in refusal(assuming(text, path, value))


def test_an_article_inside_an_assumed_section_is_refused_too() -> None:
    text = (
        SMALL[: SMALL.index("criteria:")] + "criteria: unknown\n" + SMALL[SMALL.index("distrib") :]
    )
    sneaky = text + (
        "assumptions:\n  - path: criteria\n    reason: De criteria zijn niet gevonden.\n"
        "    value:\n"
        "      - code: goed\n        kind: text\n        question: Is het goed?\n"
        "        article: artikel 9\n"
    )
    assert "een artikel, paragraaf of naam mag geen aanname zijn" in refusal(sneaky)


def test_a_fact_cannot_be_assumed_away() -> None:
    assert "staat al een feit" in refusal(assuming(SMALL, "amounts.maximum", "5000"))


def test_a_path_that_is_not_there_is_an_error() -> None:
    assert "bestaat niet in dit bestand" in refusal(assuming(SMALL, "windows.najaar.opens", "x"))


def test_an_assumption_needs_a_reason_and_a_value() -> None:
    text = changed(decision_weeks="unknown")
    no_reason = text + "assumptions:\n  - path: terms.decision_weeks\n    value: 8\n"
    assert "'reason' ontbreekt" in refusal(no_reason)
    no_value = text + (
        "assumptions:\n  - path: terms.decision_weeks\n    reason: Geen bron noemt het.\n"
    )
    assert "'value' ontbreekt" in refusal(no_value)


def test_a_wrong_assumed_value_is_told_at_its_own_line() -> None:
    text = assuming(changed(decision_weeks="unknown"), "terms.decision_weeks", "veel")
    line = text.splitlines().index("    value: veel") + 1
    assert f"klein.yaml:{line}:12 terms.decision_weeks: 'veel' is geen heel getal" in refusal(text)


def test_unknown_names_stop_only_a_real_call() -> None:
    definition = parse(changed(paragraph="unknown", deciding_body="unknown"), file="x")
    assert definition.unknown_needed() == ()
    assert definition.unknown_needed(real=True) == ("identity.paragraph", "identity.deciding_body")


def test_a_route_needs_only_what_it_uses() -> None:
    text = (
        SMALL[: SMALL.index("criteria:")] + "criteria: unknown\n" + SMALL[SMALL.index("distrib") :]
    )
    assert parse(text, file="x").unknown_needed() == ("criteria",)
    without_review = text.replace("route: [completeness, review]", "route: [completeness]")
    assert parse(without_review, file="x").unknown_needed() == ()


def test_report_terms_are_needed_only_where_a_report_is_asked() -> None:
    text = SMALL.replace("  keep_months: 12\n", "  keep_months: 12\n  report_weeks: unknown\n")
    assert parse(text, file="x").unknown_needed() == ()
    report = text.replace("    kind: direct\n", "    kind: report\n").replace(
        "  report_weeks: unknown\n", "  report_weeks: unknown\n  settlement_weeks: 13\n"
    )
    assert parse(report, file="x").unknown_needed() == ("terms.report_weeks",)


def test_every_unknown_is_named_also_what_nothing_needs() -> None:
    definition = parse(changed(paragraph="unknown"), file="x")
    assert "identity.paragraph" in every_unknown(definition)
    assert definition.identity.regulation_reference is UNKNOWN


def unknowable(section: type) -> Iterator[tuple[str, str]]:
    for slot in slots(section).values():
        inner = slot.shape.item or slot.shape
        if inner.is_section:
            yield from unknowable(inner.base)
        if slot.shape.may_be_unknown:
            yield section.__name__, slot.name


def test_whatever_can_be_unknown_has_a_name_in_dutch() -> None:
    assert all(noun(section, key) for section, key in unknowable(Definition))
    assert path_words("terms.decision_weeks") == "termijnen: beslistermijn"
    assert path_words("criteria.goed.article") == "criteria: goed: artikel"
