"""A definition with a value at every key of the language, and every way to change one of them.

Made from the types alone: a key that joins the language is in it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any

from regeling.definition import UNKNOWN, Definition, Expression
from regeling.definition.fields import Mark, Whole
from regeling.definition.shapes import Shape, Slot, slots

CODE = "eerste"


def full() -> Definition:
    """A value at every key; the codes that name each other do."""
    found: Definition = _section(Definition)
    return found


def _section(kind: type) -> Any:
    return kind(**{name: _sample(slot) for name, slot in slots(kind).items()})


def _sample(slot: Slot) -> Any:
    if slot.name == "path":
        return "amounts.maximum"
    return _value(slot.shape, slot.name)


def _value(shape: Shape, name: str) -> Any:
    if shape.item is not None:
        return (_value(shape.item, name),)
    if shape.is_section:
        return _section(shape.base)
    if issubclass(shape.base, Enum):
        return next(iter(shape.base))
    if shape.base is bool:
        return True
    if shape.base is int:
        return max(3, next((m.low for m in shape.marks if isinstance(m, Whole)), 3))
    if shape.base is date:
        return date(2026, 2, 3)
    if shape.base is Expression:
        return Expression("persons >= 3")
    if shape.has(Mark.CLOCK):
        return "09:00"
    refers = shape.has(Mark.CODE) or name in ("code", "tiers", "applicants", "tie_criterion")
    return CODE if refers else "Zomaar een tekst"


@dataclass(frozen=True, slots=True)
class Changed:
    """`definition` is another one in only this key of this section."""

    section: str
    key: str
    path: str
    value: Any
    definition: Definition


def every_change(definition: Definition) -> Iterator[Changed]:
    """Each key that the definition has, with each other kind of value that it may hold."""
    for section, key, path, value, whole in _walk(definition, ""):
        yield Changed(section, key, path, value, whole)


def _walk(section: Any, path: str) -> Iterator[tuple[str, str, str, Any, Any]]:
    kind: type = type(section)
    for slot in slots(kind).values():
        value = getattr(section, slot.name)
        here = f"{path}.{slot.name}".lstrip(".")
        for other in _others(value, slot.shape, slot.name):
            yield kind.__name__, slot.name, here, other, replace(section, **{slot.name: other})
        for inner in _inside(value, here):
            name, key, inner_path, other, changed = inner
            yield name, key, inner_path, other, replace(section, **{slot.name: changed})


def _inside(value: Any, path: str) -> Iterator[tuple[str, str, str, Any, Any]]:
    if _is_section(value):
        yield from _walk(value, path)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            for name, key, inner, other, changed in _inside(item, f"{path}.{index}"):
                yield name, key, inner, other, (*value[:index], changed, *value[index + 1 :])


def _is_section(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, Expression)


def _others(value: Any, shape: Shape, name: str) -> Iterator[Any]:
    if shape.may_be_unknown and value is not UNKNOWN:
        yield UNKNOWN
    if shape.may_be_none and value is not None:
        yield None
    if shape.item is not None:
        if value is UNKNOWN or not value:
            yield (_value(shape.item, name),)
        else:
            yield ()
            yield from ((*value[:-1], each) for each in _others(value[-1], shape.item, name))
    elif value is UNKNOWN or value is None:
        yield _value(shape, name)
    elif issubclass(shape.base, Enum):
        yield from (each for each in shape.base if each is not value)
    elif not shape.is_section:
        yield _other(value, shape)


def _other(value: Any, shape: Shape) -> Any:
    match value:
        case bool():
            return not value
        case int():
            high = next((mark.high for mark in shape.marks if isinstance(mark, Whole)), value + 1)
            return value + 1 if value < high else value - 1
        case date():
            return value + timedelta(days=40)
        case Expression():
            return Expression("persons >= 4")
    if shape.has(Mark.CLOCK):
        return "17:30"
    return f"{value}-anders" if shape.has(Mark.CODE) else f"{value} en anders"
