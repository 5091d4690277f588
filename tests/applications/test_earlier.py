"""How often somebody applied before, for a regulation that limits that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from applications.domain.queries.form import facts_of
from applications.domain.submission import withdraw
from applications.models import Application
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    open_example_call,
    submitted,
)
from timeline import clock

pytestmark = pytest.mark.django_db


def limited(period: str, **call: str) -> Call:
    frequency = f"  frequency:\n    times: 1\n    period: {period}\n"
    return open_example_call(replace=("  frequency: none\n", frequency), **call)


def earlier(application: Application) -> object:
    return facts_of(application).get("earlier_applications")


def test_without_a_limit_nobody_counts() -> None:
    assert "earlier_applications" not in facts_of(draft())


def test_her_own_other_applications_count_once_they_are_in() -> None:
    call, person = limited("call"), PersonFactory()
    draft(call, person=person)
    assert earlier(draft(call, person=person)) == 0
    sent = submitted(call, person=person)
    assert earlier(sent) == 0
    assert earlier(draft(call, person=person)) == 1
    assert earlier(draft(call, person=PersonFactory())) == 0


def test_what_was_withdrawn_leaves_her_free_to_try_again() -> None:
    call, person = limited("ever"), PersonFactory()
    sent = submitted(call, person=person)
    withdraw(application_id=sent.pk, actor=as_actor(person), seen_version=sent.version)
    assert earlier(draft(call, person=person)) == 0


@pytest.mark.parametrize(("period", "count"), [("call", 0), ("calendar_year", 0), ("ever", 1)])
def test_the_period_says_which_count(period: str, count: int) -> None:
    person = PersonFactory()
    with clock.playing("", datetime(2025, 11, 20, 12, tzinfo=UTC)):
        submitted(limited(period), person=person)
    with clock.playing("", datetime(2026, 1, 20, 12, tzinfo=UTC)):
        later = limited(period, call_slug="tweede-ronde")
        assert earlier(draft(later, person=person)) == count


def test_a_round_of_the_same_year_counts_for_the_year() -> None:
    person = PersonFactory()
    first, second = limited("calendar_year"), limited("calendar_year", call_slug="tweede-ronde")
    submitted(first, person=person)
    assert earlier(draft(second, person=person)) == 1
