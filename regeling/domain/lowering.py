"""Lowering a ceiling during a call: it holds for who comes later, never for who was there (4:27).

An application that was received before the lowering was published may still be promised money up to
the ceiling of its day. What that takes above the lowered ceiling is overrun, written down with its
ground by a recorded act; money that comes back under a lowered ceiling takes its overrun along, so
that nobody who came later gets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from regeling.models import Ceiling, CeilingChange
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Refused

GROUND = "Awb 4:27, tweede lid"
"""A lowering that is published later has no consequence for applications received before it."""


def lower_ceiling(
    *, ceiling_id: int, cents: int, published_on: date, publication: str, actor: Actor
) -> CeilingChange:
    """Lower a ceiling by ``cents`` during a call; it works for applications that come later.

    What is promised already stays promised: where that is more than the lowered ceiling, the
    difference becomes overrun. Refuses nothing to lower, more than there is, and a publication that
    is still to come.
    """
    with transaction.atomic():
        ceiling = lock_one(Ceiling.objects.filter(pk=ceiling_id))
        if not 0 < cents <= ceiling.amount:
            raise Refused(
                _("Een verlaging is meer dan nul en hoogstens het plafond zelf."), field="cents"
            )
        if published_on > clock.today():
            raise Refused(
                _("De verlaging werkt pas vanaf de bekendmaking."),
                article="Awb 4:27",
                field="published_on",
            )
        after = ceiling.amount - cents
        overrun = max(ceiling.overrun, spent(ceiling) - after)
        change = CeilingChange.objects.create(
            ceiling=ceiling,
            before=ceiling.amount,
            after=after,
            published_on=published_on,
            publication=publication,
            made_at=clock.now(),
        )
        Ceiling.objects.filter(pk=ceiling.pk).update(amount=after, overrun=overrun)
        record(
            stream=("ceiling", str(ceiling.uid)),
            type="regeling.ceiling_lowered",
            facts={
                "before": change.before,
                "after": change.after,
                "published_on": published_on,
                "overrun": overrun - ceiling.overrun,
                "ground": GROUND,
            },
            actor=actor,
        )
        return change


def spent(ceiling: Ceiling) -> int:
    """What is promised or gone under a ceiling, in cents."""
    return ceiling.reserved + ceiling.open + ceiling.settled + ceiling.lapsed


def limit(ceiling: Ceiling, received_at: datetime | None) -> int:
    """Up to how many cents an application of that moment may be promised under a ceiling.

    The ceiling as it is; for who was received before a lowering was published, the ceiling of
    before. On the day of the publication itself, who came in before it was written down here was
    before it.
    """
    if received_at is None:
        return ceiling.amount
    lowered = ceiling.changes.filter(after__lt=F("before"))
    before = [change.before for change in lowered if _is_before(received_at, change)]
    return max([ceiling.amount, *before])


def free_for(ceiling: Ceiling, received_at: datetime | None) -> int:
    """What can still be promised under a ceiling to an application of that moment, in cents."""
    return max(ceiling.free, limit(ceiling, received_at) - spent(ceiling))


def make_room(
    ceilings: Sequence[Ceiling],
    *,
    cents: int,
    received_at: datetime | None,
    application: UUID,
    day: date,
    actor: Actor,
) -> None:
    """Let who was there before a lowering pass the lowered ceilings, as far as those of her day.

    ``ceilings`` are locked and all apply. Nothing happens when one of them has too little all the
    same: then the posting itself is refused.
    """
    short = [(row, cents - row.free) for row in ceilings if row.free < cents]
    if not short or any(free_for(row, received_at) < cents for row, _missing in short):
        return
    overrun(
        ceilings,
        short,
        act="ceiling_overrun",
        ground=GROUND,
        application=application,
        day=day,
        actor=actor,
    )


def overrun(
    ceilings: Sequence[Ceiling],
    short: Sequence[tuple[Ceiling, int]],
    *,
    act: str,
    ground: str,
    application: UUID,
    day: date,
    actor: Actor,
) -> None:
    """Give every ceiling in ``short`` what it lacks (cents), by a recorded act with its ground.

    ``ceilings`` are those of the call, locked, the total among them.
    """
    for row, missing in short:
        Ceiling.objects.filter(pk=row.pk).update(overrun=F("overrun") + missing)
    total = next(row for row in ceilings if row.scope == Ceiling.Scope.TOTAL)
    record(
        stream=("ceiling", str(total.uid)),
        type=f"regeling.{act}",
        facts={
            "application": str(application),
            "ground": ground,
            "ceilings": [[str(row.uid), missing] for row, missing in short],
        },
        actor=actor,
        counts_for=day,
    )


def close_room(ceilings: Sequence[Ceiling]) -> None:
    """Money came back: under a lowered ceiling overrun is never more than what is above it."""
    for row in Ceiling.objects.filter(pk__in=[row.pk for row in ceilings], overrun__gt=0):
        needed = max(0, spent(row) - row.amount)
        if needed < row.overrun and row.changes.filter(after__lt=F("before")).exists():
            Ceiling.objects.filter(pk=row.pk).update(overrun=needed)


def _is_before(received_at: datetime, change: CeilingChange) -> bool:
    day = clock.day(received_at)
    if day == change.published_on:
        return received_at < change.made_at
    return day < change.published_on
