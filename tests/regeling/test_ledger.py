"""Money moves between the balances of every ceiling that applies, and never one cent over."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from accounts.models import Authority
from regeling.domain import ledger
from regeling.domain.ledger import Booking, CeilingExceeded
from regeling.domain.revisions import accept, open_call, raise_ceiling
from regeling.models import Call, Ceiling, Posting
from regeling.verify import ledgers
from tests.infra.races import at_once
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import Refused

FILES = Path(__file__).parents[2] / "regeling" / "definitions"
OPENING = datetime(2023, 3, 9, 12, tzinfo=UTC)
THOUSAND = 100_000


def opened(slug: str = "krachtvansalland-cheque-2023", kind: str = "example") -> Call:
    source = (FILES / f"{slug}.yaml").read_text()
    from regeling.definition import parse

    Authority.objects.get_or_create(
        code=parse(source, file=slug).identity.authority, defaults={"name": "Overheid"}
    )
    with clock.playing("", OPENING):
        revision = accept(source=source, file=slug, actor=SYSTEM)
        return open_call(revision_id=revision.pk, kind=kind, actor=SYSTEM)


def booking(call: Call) -> Booking:
    return Booking(call.pk, uuid.uuid4(), region="", activity="")


def reserve(call: Call, cents: int, at: Booking | None = None) -> Posting:
    with transaction.atomic():
        return ledger.reserve(
            booking=at or booking(call), cents=cents, day=OPENING.date(), actor=SYSTEM
        )


@pytest.mark.both
@pytest.mark.django_db
def test_money_goes_from_free_to_settled_and_the_rest_is_released() -> None:
    call = opened()
    total = call.ceilings.get(scope="total")
    at, day = booking(call), OPENING.date()
    with transaction.atomic():
        ledger.reserve(booking=at, cents=THOUSAND, day=day, actor=SYSTEM)
        assert ledger.reserved_for(application_uid=at.application_uid) == THOUSAND
        ledger.award(booking=at, cents=THOUSAND, day=day, actor=SYSTEM)
        ledger.settle(booking=at, awarded=THOUSAND, settled=80_000, day=day, actor=SYSTEM)
    after = Ceiling.objects.get(pk=total.pk)
    assert (after.reserved, after.open, after.settled) == (0, 0, 80_000)
    assert after.lapsed + after.free == total.amount - 80_000
    assert ledger.reserved_for(application_uid=at.application_uid) == 0
    assert list(ledgers()) == []


@pytest.mark.both
@pytest.mark.django_db
def test_the_last_euro_can_be_promised_and_not_one_cent_more() -> None:
    call = opened()
    reserve(call, ledger.left(call_id=call.pk))
    with pytest.raises(CeilingExceeded) as refusal:
        reserve(call, 1)
    assert refusal.value.left == 0
    assert refusal.value.article == "Awb 4:25"
    assert Posting.objects.count() == 1


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"reserved": F("amount") + 1},
        {"open": F("amount") + 1},
        {"settled": -1},
        {"amount": -1},
    ],
)
def test_the_database_itself_refuses_a_ceiling_that_is_exceeded(change: dict[str, object]) -> None:
    call = opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ceiling.objects.filter(call=call).update(**change)


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("table", ["regeling_posting", "regeling_postingline", "regeling_revision"])
def test_the_database_keeps_the_ledger_as_it_was_written(table: str) -> None:
    reserve(opened(), THOUSAND)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


@pytest.mark.django_db
def test_verify_names_a_balance_that_was_changed() -> None:
    call = opened()
    reserve(call, THOUSAND)
    Ceiling.objects.filter(call=call).update(reserved=F("reserved") - 1)
    assert "reserved is not the sum" in next(ledgers()).sentence


@pytest.mark.django_db
def test_a_raise_works_from_its_publication() -> None:
    call = opened()
    total = call.ceilings.get(scope="total")
    with clock.playing("", OPENING):
        day = OPENING.date()
        raise_ceiling(
            ceiling_id=total.pk, cents=5_000, published_on=day, publication="x", actor=SYSTEM
        )
        with pytest.raises(Refused, match="bekendmaking"):
            raise_ceiling(
                ceiling_id=total.pk,
                cents=5_000,
                published_on=day.replace(day=20),
                publication="x",
                actor=SYSTEM,
            )
    assert ledger.left(call_id=call.pk) == total.amount + 5_000


@pytest.mark.django_db
def test_a_text_that_rests_on_assumptions_never_opens_for_real() -> None:
    with pytest.raises(Refused, match="aannames"):
        opened(kind="real")


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_decisions_never_exceed_the_last_ten_thousand() -> None:
    call = opened()
    reserve(call, ledger.left(call_id=call.pk) - 10 * THOUSAND)
    refused: list[int] = []

    def decide() -> None:
        try:
            reserve(call, 70_000)
        except CeilingExceeded as refusal:
            refused.append(refusal.left)

    at_once([decide] * 50)
    total = call.ceilings.get(scope="total")
    assert len(refused) == 50 - 14
    assert total.free == 10 * THOUSAND - 14 * 70_000
    assert list(ledgers()) == []


@pytest.mark.django_db(transaction=True)
def test_control_without_the_guard_decisions_are_lost() -> None:
    """Read, reckon and save, as it is often written: parallel decisions overwrite each other."""
    call = opened()
    barrier = threading.Barrier(8)

    def decide() -> None:
        row = Ceiling.objects.get(call=call, scope="total")
        barrier.wait(timeout=30)
        row.reserved += 70_000
        row.save()

    at_once([decide] * 8)
    assert call.ceilings.get(scope="total").reserved < 8 * 70_000
