"""Whether a condition compares like with like: what is wrong with one, in Dutch sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regeling.definition.expression import Expression, parts
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
)

Kinds = Mapping[str, Kind]
Options = Mapping[str, tuple[str, ...]]


def problems(expression: Expression, kinds: Kinds, options: Options) -> list[str]:
    """What is wrong with a condition, as Dutch sentences: text, names, types and choices.

    `kinds` gives the type of every fact and question, `options` the texts that one can have.
    """
    try:
        tree = expression.tree
    except ExpressionError as error:
        return [str(error)]
    return list(dict.fromkeys(_condition(tree, kinds, options)))


def _condition(node: Node, kinds: Kinds, options: Options) -> Iterator[str]:
    """Complaints about a node that must be a condition."""
    match node:
        case Name(name) if name in kinds and kinds[name] is not Kind.YES_NO:
            yield f"'{name}' is geen ja of nee; vergelijk het met iets"
        case Compare(operator, left, right):
            yield from _pair(left, right, kinds, options)
            if operator not in ("=", "!="):
                yield from _ordered(operator, left, right, kinds)
        case OneOf(left, several):
            for each in several:
                yield from _pair(left, each, kinds, options)
        case Not() | All() | Any():
            for each in parts(node):
                yield from _condition(each, kinds, options)
        case Literal(value, _):
            yield f"'{value}' is een waarde, geen voorwaarde"
        case Sum() | Count() | Share() | Shift():
            yield "dit is een uitkomst, geen voorwaarde; vergelijk het met iets"
            yield from _value(node, kinds, options)


def _value(node: Node, kinds: Kinds, options: Options) -> Iterator[str]:
    """Complaints about a node that is compared."""
    inner = {kind for each in parts(node) if (kind := kind_of(each, kinds))}
    match node:
        case Sum() if len(inner) > 1 or not inner <= {Kind.NUMBER, Kind.MONEY}:
            yield "'sum' telt getallen bij elkaar op, of bedragen; niet iets anders"
        case Share() if not inner <= {Kind.MONEY}:
            yield "'percentage' neemt een deel van een bedrag, zoals percentage(50, costs)"
        case Shift() if not inner <= {Kind.DATE}:
            yield "alleen bij een datum kan er tijd bij of af, zoals 'start_date + 3 months'"
    if isinstance(node, Sum | Share | Shift):
        for each in parts(node):
            yield from _value(each, kinds, options)
    elif isinstance(node, Count):
        for each in node.items:
            yield from _condition(each, kinds, options)
    elif not isinstance(node, Literal | Name):
        yield from _condition(node, kinds, options)


def _pair(left: Node, right: Node, kinds: Kinds, options: Options) -> Iterator[str]:
    yield from _value(left, kinds, options)
    yield from _value(right, kinds, options)
    first, second = kind_of(left, kinds), kind_of(right, kinds)
    if first and second and first is not second:
        yield f"een {_WORDS[first]} is niet te vergelijken met een {_WORDS[second]}"
    for one, other in ((left, right), (right, left)):
        if not (isinstance(one, Name) and isinstance(other, Literal)):
            continue
        if one.name in options and other.value not in options[one.name]:
            yield f"'{other.value}' is geen antwoord op '{one.name}'"


def _ordered(operator: str, left: Node, right: Node, kinds: Kinds) -> Iterator[str]:
    found = (kind_of(left, kinds), kind_of(right, kinds))
    if Kind.TEXT in found:
        yield f"met '{operator}' kunt u geen teksten vergelijken"
    elif Kind.YES_NO in found:
        yield f"met '{operator}' kunt u geen ja of nee vergelijken"


def kind_of(node: Node, kinds: Kinds) -> Kind | None:
    """The type of what a node comes to; None for a name that is not known."""
    match node:
        case Literal(_, kind):
            return kind
        case Name(name):
            return kinds.get(name)
        case Count():
            return Kind.NUMBER
        case Share():
            return Kind.MONEY
        case Shift():
            return Kind.DATE
        case Sum(items):
            found = [kind_of(each, kinds) for each in items]
            return next(filter(None, found), None)
    return Kind.YES_NO


_WORDS = {
    Kind.NUMBER: "getal",
    Kind.MONEY: "bedrag (EUR 1000)",
    Kind.DATE: "datum (2026-12-31)",
    Kind.TEXT: "tekst tussen aanhalingstekens",
    Kind.YES_NO: "ja of nee (yes, no)",
}
