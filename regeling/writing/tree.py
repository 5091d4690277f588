"""A definition's text as plain values: what stands at a path, and what a change should give."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeAlias

import yaml

from regeling.definition.nodes import compose, key_of, step_of


class Word(str):
    """A word that stands without quotes: `unknown`, `none`, `yes`, a number, a day, a code."""

    __slots__ = ()


Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
"""Texts, lists and mappings; a `Word` is a text that stood without quotes."""

UNKNOWN = Word("unknown")
NONE = Word("none")
OWN_WORDS = ("unknown", "none", "null", "~", "")


class WritingError(ValueError):
    """The change cannot be made in this text; the message is a Dutch sentence."""


class State(StrEnum):
    """What a reader can trust at a path."""

    FACT = "fact"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"
    ABSENT = "absent"  # the language's own default holds


def steps_of(path: str) -> list[str]:
    """`eligibility.nieuw.sentence` as its steps; the whole text has none."""
    return path.split(".") if path else []


def plain(node: yaml.Node) -> Tree:
    """A node without its marks; of a key that stands twice the first counts, as in the reader."""
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Tree] = {}
        for key, value in node.value:
            found.setdefault(key_of(key), plain(value))
        return found
    if isinstance(node, yaml.SequenceNode):
        return [plain(each) for each in node.value]
    quoted = isinstance(node, yaml.ScalarNode) and node.style
    return str(node.value) if quoted else Word(node.value)


def tree_of(source: str) -> Tree:
    """The whole text. Raises `DefinitionError` for what is not plain YAML."""
    return plain(compose(source, file="tekst"))


def step(item: Tree, index: int) -> str:
    """How a path names an item of a list; as `nodes.step_of` does."""
    if isinstance(item, dict):
        for key in ("code", "scope"):
            named = item.get(key)
            if isinstance(named, str) and named:
                return str(named)
    return str(index)


def index_of(items: list[Tree], name: str) -> int | None:
    """The place of the item that a step names."""
    for index, item in enumerate(items):
        if name in (step(item, index), str(index)):
            return index
    return None


def node_index(node: yaml.SequenceNode, name: str) -> int | None:
    """The same for nodes."""
    for index, item in enumerate(node.value):
        if name in (step_of(item, index), str(index)):
            return index
    return None


def at(tree: Tree, steps: list[str]) -> Tree | None:
    """What stands at a path, or None."""
    here: Tree | None = tree
    for name in steps:
        if isinstance(here, dict):
            here = here.get(name)
        elif isinstance(here, list):
            index = index_of(here, name)
            here = None if index is None else here[index]
        else:
            return None
    return here


def get(source: str, path: str) -> Tree | None:
    """What the text has at `path`, or None where it says nothing."""
    return at(tree_of(source), steps_of(path))


def literal_path(tree: Tree, path: str) -> str:
    """Where a value really stands: in its place, or in the value of an assumption above it.

    `vote.minimum` is `assumptions.5.value.minimum` where the whole vote was assumed.
    """
    listed = at(tree, ["assumptions"])
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(entry, dict):
            continue
        filled = entry.get("path")
        if isinstance(filled, str) and (path == filled or path.startswith(f"{filled}.")):
            return f"assumptions.{index}.value{path[len(filled) :]}"
    return path


def state_of(tree: Tree, path: str) -> State:
    """Whether `path` is a fact, assumed, unknown, or left to the language's default."""
    where = literal_path(tree, path)
    if where != path:
        return State.ASSUMED
    value = at(tree, steps_of(path))
    if value is None:
        return State.ABSENT
    return State.UNKNOWN if is_word(value, "unknown") else State.FACT


def is_word(value: Tree | None, word: str) -> bool:
    """Whether it is this very word of the language, not a text that happens to be the same."""
    return isinstance(value, Word) and value == word


def meaning(tree: Tree) -> Any:
    """For comparing: the texts, and which of them are the language's own words."""
    if isinstance(tree, dict):
        return {key: meaning(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [meaning(each) for each in tree]
    return (str(tree), isinstance(tree, Word) and tree in OWN_WORDS)


def same(left: Tree, right: Tree) -> bool:
    """Whether two trees mean the same to the reader."""
    return bool(meaning(left) == meaning(right))
