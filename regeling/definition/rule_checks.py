"""Rules that can never hold, which are wrong, and rules that always do, which are odd."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from regeling.definition.codes import Unknown
from regeling.definition.expression import Expression, ExpressionError, Node
from regeling.definition.fields import listed
from regeling.definition.model import Definition
from regeling.definition.notes import Note
from regeling.definition.possible import Rooms, can_fail, can_hold, names_of, rooms_of

Complaint = tuple[str, str]


def check(definition: Definition) -> Iterator[Complaint]:
    """Conditions that no application can meet, alone or together."""
    rooms, names = rooms_of(definition), names_of(definition)
    sound: dict[str, Node] = {}
    for path, condition, sentence in _conditions(definition):
        tree = _tree(condition)
        if tree is None:
            continue
        if not can_hold((tree,), rooms, names):
            yield path, sentence
        elif path in _for_everybody(definition):
            sound[path] = tree
    yield from _together(sound, rooms, names)


def _conditions(definition: Definition) -> Iterator[tuple[str, Expression, str]]:
    never = "dit kan nooit waar zijn, zo kan niemand aanvragen; kijk de grenzen en antwoorden na"
    unasked = "dit kan nooit waar zijn, dus {} nooit; kijk de grenzen en antwoorden na"
    for rule in definition.eligibility:
        yield f"eligibility.{rule.code}.require", rule.require, never
        if rule.when is not None:
            yield (
                f"eligibility.{rule.code}.when",
                rule.when,
                unasked.format("geldt deze voorwaarde"),
            )
    for step in definition.form.steps:
        for question in step.questions:
            if question.when is not None:
                path = f"form.steps.{step.code}.questions.{question.code}.when"
                yield path, question.when, unasked.format("komt deze vraag")


def _for_everybody(definition: Definition) -> frozenset[str]:
    """The rules that hold for each application."""
    return frozenset(
        f"eligibility.{rule.code}.require" for rule in definition.eligibility if rule.when is None
    )


def _together(sound: dict[str, Node], rooms: Rooms, names: dict[str, str]) -> Iterator[Complaint]:
    """The first rule with which those before it cannot hold."""
    trees = tuple(sound.values())
    if can_hold(trees, rooms, names):
        return
    for count, path in enumerate(sound, start=1):
        if not can_hold(trees[:count], rooms, names):
            yield (
                path,
                (
                    "dit kan niet samen met de voorwaarden hiervoor, zo kan niemand aanvragen; pas"
                    " er één aan"
                ),
            )
            return


def doubts(definition: Definition) -> tuple[Note, ...]:
    """Remarks about rules that refuse nobody, and about periods that run through each other."""
    return (*_always(definition), *_overlapping(definition))


def _always(definition: Definition) -> Iterator[Note]:
    rooms, names = rooms_of(definition), names_of(definition)
    for rule in definition.eligibility:
        tree = _tree(rule.require)
        if tree is not None and not can_fail(tree, rooms, names):
            yield Note(
                f"eligibility.{rule.code}.require",
                "deze voorwaarde geldt altijd, door de grenzen of antwoorden die er al zijn",
            )


def _overlapping(definition: Definition) -> Iterator[Note]:
    for one, other in pairwise(listed(definition.windows)):
        closes, opens = one.closes_at, other.opens_at
        if closes is None or (
            not isinstance(closes, Unknown) and not isinstance(opens, Unknown) and opens < closes
        ):
            yield Note(
                f"windows.{other.code}.opens",
                f"deze periode begint voordat '{one.code}' is gesloten",
            )


def _tree(condition: Expression) -> Node | None:
    try:
        return condition.tree
    except ExpressionError:
        return None  # `form_checks` says what is wrong with it
