"""Values as YAML in the manner of the delivered definitions: short lines, folded long texts."""

from __future__ import annotations

import json
import re
import textwrap

import yaml

from regeling.writing.tree import Tree, Word

WIDTH = 104
_SAFE_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING = "tag:yaml.org,2002:str"


def block(value: Tree, column: int) -> tuple[str, list[str]]:
    """What stands behind the colon of a key at `column`, and the lines below it."""
    if isinstance(value, dict):
        return ("", mapping(value, column + 2)) if value else ("{}", [])
    if isinstance(value, list):
        short = _short_list(value, column)
        return (short, []) if short else ("", items(value, column + 2))
    return _scalar(value, column)


def mapping(value: dict[str, Tree], column: int) -> list[str]:
    """The lines of a mapping whose keys stand at `column`."""
    lines: list[str] = []
    for key, each in value.items():
        head, body = block(each, column)
        lines.append(f"{' ' * column}{key_text(key)}:{' ' + head if head else ''}")
        lines += body
    return lines


def items(values: list[Tree], column: int) -> list[str]:
    """The lines of a list whose dashes stand at `column`."""
    lines: list[str] = []
    for each in values:
        if isinstance(each, dict) and each:
            body = mapping(each, column + 2)
            lines.append(f"{' ' * column}- {body[0].lstrip()}")
            lines += body[1:]
        elif isinstance(each, list) and each:
            lines.append(f"{' ' * column}- {inline(each)}")
        else:
            head, body = block(each, column)
            lines.append(f"{' ' * column}- {head}")
            lines += body
    return lines


def inline(value: Tree) -> str:
    """A value on one line, for inside brackets and braces."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_text(k)}: {inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(each) for each in value) + "]"
    for text in _one_line(value):
        if _reads_as(f"[{text}]", value, within=True):
            return text
    return json.dumps(str(value))


def key_text(key: str) -> str:
    """A key; one that is no plain word is quoted."""
    return key if _SAFE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _short_list(value: list[Tree], column: int) -> str:
    """A list of short words on one line, or nothing."""
    if any(not isinstance(each, str) or len(each) > 40 or "\n" in each for each in value):
        return ""
    if sum(" " in each for each in value if isinstance(each, str)) > len(value) // 2 > 0:
        return ""
    text = inline(value)
    return text if column + len(text) < WIDTH - 20 else ""


def _scalar(value: str, column: int) -> tuple[str, list[str]]:
    for text in _one_line(value):
        if column + len(text) < WIDTH and _reads_as(text, value):
            return text, []
    for head, body in _many_lines(value, column):
        if _reads_as("\n".join([head, *body]), value, column=column):
            return head, body
    return json.dumps(str(value)), []


def _one_line(value: str) -> list[str]:
    if isinstance(value, Word):
        return [str(value)]
    quoted = "'" + value.replace("'", "''") + "'"
    return [quoted] if "\n" in value or _is_typed(value) else [value, quoted]


def _is_typed(value: str) -> bool:
    """Whether YAML, or our own language, would take the bare text for something else."""
    if value in ("unknown", "none") or _CLOCK.fullmatch(value):
        return True
    resolver = _LOADER("")
    try:
        return str(resolver.resolve(yaml.ScalarNode, value, (True, False))) != _STRING
    finally:
        resolver.dispose()


def _many_lines(value: str, column: int) -> list[tuple[str, list[str]]]:
    margin = " " * (column + 2)
    width = max(WIDTH - column - 2, 40)
    folded: list[str] = []
    for paragraph in value.split("\n"):
        if folded:
            folded.append("")
        folded += textwrap.wrap(
            paragraph, width, break_long_words=False, break_on_hyphens=False
        ) or [""]
    literal = value.split("\n")
    return [
        (head, [f"{margin}{line}" if line else "" for line in lines])
        for head, lines in ((">-", folded), ("|-", literal))
    ]


def _reads_as(text: str, value: str, *, column: int = 0, within: bool = False) -> bool:
    """Whether this very text gives back the value, and as a word only where it is one."""
    try:
        root = yaml.compose(f"{' ' * column}k: {text}\n", Loader=_LOADER)
    except yaml.YAMLError:
        return False
    if not isinstance(root, yaml.MappingNode) or len(root.value) != 1:
        return False
    node = root.value[0][1]
    if within:
        if not isinstance(node, yaml.SequenceNode) or len(node.value) != 1:
            return False
        node = node.value[0]
    return isinstance(node, yaml.ScalarNode) and node.value == value
