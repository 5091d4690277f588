"""A ceiling that is lowered during a call holds for who comes later, never for who was there."""

from __future__ import annotations

import threading
import uuid
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from django.db.models import F

from regeling.domain import ledger
from regeling.domain.ledger import Booking, CeilingExceeded
from regeling.domain.lowering import free_for, lower_ceiling
from regeling.models import Call, Ceiling
from regeling.verify import ledgers
from tests.infra.races import at_once
from tests.regeling.test_ledger import OPENING, THOUSAND, opened
from timeline import clock
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.refusal import Refused

LOWERED = OPENING + timedelta(days=10)
EARLY, LATE = OPENING + timedelta(days=2), LOWERED + timedelta(hours=1)


def booking(call: Call, received_at: datetime) -> Booking:
    return Booking(call.pk, uuid.uuid4(), region="", activity="", received_at=received_at)


def reserve(call: Call, cents: int, received_at: datetime) -> Booking:
    at = booking(call, received_at)
    with transaction.atomic():
        ledger.reserve(booking=at, cents=cents, day=OPENING.date(), actor=SYSTEM)
    return at


def lower(call: Call, cents: int, *, at: datetime = LOWERED, days_ago: int = 0) -> Ceiling:
    total = call.ceilings.get(scope="total")
    with clock.playing("", at):
        day = clock.today() - timedelta(days=days_ago)
        lower_ceiling(
            ceiling_id=total.pk, cents=cents, published_on=day, publication="Blad", actor=SYSTEM
        )
    return call.ceilings.get(scope="total")


@pytest.mark.both
@pytest.mark.django_db
class TestLowering:
    """The ceiling of the example is EUR 25,000; it goes to EUR 5,000."""

    def test_who_was_there_has_the_old_ceiling_and_who_came_later_the_new(self) -> None:
        call = opened()
        reserve(call, 4 * THOUSAND, EARLY)
        total = lower(call, 20 * THOUSAND)
        assert (total.amount, total.overrun) == (5 * THOUSAND, 0)
        reserve(call, 6 * THOUSAND, EARLY)
        total.refresh_from_db()
        assert (total.reserved, total.overrun) == (10 * THOUSAND, 5 * THOUSAND)
        with pytest.raises(CeilingExceeded) as refused:
            reserve(call, 1, LATE)
        assert refused.value.left == 0
        reserve(call, 15 * THOUSAND, EARLY)
        with pytest.raises(CeilingExceeded):
            reserve(call, 1, EARLY)
        assert list(ledgers()) == []

    def test_each_overrun_is_an_act_with_its_ground(self) -> None:
        call = opened()
        lower(call, 20 * THOUSAND)
        at = reserve(call, 6 * THOUSAND, EARLY)
        facts = Event.objects.get(type="regeling.ceiling_overrun").facts
        assert facts["ground"] == "Awb 4:27, tweede lid"
        assert facts["application"] == str(at.application_uid)
        assert [cents for _uid, cents in facts["ceilings"]] == [1 * THOUSAND]

    def test_a_later_one_takes_what_the_lowered_ceiling_still_has(self) -> None:
        call = opened()
        reserve(call, 4 * THOUSAND, EARLY)
        lower(call, 20 * THOUSAND)
        reserve(call, 1 * THOUSAND, LATE)
        with pytest.raises(CeilingExceeded):
            reserve(call, 1, LATE)

    def test_what_is_promised_above_the_lowered_ceiling_stays(self) -> None:
        call = opened()
        reserve(call, 20 * THOUSAND, EARLY)
        total = lower(call, 20 * THOUSAND)
        assert (total.amount, total.overrun, total.free) == (5 * THOUSAND, 15 * THOUSAND, 0)

    def test_money_that_comes_back_is_not_for_who_came_later(self) -> None:
        call = opened()
        at = reserve(call, 20 * THOUSAND, EARLY)
        lower(call, 20 * THOUSAND)
        with transaction.atomic():
            ledger.unreserve(booking=at, cents=10 * THOUSAND, day=OPENING.date(), actor=SYSTEM)
        total = call.ceilings.get(scope="total")
        assert (total.reserved, total.overrun, total.free) == (10 * THOUSAND, 5 * THOUSAND, 0)
        with pytest.raises(CeilingExceeded):
            reserve(call, 1, LATE)
        reserve(call, 15 * THOUSAND, EARLY)

    def test_on_the_day_itself_who_came_in_first_was_before_it(self) -> None:
        call = opened()
        lower(call, 25 * THOUSAND)
        reserve(call, 1, LOWERED - timedelta(minutes=1))
        with pytest.raises(CeilingExceeded):
            reserve(call, 1, LOWERED)

    def test_the_publication_counts_and_not_when_it_was_written_down(self) -> None:
        call = opened()
        lower(call, 25 * THOUSAND, days_ago=3)
        with pytest.raises(CeilingExceeded):
            reserve(call, 1, LOWERED - timedelta(days=2))
        reserve(call, 1, LOWERED - timedelta(days=4))

    def test_nothing_is_lowered_below_nothing_or_before_its_publication(self) -> None:
        call = opened()
        with pytest.raises(Refused, match="hoogstens"):
            lower(call, 26 * THOUSAND)
        with pytest.raises(Refused, match="bekendmaking") as refused:
            lower(call, THOUSAND, days_ago=-1)
        assert refused.value.article == "Awb 4:27"


@pytest.mark.both
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_in_parallel_later_ones_never_pass_the_lowered_ceiling() -> None:
    """Thirty early and thirty late ones, EUR 1,000 each, under EUR 5,000 that was EUR 25,000."""
    call = opened()
    lower(call, 20 * THOUSAND)
    got = {EARLY: 0, LATE: 0}

    def ask(received_at: datetime) -> None:
        try:
            reserve(call, THOUSAND, received_at)
        except CeilingExceeded:
            return
        got[received_at] += 1

    at_once([partial(ask, moment) for moment in (EARLY, LATE) * 30])
    total = call.ceilings.get(scope="total")
    assert total.reserved == sum(got.values()) * THOUSAND == 25 * THOUSAND
    assert got[LATE] <= 5
    assert total.overrun == total.reserved - total.amount
    assert list(ledgers()) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_early_ones_pass_even_the_old_ceiling() -> None:
    """Look whether there is room, then make it and take it: everybody sees the same last place."""
    call = opened()
    reserve(call, 24 * THOUSAND, EARLY)
    lower(call, 20 * THOUSAND)
    barrier = threading.Barrier(8)

    def ask() -> None:
        row = Ceiling.objects.get(call=call, scope="total")
        room = free_for(row, EARLY) >= THOUSAND
        barrier.wait(timeout=30)
        if room:
            Ceiling.objects.filter(pk=row.pk).update(
                overrun=F("overrun") + THOUSAND, reserved=F("reserved") + THOUSAND
            )

    at_once([ask] * 8)
    assert call.ceilings.get(scope="total").reserved > 25 * THOUSAND


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_lowering_while_decisions_are_made_keeps_every_promise() -> None:
    call = opened()
    refused: list[int] = []

    def decide() -> None:
        try:
            reserve(call, THOUSAND, LATE)
        except CeilingExceeded as no:
            refused.append(no.left)

    at_once([*[decide] * 15, lambda: lower(call, 20 * THOUSAND), *[decide] * 15])
    total = call.ceilings.get(scope="total")
    promised = (30 - len(refused)) * THOUSAND
    assert total.reserved == promised
    assert promised <= max(5 * THOUSAND, total.amount + total.overrun)
    assert total.overrun == max(0, promised - total.amount)
    assert list(ledgers()) == []
