"""What must follow from an event: once each, in order, whatever crashes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.infra.races import at_once
from timeline import clock, deliver
from timeline.actor import SYSTEM
from timeline.deliveries import _handlers, from_fact, handles
from timeline.models import Delivery, Event
from timeline.record import record

NOON = datetime(2023, 4, 1, 12, tzinfo=UTC)
done: list[str] = []


class Broken(Exception):
    pass


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = dict(_handlers)
    done.clear()

    @handles("test.note", "test.happened")
    def note(event: Event) -> None:
        if event.facts.get("broken"):
            raise Broken("it broke")
        done.append(f"{event.stream.uid}/{event.number}")

    @handles("test.later", "test.planned", due=from_fact("at"))
    def later(event: Event) -> None:
        done.append("later")

    yield
    _handlers.clear()
    _handlers.update(before)


def tell(uid: str = "a", type: str = "test.happened", **facts: object) -> Event:
    with transaction.atomic():
        return record(stream=("test", uid), type=type, facts=facts, actor=SYSTEM)


@pytest.mark.both
@pytest.mark.django_db
def test_each_event_is_delivered_once_and_in_order() -> None:
    for _ in range(3):
        tell()
    assert deliver.run_due(strict=True) == 3
    assert deliver.run_due(strict=True) == 0
    assert done == ["a/1", "a/2", "a/3"]


@pytest.mark.both
@pytest.mark.django_db
def test_an_act_that_is_undone_leaves_nothing_to_deliver() -> None:
    def undone() -> None:
        with transaction.atomic():
            tell()
            raise Broken

    with pytest.raises(Broken):
        undone()
    assert Event.objects.count() == Delivery.objects.count() == 0


@pytest.mark.both
@pytest.mark.django_db
def test_a_failure_holds_back_its_own_stream_only() -> None:
    tell("a", broken=True)
    tell("a")
    tell("b")
    assert deliver.run_due() == 1
    assert done == ["b/1"]
    failed = Delivery.objects.get(event__stream__uid="a", number=1)
    assert failed.tries == 1
    assert failed.error == "Broken: it broke"
    assert failed.retry_at is not None


@pytest.mark.django_db
def test_what_keeps_failing_is_parked_and_can_be_tried_again() -> None:
    tell("a", broken=True)
    for _ in range(deliver.MAX_TRIES):
        Delivery.objects.update(retry_at=None)
        deliver.run_due()
    parked = Delivery.objects.get()
    assert parked.state == Delivery.State.PARKED
    deliver.retry_parked(delivery_id=parked.pk)
    assert deliver.waiting() == 1


@pytest.mark.django_db
def test_strict_lets_the_failure_through() -> None:
    tell(broken=True)
    with pytest.raises(Broken):
        deliver.run_due(strict=True)


@pytest.mark.both
@pytest.mark.django_db
def test_what_is_due_later_waits_for_its_moment() -> None:
    with clock.playing("", NOON):
        tell(type="test.planned", at=NOON + timedelta(hours=1))
        assert deliver.run_due(strict=True) == 0
    with clock.playing("", NOON + timedelta(hours=1)):
        assert deliver.run_due(strict=True) == 1


@pytest.mark.django_db
def test_an_example_round_is_delivered_only_by_who_plays_it() -> None:
    with clock.playing("round", NOON):
        tell()
    assert deliver.run_due() == 0
    with clock.playing("another", NOON):
        assert deliver.run_due() == 0
    with clock.playing("round", NOON):
        assert deliver.run_due() == 1


@pytest.mark.django_db
def test_the_lease_of_a_dead_worker_ends(settings: Any) -> None:
    tell()
    assert deliver.claim() is not None
    assert deliver.claim() is None
    settings.DELIVERY_LEASE_SECONDS = 0
    Delivery.objects.update(lease_until=clock.machine_now() - timedelta(seconds=1))
    assert deliver.claim() is not None


@pytest.mark.django_db(transaction=True)
def test_many_workers_deliver_each_once() -> None:
    for n in range(20):
        tell(f"s{n}")

    at_once([deliver.run_due] * 6)
    assert sorted(done) == sorted(f"s{n}/1" for n in range(20))


@pytest.mark.django_db(transaction=True)
def test_control_without_the_claim_work_is_done_twice() -> None:
    """The race is real: two workers that read what is due and deliver it without claiming."""
    tell()
    barrier = threading.Barrier(2)

    def work() -> None:
        waiting = Delivery.objects.select_related("event").get(state="pending")
        barrier.wait(timeout=30)
        deliver.deliver(waiting)

    at_once([work] * 2)
    assert done == ["a/1", "a/1"]
