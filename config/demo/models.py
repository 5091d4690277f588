"""What the demo remembers: how far a play is, and every message that was sent."""

from __future__ import annotations

from django.db import models

from regeling.models import Call


class RoundPlay(models.Model):
    """A round that is being played, or was: its plan and how far it is."""

    track = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="+")
    plan = models.TextField()  # canonical text, made once
    anchor = models.DateTimeField(null=True)  # a round in the present: the moment it was planned at
    total = models.PositiveIntegerField(default=0)  # steps, as far as they can be counted before
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)  # machine time

    def __str__(self) -> str:
        return self.track


class PlayedStep(models.Model):
    """A step of a play that was taken; written in the transaction of the act itself."""

    play = models.ForeignKey(RoundPlay, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=120)
    result = models.TextField(default="null")  # canonical JSON: what later steps need

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["play", "key"], name="played_step_once"),
        ]

    def __str__(self) -> str:
        return self.key


class SentMail(models.Model):
    """A message that would have been sent."""

    message_id = models.CharField(max_length=200, unique=True)
    to = models.CharField(max_length=254, db_index=True)
    subject = models.CharField(max_length=500)
    body = models.TextField()
    track = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.subject
