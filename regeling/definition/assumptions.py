"""Assumptions: values that no source gives, put where they belong before the reading begins."""

from __future__ import annotations

from collections.abc import Callable, Set

import yaml

from regeling.definition.nodes import child, item_of, key_of

Note = Callable[[yaml.Node, str, str], None]

MOST = 200
"""Assumptions in one text, and paths that one text drops."""

MAY_FILL = (
    "activities",
    "amounts",
    "applicants",
    "card",
    "ceilings",
    "criteria",
    "distribution",
    "eligibility",
    "identity.legal_regime",
    "monitor.year",
    "municipal",
    "obligations",
    "panel",
    "refusal_grounds",
    "release",
    "spot_check",
    "terms",
    "territory",
    "themes",
    "tiers",
    "transitional_rule",
    "vote",
    "windows",
)


def graft(
    root: yaml.Node, note: Note, *, open_to: Set[yaml.Node] = frozenset()
) -> dict[yaml.Node, str]:
    """Put the value of every assumption at its path; the list keeps only path and reason.

    Returns the grafted nodes with their path. What cannot be is told to `note`: a path that does
    not exist, that holds a fact already, or that no assumption may fill. The nodes `open_to` hold
    an assumption of a text that this one extends; a newer assumption may replace it.
    """
    grafted: dict[yaml.Node, str] = {}
    listed = child(root, "assumptions")
    if not isinstance(listed, yaml.SequenceNode):
        return grafted
    if len(listed.value) > MOST:
        note(listed, "assumptions", f"er staan meer dan {MOST} aannames; zoek eerst een bron")
        listed.value = []
    for entry in listed.value:
        if not isinstance(entry, yaml.MappingNode):
            continue  # the reader says so
        path, value = child(entry, "path"), child(entry, "value")
        entry.value = [pair for pair in entry.value if key_of(pair[0]) != "value"]
        if not isinstance(path, yaml.ScalarNode):
            continue
        if value is None:
            note(entry, f"assumptions.{path.value}", "'value' ontbreekt bij deze aanname")
            continue
        cause = _place(root, path.value, value, open_to)
        if cause:
            note(path, f"assumptions.{path.value}", cause)
        else:
            grafted[value] = path.value
    return grafted


def _place(root: yaml.Node, path: str, value: yaml.Node, open_to: Set[yaml.Node]) -> str:
    """Put `value` at `path`; returns why not, or nothing."""
    if not any(path == start or path.startswith(f"{start}.") for start in MAY_FILL):
        return f"een aanname kan '{path}' niet invullen; dat kan bij: {', '.join(MAY_FILL)}"
    *way, last = path.split(".")
    node: yaml.Node | None = root
    is_open = False
    for step in way:
        node = item_of(node, step) if node is not None else None
        is_open = is_open or node in open_to
    if not isinstance(node, yaml.MappingNode):
        return f"'{path}' bestaat niet in dit bestand"
    for index, (key, present) in enumerate(node.value):
        if key_of(key) == last:
            if not (is_open or _is_unknown(present) or present in open_to):
                return f"bij '{path}' staat al een feit; een aanname vult alleen wat 'unknown' is"
            node.value[index] = (key, value)
            return ""
    key = yaml.ScalarNode("tag:yaml.org,2002:str", last, value.start_mark, value.end_mark)
    node.value.append((key, value))
    return ""


def _is_unknown(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == "unknown"
