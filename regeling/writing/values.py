"""Typed values in the language's own words, and a whole definition as YAML."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from regeling.definition.codes import Unknown
from regeling.definition.expression import Expression
from regeling.definition.fields import Mark
from regeling.definition.model import Definition
from regeling.definition.shapes import Shape, slots
from regeling.writing.emit import mapping
from regeling.writing.tree import NONE, UNKNOWN, Tree, Word, at, index_of, steps_of


def euros(cents: int) -> str:
    """As the language writes an amount: `1000`, or `1000.50` where there are cents."""
    whole, rest = divmod(cents, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def tree_of_value(value: Any, shape: Shape) -> Tree:
    """A typed value of the definition as it is written; defaults are left out of sections."""
    return _tree(value, shape, full=False)


def _tree(value: Any, shape: Shape, *, full: bool) -> Tree:
    match value:
        case Unknown():
            return UNKNOWN
        case None:
            return NONE
        case bool():
            return Word("yes" if value else "no")
        case Enum():
            return Word(value.value)
        case int():
            return Word(euros(value) if shape.has(Mark.EURO) else str(value))
        case date():
            return Word(value.isoformat())
        case Expression():
            return value.text
        case tuple():
            return [_tree(each, shape.item or shape, full=full) for each in value]
    if is_dataclass(value):
        known = slots(value.__class__).values()
        return {
            slot.name: _tree(getattr(value, slot.name), slot.shape, full=full)
            for slot in known
            if full or getattr(value, slot.name) != slot.default
        }
    return str(value)


def write(definition: Definition) -> str:
    """A whole definition as YAML; reading it gives the same definition.

    What was assumed stands under `assumptions` again, and `unknown` in its place.
    """
    shape = Shape(Definition)
    tree = {
        name: _tree(getattr(definition, name), slot.shape, full=False)
        for name, slot in slots(Definition).items()
        if getattr(definition, name) != slot.default
    }
    full = _tree(definition, shape, full=True)
    assumed: list[Tree] = []
    for each in reversed(definition.assumptions):
        steps = steps_of(each.path)
        value = at(tree, steps)
        if value is None:
            value = at(full, steps)
        assumed.insert(0, {"path": Word(each.path), "reason": each.reason, "value": value or NONE})
        _set(tree, steps, UNKNOWN)
    if assumed:
        tree["assumptions"] = assumed
    return "\n".join(mapping(tree, 0)) + "\n"


def _set(tree: Tree, steps: list[str], value: Tree) -> None:
    """Put a value into a tree; a section on the way that was left out is made."""
    here = tree
    for name in steps[:-1]:
        if isinstance(here, dict):
            here = here.setdefault(name, {})
        elif isinstance(here, list) and (index := index_of(here, name)) is not None:
            here = here[index]
    if isinstance(here, dict):
        here[steps[-1]] = value
