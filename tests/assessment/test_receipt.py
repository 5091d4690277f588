"""Order of receipt: places, money with the place, and what follows when money comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Person
from applications.domain.submission import withdraw
from applications.models import Application
from applications.states import State
from assessment.domain.completeness import complete
from assessment.domain.proposals import proposal_for
from assessment.models import Ranking, RankingRow
from regeling.domain import ledger
from regeling.models import Call
from tests.factories.applications import PersonFactory, as_actor, open_example_call, submitted
from tests.factories.assessment import (
    assessor_of,
    checked,
    completed,
    follow,
    refreshed,
    reviewed,
)
from timeline import clock
from timeline.models import Event
from timeline.refusal import Refused
from timeline.verify import checks

# Each test plays a call or a round from its first application on, which takes a while when
# other tests use the machine.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def call() -> Call:
    """Ten thousand euros, at most two thousand each, stop at the first that does not fit."""
    return open_example_call("every-kind")


@pytest.fixture
def person(call: Call) -> Person:
    return assessor_of(call)


def sent(call: Call, cents: int = 200_000, *, later: int = 0) -> Application:
    """An application sent in ``later`` minutes from now."""
    with clock.playing("", clock.now() + timedelta(minutes=later)):
        return submitted(
            call,
            person=PersonFactory(),
            answers={"bedrag": cents, "begroting": balanced(cents), "vergunning": False},
        )


def balanced(cents: int) -> dict[str, object]:
    return {"costs": [{"label": "Materiaal", "cents": cents}], "funding": []}


def places(*applications: Application) -> list[int | None]:
    return [refreshed(each).place for each in applications]


@pytest.mark.both
def test_a_place_waits_for_who_was_earlier(call: Call, person: Person) -> None:
    first, second, third = (sent(call, later=minutes) for minutes in range(3))
    with clock.playing("", clock.now() + timedelta(hours=1)):
        completed(second, person)
        assert places(first, second, third) == [None, None, None]
        assert ledger.reserved_for(application_uid=second.uid) == 0
        completed(first, person)
        assert places(first, second, third) == [1, 2, None]
        completed(third, person)
    assert places(first, second, third) == [1, 2, 3]
    assert ledger.left(call_id=call.pk) == 400_000
    assert Event.objects.filter(type="assessment.place_given").count() == 3


def test_who_was_asked_for_more_no_longer_holds_up_the_others(call: Call, person: Person) -> None:
    first, second = sent(call), sent(call, later=1)
    with clock.playing("", clock.now() + timedelta(hours=1)):
        completed(second, person)
        withdraw(application_id=first.pk, actor=as_actor(Person.objects.get(pk=first.party_id)))
        follow("assessment.serve_by_receipt")
    assert places(second) == [1]


def test_stop_means_that_nobody_overtakes(call: Call, person: Person) -> None:
    rows = [sent(call, later=minutes) for minutes in range(4)]
    rows += [
        sent(call, 190_000, later=4),
        sent(call, 120_000, later=5),
        sent(call, 10_000, later=6),
    ]
    with clock.playing("", clock.now() + timedelta(hours=1)):
        for each in rows:
            completed(each, person)
    codes = RankingRow.objects.order_by("place").values_list("code", flat=True)
    assert list(codes) == ["awarded"] * 5 + ["refused_ceiling", "refused_stopped"]
    assert ledger.left(call_id=call.pk) == 10_000
    assert Ranking.objects.get().state == "running"
    assert list(checks()["rankings"]()) == []


def test_money_that_comes_back_goes_to_who_is_next(call: Call, person: Person) -> None:
    rows = [sent(call, later=minutes) for minutes in range(6)]
    with clock.playing("", clock.now() + timedelta(hours=1)):
        for each in rows:
            completed(each, person)
        assert ledger.reserved_for(application_uid=rows[5].uid) == 0
        withdraw(application_id=rows[0].pk, actor=as_actor(Person.objects.get(pk=rows[0].party_id)))
        follow("assessment.serve_by_receipt")
    assert ledger.reserved_for(application_uid=rows[5].uid) == 200_000
    assert not RankingRow.objects.filter(application=rows[0]).exists()


def test_the_proposal_follows_the_place_and_tells_what_was_left(call: Call, person: Person) -> None:
    rows = [sent(call, later=minutes) for minutes in range(6)]
    with clock.playing("", clock.now() + timedelta(hours=1)):
        for each in rows:
            completed(each, person)
            reviewed(each, person)
        good, bad = proposal_for(rows[0].pk), proposal_for(rows[5].pk)
    assert (good.kind, good.cents) == ("direct_settlement", 200_000)
    assert (bad.kind, bad.cents) == ("rejection", 0)
    assert bad.basis.reasons[0].article.startswith("artikel 4:25")  # type: ignore[union-attr]  # it is known
    assert bad.basis.ceiling is not None
    assert bad.basis.ceiling.awarded_before_cents == 1_000_000


def test_no_proposal_while_the_place_is_not_definitive(call: Call, person: Person) -> None:
    first, second = sent(call), sent(call, later=1)
    with clock.playing("", clock.now() + timedelta(hours=1)):
        completed(second, person)
        reviewed(second, person)
        with pytest.raises(Refused) as refused:
            proposal_for(second.pk)
    assert refused.value.code == "no_place"
    assert refreshed(first).state == State.SUBMITTED


def test_equals_at_the_edge_stop_and_reserve_nothing(call: Call, person: Person) -> None:
    moment = clock.now() + timedelta(minutes=1)
    rows = [sent(call) for _ in range(4)]
    with clock.playing("", moment):
        twins = [
            submitted(
                call,
                person=PersonFactory(),
                answers={
                    "bedrag": 150_000,
                    "begroting": balanced(150_000),
                    "vergunning": False,
                },
            )
            for _ in range(2)
        ]
    with clock.playing("", moment + timedelta(hours=1)):
        for each in (*rows, *twins):
            completed(each, person)
            reviewed(each, person)
        assert Ranking.objects.get().state == "stopped"
        for each in twins:
            assert ledger.reserved_for(application_uid=each.uid) == 0
            with pytest.raises(Refused) as refused:
                proposal_for(each.pk)
            assert refused.value.code == "tie"


def test_completing_twice_reserves_once(call: Call, person: Person) -> None:
    application = sent(call)
    checked(application, person)
    complete(application_id=application.pk, actor=as_actor(person))
    with pytest.raises(Refused):
        complete(application_id=application.pk, actor=as_actor(person))
    assert ledger.left(call_id=call.pk) == 800_000
