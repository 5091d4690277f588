"""Whatever people do with real verbs, in whatever order, the monitor of the call reconciles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accountability.domain.figures import Sum
from accountability.domain.monitor import monitor
from accountability.domain.payments import sums
from applications.domain.submission import withdraw
from applications.models import Application
from regeling.models import Ceiling
from tests.factories.accountability import (
    Office,
    decided,
    in_execution,
    lower_settled,
    office,
    paid,
    settled,
)
from tests.factories.applications import PersonFactory, as_actor, submitted
from timeline import clock


def take_back(at: Office) -> None:
    person = PersonFactory()
    row = submitted(at.call, person=person)
    withdraw(application_id=row.pk, actor=as_actor(person))


def pay(at: Office) -> None:
    for row in Application.objects.filter(awarded_cents__isnull=False)[:2]:
        left = sums(row.pk)["payable"] - sums(row.pk)["paid"]
        if left > 0:
            paid(at, row, left)


ACTS: dict[str, Callable[[Office], object]] = {
    "submit": lambda at: submitted(at.call),
    "withdraw": take_back,
    "reject": lambda at: decided(at, cents=0),
    "settle at once": lambda at: decided(at, asked=100_000),
    "award": in_execution,
    "award a part": lambda at: decided(at, cents=250_000),
    "settle": settled,
    "settle lower": lambda at: lower_settled(at, cents=100_000),
    "pay": pay,
}


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.sampled_from(sorted(ACTS)), min_size=2, max_size=4))
def test_the_monitor_reconciles_after_every_act(acts: list[str]) -> None:
    with transaction.atomic():
        at = office()
        for act in acts:
            ACTS[act](at)
            made = monitor(regulation_id=at.call.revision.regulation_id, as_of=clock.today())
        total, ceiling = made.figures.total, Ceiling.objects.get(call=at.call)
        assert made.figures.free == ceiling.free
        assert (total.open.cents, total.settled.cents) == (ceiling.open, ceiling.settled)
        assert sum((row.applied for row in made.figures.rows), Sum()) == total.applied
        transaction.set_rollback(True)
