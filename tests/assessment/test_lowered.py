"""A ceiling that went down during a call: who was there is served by the ceiling of her day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.allocation import Option, Problem, Rules, allocate
from assessment.domain.lowered import base_name, with_lowerings
from assessment.models import RankingRow
from regeling.domain import ledger
from regeling.domain.lowering import lower_ceiling
from regeling.models import Ceiling
from tests.assessment.test_receipt import sent
from tests.factories.applications import open_example_call
from tests.factories.assessment import assessor_of, completed
from timeline import clock
from timeline.actor import SYSTEM

OLD, NEW = 1_000, 400


def problem(asks: list[tuple[int, bool]], on_misfit: str = "skip") -> Problem:
    """Options in order of receipt: what they ask, and whether they were there before."""
    options = tuple(
        Option(key=f"{number:02}", asked=cents, complete=f"{number:02}")
        for number, (cents, _early) in enumerate(asks)
    )
    limits = {
        "total": {
            option.key: OLD if early else NEW
            for option, (_cents, early) in zip(options, asks, strict=True)
        }
    }
    plain = Problem(options, {"total": NEW}, Rules(rule="receipt", on_misfit=on_misfit))
    return with_lowerings(plain, limits)


def granted(asks: list[tuple[int, bool]], on_misfit: str = "skip") -> list[int]:
    rows = sorted(allocate(problem(asks, on_misfit)).rows, key=lambda row: row.key)
    return [row.granted for row in rows]


def test_who_was_there_is_served_up_to_the_old_ceiling() -> None:
    assert granted([(500, True), (500, True), (1, True)]) == [500, 500, 0]


def test_who_came_later_has_what_the_new_ceiling_leaves() -> None:
    assert granted([(300, True), (100, False), (1, False)]) == [300, 100, 0]
    assert granted([(500, True), (1, False)]) == [500, 0]


def test_a_later_one_with_an_earlier_place_takes_nothing_from_who_was_there() -> None:
    assert granted([(400, False), (1_000, True)]) == [0, 1_000]


def test_a_later_one_that_does_not_fit_stops_only_later_ones() -> None:
    assert granted([(500, False), (300, True), (100, False)], "stop") == [0, 300, 0]


def test_without_a_lowering_nothing_is_different() -> None:
    plain = Problem((Option("a", 10),), {"total": 10}, Rules(rule="receipt"))
    assert with_lowerings(plain, {}) == plain
    assert base_name("region:noord@2") == "region:noord"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 600), st.booleans()), max_size=10))
def test_never_above_the_old_ceiling_and_later_ones_never_above_the_new(
    asks: list[tuple[int, bool]],
) -> None:
    amounts = granted(asks)
    early = [cents for cents, (_asked, there) in zip(amounts, asks, strict=True) if there]
    late = [cents for cents, (_asked, there) in zip(amounts, asks, strict=True) if not there]
    assert sum(amounts) <= OLD
    assert not any(late) or sum(amounts) <= NEW
    assert sum(early) == sum(granted([ask for ask in asks if ask[1]]))


@pytest.mark.django_db
@pytest.mark.slow
def test_in_a_call_the_early_one_is_reserved_and_the_later_one_refused() -> None:
    call = open_example_call("every-kind")
    person = assessor_of(call)
    early = [sent(call), sent(call, later=1)]
    total = call.ceilings.get(scope="total")
    with clock.playing("", clock.now() + timedelta(minutes=5)):
        lower_ceiling(
            ceiling_id=total.pk,
            cents=total.amount - 200_000,
            published_on=clock.today(),
            publication="Blad",
            actor=SYSTEM,
        )
    late = sent(call, later=10)
    with clock.playing("", clock.now() + timedelta(minutes=20)):
        for application in (*early, late):
            completed(application, person)
    held = [ledger.reserved_for(application_uid=each.uid) for each in (*early, late)]
    assert held == [200_000, 200_000, 0]
    row = Ceiling.objects.get(pk=total.pk)
    assert (row.amount, row.overrun, row.free) == (200_000, 200_000, 0)
    assert RankingRow.objects.get(application=late).code.startswith("refused_")
