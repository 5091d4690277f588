"""A plan is a value: believable, valid for its regulation, and kept as text."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest

from config.demo import stock
from config.demo.dice import Dice
from config.demo.plan import DOMAIN, Plan, Twist
from config.demo.planning import make_plan
from config.demo.play.present import plan_present
from regeling.answers import validate
from regeling.definition import Definition, QuestionKind, parse
from regeling.delivered import source
from timeline import clock

IBAN = {"uid": "0", "last4": "0000"}


def definition(slug: str) -> Definition:
    return parse(source(slug), file=slug)


def planned(slug: str, applications: int, seed: str = "1") -> tuple[Definition, Plan]:
    rules = definition(slug)
    window = (rules.windows or ())[0]
    opens_at, closes_at = window.opens_at, window.closes_at
    assert isinstance(opens_at, datetime)
    assert isinstance(closes_at, datetime)
    plan = make_plan(
        rules,
        applications=applications,
        dice=Dice(f"{slug}|{seed}"),
        opens_at=opens_at,
        closes_at=closes_at,
    )
    return rules, plan


def refuse_invalid(rules: Definition, plan: Plan) -> None:
    ibans = [q.code for q in rules.form.questions if q.kind is QuestionKind.IBAN]
    for row in plan.applications:
        answers = {**row.answers, **dict.fromkeys(ibans, IBAN)}
        assert validate(rules, answers, final=True) == (), row.key


@pytest.mark.parametrize(
    ("slug", "number"), [("krachtvansalland-cheque-2023", 54), ("samen-voor-elkaar-2017", 30)]
)
def test_every_planned_application_can_be_sent_in(slug: str, number: int) -> None:
    rules, plan = planned(slug, number)

    assert len(plan.applications) == number
    refuse_invalid(rules, plan)
    late = [row for row in plan.applications if row.submitted_at >= plan.closes_at]
    assert {row.twist for row in late} == {Twist.LATE}
    assert all(plan.opens_at < row.drafted_at < row.submitted_at for row in plan.applications)


def test_the_round_of_salland_has_what_a_real_round_has() -> None:
    _rules, plan = planned("krachtvansalland-cheque-2023", 54)

    twists = Counter(row.twist for row in plan.applications)
    assert all(twists[twist] for twist in Twist)
    assert twists[Twist.INTEREST] == 1
    towns = {row.answers["gemeente"] for row in plan.applications}
    assert towns == {"Deventer", "Olst-Wijhe", "Raalte"}
    assert {row.kind for row in plan.applications} == {"person", "group", "organisation"}
    assert len({row.answers["titel"] for row in plan.applications}) == 54
    asked = sum(row.answers["bedrag"] for row in plan.applications)
    assert asked > 2_500_000  # more than there is, so that the vote decides


def test_nobody_in_a_plan_can_be_reached() -> None:
    _rules, plan = planned("krachtvansalland-cheque-2023", 54)

    people = [person for row in plan.applications for person in row.members]
    assert all(person.email.endswith(f"@{DOMAIN}") for person in people)
    assert all(person.street.startswith("Voorbeeld") for person in people)
    assert len({person.email for person in people}) == len(people)


def test_a_plan_is_kept_as_text_and_another_seed_is_another_plan() -> None:
    _rules, plan = planned("samen-voor-elkaar-2017", 5)
    _rules, other = planned("samen-voor-elkaar-2017", 5, seed="2")

    assert Plan.from_text(plan.as_text()) == plan
    assert other != plan


@pytest.mark.parametrize("day", ["2026-11-20", "2027-05-16", "2028-02-29"])
def test_the_calls_of_the_present_are_planned_round_any_day(day: str) -> None:
    rules = definition("voorbeeld-buurtkracht")
    anchor = clock.moment(datetime.fromisoformat(day).date(), "14:10")

    plans = plan_present(rules, anchor)

    assert len(plans) == 3
    for plan in plans.values():
        refuse_invalid(rules, plan)
    last_day = clock.day(plans["buurtkracht-open"].closes_at)
    assert (last_day - clock.day(anchor)).days == 21


def test_the_stock_is_worth_reading() -> None:
    ideas = stock.ideas()

    assert len({idea.title for idea in ideas}) == len(ideas) >= 54
    assert {"gezond-bewegen", "zelfstandig-leven", "noaberschap"} == {i.activity for i in ideas}
    assert all(len(idea.costs) >= 2 for idea in ideas)
    assert "{plaats}" not in str([idea.at("Heeten") for idea in ideas])
