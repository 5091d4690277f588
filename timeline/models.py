"""Streams of events, what must follow from them, and the roots that leave the machine."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import Q


class Stream(models.Model):
    """Everything that happened to one thing, in order. Its row is the lock for writing."""

    kind = models.CharField(max_length=40)
    uid = models.CharField(max_length=64)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "uid"], name="stream_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.uid}"


class Event(models.Model):
    """One thing that happened; ``hash`` covers its canonical ``text``. It never changes."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=80, db_index=True)
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    counts_for = models.DateField(db_index=True)
    actor_uid = models.CharField(max_length=64)
    track = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["stream_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="event_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="event_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.type} ({self.stream_id}/{self.number})"

    @property
    def body(self) -> dict[str, Any]:
        """The whole canonical body: facts, actor, dates."""
        content: dict[str, Any] = json.loads(self.text)
        return content

    @property
    def facts(self) -> dict[str, Any]:
        """What happened: ids, codes, cents, dates as text. No personal data."""
        content: dict[str, Any] = self.body["facts"]
        return content


class Delivery(models.Model):
    """What must follow from an event: one row for each handler, claimed by a conditional update.

    ``due`` is on the clock of the event's track; ``lease_until`` and ``retry_at`` are machine time.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        PARKED = "parked"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveIntegerField()
    handler = models.CharField(max_length=80)
    track = models.CharField(max_length=64, blank=True)
    due = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    lease_until = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | (~Q(state="done") & Q(done_at__isnull=True)),
                name="delivery_done_has_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["track", "due", "id"],
                condition=Q(state="pending"),
                name="delivery_to_do",
            ),
            models.Index(
                fields=["stream", "handler", "number"],
                condition=~Q(state="done"),
                name="delivery_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handler} <- {self.event_id}"


class DailyRoot(models.Model):
    """One hash over the heads of all streams at the end of a day; a copy leaves the machine."""

    day = models.DateField(unique=True)
    streams = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}: {self.root}"


class ClockOffset(models.Model):
    """How far the demo's clock has been moved, forward only. Never read in production."""

    seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="clock_offset_single_row"),
            models.CheckConstraint(condition=Q(seconds__gte=0), name="clock_only_forward"),
        ]

    def __str__(self) -> str:
        return f"+{self.seconds} s"


class Heartbeat(models.Model):
    """When a worker last looked for work (machine time), so that a silent one is noticed."""

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.seen_at:%Y-%m-%d %H:%M}"
