"""What a field of the language may hold, said once beside the field itself.

The reader, the canonical text and the list of unknowns all work from the dataclasses in `model.py`
and from these marks (`Annotated`); a new field needs no other line of code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Annotated, TypeVar

from regeling.definition.codes import Unknown

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Text:
    """The fewest and the most characters of a text."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Whole:
    """The least and the most that a whole number may be."""

    low: int
    high: int


class Mark(Enum):
    CODE = "code"  # lower case letters, digits and hyphens
    EURO = "euro"  # whole cents; written in euros in YAML
    CLOCK = "clock"  # a wall-clock time in Europe/Amsterdam
    SOURCE_ONLY = "source_only"  # an article or a name: an assumption for it is an error


class Need(StrEnum):
    """When an unknown value keeps a call from opening; without a mark: always."""

    REAL = "real"  # an example may run without; its letters print "niet bekend (voorbeeld)"
    AWB = "awb"
    COMPLETENESS = "completeness"
    REVIEW = "review"
    PANEL = "panel"
    VOTE = "vote"
    REPORT = "report"
    NEVER = "never"


Code = Annotated[str, Mark.CODE]
Cents = Annotated[int, Mark.EURO]
"""An amount in euro cents. In YAML it is written in euros: `1000` or `1000.50`."""
Clock = Annotated[str, Mark.CLOCK]
"""A wall-clock time in Europe/Amsterdam, `HH:MM`."""
Name = Annotated[str, Text(2, 150)]
Line = Annotated[str, Text(1, 300)]
Remark = Annotated[str, Text(0, 2000)]
"""A text that may stay empty."""
Passage = Annotated[str, Text(5, 2000)]
Sentence = Annotated[str, Text(10, 1200)]
Sourced = Annotated[T, Mark.SOURCE_ONLY, Need.REAL]
"""An article, a paragraph, the name of a body: only a source may fill it."""
SourcedLabel = Annotated[T, Mark.SOURCE_ONLY, Need.NEVER]
"""The same, where nothing that runs depends on it."""


class UnknownValueError(ValueError):
    """A value was needed that the regulation does not give."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is unknown")
        self.path = path


def known(value: T | Unknown, path: str) -> T:
    """Return `value`, or raise `UnknownValueError` naming `path`.

    For code that runs only in an opened call, where nothing that it needs can be unknown.
    """
    if isinstance(value, Unknown):
        raise UnknownValueError(path)
    return value


def listed(values: tuple[T, ...] | Unknown) -> tuple[T, ...]:
    """The items of a list, none while it is unknown."""
    return () if isinstance(values, Unknown) else values
