"""Every regulation that comes with the product can be edited by field, and stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.http import QueryDict

from regeling import delivered
from regeling.definition import Definition, parse
from regeling.definition.extending import delivered_source
from regeling.definition.shapes import Shape, slots
from regeling.web.editor.changing import changed
from regeling.web.editor.controls import Control
from regeling.web.editor.draft import Draft
from regeling.web.editor.pages import PARTS, controls, sections, to_decide
from regeling.web.editor.sentences import Block, Many
from regeling.writing import write

FILES = [*delivered.files(), *delivered.collection()]
every = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def untouched(fields: list[Control]) -> QueryDict:
    """What a browser posts of these fields when nobody typed."""
    post = QueryDict(mutable=True)
    for each in fields:
        several = {"checks": ["", *each.values], "ordered": [*each.slots]}
        post.setlist(each.path, several.get(each.kind, [each.value]))
        for number, row in enumerate(each.rows or ()):
            post[f"{each.path}~naam{number}"] = row.name
            post[f"{each.path}~op{number}"] = row.operator
            post[f"{each.path}~waarde{number}"] = row.value
    return post


NO_SENTENCE = {
    "language",
    "identity.slug",
    "identity.authority",
    "identity.example",
    "terms.objection_weeks",
    "assumptions.path",
    "assumptions.reason",
}
"""Named by the concept, by the law, or shown beside what was assumed."""


def keys(shape: Shape, path: str = "") -> Iterator[str]:
    """Every key of the language, without those that only name an item."""
    inner = shape.item or shape
    if not inner.is_section:
        yield path
        return
    for name, slot in slots(inner.base).items():
        if name != "code":
            yield from keys(slot.shape, f"{path}.{name}" if path else name)


def said(blocks: Iterable[Block | Many], prefix: str = "") -> Iterator[str]:
    """Every key that a sentence of the editor has a field for."""
    for block in blocks:
        path = ".".join(each for each in (prefix, block.path) if each)
        for say in block.says:
            yield from (".".join(each for each in (path, key) if each) for key in say.keys)
        yield from said(block.inner, path)


def test_every_key_of_the_language_stands_in_a_sentence() -> None:
    told = {path for part in PARTS for path in said(part.blocks)}
    assert set(keys(Shape(Definition))) - told == NO_SENTENCE


@every
def test_no_page_changes_what_nobody_touched(file: Path) -> None:
    source = file.read_text()
    draft = Draft(source, find=delivered_source)
    assert not draft.problems
    for part in PARTS:
        fields = list(controls(sections(draft, part, {})))
        outcome = changed(draft, fields, untouched(fields))
        assert outcome.is_good, (part.code, outcome.told, outcome.sentences)
        assert outcome.source == source, part.code
    assert len(to_decide(draft, {})) == len(draft.open_points)


@every
def test_it_can_be_written_out_whole(file: Path) -> None:
    definition = parse(file.read_text(), file=file.name)
    assert parse(write(definition), file=file.name) == definition
