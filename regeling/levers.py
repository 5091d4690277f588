"""What somebody can change about an application, in which steps, and how that is said.

Pure. A lever is one fact or answer that a rule looks at and that is hers to change: with how many
she is, what she asks, when, as whom, and what she answers. Where the idea is carried out is not: a
village does not move. For the values to try, the rules are asked where they turn; nothing here
decides what is accepted, that is for `regeling.eligibility.check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from regeling import limits
from regeling.budgets import MOST_CENTS
from regeling.definition import Definition, Question, QuestionKind
from regeling.definition.expression import (
    Compare,
    Kind,
    Name,
    Node,
    OneOf,
    Value,
    evaluate,
    parts,
)
from regeling.definition.facts import FACTS, kinds_of, options_of

Answers = Mapping[str, Any]
Values = Mapping[str, Value | None]

FIXED = frozenset({"region", "municipality", "earlier_applications"})
"""Facts that she cannot change for this application."""
MOST_PEOPLE = 1000
MOST_NUMBER = 1_000_000
FAR = timedelta(days=3 * 366)
EURO = 100


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing to change: the names under which rules know it, what it is now, and its limits.

    `code` is the question that answers it, empty for a fact. `low` and `high` bound an ordered
    lever (cents, a number, or a day as its ordinal).
    """

    names: frozenset[str]
    kind: Kind
    now: Value
    code: str = ""
    options: tuple[Value, ...] = ()
    low: int = 0
    high: int = 0

    @property
    def name(self) -> str:
        """The fact where it is one, else the code of the question."""
        return next((each for each in sorted(self.names) if each in FACTS), self.code)

    @property
    def ordered(self) -> bool:
        return not self.options

    def put(self, value: Value, answers: Answers, facts: Values) -> tuple[Answers, Values]:
        """Answers and facts with this value instead."""
        if not self.code:
            return answers, {**facts, self.name: value}
        plain = value.isoformat() if isinstance(value, date) else value
        return {**answers, self.code: plain}, facts


def levers(
    definition: Definition, facts: Values, values: Values, last_day: date | None
) -> tuple[Lever, ...]:
    """What can be changed here, of what is known. `last_day` is the last day to apply, if any."""
    kinds, options = kinds_of(definition), options_of(definition)
    if limits.fixed(definition, values) is not None:
        del kinds["amount_asked"]  # nobody asks for it, so nobody can ask less
    found: dict[str, Lever] = {}
    for name, kind in kinds.items():
        now, question = values.get(name), _question(definition, name, facts)
        known = name in facts or question is not None
        if now is None or name in FIXED or not known:
            continue
        if question and question.kind in (QuestionKind.MUNICIPALITY, QuestionKind.PLACE):
            continue
        choices: tuple[Value, ...] = options.get(name, ())
        if kind is Kind.YES_NO:
            choices = (True, False)
        if kind is Kind.TEXT and not choices:
            continue
        code = question.code if question and question.kind is not QuestionKind.BUDGET else ""
        key = code or name
        names = found[key].names | {name} if key in found else frozenset({name})
        low, high = (0, 0) if choices else _limits(name, kind, now, question, last_day)
        found[key] = Lever(names, kind, now, code, choices, low, high)
    return tuple(found.values())


def _question(definition: Definition, name: str, facts: Values) -> Question | None:
    """The question that answers this name; None for a fact that is given."""
    if facts.get(name) is not None:
        return None
    own = definition.form.question(name)
    if own or name not in FACTS:
        return own
    column = FACTS[name].column
    return definition.form.filling(column) if column else None


def _limits(
    name: str, kind: Kind, now: Value, question: Question | None, last_day: date | None
) -> tuple[int, int]:
    here = ordinal(now)
    if name == "received_on":  # one can wait, not go back
        return here, max(here, last_day.toordinal() if last_day else here + FAR.days)
    if kind is Kind.DATE:
        low, high = here - FAR.days, here + FAR.days
        if question and question.earliest:
            low = max(low, question.earliest.toordinal())
        if question and question.latest:
            high = min(high, question.latest.toordinal())
        return low, high
    if kind is Kind.MONEY:
        return (1 if name == "amount_asked" else 0), MOST_CENTS
    if name in ("persons", "organisations"):
        return min(1, here), max(MOST_PEOPLE, here)
    low = question.minimum if question and question.minimum is not None else min(0, here)
    most = question.maximum if question and question.maximum is not None else MOST_NUMBER
    return low, max(most, low)


