"""Writing in a definition's text: one change, and every other line byte for byte."""

from __future__ import annotations

import copy
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regeling.definition import DefinitionError, parse
from regeling.writing import (
    Tree,
    Word,
    WritingError,
    add,
    decide,
    get,
    literal_path,
    move,
    put,
    remove,
    state_of,
    tree_of,
    write,
)
from tests.regeling.samples import DELIVERED, SMALL

SALLAND = next(file for file in DELIVERED if "2023" in file.name).read_text()


@cache
def texts() -> dict[str, str]:
    return {file.stem: file.read_text() for file in DELIVERED}


def paths(tree: Tree, here: str = "") -> list[str]:
    """Every path of a text: sections, lists, items and single values."""
    found = [here] if here else []
    pairs = (
        tree.items()
        if isinstance(tree, dict)
        else ((str(n), each) for n, each in enumerate(tree))
        if isinstance(tree, list)
        else ()
    )
    for name, value in pairs:
        found += paths(value, f"{here}.{name}" if here else name)
    return found


@st.composite
def places(draw: st.DrawFn) -> tuple[str, str]:
    """A delivered text and a path in it."""
    source = texts()[draw(st.sampled_from(sorted(texts())))]
    return source, draw(st.sampled_from(paths(tree_of(source))))


WORDING = st.text(
    alphabet=st.characters(categories=["L", "N", "P", "S", "Z"], include_characters="\n #:'\"-é€"),
    min_size=1,
    max_size=300,
).map(lambda text: "\n".join(line.strip() for line in text.strip().splitlines()) or "tekst")


def changed_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    a, b = old.splitlines(), new.splitlines()
    went: list[str] = []
    came: list[str] = []
    for kind, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind != "equal":
            went += a[i:j]
            came += b[k:n]
    return went, came


@settings(max_examples=25, deadline=None)
@given(place=places())
def test_putting_back_what_stands_there_changes_no_byte(place: tuple[str, str]) -> None:
    source, path = place
    value = get(source, path)
    assert value is not None
    assert put(source, path, value) == source


@settings(max_examples=25, deadline=None)
@given(place=places(), text=WORDING)
def test_a_text_put_anywhere_is_that_change_and_no_other(place: tuple[str, str], text: str) -> None:
    source, path = place
    before = get(source, path)
    new = put(source, path, text)
    assert get(new, path) == text
    assert put(new, path, before) is not None
    wanted = copy.deepcopy(tree_of(source))
    assert tree_of(put(new, path, before)) == wanted  # and back again
    if isinstance(before, str):
        went, _ = changed_lines(source, new)
        comments = [line.partition("#")[2] for line in went if "  #" in line and "'" not in line]
        assert all(each in new for each in comments)


@settings(max_examples=25, deadline=None)
@given(place=places())
def test_what_is_removed_is_gone_and_nothing_else(place: tuple[str, str]) -> None:
    source, path = place
    new = remove(source, path)
    _, came = changed_lines(source, new)
    assert len(came) <= 1  # the line that the removed value shared, or an empty list
    listed = path.rpartition(".")[2].isdecimal()
    assert listed or get(new, path) is None


@settings(max_examples=25, deadline=None)
@given(place=places(), by=st.integers(-3, 3))
def test_moving_there_and_back_is_the_same_text(place: tuple[str, str], by: int) -> None:
    source, path = place
    parent, _, name = path.rpartition(".")
    listed = get(source, parent)
    if not isinstance(listed, list) or any(not isinstance(each, dict) for each in listed):
        return
    index = int(name)
    target = min(max(index + by, 0), len(listed) - 1)
    new = move(source, path, by)
    assert get(new, f"{parent}.{target}") == listed[index]
    assert move(new, f"{parent}.{target}", index - target) == source


@pytest.mark.parametrize("name", sorted(texts()))
def test_a_definition_written_out_whole_reads_as_the_same(name: str) -> None:
    definition = parse(texts()[name], file=name)
    assert parse(write(definition), file=name) == definition


