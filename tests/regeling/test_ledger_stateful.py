"""Any order of acts leaves balances that are disjoint, never negative, never over the ceiling."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from regeling.domain import ledger
from regeling.models import Call, Ceiling, Posting
from regeling.verify import ledgers
from tests.factories.applications import open_example_call
from timeline.actor import SYSTEM

DAY = date(2026, 3, 2)
Held = tuple[ledger.Booking, int]


class LedgerMachine(RuleBasedStateMachine):
    """A model beside the ledger: what is reserved, open, settled and released, by hand."""

    call: Call
    reserved = Bundle("reserved")
    awarded = Bundle("awarded")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.sums = {"reserved": 0, "open": 0, "settled": 0, "released": 0}
        total = Ceiling.objects.get(call=self.call, scope="total")
        self.limit = total.amount

    def teardown(self) -> None:
        assert list(ledgers()) == []
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(target=reserved, cents=st.integers(1, 30_000_000))
    def reserve(self, cents: int) -> object:
        at = ledger.Booking(self.call.pk, uuid.uuid4(), region="", activity="")
        left = ledger.left(call_id=self.call.pk)
        if cents > left:
            with pytest.raises(ledger.CeilingExceeded) as refusal, transaction.atomic():
                ledger.reserve(booking=at, cents=cents, day=DAY, actor=SYSTEM)
            assert refusal.value.left == left
            return multiple()
        ledger.reserve(booking=at, cents=cents, day=DAY, actor=SYSTEM)
        self.sums["reserved"] += cents
        return (at, cents)

    @rule(held=consumes(reserved))
    def unreserve(self, held: Held) -> None:
        ledger.unreserve(booking=held[0], cents=held[1], day=DAY, actor=SYSTEM)
        self.sums["reserved"] -= held[1]

    @rule(target=awarded, held=consumes(reserved))
    def award(self, held: Held) -> Held:
        ledger.award(booking=held[0], cents=held[1], day=DAY, actor=SYSTEM)
        self.sums["reserved"] -= held[1]
        self.sums["open"] += held[1]
        return held

    @rule(held=consumes(reserved))
    def settle_directly(self, held: Held) -> None:
        ledger.settle_directly(booking=held[0], cents=held[1], day=DAY, actor=SYSTEM)
        self.sums["reserved"] -= held[1]
        self.sums["settled"] += held[1]

    @rule(held=consumes(awarded), share=st.integers(0, 100))
    def settle(self, held: Held, share: int) -> None:
        at, cents = held
        settled = cents * share // 100
        ledger.settle(booking=at, awarded=cents, settled=settled, day=DAY, actor=SYSTEM)
        self.sums["open"] -= cents
        self.sums["settled"] += settled
        self.sums["released"] += cents - settled

    @invariant()
    def balances_are_those_of_the_model(self) -> None:
        total = Ceiling.objects.get(call=self.call, scope="total")
        assert (total.reserved, total.open, total.settled) == (
            self.sums["reserved"],
            self.sums["open"],
            self.sums["settled"],
        )
        assert total.lapsed in (0, self.sums["released"])
        assert 0 <= total.free <= self.limit
        assert total.free + total.reserved + total.open + total.settled + total.lapsed == self.limit

    @invariant()
    def a_later_posting_is_never_booked_before_an_earlier_one(self) -> None:
        moments = list(Posting.objects.order_by("pk").values_list("booked_at", flat=True))
        assert moments == sorted(moments)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_ledger_reconciles_after_any_order_of_acts() -> None:
    LedgerMachine.call = open_example_call("krachtvansalland-cheque-2023")
    run_state_machine_as_test(
        LedgerMachine, settings=settings(max_examples=12, stateful_step_count=15, deadline=None)
    )
