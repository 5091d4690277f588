"""Conditions of a regulation as readable text: `persons >= 3 or organisations >= 2`.

The language is closed: names of facts and questions, values, comparisons, `in`, `and`, `or`, `not`
and brackets. It is read by the few functions below; nothing is ever handed to Python to execute.
A value that is not there yet makes a comparison undecided (None), not false, so that a check
before the form is complete never refuses on what was not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

Value = str | int | bool | date

LONGEST = 1000
DEEPEST = 20


class Kind(StrEnum):
    """The types of values; only like compares with like."""

    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    YES_NO = "yes_no"


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


Node = Literal | Name | Compare | OneOf | Not | All | Any


class ExpressionError(ValueError):
    """The text is not a condition; the message is a Dutch sentence."""


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

    def holds(self, values: Mapping[str, Value | None]) -> bool | None:
        """True, False, or None while a value that decides is missing."""
        return evaluate(self.tree, values)


_TOKEN = re.compile(
    r"""\s*(?:
        (?P<date>\d{4}-\d{2}-\d{2})
      | (?P<money>EUR\s?\d+(?:\.\d{2})?)
      | (?P<number>\d+)
      | (?P<text>'[^']*')
      | (?P<operator><=|>=|!=|=|<|>)
      | (?P<mark>[(),])
      | (?P<word>[a-z][a-z0-9_-]*)
    )""",
    re.VERBOSE,
)
_RESERVED = {"and", "or", "not", "in", "yes", "no"}


@lru_cache(maxsize=2048)
def read(text: str) -> Node:
    """Read a condition; raises `ExpressionError` with a sentence that says what is wrong."""
    if len(text) > LONGEST:
        raise ExpressionError(f"de voorwaarde is langer dan {LONGEST} tekens")
    reader = _Reader(list(_tokens(text)))
    node = reader.either(0)
    if reader.ahead() != ("", ""):
        raise ExpressionError(f"na een volledige voorwaarde staat nog '{reader.ahead()[1]}'")
    if isinstance(node, Literal):
        raise ExpressionError("dit is een waarde, geen voorwaarde")
    return node


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"'{text[position:].strip()[:20]}' is niet te lezen")
        position = match.end()
        yield str(match.lastgroup), match.group(str(match.lastgroup))


class _Reader:
    """Reads the tokens from left to right; `or` binds least, then `and`, then `not`."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def ahead(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _take(self) -> tuple[str, str]:
        token = self.ahead()
        self._at += 1
        return token

    def _skip(self, kind: str, text: str) -> bool:
        if self.ahead() != (kind, text):
            return False
        self._at += 1
        return True

    def either(self, depth: int) -> Node:
        items = [self._both(depth)]
        while self._skip("word", "or"):
            items.append(self._both(depth))
        return items[0] if len(items) == 1 else Any(tuple(items))

    def _both(self, depth: int) -> Node:
        items = [self._negation(depth)]
        while self._skip("word", "and"):
            items.append(self._negation(depth))
        return items[0] if len(items) == 1 else All(tuple(items))

    def _negation(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise ExpressionError(f"de voorwaarde gaat dieper dan {DEEPEST} lagen")
        if self._skip("word", "not"):
            return Not(self._negation(depth + 1))
        return self._comparison(depth)

    def _comparison(self, depth: int) -> Node:
        left = self._operand(depth)
        kind, text = self.ahead()
        if kind == "operator":
            self._take()
            return Compare(text, left, self._operand(depth))
        if self._skip("word", "in"):
            return OneOf(left, self._options(depth))
        return left

    def _options(self, depth: int) -> tuple[Node, ...]:
        if not self._skip("mark", "("):
            raise ExpressionError("na 'in' hoort een rij tussen haakjes: in ('a', 'b')")
        options = [self._operand(depth)]
        while self._skip("mark", ","):
            options.append(self._operand(depth))
        self._close()
        return tuple(options)

    def _close(self) -> None:
        if not self._skip("mark", ")"):
            raise ExpressionError("er ontbreekt een sluithaakje ')'")

    def _operand(self, depth: int) -> Node:
        kind, text = self._take()
        if (kind, text) == ("mark", "("):
            node = self.either(depth + 1)
            self._close()
            return node
        if kind == "word" and text not in _RESERVED:
            return Name(text)
        literal = _literal(kind, text)
        if literal is None:
            raise ExpressionError(
                f"voor '{text}' ontbreekt iets" if text else "het einde ontbreekt"
            )
        return literal


def _literal(kind: str, text: str) -> Literal | None:
    match kind:
        case "number":
            return Literal(int(text), Kind.NUMBER)
        case "money":
            euros, _, cents = text.removeprefix("EUR").strip().partition(".")
            return Literal(int(euros) * 100 + int(cents or 0), Kind.MONEY)
        case "text":
            return Literal(text[1:-1], Kind.TEXT)
        case "date":
            try:
                return Literal(date.fromisoformat(text), Kind.DATE)
            except ValueError as error:
                raise ExpressionError(f"{text} is geen bestaande dag") from error
        case "word" if text in {"yes", "no"}:
            return Literal(text == "yes", Kind.YES_NO)
    return None


def _names(node: Node) -> Iterator[str]:
    match node:
        case Name(name):
            yield name
        case Compare(_, left, right):
            yield from _names(left)
            yield from _names(right)
        case OneOf(left, options):
            for each in (left, *options):
                yield from _names(each)
        case Not(item):
            yield from _names(item)
        case All(items) | Any(items):
            for each in items:
                yield from _names(each)


def evaluate(node: Node, values: Mapping[str, Value | None]) -> bool | None:
    """Three-valued: a missing value leaves undecided what it alone would decide."""
    match node:
        case Compare(operator, left, right):
            return _compare(operator, _value(left, values), _value(right, values))
        case OneOf(left, options):
            wanted = _value(left, values)
            return None if wanted is None else wanted in [_value(o, values) for o in options]
        case Not(item):
            inner = evaluate(item, values)
            return None if inner is None else not inner
        case All(items):
            outcomes = [evaluate(item, values) for item in items]
            return False if False in outcomes else None if None in outcomes else True
        case Any(items):
            outcomes = [evaluate(item, values) for item in items]
            return True if True in outcomes else None if None in outcomes else False
    value = _value(node, values)
    return value if isinstance(value, bool) else None


def _value(node: Node, values: Mapping[str, Value | None]) -> Value | None:
    match node:
        case Literal(value, _):
            return value
        case Name(name):
            return values.get(name)
    return evaluate(node, values)


def _compare(operator: str, left: Value | None, right: Value | None) -> bool | None:
    if left is None or right is None:
        return None
    if operator == "=":
        return left == right
    if operator == "!=":
        return left != right
    below, above = _order(left, right)
    return {"<": below, ">": above, "<=": not above, ">=": not below}[operator]


def _order(left: Value, right: Value) -> tuple[bool, bool]:
    if isinstance(left, date) and isinstance(right, date):
        return left < right, left > right
    if isinstance(left, int) and isinstance(right, int):
        return left < right, left > right
    raise ExpressionError(f"{left!r} en {right!r} zijn niet te vergelijken")


def problems(
    expression: Expression,
    kinds: Mapping[str, Kind],
    options: Mapping[str, tuple[str, ...]],
) -> list[str]:
    """What is wrong with a condition, as Dutch sentences: text, names, types and choices.

    `kinds` gives the type of every fact and question, `options` the texts that one can have.
    """
    try:
        tree = expression.tree
    except ExpressionError as error:
        return [str(error)]
    return list(_problems(tree, kinds, options))


def _problems(
    node: Node, kinds: Mapping[str, Kind], options: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    match node:
        case Name(name) if name in kinds and kinds[name] is not Kind.YES_NO:
            yield f"'{name}' is geen ja of nee; vergelijk het met iets"
        case Compare(operator, left, right):
            yield from _pair(left, right, kinds, options)
            if operator not in ("=", "!=") and Kind.TEXT in (
                _kind(left, kinds),
                _kind(right, kinds),
            ):
                yield f"met '{operator}' kunt u geen teksten vergelijken"
        case OneOf(left, several):
            for each in several:
                yield from _pair(left, each, kinds, options)
        case Not(item):
            yield from _problems(item, kinds, options)
        case All(items) | Any(items):
            for each in items:
                yield from _problems(each, kinds, options)
        case Literal(value, _):
            yield f"'{value}' is een waarde, geen voorwaarde"


def _pair(
    left: Node, right: Node, kinds: Mapping[str, Kind], options: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    first, second = _kind(left, kinds), _kind(right, kinds)
    if first and second and first is not second:
        yield f"een {_WORDS[first]} is niet te vergelijken met een {_WORDS[second]}"
    for one, other in ((left, right), (right, left)):
        if not (isinstance(one, Name) and isinstance(other, Literal)):
            continue
        if one.name in options and other.value not in options[one.name]:
            yield f"'{other.value}' is geen antwoord op '{one.name}'"


def _kind(node: Node, kinds: Mapping[str, Kind]) -> Kind | None:
    match node:
        case Literal(_, kind):
            return kind
        case Name(name):
            return kinds.get(name)
    return Kind.YES_NO


_WORDS = {
    Kind.NUMBER: "getal",
    Kind.MONEY: "bedrag (EUR 1000)",
    Kind.DATE: "datum (2026-12-31)",
    Kind.TEXT: "tekst tussen aanhalingstekens",
    Kind.YES_NO: "ja of nee (yes, no)",
}
