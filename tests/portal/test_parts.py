"""The parts from which pages are built: words for amounts and days, fields, charts, states."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from applications.states import State
from portal import charts, tones
from portal.templatetags.portal import day, euro, moment, number, share, until


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (200000, "€\u00a02.000"),
        (200050, "€\u00a02.000,50"),
        (5, "€\u00a00,05"),
        (0, "€\u00a00"),
        (-150075, "€\u00a0-1.500,75"),
        (123456789000, "€\u00a01.234.567.890"),
        (None, ""),
    ],
)
def test_an_amount_reads_as_dutch_people_write_it(cents: int | None, words: str) -> None:
    assert euro(cents) == words


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_in_words_is_still_the_same_amount(cents: int) -> None:
    text = euro(cents).removeprefix("€\u00a0").replace(".", "")
    whole, _, rest = text.partition(",")
    assert int(whole + (rest or "00")) == cents


def test_days_and_moments_are_those_of_amsterdam() -> None:
    late = datetime(2026, 3, 23, 23, 30, tzinfo=UTC)
    assert day(late) == "24 maart 2026"
    assert day(date(2026, 3, 24)) == "24 maart 2026"
    assert moment(datetime(2026, 7, 1, 12, 32, tzinfo=UTC)) == "1 juli 2026 om 14.32 uur"
    assert moment(None) == day(None) == until(None) == ""
    assert until(datetime(2026, 7, 1, 12, 32, tzinfo=UTC)) == "1 juli 2026 om 14.32 uur"
    assert until(datetime(2026, 6, 30, 22, tzinfo=UTC)) == "30 juni 2026 om 24.00 uur"


def test_english_pages_have_english_words() -> None:
    with translation.override("en"):
        assert euro(200050) == "€\u00a02,000.50"
        assert moment(datetime(2026, 7, 1, 12, 32, tzinfo=UTC)) == "1 July 2026 at 14:32"


def test_numbers_and_shares() -> None:
    assert number(1234567) == "1.234.567"
    assert number(-1000) == "-1.000"
    assert share(1, 3) == 33
    assert share(1, 0) == 0


def test_every_state_of_a_dossier_has_a_tone() -> None:
    listed = {state for states in tones._TONES.values() for state in states}
    assert {str(state) for state in State} <= listed
    assert tones.tone("something new") == "neutral"


@given(st.lists(st.integers(min_value=0, max_value=10**12), max_size=30))
def test_bars_are_as_long_as_their_share_and_never_vanish(values: list[int]) -> None:
    bars = charts.bars([(str(place), value) for place, value in enumerate(values)], show=str)
    for value, bar in zip(values, bars, strict=True):
        assert 0 <= bar.length <= charts.WIDTH
        assert (bar.length > 0) == (value > 0)
    if any(values):
        assert bars[values.index(max(values))].length == charts.WIDTH


def test_a_chart_is_a_table_with_its_figures() -> None:
    page = Template("{% load portal %}{% barchart rows title='Verleend' unit='euro' %}").render(
        Context({"rows": [("Raalte", 150000), ("Deventer", 0)]})
    )
    assert "<caption>Verleend</caption>" in page
    assert "€\u00a01.500" in page
    with pytest.raises(ValueError, match="negative"):
        charts.bars([("Raalte", -1)], show=str)


class Idea(forms.Form):
    name = forms.CharField(label="Naam", help_text="Kort mag.")
    kind = forms.ChoiceField(label="Soort", choices=[("a", "A")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="Akkoord")
    note = forms.CharField(label="Opmerking", required=False)


def _page(form: forms.Form) -> str:
    return Template('{% include "portal/parts/form.html" with version=1234 %}').render(
        Context({"form": form})
    )


def test_an_error_is_told_at_the_field_and_linked_from_the_summary() -> None:
    page = _page(Idea({"name": ""}))
    assert '<a class="utrecht-link utrecht-link--html-a" href="#id_name">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page
    # A group of choices is reached at its first choice.
    assert 'href="#id_kind_0"' in page
    assert 'id="id_kind_0"' in page


def test_a_form_carries_the_version_it_showed_as_a_plain_number() -> None:
    assert 'name="version" value="1234"' in _page(Idea())


def test_what_need_not_be_filled_in_says_so() -> None:
    page = _page(Idea())
    assert page.count("(niet verplicht)") == 1
    assert "utrecht-textbox" in page


def test_what_a_citizen_wrote_is_never_markup() -> None:
    page = _page(Idea({"name": "<script>alert(1)</script>"}))
    assert "<script>" not in page
