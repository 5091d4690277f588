"""The parts of which a condition consists: what `expression_text` reads and `expression` weighs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Value = str | int | bool | date


class Kind(StrEnum):
    """The types of values; only like compares with like."""

    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    YES_NO = "yes_no"


class Unit(StrEnum):
    """In what a day is moved; each may be written in the singular too."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Literal:
    value: Value
    kind: Kind


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class OneOf:
    left: Node
    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    item: Node


@dataclass(frozen=True, slots=True)
class All:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """`sum(a, b)`: numbers or amounts together."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """`count(a, b = yes)`: how many of these conditions hold."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """`percentage(50, costs)`: that part of an amount, in whole cents, rounded down."""

    percent: int
    item: Node


@dataclass(frozen=True, slots=True)
class Shift:
    """`received_on + 3 months`: a day so much later, or earlier where `number` is negative.

    A month that is too short gives its last day, never a day in the month after it.
    """

    item: Node
    number: int
    unit: Unit


Node = Literal | Name | Compare | OneOf | Not | All | Any | Sum | Count | Share | Shift


class ExpressionError(ValueError):
    """The text is not a condition; the message is a Dutch sentence."""
