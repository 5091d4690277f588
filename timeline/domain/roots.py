"""The daily root: one hash over the heads of all streams, which is sent off the machine."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Max

from timeline import clock
from timeline.canon import canonical, sha256
from timeline.models import DailyRoot, Event


def root_of(until: datetime) -> tuple[str, int]:
    """Hash over the head of every stream as it was at ``until``, and the number of streams.

    Only events of the ordinary clock count: an example round lives in its own time.
    """
    last = (
        Event.objects.filter(recorded_at__lte=until, track="")
        .values("stream__kind", "stream__uid")
        .annotate(last=Max("number"))
        .order_by("stream__kind", "stream__uid")
    )
    heads = []
    for row in last:
        head = Event.objects.values_list("hash", flat=True).get(
            stream__kind=row["stream__kind"], stream__uid=row["stream__uid"], number=row["last"]
        )
        heads.append([row["stream__kind"], row["stream__uid"], row["last"], head])
    return sha256(canonical(heads)), len(heads)


def make_daily_root() -> DailyRoot | None:
    """Make and send the root of yesterday once; None when it exists already."""
    made_at = clock.moment(clock.today())
    yesterday = clock.day(made_at - timedelta(seconds=1))
    if DailyRoot.objects.filter(day=yesterday).exists():
        return None
    root, count = root_of(made_at)
    try:
        with transaction.atomic():
            made = DailyRoot.objects.create(
                day=yesterday, root=root, streams=count, made_at=made_at
            )
    except IntegrityError:
        return None  # another worker was first: there is one root a day
    if settings.ROOT_MAILBOX:
        EmailMessage(
            subject=f"Dagwortel {made.day.isoformat()}",
            body=f"{made.day.isoformat()} {made.streams} {made.root}\n",
            to=[settings.ROOT_MAILBOX],
            headers={"Message-ID": f"<root-{made.day.isoformat()}@{settings.MAIL_DOMAIN}>"},
        ).send()
    return made
