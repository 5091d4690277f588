"""From text to YAML nodes, safely, and where a node stands."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import yaml

LARGEST = 200_000  # characters; the delivered regulations stay below 40,000
MOST_NODES = 10_000
DEEPEST = 20


class _Mark(Protocol):
    """A position of either loader, the one in C or the one in Python; counted from 0."""

    line: int
    column: int


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Place(NamedTuple):
    """Line and column, counted from 1."""

    line: int
    column: int

    @classmethod
    def of(cls, node: yaml.Node) -> Place:
        return cls(node.start_mark.line + 1, node.start_mark.column + 1)


class Problem(NamedTuple):
    """One thing that is wrong; `field` is a path such as `terms.decision_weeks`."""

    line: int
    column: int
    field: str
    sentence: str


class DefinitionError(ValueError):
    """Everything that is wrong with a definition."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """`file:line:column field: sentence`, in order of line."""
        return tuple(
            f"{self.file}:{each.line}:{each.column} {each.field or '(bestand)'}: {each.sentence}"
            for each in self.problems
        )


def compose(text: str, *, file: str) -> yaml.Node:
    """The root node of a YAML text without anchors, aliases or tags.

    Raises `DefinitionError` for a text that is too large, too deep, or not plain YAML.
    """
    if len(text) > LARGEST:
        raise _refusal(file, None, f"het bestand is groter dan {LARGEST} tekens")
    try:
        _refuse_tricks(text, file)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        cause = f"dit is geen YAML: {error.problem or error.context}"
        raise _refusal(file, error.problem_mark, cause) from error
    except yaml.YAMLError as error:
        raise _refusal(file, None, "het bestand bevat een teken dat niet te lezen is") from error
    if root is None:
        raise _refusal(file, None, "het bestand is leeg")
    return root


def _refuse_tricks(text: str, file: str) -> None:
    """Walk the events, which costs no memory, before any tree is made."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refusal(file, event.start_mark, "verwijzingen met & en * kunnen hier niet")
        if getattr(event, "tag", None):
            raise _refusal(file, event.start_mark, "typen met ! kunnen hier niet")
        if depth > DEEPEST or count > MOST_NODES:
            raise _refusal(file, event.start_mark, "het bestand is te diep of te lang om te lezen")


def _refusal(file: str, mark: _Mark | None, sentence: str) -> DefinitionError:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return DefinitionError(file, [Problem(line, column, "", sentence)])


def key_of(node: yaml.Node) -> str:
    """The text of a key; a key that is itself a list or mapping gives an unknown one."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else "?"


def child(node: yaml.Node, key: str) -> yaml.Node | None:
    """The value of a key in a mapping node, or None."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if key_of(name) == key), None)


def step_of(item: yaml.Node, index: int) -> str:
    """How a path names an item of a list: by its code, a ceiling by its scope, else by number."""
    for key in ("code", "scope"):
        named = child(item, key)
        if isinstance(named, yaml.ScalarNode) and named.value:
            return str(named.value)
    return str(index)


def item_of(node: yaml.Node, step: str) -> yaml.Node | None:
    """What one step of a path leads to: the value of a key, or an item of a list; or None."""
    if not isinstance(node, yaml.SequenceNode):
        return child(node, step)
    for index, item in enumerate(node.value):
        if step in (step_of(item, index), str(index)):
            return item
    return None
