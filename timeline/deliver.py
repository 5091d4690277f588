"""Claim what is due and deliver it. The same function runs in ``work``, Celery, tests and rounds.

A claim is a conditional update (one winner), a lease ends a dead worker's claim, a failure backs
off and is parked in the end where an administrator sees it. Within one stream and handler the
order is kept: an earlier delivery that is not done holds back the later ones.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from timeline import clock
from timeline.deliveries import handler
from timeline.models import Delivery, Heartbeat

log = logging.getLogger(__name__)

MAX_TRIES = 8


def run_due(*, limit: int = 100, strict: bool = False) -> int:
    """Deliver at most ``limit`` due deliveries of the current track; return how many were done.

    ``strict`` lets the first failure through (tests and rounds that are played): there, a failing
    handler is a defect and not weather.
    """
    done = 0
    for _ in range(limit):
        delivery = claim()
        if delivery is None:
            break
        done += deliver(delivery, strict=strict)
    return done


def claim(*, handlers: tuple[str, ...] | None = None) -> Delivery | None:
    """Take one due delivery for this worker, or None when there is nothing to do."""
    while True:
        waiting = _claimable(clock.now(), clock.machine_now())
        if handlers is not None:
            waiting = waiting.filter(handler__in=handlers)
        candidate = waiting.order_by("due", "id").values_list("pk", flat=True).first()
        if candidate is None:
            return None
        machine = clock.machine_now()
        # The rival's update makes this condition false: exactly one of two workers gets 1.
        taken = (
            Delivery.objects.filter(_free(machine), pk=candidate, state=Delivery.State.PENDING)
        ).update(
            lease_until=machine + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS),
            tries=F("tries") + 1,
        )
        if taken:
            return Delivery.objects.select_related("event", "event__stream").get(pk=candidate)


def deliver(delivery: Delivery, *, strict: bool = False) -> bool:
    """Run the handler of a claimed delivery; True when it is done."""
    known = handler(delivery.handler)
    try:
        if known is None:
            raise LookupError(f"no handler is called {delivery.handler}")
        known.work(delivery.event)
    except Exception as failure:
        _back_off(delivery, failure)
        if strict:
            raise
        log.exception("delivery %s (%s) failed", delivery.pk, delivery.handler)
        return False
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.DONE, done_at=clock.now(), lease_until=None, error=""
    )
    return True


def waiting() -> int:
    """How many deliveries of the current track are due now and not done."""
    return _claimable(clock.now(), clock.machine_now()).count()


def next_due() -> datetime | None:
    """When the first pending delivery of the current track falls due."""
    rows = Delivery.objects.filter(track=clock.track(), state=Delivery.State.PENDING)
    return rows.order_by("due").values_list("due", flat=True).first()


def retry_parked(*, delivery_id: int) -> None:
    """Let a parked delivery try again, from the start."""
    Delivery.objects.filter(pk=delivery_id, state=Delivery.State.PARKED).update(
        state=Delivery.State.PENDING, tries=0, retry_at=None, lease_until=None
    )


def beat(name: str) -> None:
    """Leave a sign of life."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": clock.machine_now()})


def _free(machine: datetime) -> Q:
    leased = Q(lease_until__isnull=True) | Q(lease_until__lt=machine)
    return leased & (Q(retry_at__isnull=True) | Q(retry_at__lte=machine))


def _claimable(now: datetime, machine: datetime) -> QuerySet[Delivery]:
    earlier = Delivery.objects.filter(
        stream=OuterRef("stream"), handler=OuterRef("handler"), number__lt=OuterRef("number")
    ).exclude(state=Delivery.State.DONE)
    return Delivery.objects.filter(
        _free(machine), track=clock.track(), state=Delivery.State.PENDING, due__lte=now
    ).filter(~Exists(earlier))


def _back_off(delivery: Delivery, failure: Exception) -> None:
    parked = delivery.tries >= MAX_TRIES
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.PARKED if parked else Delivery.State.PENDING,
        error=f"{type(failure).__name__}: {failure}"[:2000],
        lease_until=None,
        retry_at=clock.machine_now() + timedelta(seconds=min(15 * 4 ** (delivery.tries - 1), 3600)),
    )
