"""Every regulation that comes with the product can be edited by field, and stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import QueryDict

from regeling import delivered
from regeling.definition import parse
from regeling.definition.extending import delivered_source
from regeling.web.editor.changing import changed
from regeling.web.editor.controls import Control
from regeling.web.editor.draft import Draft
from regeling.web.editor.pages import PARTS, controls, sections, to_decide
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
