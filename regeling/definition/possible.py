"""Whether a condition can hold at all, and whether it can fail: small, and never wrong about "no".

A condition is written as alternatives of conjunctions. In each, what is said about one name is held
against what that name can be: the limits of the regulation, the bounds of its question, the options
of a closed list. What compares names with each other is taken as possible. Where there are too many
alternatives the answer is "possible": a definition is never refused for what this cannot see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

from regeling.definition.codes import Column, QuestionKind, Unknown
from regeling.definition.expression import moved
from regeling.definition.expression_nodes import (
    All,
    Any,
    Compare,
    Count,
    Literal,
    Name,
    Node,
    Not,
    OneOf,
    Shift,
    Value,
)
from regeling.definition.facts import FACTS, options_of
from regeling.definition.model import Definition, Question
from regeling.definition.money_checks import highest_amount
from regeling.definition.who import Frequency

MOST = 500
"""Conjunctions that are looked at."""
LONGEST = 20_000
"""Comparisons in all of them together."""


@dataclass(frozen=True, slots=True)
class Room:
    """What one name can still be. Amounts are cents, days are ordinals; None is no bound."""

    low: int | None = None
    high: int | None = None
    among: frozenset[Value] | None = None
    never: frozenset[Value] = field(default_factory=frozenset)

    @property
    def is_empty(self) -> bool:
        if self.among is not None:
            return not any(self._fits(value) for value in self.among)
        if self.low is None or self.high is None:
            return False
        numbers = range(self.low, self.high + 1)
        few = len(numbers) <= len(self.never)
        return not numbers or (few and all(number in self.never for number in numbers))

    def _fits(self, value: Value) -> bool:
        if value in self.never:
            return False
        if isinstance(value, str | date):
            return True
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)

    def within(self, operator: str, value: Value) -> Room:
        """The room that is left when this comparison holds too."""
        if operator == "=":
            same = frozenset({value})
            return replace(self, among=same if self.among is None else self.among & same)
        if operator == "!=":
            return replace(self, never=self.never | {value})
        if not isinstance(value, int):
            return self
        if operator in ("<", "<="):
            top = value - (operator == "<")
            return replace(self, high=top if self.high is None else min(self.high, top))
        bottom = value + (operator == ">")
        return replace(self, low=bottom if self.low is None else max(self.low, bottom))


Rooms = Mapping[str, Room]
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


class _TooMany(Exception):
    """More alternatives than are looked at."""


def can_hold(trees: tuple[Node, ...], rooms: Rooms, names: Mapping[str, str]) -> bool:
    """Whether these conditions can hold together; true where that is not seen.

    `rooms` says what each name can be, `names` under which name a question's code is known there.
    """
    try:
        several = _alternatives(All(trees), sense=True)
        return any(_fits(each, rooms, names) for each in several)
    except _TooMany:
        return True


def can_fail(tree: Node, rooms: Rooms, names: Mapping[str, str]) -> bool:
    """Whether a condition can be false; true where that is not seen."""
    return can_hold((Not(tree),), rooms, names)


def _alternatives(node: Node, *, sense: bool) -> list[tuple[Node, ...]]:
    """Conjunctions of which one must hold for `node` to be true (or false: `sense`)."""
    match node:
        case Not(item):
            return _alternatives(item, sense=not sense)
        case All(items) | Any(items):
            parts = [_alternatives(item, sense=sense) for item in items]
            if isinstance(node, All) is sense:
                return _joined(parts)
            return _counted([each for several in parts for each in several])
    return [(node if sense else Not(node),)]


def _joined(parts: list[list[tuple[Node, ...]]]) -> list[tuple[Node, ...]]:
    found: list[tuple[Node, ...]] = [()]
    for several in parts:
        together = len(found) * len(several)
        if together > MOST or together * len(parts) > LONGEST:
            raise _TooMany
        found = [(*one, *other) for one, other in product(found, several)]
    return found


def _counted(several: list[tuple[Node, ...]]) -> list[tuple[Node, ...]]:
    if len(several) > MOST:
        raise _TooMany
    return several


def _fits(conjunction: tuple[Node, ...], rooms: Rooms, names: Mapping[str, str]) -> bool:
    left: dict[str, Room] = {}
    for node in conjunction:
        for key, operator, values in _said(node):
            name = names.get(key, key)
            room = left.get(name) or rooms.get(name) or _count_room(node) or Room()
            left[name] = _narrowed(room, operator, values)
    return not any(room.is_empty for room in left.values())


def _narrowed(room: Room, operator: str, values: tuple[Value, ...]) -> Room:
    if operator == "in":
        among = frozenset(values)
        return replace(room, among=among if room.among is None else room.among & among)
    for value in values:
        room = room.within(operator, value)
    return room


def _said(node: Node) -> Iterator[tuple[str, str, tuple[Value, ...]]]:
    """What a literal of a conjunction says about one name; nothing where it says more."""
    sense = not isinstance(node, Not)
    node = node.item if isinstance(node, Not) else node
    match node:
        case Name(name):
            yield name, "=", (sense,)
        case Compare(operator, left, right):
            key, value = _key(left), _value(right)
            if key is None or value is None:
                key, value, operator = _key(right), _value(left), _MIRRORED[operator]
            if key is not None and value is not None:
                yield key, operator if sense else _OPPOSITE[operator], (value,)
        case OneOf(left, options):
            key, values = _key(left), tuple(_value(each) for each in options)
            known = tuple(each for each in values if each is not None)
            if key is not None and len(known) == len(values):
                yield key, "in" if sense else "!=", known


def _key(node: Node) -> str | None:
    """By what a node is known: a name, or the text of a count, which is a number too."""
    if isinstance(node, Count):
        return repr(node)
    return node.name if isinstance(node, Name) else None


def _count_room(node: Node) -> Room | None:
    inner = node.item if isinstance(node, Not) else node
    sides = (inner.left, inner.right) if isinstance(inner, Compare) else ()
    counts = [each for each in sides if isinstance(each, Count)]
    return Room(0, len(counts[0].items)) if counts else None


def _value(node: Node) -> Value | None:
    """A value as a room knows it, or None where it is not a fixed one."""
    match node:
        case Literal(value, _):
            return value.toordinal() if isinstance(value, date) else value
        case Shift(Literal(value, _), number, unit) if isinstance(value, date):
            return moved(value, number, unit).toordinal()
    return None


def names_of(definition: Definition) -> dict[str, str]:
    """Under which fact a question's answer is known, for questions that fill a column."""
    columns = {fact.column: fact.name for fact in FACTS.values() if fact.column is not None}
    del columns[Column.BUDGET]  # costs and other income are sums of it
    return {
        question.code: columns[question.fills]
        for question in definition.form.questions
        if question.fills in columns
    }


