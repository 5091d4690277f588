"""The characters of a text: where an entry begins and ends, with the comment that is its own."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from regeling.definition.nodes import compose, key_of
from regeling.writing.tree import WritingError, node_index

_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*")


class Entry(NamedTuple):
    """A key with its value, or an item of a list with its dash.

    `start` is the first character of the key or the dash, `mark` the place behind colon or dash.
    """

    start: int
    mark: int
    column: int
    node: yaml.Node


class Page:
    """A text with its nodes. Raises `DefinitionError` for what is not plain YAML."""

    def __init__(self, source: str) -> None:
        self.text = source if source.endswith("\n") else source + "\n"
        self.root = compose(self.text, file="tekst")

    def trail(self, steps: list[str]) -> list[yaml.Node]:
        """The nodes along a path, from the root, as far as they are there."""
        nodes = [self.root]
        for name in steps:
            entry = self.entry(nodes[-1], name)
            if entry is None:
                break
            nodes.append(entry.node)
        return nodes

    def entry(self, container: yaml.Node, name: str) -> Entry | None:
        """The entry of a mapping or list that a step names, or None."""
        if isinstance(container, yaml.MappingNode):
            for key, value in container.value:
                if key_of(key) == name:
                    return self._keyed(key, value)
        elif isinstance(container, yaml.SequenceNode):
            index = node_index(container, name)
            return None if index is None else self.item(container, index)
        return None

    def entries(self, container: yaml.Node) -> list[Entry]:
        """All entries of a mapping or list, in their order."""
        if isinstance(container, yaml.MappingNode):
            return [self._keyed(key, value) for key, value in container.value]
        if isinstance(container, yaml.SequenceNode):
            return [self.item(container, index) for index in range(len(container.value))]
        return []

    def item(self, container: yaml.SequenceNode, index: int) -> Entry:
        """An item of a list; inside brackets there is no dash, and it starts where it stands."""
        node = container.value[index]
        start = node.start_mark.index
        if container.flow_style:
            return Entry(start, start, self._column(start), node)
        dash = self.text.rfind("-", 0, start if start else 1)
        return Entry(dash, dash + 1, self._column(dash), node)

    def _keyed(self, key: yaml.Node, value: yaml.Node) -> Entry:
        start = key.start_mark.index
        colon = self.text.find(":", key.end_mark.index)
        if colon < 0:
            raise WritingError("deze regel is niet per veld te bewerken; gebruik de hele tekst")
        return Entry(start, colon + 1, self._column(start), value)

    def _column(self, index: int) -> int:
        return index - self.line_start(index)

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """The place of the newline that ends the line."""
        return self.text.index("\n", index)

    def end(self, node: yaml.Node) -> int:
        """Behind the last character of a value, without the comments and blank lines after it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return start + len(self.text[start:end].rstrip())
        return int(end)

    def comment(self, entry: Entry) -> str:
        """The comment on the line of an entry: behind its single value, or behind its key."""
        node, end = entry.node, self.end(entry.node)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            first = self.text[node.start_mark.index : self.line_end(node.start_mark.index)]
            rest = _BLOCK_HEAD.sub("", first, count=1).strip()
        elif self.below(entry):
            rest = self.text[entry.mark : self.line_end(entry.mark)].strip()
        else:
            rest = self.text[end : self.line_end(end)].strip()
        return rest if rest.startswith("#") else ""

    def below(self, entry: Entry) -> bool:
        """Whether the value begins on a later line than its key or dash."""
        return entry.node.start_mark.index > self.line_end(entry.mark)

    def top(self, entry: Entry) -> int:
        """The first line of an entry, with the comments that stand directly above it."""
        start = self.line_start(entry.start)
        while start > 0:
            above = self.line_start(start - 1)
            line = self.text[above : start - 1]
            own = line[: entry.column].strip() == "" and line[entry.column :].startswith("#")
            if not own:
                break
            start = above
        return start

    def bottom(self, entry: Entry) -> int:
        """The start of the line after an entry."""
        return self.line_end(max(self.end(entry.node), entry.mark)) + 1
