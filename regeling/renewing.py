"""A new regulation begins as a copy of an older text, with what must be decided anew marked.

Days, ceilings and the year of the figures were decided for the older one. Where the language allows
it they become ``unknown``, so that no call opens on them by accident; what cannot be ``unknown`` is
listed. Nothing else of the text changes, not a space: comments and sources stay where they stood.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import yaml

from regeling.definition import Definition, Expression
from regeling.definition.fields import Mark
from regeling.definition.nodes import compose, item_of, key_of, step_of
from regeling.definition.shapes import Shape, shape_of, slots

ANEW = re.compile(r"ceilings\.[^.]+\.(amount|publication|changes)|monitor\.year")
EMPTIED = re.compile(r"ceilings\.[^.]+\.changes")
KEPT = re.compile(r"identity\.(sources|slug|title)(\..*)?|assumptions\..*|.*\.code")
YEAR = re.compile(r"\b20\d\d\b")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A part that was decided for the older regulation: its path, and what stood there.

    ``marked`` says whether the copy has ``unknown`` there; else the older value still stands.
    """

    path: str
    before: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Renewed:
    """The text of the copy, and what is to be decided in it, in the order of the text."""

    source: str
    to_decide: tuple[ToDecide, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    path: str
    node: yaml.Node
    shape: Shape
    assumed: bool


def renew(source: str, *, slug: str, title: str) -> Renewed:
    """The copy of a text that can be read, under another slug and title.

    Raises ``DefinitionError`` for what is no YAML of the language.
    """
    root = compose(source, file=slug)
    edits: list[tuple[yaml.Node, str]] = []
    found: list[ToDecide] = []
    for part in sorted(_parts(root), key=lambda part: part.node.start_mark.index):
        before = _text(source, part.node)
        if before in (UNKNOWN, "none") or not _is_of_its_time(part, before):
            continue
        new = _new_value(part)
        found.append(ToDecide(part.path, before, marked=bool(new)))
        if new:
            edits.append((part.node, new))
    identity = item_of(root, "identity")
    for key, value in (("slug", slug), ("title", json.dumps(title, ensure_ascii=False))):
        node = item_of(identity, key) if identity is not None else None
        if node is not None:
            edits.append((node, value))
    return Renewed(_edited(source, edits), tuple(found))


def undecided(before: str, now: str) -> tuple[ToDecide, ...]:
    """What a copy of ``before`` had to decide and ``now`` does not decide yet.

    Something is decided when it differs from the older text and is not ``unknown`` any more.
    Raises ``DefinitionError`` when one of them is no YAML.
    """
    old, new = compose(before, file="before"), compose(now, file="now")
    of_its_time = [
        (part, _text(before, part.node))
        for part in _parts(old)
        if _text(before, part.node) not in (UNKNOWN, "none")
        and _is_of_its_time(part, _text(before, part.node))
    ]
    found = []
    for part, value in of_its_time:
        node = _at(new, part.path)
        if node is None:
            continue
        text = _text(now, node)
        if text in (value, UNKNOWN):
            found.append(ToDecide(part.path, value, marked=text == UNKNOWN))
    return tuple(found)


def _parts(root: yaml.Node) -> Iterator[_Part]:
    """Every single value of a text, and every list of days, with its path and shape."""
    yield from _section(root, Definition, "", assumed=False)
    listed = item_of(root, "assumptions")
    for entry in listed.value if isinstance(listed, yaml.SequenceNode) else ():
        path, value = item_of(entry, "path"), item_of(entry, "value")
        shape = _shape_at(root, path.value) if isinstance(path, yaml.ScalarNode) else None
        if shape is not None and value is not None and path is not None:
            yield from _value(value, shape, path.value, assumed=True)


def _section(node: yaml.Node, kind: type, path: str, *, assumed: bool) -> Iterator[_Part]:
    if not isinstance(node, yaml.MappingNode):
        return
    known = slots(kind)
    for key, value in node.value:
        name = key_of(key)
        if name in known:
            own = f"{path}.{name}" if path else name
            yield from _value(value, known[name].shape, own, assumed=assumed)


def _value(node: yaml.Node, shape: Shape, path: str, *, assumed: bool) -> Iterator[_Part]:
    days = shape.item is not None and shape.item.base is date
    if isinstance(node, yaml.ScalarNode) or days or EMPTIED.fullmatch(path):
        yield _Part(path, node, shape, assumed)
    elif shape.item is not None and isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            own = f"{path}.{step_of(item, index)}"
            yield from _value(item, shape.item, own, assumed=assumed)
    elif shape.is_section:
        yield from _section(node, shape.base, path, assumed=assumed)


def _shape_at(root: yaml.Node, path: str) -> Shape | None:
    """What the language has at a path; a list is gone into by one step."""
    shape = shape_of(Definition)
    for step in path.split("."):
        if shape.item is not None:
            shape = shape.item
        elif shape.is_section and step in slots(shape.base):
            shape = slots(shape.base)[step].shape
        else:
            return None
    return shape


def _is_of_its_time(part: _Part, text: str) -> bool:
    shape, path = part.shape, part.path
    if KEPT.fullmatch(path) or (shape.has(Mark.SOURCE_ONLY) and not ANEW.fullmatch(path)):
        return False
    if shape.base is date or (shape.item is not None and shape.item.base is date):
        return True
    if EMPTIED.fullmatch(path):
        return text != "[]"
    if ANEW.fullmatch(path):
        return True
    return shape.base in (str, Expression) and bool(YEAR.search(text))


def _new_value(part: _Part) -> str:
    """What the copy writes there; nothing where the older value stands until it is decided."""
    if EMPTIED.fullmatch(part.path):
        return "[]"
    marks = part.shape.base is date or part.shape.item is not None or ANEW.fullmatch(part.path)
    return UNKNOWN if marks and part.shape.may_be_unknown else ""


def _at(root: yaml.Node, path: str) -> yaml.Node | None:
    """The node at a path: the value of its assumption if there is one, else what stands there."""
    listed = item_of(root, "assumptions")
    for entry in listed.value if isinstance(listed, yaml.SequenceNode) else ():
        named = item_of(entry, "path")
        if isinstance(named, yaml.ScalarNode):
            rest = _rest(path, named.value)
            value = item_of(entry, "value") if rest is not None else None
            if value is not None and rest is not None:
                return _down(value, rest)
    return _down(root, path.split("."))


def _rest(path: str, start: str) -> list[str] | None:
    if path == start:
        return []
    return path[len(start) + 1 :].split(".") if path.startswith(f"{start}.") else None


def _down(node: yaml.Node | None, steps: list[str]) -> yaml.Node | None:
    for step in steps:
        node = item_of(node, step) if node is not None else None
    return node


def _end(node: yaml.Node) -> int:
    """Where the last letter of a value stands; a block ends before the comments behind it."""
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    return int(node.end_mark.index)


def _text(source: str, node: yaml.Node) -> str:
    return source[node.start_mark.index : _end(node)].rstrip()


def _edited(source: str, edits: list[tuple[yaml.Node, str]]) -> str:
    for node, value in sorted(edits, key=lambda each: each[0].start_mark.index, reverse=True):
        start, end = node.start_mark.index, _end(node)
        whole = source[start:end]
        tail = whole[len(whole.rstrip()) :]  # a folded text ends with its line
        source = source[:start] + value + tail + source[end:]
    return source
