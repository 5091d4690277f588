"""`extends:`: a regulation that goes on from another one and says only what is different.

Mappings merge key by key; lists whose items have a code or a scope merge item by item; every other
value takes the place of the one before. `drop:` names the paths that do not go along. All this is
done with the nodes of the YAML, before anything is read, so that what comes out is one regulation.
What is inherited stands, for messages, on the line of `extends:` in the file at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

import yaml

from regeling import delivered
from regeling.definition.assumptions import MOST, Note, graft
from regeling.definition.nodes import LARGEST, DefinitionError, child, compose, item_of, key_of
from regeling.definition.scalars import CODE, LONGEST_CODE
from regeling.definition.upgrade import upgrade_nodes

Find = Callable[[str], str | None]

DEEPEST = 5
"""Regulations that a regulation goes on from, one behind the other."""


@dataclass(slots=True)
class Merged:
    """A whole text: its root, and by node the path of the assumption that gave it."""

    root: yaml.Node
    assumed: dict[yaml.Node, str] = field(default_factory=dict)
    entries: list[yaml.Node] = field(default_factory=list)  # inherited assumptions
    is_whole: bool = True  # no: what it goes on from is not there


def delivered_source(slug: str) -> str | None:
    """The text of a definition that comes with the product, or None."""
    try:
        return delivered.source(slug)
    except FileNotFoundError:
        return None


def whole(root: yaml.Node, *, find: Find | None, note: Note) -> Merged:
    """The text with everything that it inherits, its assumptions in place, in the present language.

    `find` gives the source of a slug, or None; without it the delivered ones are found. What is
    wrong is told to `note`, at a node of the file at hand.
    """
    return _whole(root, find or delivered_source, note, (), LARGEST)


def _whole(root: yaml.Node, find: Find, note: Note, behind: tuple[str, ...], left: int) -> Merged:
    """`behind` are the slugs on the way here, `left` how many characters may still come along."""
    merged = Merged(root)
    named, dropped = _taken(root, "extends"), _taken(root, "drop")
    if named is not None:
        merged = _inherited(root, named, dropped, find, note, behind, left)
        if not merged.is_whole:
            return merged
    elif dropped is not None:
        note(dropped, "drop", "'drop' hoort bij 'extends'; er is niets om weg te laten")
    own = graft(root, note, open_to=merged.assumed.keys())
    upgrade_nodes(root)
    _keep_entries(merged, set(own.values()))
    merged.assumed |= own
    return merged


def _keep_entries(merged: Merged, own: set[str]) -> None:
    """Go on with the inherited assumptions of which something still stands in the text."""
    present = set(_nodes(merged.root))
    merged.assumed = {node: path for node, path in merged.assumed.items() if node in present}
    standing = set(merged.assumed.values()) - own
    kept = [each for each in merged.entries if _text(child(each, "path")) in standing]
    listed = child(merged.root, "assumptions")
    if isinstance(listed, yaml.SequenceNode):
        listed.value = [*listed.value, *kept]
    elif kept and listed is None and isinstance(merged.root, yaml.MappingNode):
        start, end = kept[0].start_mark, kept[0].end_mark
        key = yaml.ScalarNode("tag:yaml.org,2002:str", "assumptions", start, end)
        listed = yaml.SequenceNode("tag:yaml.org,2002:seq", kept, start, end)
        merged.root.value.append((key, listed))


def _nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    for each in _inside(node):
        yield from _nodes(each)


def _inside(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _text(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _taken(root: yaml.Node, key: str) -> yaml.Node | None:
    """The value of a key that only this module reads; it is taken out of the text."""
    value = child(root, key)
    if value is not None and isinstance(root, yaml.MappingNode):
        index = next(n for n, pair in enumerate(root.value) if key_of(pair[0]) == key)
        del root.value[index]
    return value


def _inherited(
    root: yaml.Node,
    named: yaml.Node,
    dropped: yaml.Node | None,
    find: Find,
    note: Note,
    behind: tuple[str, ...],
    left: int,
) -> Merged:
    own = child(child(root, "identity") or root, "slug")
    if not isinstance(own, yaml.ScalarNode):
        note(root, "identity.slug", "geef deze regeling een eigen 'slug' onder 'identity'")
        return Merged(root, is_whole=False)
    slug = _text(named)
    text, cause = _source(slug, find, (*behind, own.value), left)
    if text is None:
        note(named, "extends", cause)
        return Merged(root, is_whole=False)

    def at_hand(_node: yaml.Node, path: str, sentence: str) -> None:
        note(named, path, f"in de regeling '{slug}': {sentence}")

    try:
        older = _whole(
            compose(text, file=slug), find, at_hand, (*behind, own.value), left - len(text)
        )
    except DefinitionError as error:
        note(
            named, "extends", f"de regeling '{slug}' is niet te lezen: {error.problems[0].sentence}"
        )
        return Merged(root, is_whole=False)
    if not older.is_whole:
        return older
    _stand_at(older.root, named)
    listed = _taken(older.root, "assumptions")
    entries = list(listed.value) if isinstance(listed, yaml.SequenceNode) else []
    for path in _paths(dropped, note):
        _drop(older.root, path, note)
    return Merged(_joined(older.root, root, older.assumed), older.assumed, entries)


def _source(slug: str, find: Find, behind: tuple[str, ...], left: int) -> tuple[str | None, str]:
    """The text that a slug stands for, or why there is none."""
    if not (len(slug) <= LONGEST_CODE and re.fullmatch(CODE, slug)):
        return None, f"noem de 'slug' van één regeling; '{slug[:30]}' is er geen"
    if slug in behind:
        return None, f"'{slug}' bouwt zo op zichzelf voort: {' → '.join((*behind, slug))}"
    if len(behind) > DEEPEST:
        return None, f"er bouwen meer dan {DEEPEST} regelingen op elkaar voort"
    text = find(slug)
    if text is None:
        near = get_close_matches(slug, [file.stem for file in delivered.files()], n=1)
        hint = f"bedoelt u '{near[0]}'?" if near else "kijk na hoe die regeling heet"
        return None, f"de regeling '{slug}' is niet gevonden; {hint}"
    if len(text) > left:
        return None, f"wat deze regeling overneemt is samen groter dan {LARGEST} tekens"
    return text, ""


def _stand_at(node: yaml.Node, place: yaml.Node) -> None:
    """Let a node and everything in it stand where `place` stands."""
    node.start_mark, node.end_mark = place.start_mark, place.end_mark
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _stand_at(key, place)
            _stand_at(value, place)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            _stand_at(each, place)


def _paths(dropped: yaml.Node | None, note: Note) -> list[yaml.ScalarNode]:
    if dropped is None:
        return []
    if not isinstance(dropped, yaml.SequenceNode) or len(dropped.value) > MOST:
        note(dropped, "drop", f"hier hoort een lijst van hoogstens {MOST} paden")
        return []
    for each in dropped.value:
        if not isinstance(each, yaml.ScalarNode):
            note(each, "drop", "noem een pad, zoals 'ceilings.noord'")
    return [each for each in dropped.value if isinstance(each, yaml.ScalarNode)]


def _drop(root: yaml.Node, path: yaml.ScalarNode, note: Note) -> None:
    *way, last = path.value.split(".")
    node: yaml.Node | None = root
    for step in way:
        node = item_of(node, step) if node is not None else None
    gone = item_of(node, last) if node is not None else None
    if isinstance(node, yaml.SequenceNode) and gone is not None:
        node.value = [each for each in node.value if each is not gone]
    elif isinstance(node, yaml.MappingNode) and gone is not None:
        node.value = [pair for pair in node.value if pair[1] is not gone]
    else:
        note(path, "drop", f"'{path.value}' staat niet in de regeling waarop deze voortbouwt")


def _joined(old: yaml.Node, new: yaml.Node, assumed: dict[yaml.Node, str]) -> yaml.Node:
    """The newer node with what it leaves unsaid taken from the older one.

    Where only a part of an assumption is said anew, the rest of it stays an assumption.
    """
    if old in assumed:
        path = assumed.pop(old)
        assumed |= dict.fromkeys(_inside(old), path)
    if isinstance(old, yaml.MappingNode) and isinstance(new, yaml.MappingNode):
        new.value = _pairs(old.value, new.value, assumed)
    elif isinstance(old, yaml.SequenceNode) and isinstance(new, yaml.SequenceNode):
        new.value = _items(old.value, new.value, assumed)
    return new


def _pairs(
    old: list[tuple[yaml.Node, yaml.Node]],
    new: list[tuple[yaml.Node, yaml.Node]],
    assumed: dict[yaml.Node, str],
) -> list[tuple[yaml.Node, yaml.Node]]:
    before = {key_of(key): value for key, value in old}
    own = {key_of(key) for key, _ in new}
    kept = [pair for pair in old if key_of(pair[0]) not in own]
    joined: list[tuple[yaml.Node, yaml.Node]] = []
    for key, value in new:
        found = before.pop(key_of(key), None)  # a key that stands twice is joined once
        joined.append((key, value if found is None else _joined(found, value, assumed)))
    return [*joined, *kept]


def _items(
    old: list[yaml.Node], new: list[yaml.Node], assumed: dict[yaml.Node, str]
) -> list[yaml.Node]:
    before = {mark: each for each in old if (mark := _mark(each))}
    if not new or len(before) != len(old) or not all(map(_mark, new)):
        return new
    own: dict[str, list[yaml.Node]] = {}
    for each in new:
        own.setdefault(_mark(each), []).append(each)
    items: list[yaml.Node] = []
    for mark, each in before.items():
        said = own.pop(mark, [])
        items += [_joined(each, said[0], assumed), *said[1:]] if said else [each]
    return [*items, *(each for several in own.values() for each in several)]


def _mark(item: yaml.Node) -> str:
    """By what an item of a list is known: its scope and code; empty where it has neither."""
    return " ".join(
        f"{key}={_text(value)}"
        for key in ("scope", "code")
        if (value := child(item, key)) is not None
    )
