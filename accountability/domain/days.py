"""Close a day: from then on the figures that were known on it never change."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accountability.domain.monitor import closing_of, monitor
from accountability.models import DayClosing
from accounts.domain.grants import holds
from accounts.roles import Role
from regeling.models import Call, Regulation
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, sha256
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import NotAllowed, Refused

# An act that began before midnight may still be committing; a lock waits 3 s, a verb is short.
SETTLING_TIME = timedelta(minutes=10)


def close_day(*, regulation_id: int, day: date, actor: Actor) -> DayClosing:
    """Close the books of a regulation up to and including ``day`` (finance only).

    Keeps the calls that counted and the hash of the figures of that day. A day that is closed stays
    as it was closed. Refuses a day that is not over, and figures that do not reconcile
    (``DoesNotReconcile``).
    """
    with transaction.atomic():
        regulation = lock_one(
            Regulation.objects.filter(pk=regulation_id).select_related("authority")
        )
        _refuse_stranger(regulation, actor)
        known = closing_of(regulation_id=regulation_id, day=day)
        if known is not None:
            return known
        end = clock.moment(day + timedelta(days=1))
        now = clock.now()
        if now < end + SETTLING_TIME:
            raise Refused(
                _("Deze dag is nog niet voorbij. Sluit hem vanaf tien minuten na middernacht."),
                field="day",
                code="day_not_over",
            )
        made = monitor(regulation_id=regulation_id, as_of=day, known_on=day)
        calls = Call.objects.filter(revision__regulation_id=regulation_id, opened_at__lt=end)
        calls = calls.exclude(kind=Call.Kind.TEST)
        uids = sorted(str(uid) for uid in calls.values_list("uid", flat=True))
        closing = DayClosing.objects.create(
            regulation=regulation,
            day=day,
            calls=canonical(uids),
            hash=sha256(canonical(made.as_plain())),
            closed_at=now,
            closed_by_id=actor.person_id,
        )
        record(
            stream=("regulation", regulation.slug),
            type="accountability.day_closed",
            facts={"day": day, "calls": uids, "hash": closing.hash},
            actor=actor,
            counts_for=day,
        )
        return closing


def _refuse_stranger(regulation: Regulation, actor: Actor) -> None:
    if actor.is_system:
        return
    if not holds(
        actor.person_id,
        Role.FINANCE,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    ):
        raise NotAllowed(_("Alleen financiën kan een dag afsluiten."), code="actor")
