"""The JSON Schema that an editor goes by: what the reader takes it takes, what is wrong it sees."""

from __future__ import annotations

import json
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from regeling.definition import Definition, DefinitionError, parse
from regeling.definition.schema import DIALECT, schema
from regeling.definition.shapes import Shape, slots
from regeling.delivered import FOLDER
from tests.regeling.samples import ACTIVE, MEETING, SMALL, VOTING, changed

DEFINITIONS = sorted(path for path in FOLDER.rglob("*.yaml") if path.stem != "authorities")
SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)


CORE = ("int", "float", "null")


class _Core(yaml.SafeLoader):
    """Reads a text as an editor does (YAML 1.2): a day is a text, and so are `yes` and `on`."""


_Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in several if tag.rpartition(":")[2] in CORE]
    for first, several in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def wrong(text: str) -> list[str]:
    """The paths where the schema finds something wrong."""
    errors = VALIDATOR.iter_errors(yaml.load(text, _Core))
    return [error.json_path for error in errors]


def test_it_is_a_schema_of_the_dialect_it_names() -> None:
    found = schema()
    assert found["$schema"] == DIALECT
    Draft202012Validator.check_schema(found)
    assert json.dumps(found) == json.dumps(schema())


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_every_delivered_definition_is_valid(path: Path) -> None:
    assert wrong(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("text", [ACTIVE, MEETING, SMALL, VOTING])
def test_what_the_reader_takes_it_takes(text: str) -> None:
    parse(text, file="x")
    assert wrong(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SMALL.replace("  summary:", "  sumary:"), id="misspelt key"),
        pytest.param(SMALL.replace("release: returns\n", ""), id="missing key"),
        pytest.param(changed(maximum="veel"), id="no amount"),
        pytest.param(changed(maximum="-3"), id="less than nothing"),
        pytest.param(changed(opens="30 februari"), id="no day"),
        pytest.param(changed(rule="reciept"), id="misspelt word"),
        pytest.param(changed(repair_weeks="200"), id="out of range"),
        pytest.param(changed(repair_weeks="twee"), id="no number"),
        pytest.param(changed(slug="'Met Hoofdletters'"), id="no code"),
        pytest.param(changed(route="review"), id="no list"),
        pytest.param(changed(required="misschien"), id="no yes or no"),
        pytest.param(changed(summary="kort"), id="too short"),
        pytest.param(changed(language="4"), id="newer language"),
        pytest.param("extends: klein\nidentity:\n  sluk: x\n", id="misspelt key of a part"),
        pytest.param("extends: klein\n", id="no slug of its own"),
        pytest.param("- a\n", id="a list"),
    ],
)
def test_what_is_wrong_it_sees(text: str) -> None:
    with pytest.raises(DefinitionError):
        parse(text, file="x", find={"klein": SMALL}.get)
    assert wrong(text) != []


def test_what_goes_on_from_another_may_leave_everything_out() -> None:
    assert wrong("extends: klein\ndrop: [ceilings.noord]\nidentity:\n  slug: klein-2\n") == []
    assert wrong("extends: klein\nidentity:\n  slug: klein-2\namounts:\n  maximum: none\n") == []


def test_an_assumption_has_its_value() -> None:
    assumption = "assumptions:\n  - path: terms.repair_weeks\n    reason: Dat is gebruikelijk.\n"
    assert wrong(SMALL + assumption) != []
    assert wrong(SMALL + assumption + "    value: 3\n") == []


def _shapes(kind: type, seen: set[type]) -> list[tuple[str, Shape]]:
    """Every key of every section, as `Section.key`."""
    if kind in seen:
        return []
    seen.add(kind)
    found = []
    for slot in slots(kind).values():
        found.append((f"{kind.__name__}.{slot.name}", slot.shape))
        inner = slot.shape.item or slot.shape
        if inner.is_section:
            found += _shapes(inner.base, seen)
    return found


@pytest.mark.parametrize(("name", "shape"), _shapes(Definition, set()), ids=str)
def test_every_key_is_described_and_takes_unknown_where_the_reader_does(
    name: str, shape: Shape
) -> None:
    section, key = name.split(".")
    found = SCHEMA["$defs"][section]["properties"][key]
    assert found["description"]
    text = json.dumps(found)
    assert ('"unknown"' in text) is shape.may_be_unknown
    if shape.base is date:
        assert "format" in text
    elif issubclass(shape.base, Enum):
        assert all(f'"{each.value}"' in text for each in shape.base)


def test_words_of_a_closed_list_say_what_they_mean() -> None:
    rule: dict[str, Any] = SCHEMA["$defs"]["Distribution"]["properties"]["rule"]["anyOf"][0]
    assert len(rule["enum"]) == len(rule["enumDescriptions"])
    assert all(rule["enumDescriptions"])
