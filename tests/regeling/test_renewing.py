"""A copy to begin with: what was decided for the older regulation is marked, the rest stands."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
import yaml

from regeling import delivered
from regeling.definition import Unknown, listed, parse
from regeling.definition.unknowns import every_unknown
from regeling.domain.concepts import copy_revision
from regeling.domain.revisions import accept
from regeling.domain.texts import newest, read
from regeling.renewing import renew, undecided
from tests.factories.applications import as_actor
from tests.factories.concepts import drafter
from timeline.actor import SYSTEM

WHOLE = [path for path in delivered.files() if "\nextends:" not in path.read_text("utf-8")]


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_every_copy_can_be_read_and_marks_all_days_of_the_older_one(path: Path) -> None:
    source = path.read_text("utf-8")
    copy = renew(source, slug="iets-nieuws", title="Iets: “nieuws” # 2027")
    definition = parse(copy.source, file="iets-nieuws.yaml")
    assert (definition.identity.slug, definition.identity.title) == (
        "iets-nieuws",
        "Iets: “nieuws” # 2027",
    )
    unknown = set(every_unknown(definition))
    assert {each.path for each in copy.to_decide if each.marked} <= unknown | {
        each.path for each in copy.to_decide if each.path.endswith(".changes")
    }
    for window in listed(definition.windows):
        assert isinstance(window.opens, Unknown)
    for ceiling in listed(definition.ceilings):
        assert isinstance(ceiling.amount, Unknown)


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_nothing_else_of_the_text_changes(path: Path) -> None:
    source = path.read_text("utf-8")
    copy = renew(source, slug="iets-nieuws", title="Iets nieuws")
    lines = list(difflib.ndiff(source.splitlines(), copy.source.splitlines()))
    added = [line for line in lines if line.startswith("+ ")]
    assert all(
        "unknown" in line or "[]" in line or "slug:" in line or "title:" in line for line in added
    ), added
    before, after = _comments(source), _comments(copy.source)
    assert before == after


def test_what_was_decided_is_no_longer_listed() -> None:
    source = delivered.source("voorbeeld-buurtkracht")
    copy = renew(source, slug="nieuw", title="Nieuw").source
    left = {each.path for each in undecided(source, copy)}
    assert "windows.najaar-2026.opens" in left
    decided = copy.replace("    opens: unknown", "    opens: 2027-09-01", 1)
    now = {each.path for each in undecided(source, decided)}
    assert left - now == {"windows.najaar-2026.opens"}


def test_a_copy_of_the_copy_asks_nothing_twice() -> None:
    source = delivered.source("voorbeeld-buurtkracht")
    once = renew(source, slug="nieuw", title="Nieuw")
    again = renew(once.source, slug="nog-nieuwer", title="Nog nieuwer")
    assert [each for each in again.to_decide if each.marked] == []


@pytest.mark.django_db
def test_what_is_inherited_is_marked_too() -> None:
    """A text that goes on from another one is copied whole: its days may stand in the other."""
    source = delivered.source("west-begroot-2021")
    office = f"  authority: {parse(source, file='x').identity.authority}\n"
    writer = drafter(office)
    revision = accept(source=source, file="west-begroot-2021", actor=SYSTEM)
    row = copy_revision(
        revision_id=revision.pk, title="West 2028", slug="west-2028", actor=as_actor(writer)
    )
    text = newest(row).source
    assert "extends" not in yaml.safe_load(text)
    definition = read(text, slug="west-2028")
    assert all(isinstance(each.opens, Unknown) for each in listed(definition.windows))
    assert all(isinstance(each.amount, Unknown) for each in listed(definition.ceilings))


def _comments(source: str) -> list[str]:
    return [line.partition("#")[2] for line in source.splitlines() if "#" in line]
