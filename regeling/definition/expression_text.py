"""Reading the text of a condition, from left to right; see `expression` for the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

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
)

LONGEST = 1000
"""Characters."""
DEEPEST = 20
"""Layers of brackets and of `not`."""
FARTHEST = 40_000
"""The most days, weeks, months or years that a day is moved."""

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<date>\d{4}-\d{2}-\d{2})
      | (?P<money>EUR\s?\d+(?:\.\d{2})?)
      | (?P<number>\d+)
      | (?P<sign>[+-])
      | (?P<text>'[^']*')
      | (?P<operator><=|>=|!=|=|<|>)
      | (?P<mark>[(),])
      | (?P<word>[a-z][a-z0-9_-]*)
    )""",
    re.VERBOSE,
)
_RESERVED = {"and", "or", "not", "in", "yes", "no"}
_FUNCTIONS = ("sum", "count", "percentage")
_UNITS = {name: unit for unit in Unit for name in (unit.value, unit.value.removesuffix("s"))}
_MOST_DIGITS = 12


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
        left = self._shifted(depth)
        kind, text = self.ahead()
        if kind == "operator":
            self._take()
            return Compare(text, left, self._shifted(depth))
        if self._skip("word", "in"):
            return OneOf(left, self._options(depth))
        return left

    def _options(self, depth: int) -> tuple[Node, ...]:
        if not self._skip("mark", "("):
            raise ExpressionError("na 'in' hoort een rij tussen haakjes: in ('a', 'b')")
        options = [self._shifted(depth)]
        while self._skip("mark", ","):
            options.append(self._shifted(depth))
        self._close()
        return tuple(options)

    def _shifted(self, depth: int) -> Node:
        node = self._operand(depth)
        while self.ahead()[0] == "sign":
            back = self._take()[1] == "-"
            kind, number = self._take()
            unit = _UNITS.get(self._take()[1])
            if kind != "number" or unit is None or int(number) > FARTHEST:
                raise ExpressionError(
                    "na + of - hoort een tijd, zoals '+ 3 months'; het kan met days, weeks, months"
                    " of years"
                )
            node = Shift(node, -int(number) if back else int(number), unit)
        return node

    def _function(self, name: str, depth: int) -> Node:
        if depth >= DEEPEST:
            raise ExpressionError(f"de voorwaarde gaat dieper dan {DEEPEST} lagen")
        items = [self._part(name, depth)]
        while self._skip("mark", ","):
            items.append(self._part(name, depth))
        self._close()
        if name == "sum":
            return Sum(tuple(items))
        if name == "count":
            return Count(tuple(items))
        share, *rest = items
        if len(rest) != 1 or not isinstance(share, Literal) or share.kind is not Kind.NUMBER:
            raise ExpressionError("schrijf een percentage zo: percentage(50, costs)")
        if not 1 <= int(str(share.value)) <= 100:
            raise ExpressionError("een percentage ligt tussen 1 en 100")
        return Share(int(str(share.value)), rest[0])

    def _part(self, name: str, depth: int) -> Node:
        """What stands in a function: `count` takes conditions, the others values."""
        return self.either(depth + 1) if name == "count" else self._operand(depth + 1)

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
            if not self._skip("mark", "("):
                return Name(text)
            if text not in _FUNCTIONS:
                raise ExpressionError(f"'{text}' kan niet met haakjes; dat kan: {_CALLS}")
            return self._function(text, depth)
        literal = _literal(kind, text)
        if literal is None:
            raise ExpressionError(
                f"voor '{text}' ontbreekt iets" if text else "het einde ontbreekt"
            )
        return literal


_CALLS = "sum(a, b), count(a, b) en percentage(50, costs)"


def _literal(kind: str, text: str) -> Literal | None:
    if kind in ("number", "money") and sum(map(str.isdigit, text)) > _MOST_DIGITS:
        raise ExpressionError(f"{text[:20]}… is een te groot getal")
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
