"""The canonical text of a definition: JSON with every default written out, and back."""

from __future__ import annotations

import json
from dataclasses import MISSING
from datetime import date
from enum import Enum
from typing import Any

from regeling.definition.codes import UNKNOWN, Unknown
from regeling.definition.expression import Expression
from regeling.definition.model import LANGUAGE, Definition
from regeling.definition.shapes import Shape, slots
from regeling.definition.upgrade import upgrade_text
from timeline import canon

_UNKNOWN = {"unknown": True}
"""Not the text "unknown": a name could be that."""


def canonical(definition: Definition) -> str:
    """The text that a revision stores and is known by (SHA-256): sorted keys, cents, no floats."""
    return canon.canonical(_plain(definition))


def from_canonical(text: str) -> Definition:
    """The definition of a canonical text.

    The text is the product's own, read from a revision. A text of an older language is read as what
    it meant; a key that it does not have yet takes its default. A newer language, a key that is not
    known or a compulsory one that is missing is a `ValueError`: a rule must never be left out in
    silence.
    """
    found = json.loads(text)
    if found["language"] > LANGUAGE:
        raise ValueError(f"language {found['language']} is newer than {LANGUAGE}")
    definition: Definition = _section(upgrade_text(found), Definition)
    return definition


def _plain(value: Any) -> Any:
    match value:
        case Unknown():
            return dict(_UNKNOWN)
        case Enum():
            return value.value
        case Expression():
            return value.text
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(each) for each in value]
        case None | bool() | int() | str():
            return value
    return {name: _plain(getattr(value, name)) for name in slots(value.__class__)}


def _section(found: dict[str, Any], kind: type) -> Any:
    known = slots(kind)
    strange = set(found) - set(known)
    missing = {name for name, slot in known.items() if slot.default is MISSING} - set(found)
    if strange or missing:
        raise ValueError(f"{kind.__name__}: {sorted(strange)} not known, {sorted(missing)} missing")
    return kind(**{name: _value(value, known[name].shape) for name, value in found.items()})


def _value(found: Any, shape: Shape) -> Any:
    if found is None:
        return None
    if found == _UNKNOWN:
        return UNKNOWN
    if shape.item is not None:
        return tuple(_value(each, shape.item) for each in found)
    if shape.is_section:
        return _section(found, shape.base)
    if shape.base is date:
        return date.fromisoformat(found)
    if issubclass(shape.base, Enum) or shape.base is Expression:
        return shape.base(found)
    return found
