"""The changes of a text: put, remove, add, move, decide. Each takes and gives the whole text.

All raise `DefinitionError` for a text that is not plain YAML (it is vetted by `nodes.compose`), and
`WritingError` where the change cannot be made without touching something else.
"""

from __future__ import annotations

import copy

import yaml

from regeling.writing.emit import block, inline, items, key_text, mapping
from regeling.writing.order import after, item_for, wrapped
from regeling.writing.page import Entry, Page
from regeling.writing.tree import (
    OWN_WORDS,
    Tree,
    Word,
    WritingError,
    at,
    index_of,
    plain,
    same,
    step,
    steps_of,
    tree_of,
)


def put(source: str, path: str, value: Tree) -> str:
    """`value` at `path`, in place of what stood there or as a new key; sections on the way too."""
    steps = steps_of(path)
    new = _put(source, steps, value)
    if not same(at(tree_of(new), steps) or Word(""), value):
        raise WritingError(f"'{path}' is hier niet per veld te bewerken; gebruik de hele tekst")
    return _only_here(source, new, steps)


def remove(source: str, path: str) -> str:
    """The text without what stands at `path`; nothing happens where nothing stands."""
    steps = steps_of(path)
    tree = tree_of(source)
    if not steps or at(tree, steps) is None:
        return source
    wanted = copy.deepcopy(tree)
    parent = at(wanted, steps[:-1])
    if isinstance(parent, dict):
        del parent[steps[-1]]
    elif isinstance(parent, list):
        del parent[index_of(parent, steps[-1]) or 0]
    return _checked(_remove(source, steps), wanted)


def add(source: str, path: str, item: Tree, *, place: int | None = None) -> str:
    """An item in the list at `path`, at the end or before the item at `place`."""
    steps = steps_of(path)
    tree = tree_of(source)
    present = at(tree, steps)
    old = present if isinstance(present, list) else []
    index = len(old) if place is None else min(max(place, 0), len(old))
    page = Page(source)
    trail = page.trail(steps)
    if not old or _in_flow(trail):
        return put(source, path, [*old[:index], item, *old[index:]])
    listed = page.entries(trail[-1])
    where = page.top(listed[index]) if index < len(old) else page.bottom(listed[-1])
    lines = "".join(f"{line}\n" for line in items([item], listed[0].column))
    wanted = copy.deepcopy(tree)
    found = at(wanted, steps)
    if isinstance(found, list):
        found.insert(index, item)
    return _checked(page.text[:where] + lines + page.text[where:], wanted)


def move(source: str, path: str, by: int) -> str:
    """The item at `path` `by` places down (or up); it stops at the ends of its list."""
    steps = steps_of(path)
    tree = tree_of(source)
    listed = at(tree, steps[:-1])
    if not isinstance(listed, list):
        raise WritingError(f"'{path}' staat niet in een lijst")
    start = index_of(listed, steps[-1])
    if start is None:
        raise WritingError(f"'{path}' bestaat niet in deze tekst")
    target = min(max(start + by, 0), len(listed) - 1)
    wanted = copy.deepcopy(tree)
    moved = at(wanted, steps[:-1])
    if isinstance(moved, list):
        moved.insert(target, moved.pop(start))
        if _in_flow(Page(source).trail(steps[:-1])):
            return _checked(_put(source, steps[:-1], moved), wanted)
    while start != target:
        next_one = start + (1 if target > start else -1)
        source = _swapped(source, steps[:-1], min(start, next_one))
        start = next_one
    return _checked(source, wanted)


def decide(source: str, path: str, value: Tree | None = None, *, note: str = "") -> str:
    """A fact in place of an assumption or an unknown: the assumption leaves the list.

    Without a value what was assumed is taken over. `note` is the source; it becomes the comment
    behind the value.
    """
    tree = tree_of(source)
    listed = at(tree, ["assumptions"])
    entries = listed if isinstance(listed, list) else []
    found = next(
        (n for n, each in enumerate(entries) if isinstance(each, dict) and each["path"] == path),
        None,
    )
    raw = ""
    if found is not None:
        assumed = ["assumptions", str(found), "value"]
        if value is None or same(value, at(tree, assumed) or Word("")):
            value, raw = at(tree, assumed), _raw(source, assumed)
        source = remove(source, f"assumptions.{found}" if len(entries) > 1 else "assumptions")
    if value is None:
        raise WritingError(f"bij '{path}' staat geen aanname; geef een waarde")
    source = put(source, path, value)
    if raw:
        source = _checked(_with_raw(source, steps_of(path), raw), tree_of(source))
    return _noted(source, steps_of(path), note) if note.strip() else source


