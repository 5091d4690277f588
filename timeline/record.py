"""Write down what happened, and with it what must follow: one transaction, one chain."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from django.db import transaction

from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, moment_text, sha256
from timeline.deliveries import subscribed
from timeline.locks import lock
from timeline.models import Delivery, Event, Stream


def record(
    *,
    stream: tuple[str, str],
    type: str,
    facts: dict[str, Any],
    actor: Actor,
    counts_for: date | None = None,
    due: datetime | None = None,
    version: int = 1,
) -> Event:
    """Append an event to ``stream`` (kind, uid) and create its deliveries; return the event.

    ``facts`` hold ids, codes, cents and dates; no personal data, no floats. ``counts_for`` is the
    day it counts for (default: the day it is recorded), ``due`` the moment from which handlers that
    name none of their own may run. The stream is locked, so ``recorded_at`` never lies before its
    predecessor. Raises ``RuntimeError`` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of the act")
    kind, uid = stream
    Stream.objects.get_or_create(kind=kind, uid=str(uid))
    row = lock(Stream.objects.filter(kind=kind, uid=str(uid)))[0]
    at = _not_before_predecessor(row, clock.now())
    event = Event(
        uid=uuid.uuid4(),
        stream=row,
        number=row.length + 1,
        type=type,
        version=version,
        previous=row.head,
        recorded_at=at,
        counts_for=counts_for or clock.day(at),
        actor_uid=actor.uid,
        track=clock.track(),
    )
    event.text = canonical(body(event, kind=kind, uid=str(uid), facts=facts, actor=actor))
    event.hash = sha256(event.text)
    event.save(force_insert=True)
    Stream.objects.filter(pk=row.pk).update(length=event.number, head=event.hash)
    Delivery.objects.bulk_create(
        Delivery(
            event=event,
            stream=row,
            number=event.number,
            handler=handler.name,
            track=event.track,
            due=handler.due(event) if handler.due else (due or at),
        )
        for handler in subscribed(type)
    )
    return event


def body(
    event: Event, *, kind: str, uid: str, facts: dict[str, Any], actor: Actor
) -> dict[str, Any]:
    """What the hash of an event covers."""
    return {
        "uid": str(event.uid),
        "stream": [kind, uid],
        "number": event.number,
        "type": event.type,
        "version": event.version,
        "previous": event.previous,
        "recorded_at": moment_text(event.recorded_at),
        "counts_for": event.counts_for,
        "track": event.track,
        "actor": {
            "uid": actor.uid,
            "party": actor.party_uid,
            "mandate": actor.mandate,
            "channel": actor.channel,
        },
        "facts": facts,
    }


def _not_before_predecessor(stream: Stream, at: datetime) -> datetime:
    if not stream.length:
        return at
    last = Event.objects.filter(stream=stream, number=stream.length).values_list("recorded_at")
    return max(at, last[0][0])
