"""A JSON Schema (draft 2020-12) of the language, so that an editor completes and checks.

It follows from the dataclasses, as the reader does: keys, words, ranges, patterns, and where
`unknown` and `none` may stand. What parts must be among each other only `check` knows. A text with
`extends:` may leave everything out. Amounts are euros here, as people write them. A compulsory key
that only an assumption fills must stand there as `unknown`, where the reader does without.
"""

from __future__ import annotations

from dataclasses import MISSING
from datetime import date
from enum import Enum
from typing import Any

from regeling.definition.assumptions import MOST
from regeling.definition.code_words import code_words
from regeling.definition.expression import Expression
from regeling.definition.expression_text import LONGEST
from regeling.definition.fields import Mark, Text, Whole
from regeling.definition.labels import noun
from regeling.definition.model import Assumption, Definition
from regeling.definition.scalars import CODE, LONGEST_CODE, LONGEST_TEXT
from regeling.definition.shapes import Shape, Slot, slots

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PART = "Part"
"""Before the name of a section of which everything may be left out."""


def schema() -> Schema:
    """The schema of a definition's YAML as plain data, in an order that does not change."""
    sections: dict[str, Schema] = {}
    whole = _section(Definition, sections, part=False)
    part = _section(Definition, sections, part=True)
    sections[f"{_PART}{Definition.__name__}"]["properties"] |= _extending()
    sections[f"{_PART}{Definition.__name__}"]["required"] = ["extends", "identity"]
    return {
        "$schema": DIALECT,
        "title": "Een regeling",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": part,
        "else": whole,
        "$defs": dict(sorted(sections.items())),
    }


def _extending() -> Schema:
    drop = {"type": "string", "minLength": 1}
    return {
        "extends": {
            "type": "string",
            "pattern": f"^{CODE}$",
            "description": "de regeling waarop deze voortbouwt",
        },
        "drop": {
            "type": "array",
            "items": drop,
            "maxItems": MOST,
            "description": "wat er van die regeling niet meegaat",
        },
    }


def _section(kind: type, sections: dict[str, Schema], *, part: bool) -> Schema:
    """A reference to a section, which stands among the `sections` from then on."""
    name = f"{_PART}{kind.__name__}" if part else kind.__name__
    if name not in sections:
        sections[name] = {}  # a section that holds itself ends here
        keys = slots(kind)
        sections[name] |= {
            "type": "object",
            "properties": {
                key: _described(kind, slot, sections, part) for key, slot in keys.items()
            },
            "additionalProperties": False,
        }
        needed = [key for key, slot in keys.items() if slot.default is MISSING]
        if needed and not part:
            sections[name]["required"] = needed
        if kind is Assumption:
            sections[name]["properties"]["value"] = {"description": "de waarde die daar komt"}
            sections[name]["required"] = ["path", "value", "reason"]
    return {"$ref": f"#/$defs/{name}"}


def _described(kind: type, slot: Slot, sections: dict[str, Schema], part: bool) -> Schema:
    found = _shape(slot.shape, sections, part)
    default = slot.default
    if isinstance(default, bool):
        found["default"] = "yes" if default else "no"
    elif isinstance(default, int | str) and not slot.shape.has(Mark.EURO):
        found["default"] = default.value if isinstance(default, Enum) else default
    return {"description": noun(kind.__name__, slot.name), **found}


def _shape(shape: Shape, sections: dict[str, Schema], part: bool) -> Schema:
    found = _plain(shape, sections, part)
    words: dict[str | None, str] = {}
    if shape.may_be_unknown:
        words["unknown"] = "geen bron zegt het"
    if shape.may_be_none:
        words |= {"none": "dat is er niet", None: "dat is er niet"}
    if not words:
        return found
    more = {"enum": list(words), "enumDescriptions": list(words.values())}
    return {"anyOf": [found, more]}


def _plain(shape: Shape, sections: dict[str, Schema], part: bool) -> Schema:
    if shape.item is not None:
        return {"type": "array", "items": _shape(shape.item, sections, part)}
    if shape.is_section:
        return _section(shape.base, sections, part=part)
    if issubclass(shape.base, Enum):
        words = list(shape.base)
        return {
            "enum": [str(each.value) for each in words],
            "enumDescriptions": [code_words(each) for each in words],
        }
    if shape.base is bool:
        return {"enum": [True, False, "yes", "no"]}
    if shape.base is int:
        return _number(shape)
    if shape.base is date:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    if shape.base is Expression:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST}
    return _text(shape)


def _number(shape: Shape) -> Schema:
    if shape.has(Mark.EURO):
        return {
            "type": ["number", "string"],
            "minimum": 0,
            "pattern": r"^(EUR )?\d{1,10}(\.\d{2})?$",
        }
    found: Schema = {"type": "integer"}
    for mark in shape.marks:
        if isinstance(mark, Whole):
            found |= {"minimum": mark.low, "maximum": mark.high}
    return found


def _text(shape: Shape) -> Schema:
    if shape.has(Mark.CODE):
        return {"type": "string", "pattern": f"^{CODE}$", "maxLength": LONGEST_CODE}
    if shape.has(Mark.CLOCK):
        return {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}
    marks = [each for each in shape.marks if isinstance(each, Text)]
    low, high = (marks[0].low, marks[0].high) if marks else (0, LONGEST_TEXT)
    found: Schema = {"type": ["string", "number"], "maxLength": high}
    return {**found, "minLength": low} if low else found
