"""A ranking by points, by its own text and by another's weights."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.roles import Role
from applications.models import Application
from assessment.domain.queries.simulated import Past, past_round
from assessment.domain.simulation.change import Changes
from assessment.domain.simulation.trial import attempt
from assessment.models import Ranking
from regeling.definition import DistributionRule, listed
from tests.assessment.test_simulation_rounds import again, decide
from tests.assessment.test_unvoted import fixed, judged, ranked_call
from tests.factories.applications import PersonFactory, with_role
from tests.factories.assessment import assessor_of
from timeline import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def past() -> Past:
    """Two who get all, one for whom nothing is left, and one with too few points."""
    call = ranked_call(minimum_score=6, ties=["earlier_complete"])
    person = assessor_of(call)
    judged(call, person, "Tuin", 100_000, {"samen": 3, "nieuw": 5})  # 11
    judged(call, person, "Koor", 100_000, {"samen": 5, "nieuw": 2})  # 12
    judged(call, person, "Feest", 60_000, {"samen": 2, "nieuw": 4})  # 8
    judged(call, person, "Bord", 10_000, {"samen": 2, "nieuw": 1})  # 5
    fixed(call, person)
    signer = with_role(PersonFactory(), Role.DECISION_MAKER, call)
    assert call.closes_at
    with clock.playing("", call.closes_at + timedelta(days=2)):
        for row in Application.objects.filter(call=call).order_by("pk"):
            decide(row, person, signer)
        return past_round(call)


def test_a_ranking_by_points_comes_out_as_it_was(past: Past) -> None:
    run = again(past)
    assert {each.case.uid: each.granted for each in run.results} == past.told
    codes = {each.case.title: (each.place, each.code) for each in run.results}
    rows = Ranking.objects.get().rows.select_related("application")
    assert codes == {row.application.title: (row.place, row.code) for row in rows}


def test_another_minimum_other_weights_and_another_rule(past: Past) -> None:
    own = past.call.revision.definition
    lower = attempt(own, past.stock, changes=Changes(minimum_score=5), told=past.told)
    assert lower.found.number("gains") == 1
    assert not lower.apart
    criteria = tuple(
        replace(each, weight=5 if each.code == "nieuw" else 1) for each in listed(own.criteria)
    )
    turned = attempt(own, past.stock, text=replace(own, criteria=criteria), told=past.told)
    places = {each.case.title: each.place for each in turned.then.results}
    assert places == {"Tuin": 1, "Feest": 2, "Koor": 3, "Bord": 4}
    drawn = attempt(
        own,
        past.stock,
        changes=Changes(rule=DistributionRule.LOTTERY, minimum_score=0),
        seed="1",
    )
    assert drawn.found.then.eligible == 4
