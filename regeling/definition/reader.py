"""Reads a definition from YAML: every error at once, with file, line, field and cure.

Only plain mappings, lists and scalars are read, from the nodes themselves, so that each message has
its line. Anchors, aliases, tags and big files are refused before they cost anything.
"""

from __future__ import annotations

from dataclasses import MISSING
from difflib import get_close_matches
from typing import Any

import yaml

from regeling.definition.checks import check
from regeling.definition.codes import UNKNOWN
from regeling.definition.extending import Find, whole
from regeling.definition.fields import Mark
from regeling.definition.model import Definition
from regeling.definition.nodes import DefinitionError, Place, Problem, compose, key_of, step_of
from regeling.definition.scalars import LONGEST_WORD, ScalarError, read_scalar
from regeling.definition.shapes import Shape, Slot, slots

MOST_HINTS = 50
"""Misspelt keys of one section for which the nearest is looked up."""


def parse(text: str, *, file: str, find: Find | None = None) -> Definition:
    """Read the YAML of one regulation.

    `find` gives the source of the regulation that `extends:` names, or None; without it the
    delivered ones are found. Raises `DefinitionError` with everything that is wrong; `file` is the
    name it is reported by.
    """
    root = compose(text, file=file)
    walk = _Walk()
    merged = whole(root, find=find, note=walk.problem)
    if not merged.is_whole:
        raise DefinitionError(file, walk.problems)
    walk.assumed = merged.assumed
    definition = walk.section(merged.root, Definition, "")
    if definition is not BAD:
        for path, sentence in check(definition):
            walk.problems.append(Problem(*walk.place(path), path, sentence))
    if walk.problems or not isinstance(definition, Definition):
        raise DefinitionError(file, walk.problems)
    return definition


class _Bad:
    """Stands where a value could not be read; its problem is noted."""


BAD = _Bad()


class _Walk:
    """Goes through the nodes along the dataclasses; notes problems and goes on."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.places: dict[str, Place] = {}
        self.assumed: dict[yaml.Node, str] = {}

    def problem(self, node: yaml.Node, path: str, sentence: str) -> None:
        self.problems.append(Problem(*Place.of(node), path, sentence))

    def place(self, path: str) -> Place:
        """Where a path stands, or else the nearest section around it."""
        while path and path not in self.places:
            path = path.rpartition(".")[0]
        return self.places.get(path, Place(1, 1))

    def value(self, node: yaml.Node, shape: Shape, path: str, assumed: bool) -> Any:
        self.places[path] = Place.of(node)
        assumed = assumed or node in self.assumed
        if isinstance(node, yaml.ScalarNode) and _own_word(node, shape):
            return read_scalar(node.value, shape)
        if assumed and shape.has(Mark.SOURCE_ONLY):
            self.problem(
                node,
                path,
                "een artikel, paragraaf of naam mag geen aanname zijn; laat 'unknown' staan",
            )
            return UNKNOWN
        if shape.item is not None:
            return self.list(node, shape.item, path, assumed)
        if shape.is_section:
            return self.section(node, shape.base, path, assumed)
        return self.scalar(node, shape, path)

    def scalar(self, node: yaml.Node, shape: Shape, path: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            self.problem(node, path, "hier hoort één waarde, geen lijst of onderdeel")
            return BAD
        try:
            return read_scalar(node.value, shape, quoted=bool(node.style))
        except ScalarError as error:
            self.problem(node, path, str(error))
            return BAD

    def list(self, node: yaml.Node, item: Shape, path: str, assumed: bool) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            self.problem(node, path, "hier hoort een lijst; begin elke regel met een streepje")
            return BAD
        values = [
            self.value(each, item, f"{path}.{step_of(each, index)}", assumed)
            for index, each in enumerate(node.value)
        ]
        return BAD if BAD in values else tuple(values)

    def section(self, node: yaml.Node, kind: type, path: str, assumed: bool = False) -> Any:
        if not isinstance(node, yaml.MappingNode):
            self.problem(node, path, "hier hoort een onderdeel met 'sleutel: waarde'")
            return BAD
        given, meant = self._keys(node, kind, path)
        values = {
            slot.name: BAD
            if slot.name in meant and slot.default is MISSING
            else self._slot(node, slot, given.get(slot.name), path, assumed)
            for slot in slots(kind).values()
        }
        return BAD if BAD in values.values() else kind(**values)

    def _slot(
        self, section: yaml.Node, slot: Slot, node: yaml.Node | None, path: str, assumed: bool
    ) -> Any:
        own_path = f"{path}.{slot.name}" if path else slot.name
        if node is None:
            if slot.default is MISSING:
                hint = (
                    "; schrijf 'unknown' als geen bron het zegt"
                    if slot.shape.may_be_unknown
                    else ""
                )
                self.problem(section, own_path, f"'{slot.name}' ontbreekt{hint}")
                return BAD
            return slot.default
        value = self.value(node, slot.shape, own_path, assumed)
        # Going on with the default brings the other errors to light in the same run.
        return slot.default if value is BAD and slot.default is not MISSING else value

    def _keys(
        self, node: yaml.MappingNode, kind: type, path: str
    ) -> tuple[dict[str, yaml.Node], set[str]]:
        """The nodes by known key, and the keys that misspelt ones seem to mean."""
        known = slots(kind)
        given: dict[str, yaml.Node] = {}
        meant: set[str] = set()
        hints = MOST_HINTS
        for key_node, value_node in node.value:
            key = key_of(key_node)
            own_path = f"{path}.{key}" if path else key
            if key in given:
                self.problem(key_node, own_path, f"'{key}' staat hier twee keer")
            elif key not in known:
                near = get_close_matches(key[:LONGEST_WORD], list(known), n=1) if hints > 0 else []
                hints -= 1
                meant.update(near)
                hint = f"bedoelt u '{near[0]}'?" if near else f"hier kan: {', '.join(known)}"
                word = key[:LONGEST_WORD]
                self.problem(key_node, own_path, f"'{word}' is geen sleutel van de taal; {hint}")
            else:
                given[key] = value_node
        return given, meant - set(given)


def _own_word(node: yaml.ScalarNode, shape: Shape) -> bool:
    """Whether the node is `unknown` or `none`, where the field allows that."""
    if node.style:
        return False
    none = shape.may_be_none and node.value in ("none", "null", "~", "")
    return none or (shape.may_be_unknown and node.value == "unknown")