@pytest.mark.parametrize("name", sorted(texts()))
def test_every_assumption_can_be_taken_over_as_a_fact(name: str) -> None:
    source = texts()[name]
    definition = parse(source, file=name)
    for each in definition.assumptions:
        source = decide(source, each.path, note="besluit van het bestuur, 3 maart")
    decided = parse(source, file=name)
    assert decided == replace(definition, assumptions=())
    assert "assumptions" not in tree_of(source)


def test_a_value_keeps_the_comment_behind_it() -> None:
    new = put(SALLAND, "amounts.maximum", Word("1500"))
    assert changed_lines(SALLAND, new) == (
        ["  maximum: 1000  # [WIJHE23]"],
        ["  maximum: 1500  # [WIJHE23]"],
    )


def test_a_list_behind_a_comment_comes_below_it() -> None:
    source = SALLAND.replace("criteria: unknown", "criteria: unknown  # niet gevonden")
    source = source.replace("  - path: criteria\n", "  - path: windows\n", 1)
    new = put(source, "criteria", [{"code": "nieuw", "question": "Is het nieuw: ja # of nee?"}])
    assert "criteria:  # niet gevonden\n  - code: nieuw\n" in new
    assert get(new, "criteria.nieuw.question") == "Is het nieuw: ja # of nee?"


def test_a_new_key_comes_where_the_language_has_it() -> None:
    new = put(SALLAND, "windows.voorjaar-2023.closing_time", "17:00")
    _, came = changed_lines(SALLAND, new)
    assert came == ["    closing_time: '17:00'"]
    new = put(new, "card.longest", Word("200"))
    keys = list(tree_of(new))
    assert keys.index("card") == keys.index("form") + 1


def test_an_item_comes_in_the_manner_of_its_list() -> None:
    new = add(SALLAND, "eligibility", {"code": "klein", "require": "persons >= 2"}, place=1)
    rules: Any = get(new, "eligibility")
    assert [each["code"] for each in rules][:2] == ["nieuw-initiatief", "klein"]
    new = add(SMALL, "letters", {"letter": Word("award"), "text": "Gefeliciteerd."})
    assert "letters:\n  - letter: award\n    text: Gefeliciteerd.\n" in new


def test_the_comment_above_an_item_goes_along() -> None:
    source = "sources:\n  # eerst\n  - a: 1\n  # dan\n  - a: 2\nlanguage: 3\n"
    assert move(source, "sources.0", 1) == (
        "sources:\n  # dan\n  - a: 2\n  # eerst\n  - a: 1\nlanguage: 3\n"
    )
    assert remove(source, "sources.1") == "sources:\n  # eerst\n  - a: 1\nlanguage: 3\n"


def test_an_assumption_that_is_taken_over_keeps_its_comments() -> None:
    source = (
        "tiers: unknown\nassumptions:\n  - path: tiers\n    reason: zo was het\n    value:\n"
        "      - code: een  # de kleine\n        kind: direct\n"
    )
    assert decide(source, "tiers", note="artikel 9") == (
        "tiers:  # artikel 9\n  - code: een  # de kleine\n    kind: direct\n"
    )


def test_a_value_inside_an_assumption_is_found_there() -> None:
    tree = tree_of(SALLAND)
    where = literal_path(tree, "vote.minimum")
    assert get(SALLAND, where) == "3"
    assert str(state_of(tree, "vote.minimum")) == "assumed"
    assert str(state_of(tree, "amounts.maximum")) == "fact"
    assert str(state_of(tree, "refusal_grounds")) == "unknown"
    assert str(state_of(tree, "amounts.percentage")) == "absent"


def test_a_text_that_is_the_languages_word_is_quoted() -> None:
    new = put(SALLAND, "form.steps.idee.title", "unknown")
    assert "title: 'unknown'" in new
    assert put(new, "form.steps.idee.title", Word("unknown")) != new


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("a: &x [1]\nb: *x\n", id="alias"),
        pytest.param("a: !!python/object:os.system x\n", id="tag"),
        pytest.param("a: [", id="not YAML"),
        pytest.param("[" * 5000, id="bomb"),
    ],
)
def test_a_hostile_text_is_refused(source: str) -> None:
    with pytest.raises(DefinitionError):
        put(source, "a", "x")


def test_a_way_through_a_value_is_refused() -> None:
    with pytest.raises(WritingError):
        put(SALLAND, "identity.slug.diep", "x")
