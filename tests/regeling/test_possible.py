"""Conditions that can never hold are found, and nothing that can is called impossible."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.definition import DefinitionError, Expression, parse
from regeling.definition.possible import Room, can_fail, can_hold, names_of, rooms_of
from regeling.definition.rule_checks import doubts
from tests.regeling.samples import SMALL, read

ROOMS = {
    "persons": Room(low=0),
    "amount": Room(100, 1000),
    "region": Room(among=frozenset({"noord", "zuid"})),
    "new": Room(among=frozenset({True, False})),
    "day": Room(date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal()),
}


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        ("persons >= 3", True, True),
        ("persons >= 3 and persons < 3", False, True),
        ("persons >= 3 or persons < 3", True, False),
        ("persons > 2 and persons < 4", True, True),
        ("persons > 2 and persons < 4 and persons != 3", False, True),
        ("persons >= 0", True, False),
        ("0 <= persons", True, False),
        ("persons < 0", False, True),
        ("amount > EUR 10", False, True),
        ("amount <= EUR 10", True, False),
        ("amount >= EUR 1 and not amount = EUR 1", True, True),
        ("region = 'noord' and region = 'zuid'", False, True),
        ("region = 'noord' or region = 'zuid'", True, False),
        ("region in ('noord', 'zuid')", True, False),
        ("not region in ('noord', 'zuid')", False, True),
        ("region != 'noord' and region in ('noord')", False, True),
        ("new and not new", False, True),
        ("new = yes and new = no", False, True),
        ("new or not new", True, False),
        ("day > 2027-01-01", False, True),
        ("day > 2026-11-30 + 2 months", False, True),
        ("day > 2026-11-30 + 2 weeks", True, True),
        ("count(new, persons > 3) >= 3", False, True),
        ("count(new, persons > 3) >= 2", True, True),
        ("other = 3 and other = 4", False, True),
        ("other = 'a' and other = 'b'", False, True),
        ("persons < other and other < persons", True, True),
        ("not (persons < 2 or persons > 1)", False, True),
        ("persons in (1, 2) and persons > 2", False, True),
        ("persons in (1, 2) and persons > 1 and persons != 2", False, True),
    ],
)
def test_what_can_hold_and_what_can_fail(text: str, holds: object, fails: object) -> None:
    tree = Expression(text).tree
    assert can_hold((tree,), ROOMS, {}) is holds
    assert can_fail(tree, ROOMS, {}) is fails


ATOMS = st.one_of(
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["a", "b"]),
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
        st.integers(0, 4),
    ),
    st.builds("{} in (1, 3)".format, st.sampled_from(["a", "b"])),
    st.sampled_from(["c", "c = no", "a < b", "count(c, a = 1) = 2", "sum(a, b) = 3"]),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=8,
)


@given(CONDITIONS)
def test_nothing_that_is_possible_is_called_impossible(text: str) -> None:
    tree = Expression(text).tree
    rooms = {"a": Room(0, 4), "b": Room(0, 4), "c": Room(among=frozenset({True, False}))}
    outcomes = {
        Expression(text).holds({"a": a, "b": b, "c": c})
        for a in range(5)
        for b in range(5)
        for c in (True, False)
    }
    if True in outcomes:
        assert can_hold((tree,), rooms, {})
    if False in outcomes:
        assert can_fail(tree, rooms, {})


def test_too_many_alternatives_are_taken_as_possible_at_once() -> None:
    text = " and ".join(f"(a = {n} or b = {n})" for n in range(30)) + " and a < 0"
    started = time.perf_counter()
    assert can_hold((Expression(text).tree,), {"a": Room(low=0)}, {})
    assert time.perf_counter() - started < 0.5


def refusals(*changes: tuple[str, str]) -> list[str]:
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    with pytest.raises(DefinitionError) as caught:
        parse(text, file="klein.yaml")
    return [line.split(" ", 1)[1] for line in caught.value.lines]


NEVER = "dit kan nooit waar zijn, zo kan niemand aanvragen; kijk de grenzen en antwoorden na"


@pytest.mark.parametrize(
    "condition",
    [
        "amount_asked > EUR 5000",
        "bedrag > EUR 5000",
        "amount_asked < EUR 100",
        "persons >= 3 and persons < 2",
        "bedrag > EUR 500 and amount_asked < EUR 400",
        "region = 'noord' and region = 'zuid'",
        "costs < EUR 0",
    ],
)
def test_a_rule_that_can_never_hold_is_wrong(condition: str) -> None:
    assert refusals(("require: nieuw = yes", f"require: {condition}")) == [
        f"eligibility.nieuw.require: {NEVER}"
    ]


def test_a_day_outside_the_bounds_of_its_question() -> None:
    bounds = (
        "          fills: start_date\n",
        "          fills: start_date\n          latest: 2026-12-31\n",
    )
    rule = ("require: nieuw = yes", "require: start_date >= 2027-01-01")
    assert refusals(bounds, rule) == [f"eligibility.nieuw.require: {NEVER}"]


def test_a_question_that_is_never_asked_is_wrong() -> None:
    [line] = refusals(("when: nieuw = yes", "when: nieuw = yes and nieuw = no"))
    assert "dus komt deze vraag nooit" in line


def test_rules_that_cannot_hold_together_are_wrong() -> None:
    more = (
        "eligibility:\n",
        (
            "eligibility:\n  - code: veel\n    require: persons >= 5\n"
            "    sentence: U bent met veel.\n"
            "  - code: weinig\n    require: persons < 5\n    sentence: U bent met weinig.\n"
        ),
    )
    [line] = refusals(more)
    assert line.startswith("eligibility.weinig.require: dit kan niet samen met de voorwaarden")


def test_a_rule_for_some_does_not_stand_in_the_way_of_others() -> None:
    read(
        SMALL,
        (
            "eligibility:\n",
            (
                "eligibility:\n  - code: veel\n    when: applicant = 'groep'\n"
                "    require: persons >= 5\n    sentence: U bent met veel.\n"
                "  - code: weinig\n    when: applicant = 'inwoner'\n"
                "    require: persons < 5\n    sentence: U bent met weinig.\n"
            ),
        ),
    )


def test_a_higher_maximum_of_a_region_leaves_room() -> None:
    region = ("      name: Noord\n", "      name: Noord\n      maximum: 9000\n")
    rule = ("require: nieuw = yes", "require: amount_asked > EUR 5000")
    read(SMALL, region, rule)


def test_a_rule_that_always_holds_is_a_doubt() -> None:
    definition = read(SMALL, ("require: nieuw = yes", "require: amount_asked <= EUR 1000"))
    assert [each.path for each in doubts(definition)] == ["eligibility.nieuw.require"]
    assert doubts(read(SMALL)) == ()


def test_periods_that_run_through_each_other_are_a_doubt() -> None:
    second = (
        "    closing: before\n",
        (
            "    closing: before\n  - code: tweede\n    kind: fixed\n    opens: 2026-02-15\n"
            "    closes: 2026-04-01\n    closing: before\n"
        ),
    )
    assert [each.path for each in doubts(read(SMALL, second))] == ["windows.tweede.opens"]


def test_names_share_the_room_of_the_fact_that_they_fill() -> None:
    definition = read(SMALL)
    assert names_of(definition)["bedrag"] == "amount_asked"
    assert rooms_of(definition)["amount_asked"] == Room(10_000, 100_000)