def _put(source: str, steps: list[str], value: Tree) -> str:
    page = Page(source)
    trail = page.trail(steps)
    if len(trail) <= len(steps):
        return _insert(page, trail, steps, value)
    node = trail[-1]
    old = plain(node)
    if same(old, value):
        return source
    if _in_flow(trail[:-1]):
        start, end = node.start_mark.index, page.end(node)
        return page.text[:start] + inline(value) + page.text[end:]
    if old and isinstance(old, dict) and isinstance(value, dict) and value:
        return _put_each(source, steps, old, value)
    if isinstance(old, list) and isinstance(value, list) and _same_items(old, value):
        for index, each in enumerate(value):
            source = _put(source, [*steps, str(index)], each)
        return source
    entry = page.entry(trail[-2], steps[-1]) if steps else None
    if entry is None:
        raise WritingError("de hele tekst is niet per veld te vervangen")
    return _replaced(page, entry, value)


def _put_each(source: str, steps: list[str], old: dict[str, Tree], value: dict[str, Tree]) -> str:
    for key, each in value.items():
        source = _put(source, [*steps, key], each)
    for key in old:
        if key not in value:
            source = _remove(source, [*steps, key])
    return source


def _same_items(old: list[Tree], new: list[Tree]) -> bool:
    """Whether two lists hold the same sections in the same order, so that each can be changed."""
    if len(old) != len(new) or not all(isinstance(each, dict) for each in [*old, *new]):
        return False
    return [step(each, n) for n, each in enumerate(old)] == [
        step(each, n) for n, each in enumerate(new)
    ]


def _replaced(page: Page, entry: Entry, value: Tree) -> str:
    """The text with another value behind a key or a dash; its comment stays on its line."""
    text, start = page.text, entry.node.start_mark.index
    head, body = block(value, entry.column)
    comment, gap = page.comment(entry), ""
    if page.below(entry):
        gap = text[page.line_end(entry.mark) + 1 : page.line_start(start)]
    if text[entry.start] == "-" and isinstance(value, dict) and value:
        body = mapping(value, entry.column + 2)
        head, body = body[0].lstrip(), body[1:]
    first = "".join([f" {head}" if head else "", f"  {comment}" if comment else ""])
    lines = "".join(f"{line}\n" for line in body)
    below = lines + gap if head else gap + lines
    return text[: entry.mark] + first + "\n" + below + text[page.bottom(entry) :]


def _insert(page: Page, trail: list[yaml.Node], steps: list[str], value: Tree) -> str:
    """The text with a key or an item that was not there, in the order of the language."""
    depth = len(trail) - 1
    container, name = trail[-1], steps[depth]
    inner = wrapped(steps, depth + 1, value)
    old = plain(container)
    if isinstance(old, str):
        if old not in OWN_WORDS:
            raise WritingError(f"op de weg naar '{'.'.join(steps)}' staat al een waarde")
        return _put(page.text, steps[:depth], item_for(steps, depth, inner))
    if isinstance(old, list):
        return add(page.text, ".".join(steps[:depth]), item_for(steps, depth, inner, bare=True))
    if _in_flow(trail) or not old:
        return _put_flow(page, trail, steps[:depth], {**old, name: inner})
    beside = page.entry(container, after(steps[:depth], list(old), name))
    if beside is None:
        raise WritingError("deze tekst is niet per veld te bewerken; gebruik de hele tekst")
    head, body = block(inner, beside.column)
    first = f"{' ' * beside.column}{key_text(name)}:{' ' + head if head else ''}"
    lines = "".join(f"{line}\n" for line in [*([] if depth else [""]), first, *body])
    where = page.bottom(beside)
    return page.text[:where] + lines + page.text[where:]


def _put_flow(page: Page, trail: list[yaml.Node], steps: list[str], value: Tree) -> str:
    node = trail[-1]
    entry = page.entry(trail[-2], steps[-1]) if len(trail) > 1 else None
    if entry is not None and not _in_flow(trail[:-1]):
        return _replaced(page, entry, value)
    start, end = node.start_mark.index, page.end(node)
    return page.text[:start] + inline(value) + page.text[end:]


