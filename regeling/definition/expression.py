"""Conditions of a regulation as readable text: `persons >= 3 or organisations >= 2`.

The language is closed: names of facts and questions, values, comparisons, `in`, `and`, `or`, `not`,
brackets, `sum(…)`, `count(…)`, `percentage(50, costs)` and days such as `received_on + 3 months`.
It is read by `expression_text` and weighed by the few functions below; nothing is ever handed to
Python to execute. A value that is not there yet makes a comparison undecided (None), not false, so
that a check before the form is complete never refuses on what was not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from regeling.definition.expression_nodes import (
    All,
    Any,
    Compare,
    Count,
    ExpressionError,
    Kind,
    Literal,
    Name,
    Node,
    Not,
    OneOf,
    Share,
    Shift,
    Sum,
    Unit,
    Value,
)
from regeling.definition.expression_text import DEEPEST, LONGEST, read

__all__ = [
    "DEEPEST",
    "LONGEST",
    "All",
    "Any",
    "Compare",
    "Count",
    "Expression",
    "ExpressionError",
    "Kind",
    "Literal",
    "Name",
    "Node",
    "Not",
    "OneOf",
    "Share",
    "Shift",
    "Sum",
    "Unit",
    "Value",
    "evaluate",
    "moved",
    "parts",
    "read",
]

Values = Mapping[str, Value | None]
Span = tuple[Value, Value]
"""Between which two values it lies, both included; mostly they are the same."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition over answers and facts."""

    text: str

    @property
    def tree(self) -> Node:
        """The condition as a tree; raises `ExpressionError` for a text that is none."""
        return read(self.text)

    @property
    def names(self) -> frozenset[str]:
        """The facts and questions that it asks for."""
        return frozenset(_names(self.tree))

    def holds(self, values: Values) -> bool | None:
        """True, False, or None while a value that decides is missing."""
        return evaluate(self.tree, values)


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes of which a node consists."""
    match node:
        case Compare(_, left, right):
            return (left, right)
        case OneOf(left, options):
            return (left, *options)
        case Not(item) | Share(_, item) | Shift(item, _, _):
            return (item,)
        case All(items) | Any(items) | Sum(items) | Count(items):
            return items
    return ()


def _names(node: Node) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    for each in parts(node):
        yield from _names(each)


def evaluate(node: Node, values: Values) -> bool | None:
    """Three-valued: a missing value leaves undecided what it alone would decide."""
    match node:
        case Compare(operator, left, right):
            return _compare(operator, _span(left, values), _span(right, values))
        case OneOf(left, options):
            wanted = _span(left, values)
            return _either([_compare("=", wanted, _span(each, values)) for each in options])
        case Not(item):
            inner = evaluate(item, values)
            return None if inner is None else not inner
        case All(items):
            outcomes = [evaluate(item, values) for item in items]
            return False if False in outcomes else None if None in outcomes else True
        case Any(items):
            return _either([evaluate(item, values) for item in items])
    found = _span(node, values)
    value = found[0] if found else None
    return value if isinstance(value, bool) else None


def _either(outcomes: list[bool | None]) -> bool | None:
    return True if True in outcomes else None if None in outcomes else False


def _span(node: Node, values: Values) -> Span | None:
    match node:
        case Literal(value, _):
            return value, value
        case Name(name):
            found = values.get(name)
            return None if found is None else (found, found)
        case Sum(items):
            return _sum([_span(item, values) for item in items])
        case Count(items):
            outcomes = [evaluate(item, values) for item in items]
            return outcomes.count(True), len(outcomes) - outcomes.count(False)
        case Share(percent, item):
            return _each(_span(item, values), lambda value: _number(value) * percent // 100)
        case Shift(item, number, unit):
            return _each(_span(item, values), lambda value: moved(_date(value), number, unit))
    outcome = evaluate(node, values)
    return None if outcome is None else (outcome, outcome)


def _sum(spans: list[Span | None]) -> Span | None:
    known = [each for each in spans if each is not None]
    if len(known) < len(spans):
        return None
    return sum(_number(low) for low, _ in known), sum(_number(high) for _, high in known)


def _each(span: Span | None, change: Callable[[Value], Value]) -> Span | None:
    return None if span is None else (change(span[0]), change(span[1]))


LATER = {
    Unit.DAYS: relativedelta(days=1),
    Unit.WEEKS: relativedelta(weeks=1),
    Unit.MONTHS: relativedelta(months=1),
    Unit.YEARS: relativedelta(years=1),
}


def moved(day: date, number: int, unit: Unit) -> date:
    """`day` so many days, weeks, months or years later, or the last day that the calendar has."""
    try:
        return day + LATER[unit] * number
    except (ValueError, OverflowError):
        return date.max if number > 0 else date.min


def _compare(operator: str, left: Span | None, right: Span | None) -> bool | None:
    if left is None or right is None:
        return None
    (low, high), (least, most) = left, right
    if operator in ("=", "!="):
        same = _same(left, right)
        return same if same is None or operator == "=" else not same
    if operator in (">", ">="):
        operator, (low, high), (least, most) = _TURNED[operator], right, left
    surely, perhaps = _below(operator, high, least), _below(operator, low, most)
    return True if surely else None if perhaps else False


_TURNED = {">": "<", ">=": "<="}


def _same(left: Span, right: Span) -> bool | None:
    (low, high), (least, most) = left, right
    if low == high and least == most:
        return low == least
    apart = _below("<", high, least) or _below("<", most, low)
    return False if apart else None


def _below(operator: str, left: Value, right: Value) -> bool:
    """`left < right` or `left <= right`; raises `ExpressionError` for what has no order."""
    strictly = operator == "<"
    if isinstance(left, date) and isinstance(right, date):
        return left < right if strictly else left <= right
    if isinstance(left, int) and isinstance(right, int):
        return left < right if strictly else left <= right
    raise ExpressionError(f"{left!r} en {right!r} zijn niet te vergelijken")


def _number(value: Value) -> int:
    if isinstance(value, int):
        return value
    raise ExpressionError(f"{value!r} is geen getal")


def _date(value: Value) -> date:
    if isinstance(value, date):
        return value
    raise ExpressionError(f"{value!r} is geen dag")
