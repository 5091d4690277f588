"""The canonical text: one text for one definition, and back without loss."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regeling.definition import (
    LANGUAGE,
    UNKNOWN,
    Definition,
    DefinitionError,
    Distribution,
    Expression,
    LotSource,
    Power,
    Vote,
    canonical,
    from_canonical,
    parse,
)
from regeling.definition.shapes import Shape, slots
from tests.regeling.samples import DELIVERED, SMALL, changed, small

STORED_IN = Path(__file__).parent / "stored"
STORED = sorted(STORED_IN.glob("language-1-*.json"))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@cache
def values(shape: Shape) -> st.SearchStrategy[Any]:
    """Any value of a shape, also what the reader would refuse: the text must carry it all."""
    options = [plain(shape)]
    if shape.may_be_unknown:
        options.append(st.just(UNKNOWN))
    if shape.may_be_none:
        options.append(st.none())
    return st.one_of(options)


def plain(shape: Shape) -> st.SearchStrategy[Any]:
    if shape.item is not None:
        return st.lists(values(shape.item), max_size=1).map(tuple)
    if shape.is_section:
        return sections(shape.base)
    if issubclass(shape.base, Enum):
        return st.sampled_from(list(shape.base))
    simple: dict[type, st.SearchStrategy[Any]] = {
        str: WORDS.map(lambda text: normalize("NFC", text)),
        bool: st.booleans(),
        int: st.integers(-(10**12), 10**12),
        date: st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        Expression: st.sampled_from(["persons >= 3", "not (region = 'noord')"]).map(Expression),
    }
    return simple[shape.base]


@cache
def sections(kind: type) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {slot.name: values(slot.shape) for slot in slots(kind).values()}
    ).map(lambda given: kind(**given))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(sections(Definition))
def test_any_definition_comes_back_from_its_text(definition: Definition) -> None:
    definition = replace(definition, language=LANGUAGE)
    text = canonical(definition)
    assert from_canonical(text) == definition
    assert canonical(from_canonical(text)) == text


@pytest.mark.parametrize("file", DELIVERED, ids=lambda path: path.stem)
def test_a_delivered_regulation_comes_back_from_its_text(file: Path) -> None:
    definition = parse(file.read_text(encoding="utf-8"), file=file.name)
    assert from_canonical(canonical(definition)) == definition


def test_every_default_is_written_out() -> None:
    found = json.loads(canonical(small()))
    assert found["terms"]["objection_weeks"] == 6
    assert found["letters"] == []
    assert found["identity"]["regulation_reference"] == {"unknown": True}
    assert found["amounts"]["maximum"] == 100_000


def test_comments_layout_and_order_do_not_change_the_text() -> None:
    lines = SMALL.splitlines()
    moved = "\n".join([*lines[1:], "# een opmerking", lines[0], ""])
    assert canonical(parse(moved, file="x")) == canonical(small())


def test_what_is_said_and_what_is_default_give_one_text() -> None:
    said = SMALL.replace("distribution:\n", "distribution:\n  reserve_list: no\n")
    assert canonical(parse(said, file="x")) == canonical(small())


def test_a_changed_amount_changes_the_text() -> None:
    assert canonical(parse(changed(maximum="999"), file="x")) != canonical(small())


def test_the_text_unknown_and_an_unknown_value_stay_apart() -> None:
    named = small(deciding_body="'unknown'")
    missing = small(deciding_body="unknown")
    assert from_canonical(canonical(named)).identity.deciding_body == "unknown"
    assert from_canonical(canonical(missing)).identity.deciding_body is UNKNOWN


def edited(**changes: Any) -> str:
    return json.dumps({**json.loads(canonical(small())), **changes})


@pytest.mark.parametrize("file", STORED, ids=lambda path: path.stem)
def test_a_text_stored_in_language_1_still_reads_as_what_it_meant(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert '"language":1' in text
    assert '"power":1' in text
    definition = from_canonical(text)
    assert definition.language == LANGUAGE
    assert isinstance(definition.vote, Vote)
    assert definition.vote.power is Power.DECIDES
    assert isinstance(definition.distribution, Distribution)
    assert definition.distribution.lot_source is LotSource.NOTARY
    assert from_canonical(canonical(definition)) == definition


def test_a_file_in_language_1_reads_like_one_in_the_present_language() -> None:
    old = SMALL.replace("language: 2", "language: 1").replace("  lot_source: notary\n", "")
    assert parse(old, file="x") == small()


def test_a_number_as_power_is_read_in_language_1_only() -> None:
    old = (STORED_IN / "language-1-buurtkracht.yaml").read_text(encoding="utf-8")
    assert parse(old, file="x").vote == from_canonical(STORED[0].read_text(encoding="utf-8")).vote
    with pytest.raises(DefinitionError, match=r"vote\.power"):
        parse(old.replace("language: 1", "language: 2"), file="x")


def test_a_newer_language_is_refused() -> None:
    with pytest.raises(ValueError, match="newer"):
        from_canonical(edited(language=LANGUAGE + 1))


def test_a_rule_that_is_not_known_is_never_left_out_in_silence() -> None:
    with pytest.raises(ValueError, match="lottery"):
        from_canonical(edited(lottery={}))


def test_an_older_text_takes_the_defaults_of_what_came_later() -> None:
    found = json.loads(canonical(small()))
    del found["letters"]
    assert from_canonical(json.dumps(found)) == small()
    del found["terms"]
    with pytest.raises(ValueError, match="terms"):
        from_canonical(json.dumps(found))
