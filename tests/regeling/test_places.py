"""The name of a village gives its municipality; doubt is a question, a slip of the pen a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.definition import parse
from regeling.places import Atlas, Place, atlas_of, known
from tests.regeling.samples import DEFINITIONS, SMALL

OVERIJSSEL = Atlas(known())


def test_the_file_has_the_municipalities_of_the_delivered_regulations() -> None:
    """Every municipality that a regulation of the province names has its places."""
    text = (DEFINITIONS / "samen-voor-elkaar-2017.yaml").read_text(encoding="utf-8")
    named = set(parse(text, file="x.yaml").territory.all_municipalities)
    assert named == set(OVERIJSSEL.municipalities)
    assert len(named) == 25


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("Luttenberg", "Raalte"),
        ("luttenberg ", "Raalte"),
        ("Marienheem", "Raalte"),
        ("nieuw-heeten", "Raalte"),
        ("'s-Heerenbroek", "Kampen"),
        ("s Heerenbroek", "Kampen"),
        ("Raalte", "Raalte"),
        ("RIJSSEN-HOLTEN", "Rijssen-Holten"),
        ("Haarle (Tubbergen)", "Tubbergen"),
        ("Luttenberg (waar dan ook)", "Raalte"),
    ],
)
def test_a_name_as_people_type_it(typed: str, municipality: str) -> None:
    place = OVERIJSSEL.find(typed).place
    assert place is not None
    assert place.municipality == municipality


@pytest.mark.parametrize(
    ("typed", "municipalities"),
    [
        ("Haarle", {"Hellendoorn", "Tubbergen"}),
        ("Deurningen", {"Dinkelland", "Oldenzaal"}),
        ("Mastenbroek", {"Kampen", "Zwartewaterland"}),
    ],
)
def test_a_place_in_two_municipalities_is_a_question(typed: str, municipalities: set[str]) -> None:
    found = OVERIJSSEL.find(typed)
    assert found.place is None
    assert {place.municipality for place in found.places} == municipalities
    assert {place.label for place in found.places} == {f"{typed} ({m})" for m in municipalities}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Lutenberg", "Luttenberg"), ("Dieepenveen", "Diepenveen"), ("Steenwijkerlant", "Steenwijk")],
)
def test_a_slip_of_the_pen_is_a_guess(typed: str, meant: str) -> None:
    found = OVERIJSSEL.find(typed)
    assert not found.places
    assert any(place.name.startswith(meant) for place in found.near)


@pytest.mark.parametrize("typed", ["", "Parijs", "(Raalte)", "!!", "x" * 5000])
def test_what_is_nowhere_near_is_not_guessed(typed: str) -> None:
    found = OVERIJSSEL.find(typed)
    assert not found.places
    assert not found.near


def test_a_regulation_names_its_own_places() -> None:
    text = SMALL.replace(
        "  regions:\n",
        "  places:\n    - municipality: Zuidstad\n      names: [De Hoek, Haarle]\n  regions:\n",
    )
    atlas = atlas_of([parse(text, file="klein.yaml")])
    assert atlas.find("de hoek").place == Place("De Hoek", "Zuidstad")
    assert atlas.find("Noorddorp").place == Place("Noorddorp", "Noorddorp")
    assert len(atlas.find("Haarle").places) == 3


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    found = OVERIJSSEL.find(text)
    assert not (found.places and found.near)
    assert len(found.near) <= 3


@given(st.sampled_from(known()))
def test_every_name_finds_itself(place: Place) -> None:
    assert place in OVERIJSSEL.find(place.name).places
    assert OVERIJSSEL.find(place.label).place == place