def _remove(source: str, steps: list[str]) -> str:
    page = Page(source)
    trail = page.trail(steps)
    parent = trail[-2]
    entry = page.entry(parent, steps[-1])
    others = page.entries(parent)
    if entry is None:
        return source
    if len(others) == 1 or _in_flow(trail[:-1]):
        rest = plain(parent)
        if isinstance(rest, dict):
            del rest[steps[-1]]
        elif isinstance(rest, list):
            del rest[index_of(rest, steps[-1]) or 0]
        return _put_flow(page, trail[:-1], steps[:-1], rest)
    start, end = page.top(entry), page.bottom(entry)
    first = page.line_start(entry.start)
    if page.text[first : entry.start].strip():  # the first key, behind the dash of its item
        return page.text[: entry.start] + page.text[others[1].start :]
    blank_before = page.text[:start].endswith("\n\n")
    if blank_before and page.text[end:].startswith("\n"):
        end += 1
    elif blank_before and end == len(page.text):
        start -= 1
    return page.text[:start] + page.text[end:]


def _swapped(source: str, steps: list[str], index: int) -> str:
    """The text with the items at `index` and the next one in each other's place."""
    page = Page(source)
    first, second = page.entries(page.trail(steps)[-1])[index : index + 2]
    a, b, c, d = page.top(first), page.bottom(first), page.top(second), page.bottom(second)
    text = page.text
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _raw(source: str, steps: list[str]) -> str:
    """The lines of a section or list as they stand, at the margin, if there are comments in it."""
    page = Page(source)
    node = page.trail(steps)[-1]
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        return ""
    start = page.line_start(node.start_mark.index)
    margin = node.start_mark.index - start
    lines = page.text[start : page.line_end(page.end(node))].split("\n")
    if not any("#" in line for line in lines):
        return ""
    return "\n".join(line[min(margin, len(line) - len(line.lstrip())) :] for line in lines)


def _with_raw(source: str, steps: list[str], raw: str) -> str:
    """The text with the same value as its writer had laid it out."""
    page = Page(source)
    node = page.trail(steps)[-1]
    start = page.line_start(node.start_mark.index)
    margin = " " * (node.start_mark.index - start)
    lines = "\n".join(f"{margin}{line}" if line else "" for line in raw.split("\n"))
    return page.text[:start] + lines + page.text[page.line_end(page.end(node)) :]


def comment_at(source: str | Page, path: str) -> str:
    """The comment on the line of a path, without its mark; empty where there is none.

    A `Page` is a text that was read already.
    """
    page = source if isinstance(source, Page) else Page(source)
    entry = _entry(page, steps_of(path))
    return page.comment(entry).lstrip("# ") if entry else ""


def note(source: str, path: str, words: str) -> str:
    """`words` as the comment behind a value, in place of an older one."""
    return _noted(source, steps_of(path), words)


def _entry(page: Page, steps: list[str]) -> Entry | None:
    trail = page.trail(steps[:-1])
    return page.entry(trail[-1], steps[-1]) if len(trail) == len(steps) else None


def _noted(source: str, steps: list[str], note: str) -> str:
    page = Page(source)
    entry = _entry(page, steps)
    if entry is None:
        return source
    comment = page.comment(entry)
    many = isinstance(entry.node, yaml.ScalarNode) and entry.node.style in ("|", ">")
    behind = entry.mark if page.below(entry) or many else page.end(entry.node)
    line_end = page.line_end(behind)
    line = page.text[behind:line_end]
    kept = line[: line.rfind(comment)] if comment else line
    words = " ".join(note.split())[:200]
    new = f"{page.text[:behind]}{kept.rstrip()}  # {words}{page.text[line_end:]}"
    return _checked(new, tree_of(source))


def _in_flow(trail: list[yaml.Node]) -> bool:
    return any(isinstance(each, yaml.CollectionNode) and each.flow_style for each in trail)


def _checked(new: str, wanted: Tree) -> str:
    """The new text, if it says what was asked and nothing else."""
    if not same(tree_of(new), wanted):
        raise WritingError("deze tekst is niet per veld te bewerken; gebruik de hele tekst")
    return new


def _only_here(source: str, new: str, steps: list[str]) -> str:
    """The new text, if outside `steps` it says what the old one said."""
    before, now = tree_of(source), tree_of(new)
    for depth in range(len(steps)):
        one, other = at(before, steps[:depth]), at(now, steps[:depth])
        if isinstance(one, dict) and isinstance(other, dict):
            name = steps[depth]
            if not same(_without(one, name), _without(other, name)):
                raise WritingError("deze tekst is niet per veld te bewerken; gebruik de hele tekst")
    return new


def _without(section: dict[str, Tree], name: str) -> dict[str, Tree]:
    return {key: value for key, value in section.items() if key != name}