def rooms_of(definition: Definition) -> dict[str, Room]:
    """What each fact and question can be, by the regulation and by its form."""
    names = names_of(definition)
    rooms = {
        name: Room(among=frozenset(options))
        for name, options in options_of(definition).items()
        if options
    }
    for question in definition.form.questions:
        room = _question_room(question)
        if room is not None:
            rooms[names.get(question.code, question.code)] = room
    rooms |= {name: Room(low=0) for name in ("persons", "organisations", "costs", "other_income")}
    rooms["amount_asked"] = _amount_room(definition)
    frequency = definition.applicants.frequency
    most = frequency.times - 1 if isinstance(frequency, Frequency) else None
    rooms["earlier_applications"] = Room(0, most)
    return rooms


def _question_room(question: Question) -> Room | None:
    match question.kind:
        case QuestionKind.NUMBER:
            return Room(question.minimum, question.maximum)
        case QuestionKind.MONEY:
            return Room(question.minimum_amount or 0, question.maximum_amount)
        case QuestionKind.DATE:
            first, last = question.earliest, question.latest
            return Room(first.toordinal() if first else None, last.toordinal() if last else None)
        case QuestionKind.YES_NO:
            return Room(among=frozenset({True, False}))
    return None


def _amount_room(definition: Definition) -> Room:
    """What can be asked: between the regulation's own limits, where nothing is fixed."""
    amounts = definition.amounts
    if amounts.fixed is not None or any(each.fixed is not None for each in definition.activities):
        return Room(low=0)
    question = definition.form.filling(Column.AMOUNT_ASKED)
    high = highest_amount(definition)
    regional = any(each.maximum is not None for each in definition.territory.regions)
    if high is None and question is not None and not regional:
        high = question.maximum_amount
    low = 1 if isinstance(amounts.minimum, Unknown) else amounts.minimum or 1
    return Room(low, None if isinstance(high, Unknown) else high)
