"""How long trying a text and looking ahead take, without a database."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from functools import partial

from assessment.domain.forecast.assumptions import MOST_OF_SHARES, Assumptions
from assessment.domain.forecast.outlook import outlook
from assessment.domain.simulation.cases import ALL, Case, Poll, Stock
from assessment.domain.simulation.change import Changes, changed
from assessment.domain.simulation.run import simulate
from assessment.domain.tally import Counted
from regeling.definition import Column, Definition, DistributionRule, parse
from regeling.delivered import source
from tests.bench.measures import Figure, best, busy

CASES, ROUNDS = 10_000, 1_000
SLUG = "krachtvansalland-cheque-2023"
RULES = (
    DistributionRule.RECEIPT,
    DistributionRule.SCORE,
    DistributionRule.VOTES,
    DistributionRule.PRO_RATA,
    DistributionRule.LOTTERY,
)


def regulations() -> Iterator[Figure]:
    """A delivered text over 10,000 applications under every rule that goes down a list or shares;
    and 1,000 rounds that might be, of 60 applications and 800 voters."""
    text = parse(source(SLUG), file=SLUG)
    stock = _stock(text)
    for rule in RULES:
        tried = changed(text, Changes(rule=rule))
        work = partial(simulate, tried, stock, ceilings={"total": 500_000_000}, seed="1")
        took = best(work, times=3)
        beside = f"{CASES:,} applications; {busy(work):.1f} s of processor"
        yield Figure(f"simulate, {rule}", took, "s", "5", beside)
    for voters in (800, 100_000):
        given = Assumptions(60, voters=voters, rounds=ROUNDS)
        ahead = partial(outlook, text, given, seed=1)
        took = best(ahead, times=1)
        yield Figure(f"forecast, {voters:,} voters", took, "s", "20", f"{ROUNDS:,} rounds")
    shares = Changes(rule=DistributionRule.EQUAL_SHARES)
    few = Assumptions(60, voters=800, rounds=ROUNDS)
    took = best(partial(outlook, text, few, seed=1, changes=shares), times=1)
    beside = f"{MOST_OF_SHARES:,} rounds, 800 voters"
    yield Figure("forecast, equal shares", took, "s", "20", beside)


def _stock(text: Definition) -> Stock:
    """Applications with every answer that the text's rules ask, votes and points."""
    dice = random.Random(1)
    places = text.territory.all_municipalities
    asked = {
        column: question.code
        for column in (Column.AMOUNT_ASKED, Column.BUDGET, Column.MUNICIPALITY)
        if (question := text.form.filling(column))
    }
    cases = tuple(_case(number, dice, places, asked, text) for number in range(CASES))
    votes = {case.uid: dice.randrange(1000) for case in cases}
    return Stock(cases, Poll(Counted(5_000, {"": 5_000}, votes, votes), {"kind": "approval"}))


def _case(
    number: int,
    dice: random.Random,
    places: tuple[str, ...],
    asked: dict[Column, str],
    text: Definition,
) -> Case:
    cents = dice.randrange(100, 1_000) * 100
    values = {
        Column.AMOUNT_ASKED: cents,
        Column.MUNICIPALITY: dice.choice(places),
        Column.BUDGET: {"costs": [{"label": "", "cents": cents}], "funding": []},
    }
    return Case(
        uid=f"{number:06d}",
        title=f"Initiatief {number}",
        answers={code: values[column] for column, code in asked.items()},
        facts={
            "applicant": text.applicants.classes[0].code,
            "persons": 3,
            "received_on": date(2023, 3, 9),
        },
        complete_at=f"2023-03-09T{number % 24:02d}:{number % 60:02d}:00+00:00",
        marks={"a": {ALL: dice.randrange(50)}},
    )
