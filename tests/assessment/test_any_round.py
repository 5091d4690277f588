"""A round of any valid definition can be opened, applied for, judged and divided to the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from accounts.models import Authority
from applications.models import Application
from assessment.domain.amounts import calculation_of
from assessment.domain.receipt import serve
from regeling.definition import Definition, DefinitionError, RouteStep, parse
from regeling.domain.revisions import accept, open_call
from regeling.models import Call
from tests.assessment.real_rounds import (
    Asked,
    Outcome,
    asked,
    by_committee,
    by_score,
    by_votes,
    sent_in,
)
from tests.factories.applications import AuthorityFactory
from tests.factories.assessment import assessor_of, completed, refreshed, reviewed
from tests.regeling.any_definition import Body, bodies
from tests.regeling.any_vote import written
from timeline import clock
from timeline.actor import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NUMBER = count(1)
FEW = settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],  # playing takes too long to look for a smaller example
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
ASKED = (asked(400, 500), asked(300, 800, scores=5), asked(250, scores=2))


@contextmanager
def apart() -> Iterator[None]:
    """Play an example and leave nothing of it for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def opened(body: Body) -> Call:
    """An example call on this text, open since yesterday and for three weeks."""
    text = written(body)
    try:
        definition = parse(text, file="zomaar.yaml")
    except DefinitionError as error:
        assume(not all("kan nooit" in each for each in error.lines))
        raise
    assume(not definition.unknown_needed())
    if not Authority.objects.filter(code="voorbeeldland").exists():
        AuthorityFactory(code="voorbeeldland")
    opens = clock.now() - timedelta(days=1)
    return open_call(
        revision_id=accept(source=text, file="zomaar.yaml", actor=SYSTEM).pk,
        kind="example",
        actor=SYSTEM,
        slug=f"zomaar-{next(NUMBER)}",
        days=(opens, opens + timedelta(days=22)),
        published_on=clock.day(opens) - timedelta(days=1),
    )


def pays(call: Call) -> bool:
    """Whether the rules grant every one of these something: without, nothing is ranked."""
    with apart():
        return all(calculation_of(sent_in(call, ask)).granted > 0 for ask in ASKED)


def by_receipt(call: Call, *asks: Asked) -> list[Application]:
    """Sent in, judged and served in order of receipt."""
    person, start, rows = assessor_of(call), clock.now(), []
    for number, ask in enumerate(asks):
        with clock.playing("", start + timedelta(minutes=number)):
            rows.append(sent_in(call, ask))
    with clock.playing("", start + timedelta(hours=1)):
        for row in rows:
            completed(row, person)
            reviewed(refreshed(row), person)
    with clock.playing("", start + timedelta(days=2)):
        serve(call_id=call.pk, actor=SYSTEM)
    return [refreshed(row) for row in rows]


def bounded(definition: Definition, outcomes: list[Outcome]) -> bool:
    """Whether nobody got more than was asked, and together no more than the whole ceiling."""
    ceilings = definition.ceilings
    assert isinstance(ceilings, tuple)
    total = max(int(each.amount or 0) for each in ceilings if each.scope == "total")
    most = max(total, 60_000_00)  # with what was published later
    each_fits = all(
        0 <= granted <= ask.euros for ask, (granted, _) in zip(ASKED, outcomes, strict=True)
    )
    return each_fits and sum(granted for granted, _ in outcomes) * 100 <= most


@FEW
@given(bodies(playable=True, rule="receipt"))
def test_in_order_of_receipt(body: Body) -> None:
    with apart():
        for row in by_receipt(opened(body), *ASKED):
            assert row.state not in ("submitted", "completeness_check", "draft")


@pytest.mark.parametrize("rule", ["score", "lottery", "pro_rata"])
def test_ranked_without_a_vote(rule: str) -> None:
    @FEW
    @given(bodies(playable=True, rule=rule))
    def played(body: Body) -> None:
        body["distribution"].pop("minimum_score", None)
        with apart():
            call = opened(body)
            assume(pays(call))
            assert bounded(call.revision.definition, by_score(call, *ASKED))

    played()


@FEW
@given(bodies(playable=True, rule="committee"))
def test_by_a_committee(body: Body) -> None:
    body["panel"]["method"] = "consensus"
    with apart():
        by_committee(opened(body), *ASKED)


@FEW
@given(bodies(playable=True, rule="votes"), st.integers(1, 3))
def test_by_votes(body: Body, voters: int) -> None:
    for key in ("points", "most_per_option", "rank_points", "lowest", "highest", "budget"):
        body["vote"].pop(key, None)
    for key in ("amount", "step", "quorum", "support_gate", "panels"):
        body["vote"].pop(key, None)
    body["vote"] |= {"kind": "approval", "minimum": 1, "maximum": 3, "electorate_kind": "named"}
    ballots = [[0], [0, 1], [2, 1]][:voters]
    with apart():
        call = opened(body)
        assert call.revision.definition.has(RouteStep.VOTE)
        assume(pays(call))
        assert bounded(call.revision.definition, by_votes(call, ASKED, ballots))
