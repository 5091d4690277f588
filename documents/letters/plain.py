"""Frozen dataclasses to plain values and back, so that facts can be stored as canonical text."""

import dataclasses
import datetime as dt
import types
import typing
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Dictionaries, lists, strings, whole numbers, booleans and None; dates as ISO text.

    Raises TypeError for anything else, floats included: money is cents, and a stored
    fact must read the same for ever.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.datetime):
        raise TypeError("facts hold days and written times, no moments")
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"{type(value).__name__} is no plain fact")


def from_plain(kind: type[T], value: Any) -> T:
    """The dataclass `kind` from what `to_plain` made of it. Unknown keys raise TypeError."""
    return typing.cast(T, _read(kind, value))


def _read(kind: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return value
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _read_optional(typing.get_args(kind), value)
    if origin is typing.Literal:
        return value
    if origin is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(_read(inner, item) for item in value)
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(typing.cast(type, kind), value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    return value


def _read_optional(options: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    (kind,) = (option for option in options if option is not types.NoneType)
    return _read(kind, value)


def _read_dataclass(kind: type, value: dict[str, Any]) -> Any:
    hints = typing.get_type_hints(kind)
    unknown = set(value) - set(hints)
    if unknown:
        raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: _read(hints[name], item) for name, item in value.items()})
