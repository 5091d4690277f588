"""In which order the language writes its keys, and what a section on the way to a path is."""

from __future__ import annotations

from regeling.definition.model import Definition
from regeling.definition.shapes import Shape, slots
from regeling.writing.tree import Tree, Word

_WHOLE = Shape(Definition)


def shape_at(steps: list[str]) -> Shape | None:
    """The shape of what stands at a path, or None where the language has no such path."""
    here = _WHOLE
    for name in steps:
        if here.item is not None:
            here = here.item
        elif here.is_section and name in slots(here.base):
            here = slots(here.base)[name].shape
        else:
            return None
    return here


def after(steps: list[str], present: list[str], name: str) -> str:
    """Behind which of the keys `present` a new one comes; the first where none is before it."""
    if not steps and name == "drop" and "extends" in present:
        return "extends"
    shape = shape_at(steps)
    if shape is None or not shape.is_section or name not in (order := list(slots(shape.base))):
        return present[-1]
    place = order.index(name)
    before = [key for key in present if key in order and order.index(key) < place]
    return before[-1] if before else present[0]


def wrapped(steps: list[str], depth: int, value: Tree) -> Tree:
    """`value` in the sections and items that are missing on the way from `depth` to its path."""
    for end in range(len(steps) - 1, depth - 1, -1):
        value = item_for(steps, end, value)
    return value


def item_for(steps: list[str], depth: int, value: Tree, *, bare: bool = False) -> Tree:
    """A section or list that holds `value` under the step at `depth`; `bare`: its item only."""
    name = steps[depth]
    shape = shape_at(steps[:depth])
    if not bare and (shape is None or shape.item is None):
        return {name: value}
    item = {"code": Word(name), **value} if isinstance(value, dict) else value
    return item if bare else [item]
