"""The shape of a field, worked out once from its type: what the reader and the dumper go by."""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from regeling.definition.codes import Unknown
from regeling.definition.expression import Expression
from regeling.definition.fields import Mark, Need


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field holds.

    `base` is the plain type (str, int, bool, date, an enum, Expression or a section's dataclass),
    `item` the shape of a list's items (then `base` is tuple); `marks` are the `Annotated` remarks.
    """

    base: type
    item: Shape | None = None
    may_be_unknown: bool = False
    may_be_none: bool = False
    marks: tuple[Any, ...] = ()

    def has(self, mark: Mark) -> bool:
        return mark in self.marks

    @property
    def is_section(self) -> bool:
        return is_dataclass(self.base) and self.base is not Expression

    @property
    def need(self) -> Need | None:
        """When an unknown keeps a call from opening; None is always."""
        return next((mark for mark in self.marks if isinstance(mark, Need)), None)


@dataclass(frozen=True, slots=True)
class Slot:
    """One key of a section."""

    name: str
    shape: Shape
    default: Any  # MISSING where the key is compulsory


@cache
def slots(section: type) -> dict[str, Slot]:
    """The keys of a section's dataclass, in the order in which they are declared."""
    hints = typing.get_type_hints(section, include_extras=True)
    return {
        each.name: Slot(each.name, shape_of(hints[each.name]), _default(each))
        for each in fields(section)
    }


def _default(item: Field[Any]) -> Any:
    if item.default_factory is not MISSING:
        return item.default_factory()
    return item.default


def shape_of(hint: Any) -> Shape:
    """The shape that a type hint describes; raises `TypeError` for one outside the language."""
    marks: tuple[Any, ...] = ()
    if typing.get_origin(hint) is typing.Annotated:
        inner, *found = typing.get_args(hint)
        marks, hint = tuple(found), inner
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return _union(typing.get_args(hint), marks)
    if typing.get_origin(hint) is tuple:
        return Shape(tuple, shape_of(typing.get_args(hint)[0]), marks=marks)
    if isinstance(hint, type):
        return Shape(hint, marks=marks)
    inner_shape = shape_of(hint) if typing.get_origin(hint) is typing.Annotated else None
    if inner_shape is None:
        raise TypeError(f"{hint!r} is no type of the language")
    return inner_shape


def _union(options: tuple[Any, ...], marks: tuple[Any, ...]) -> Shape:
    rest = [each for each in options if each not in (Unknown, types.NoneType)]
    if len(rest) != 1:
        raise TypeError(f"{options!r} is no type of the language")
    inner = shape_of(rest[0])
    return Shape(
        inner.base,
        inner.item,
        may_be_unknown=Unknown in options,
        may_be_none=types.NoneType in options,
        marks=marks + inner.marks,
    )
