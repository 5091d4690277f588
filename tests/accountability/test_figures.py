"""The figures reconcile for whatever happened, and say where they do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountability.domain.figures import Case, Cash, Facts, Figures, Move, Sum, figures
from accountability.domain.queries.money_facts import fold
from accountability.domain.reconciliation import differences

LABELS = {"noord": "Noord", "zuid": "Zuid"}
CEILING = 10_000_000


def made(facts: Facts) -> Figures:
    return figures(facts, by="region", labels=LABELS)


@st.composite
def stories(draw: st.DrawFn) -> tuple[Case, list[Move], list[Cash]]:
    """One application to any end, with the postings and cash that its verbs would have made."""
    name = draw(st.uuids().map(str))
    region = draw(st.sampled_from(["noord", "zuid", "", "oost"]))
    asked = draw(st.integers(100, 50_000))
    case = Case(name, region, "Dorp", asked)
    end = draw(st.sampled_from(["pending", "withdrawn", "not_processed", "rejected", "awarded"]))
    if end != "awarded":
        return replace(case, outcome=end), [], []

    def move(source: str, target: str, cents: int) -> list[Move]:
        return [Move(name, region, "Dorp", source, target, cents)] if cents else []

    awarded = draw(st.integers(1, asked))
    case = replace(case, outcome="awarded", awarded=awarded)
    moves = move("free", "reserved", awarded)
    if draw(st.booleans()):
        cash = [Cash(name, "payable", awarded)]
        return replace(case, settled=awarded), [*moves, *move("reserved", "settled", awarded)], cash
    moves += move("reserved", "open", awarded)
    advance = awarded * draw(st.integers(0, 100)) // 100
    paid = draw(st.integers(0, advance))
    cash = [Cash(name, "payable", advance), Cash(name, "paid", paid)]
    if draw(st.booleans()):
        settled = draw(st.integers(0, awarded))
        back = draw(st.sampled_from(["free", "lapsed"]))
        moves += move("open", "settled", settled) + move("open", back, awarded - settled)
        case = replace(case, settled=settled)
        promised = max(settled, paid)
        cash = [Cash(name, "payable", promised), Cash(name, "paid", paid)]
        cash += [Cash(name, "receivable", promised - settled)]
    return case, moves, cash


def facts_of(told: list[tuple[Case, list[Move], list[Cash]]]) -> Facts:
    return Facts(
        cases=tuple(case for case, _, _ in told),
        moves=tuple(move for _, moves, _ in told for move in moves),
        cash=tuple(entry for _, _, cash in told for entry in cash),
        ceiling=CEILING,
    )


@given(st.lists(stories(), max_size=12))
def test_whatever_happened_the_figures_reconcile(told: Any) -> None:
    facts = facts_of(told)
    figures_ = made(facts)

    assert differences(facts, figures_) == []
    assert figures_.total.applied == Sum(len(told), sum(case.asked for case, _, _ in told))
    assert [row.code for row in figures_.rows[:2]] == ["noord", "zuid"]


@given(st.lists(stories(), min_size=1, max_size=6), st.data())
def test_a_cent_that_went_missing_is_found(told: Any, data: st.DataObject) -> None:
    """Control: change any one figure of any application, and the monitor is refused."""
    facts = facts_of(told)
    kind = data.draw(st.sampled_from(["awarded", "settled", "move", "paid", "lost"]))
    case = data.draw(st.sampled_from(facts.cases))
    match kind:
        case "awarded":
            wrong = replace(case, awarded=case.awarded + 1)
            facts = replace(facts, cases=tuple(wrong if c == case else c for c in facts.cases))
        case "settled":
            wrong = replace(case, settled=(case.settled or 0) + 1)
            facts = replace(facts, cases=tuple(wrong if c == case else c for c in facts.cases))
        case "move":
            extra = Move(case.application, case.region, "Dorp", "reserved", "open", 1)
            facts = replace(facts, moves=(*facts.moves, extra))
        case "paid":
            more = Cash(case.application, "paid", case.asked + 1)
            facts = replace(facts, cash=(*facts.cash, more))
        case "lost":
            stray = Move("unknown", "", "", "reserved", "settled", 5)
            facts = replace(facts, moves=(*facts.moves, stray))

    assert differences(facts, made(facts))


def test_a_difference_names_itself_with_both_amounts() -> None:
    case = Case("a-1", "noord", "Dorp", 1000, "awarded", awarded=900)
    facts = Facts((case,), (), (), CEILING)

    told = [str(each) for each in differences(facts, made(facts))]

    assert "verleend aan a-1 (cent): 0 tegenover 900" in told


def test_the_ceiling_is_never_less_than_what_was_promised() -> None:
    move = Move("a-1", "noord", "Dorp", "free", "reserved", 1001)
    facts = Facts((Case("a-1", "noord", "Dorp", 2000),), (move,), (), ceiling=1000)

    assert [each.name for each in differences(facts, made(facts))] == [
        "vrij is minder dan nul (cent)"
    ]


def test_a_place_that_the_regulation_does_not_know_comes_last_by_its_own_name() -> None:
    facts = Facts((Case("a", "oost", "", 1), Case("b", "", "", 1)), (), (), CEILING)

    assert [row.label for row in made(facts).rows] == ["Noord", "Zuid", "onbekend", "oost"]


def sent(cents: int, region: str = "noord") -> dict[str, Any]:
    return {"asked_cents": cents, "region": region, "municipality": "Dorp"}


def test_an_application_is_what_its_events_say_in_order() -> None:
    events = [
        ("submitted", sent(1000)),
        ("supplement_received", sent(900, "zuid")),
        ("partially_awarded", {"cents": 800}),
        ("lower_settled", {"cents": 500}),
    ]

    assert fold("x", events) == Case("x", "zuid", "Dorp", 900, "awarded", 800, 500)
    assert fold("x", events[:2]) == Case("x", "zuid", "Dorp", 900)
    assert fold("x", []) is None
    assert fold("x", [("late_submitted", sent(5)), ("rejected", {"cents": 0})]) == Case(
        "x", "noord", "Dorp", 5, "rejected"
    )


@pytest.mark.parametrize("end", ["withdrawn", "not_processed"])
def test_an_end_without_money(end: str) -> None:
    assert fold("x", [("submitted", sent(7)), (end, {})]) == Case("x", "noord", "Dorp", 7, end)  # type: ignore[arg-type]  # the ends that Outcome names