def ordinal(value: Value) -> int:
    """A number, cents or a day as a place on a line."""
    return value.toordinal() if isinstance(value, date) else int(value)


def at(lever: Lever, place: int) -> Value:
    """The value at a place on the line of an ordered lever."""
    return date.fromordinal(place) if lever.kind is Kind.DATE else place


def tries(lever: Lever, definition: Definition, values: Values) -> Iterator[Value]:
    """The values worth trying, the smallest change first.

    Of an ordered lever these are the points where a rule or a limit turns. An amount in whole
    euros stays in whole euros; only where none will do come the cents.
    """
    if not lever.ordered:
        yield from (option for option in lever.options if option != lever.now)
        return
    here = ordinal(lever.now)
    marks = {*_turns(lever, definition, values), *_edges(lever, definition, values)}
    places = {each for mark in marks for each in (mark - 1, mark, mark + 1)}
    step = step_of(lever)
    rough = {each for place in places for each in (place // step * step, -(-place // step) * step)}
    for found in (rough, places - rough):
        near = sorted(found, key=lambda place: (abs(place - here), place))
        yield from (
            at(lever, place) for place in near if place != here and lever.low <= place <= lever.high
        )


def step_of(lever: Lever) -> int:
    """How finely it is changed: by whole euros where she gave whole euros, else by one."""
    euros = lever.kind is Kind.MONEY and ordinal(lever.now) % EURO == 0
    return EURO if euros else 1


def _edges(lever: Lever, definition: Definition, values: Values) -> Iterator[int]:
    """Limits that stand beside the rules."""
    yield from (lever.low, lever.high)
    if "amount_asked" in lever.names:
        bounded = [definition.amounts, *definition.activities]
        amounts: list[Any] = [getattr(each, name) for each in bounded for name in _AMOUNTS]
        amounts += [region.maximum for region in definition.territory.regions]
        yield from (each for each in amounts if isinstance(each, int))
    if lever.names & {"persons", "organisations"}:
        (other,) = {"persons", "organisations"} - lever.names
        beside = values.get(other)
        for each in definition.applicants.classes:
            yield each.minimum_members
            if isinstance(beside, int):
                yield each.minimum_members - beside


_AMOUNTS = ("minimum", "maximum")


def _turns(lever: Lever, definition: Definition, values: Values) -> Iterator[int]:
    """Where a comparison of the regulation's rules changes while only this lever moves."""
    for rule in definition.eligibility:
        for expression in (rule.require, rule.when):
            if expression and expression.names & lever.names:
                for left, right in _pairs(expression.tree):
                    yield from _crossings(lever, left, right, values)


def _pairs(node: Node) -> Iterator[tuple[Node, Node]]:
    """Every two things that are compared, however deep."""
    if isinstance(node, Compare):
        yield node.left, node.right
    if isinstance(node, OneOf):
        yield from ((node.left, option) for option in node.options)
    yield from (pair for each in parts(node) for pair in _pairs(each))


def _crossings(lever: Lever, left: Node, right: Node, values: Values) -> tuple[int, ...]:
    """The places where `left` passes `right` while only this lever moves."""
    names = {*_names(left), *_names(right)}
    if not names & lever.names:
        return ()
    beside = tuple((name, values.get(name)) for name in sorted(names - lever.names))
    return _passed(lever, left, right, beside)


@lru_cache(maxsize=4096)
def _passed(
    lever: Lever, left: Node, right: Node, beside: tuple[tuple[str, Value | None], ...]
) -> tuple[int, ...]:
    """Found by halving: the difference of the two goes one way."""
    seen = dict(beside)
    below, above = Compare("<", left, right), Compare(">", left, right)

    def side(place: int) -> int | None:
        seen.update(dict.fromkeys(lever.names, at(lever, place)))
        is_below = evaluate(below, seen)
        return None if is_below is None else -1 if is_below else int(bool(evaluate(above, seen)))

    here = ordinal(lever.now)
    if side(here) is None:
        return ()
    return (*_changes(side, lever.low, here), *_changes(side, here, lever.high))


def _changes(side: Callable[[int], int | None], low: int, high: int) -> Iterator[int]:
    while low < high and side(low) != side(high):
        first, last = low, high
        while last - first > 1:
            middle = (first + last) // 2
            first, last = (middle, last) if side(middle) == side(low) else (first, middle)
        yield last
        low = last


def _names(node: Node) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    yield from (name for each in parts(node) for name in _names(each))
