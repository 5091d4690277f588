"""The decisions of a round, signed together and announced at one moment."""

from __future__ import annotations

import uuid

from django.db import models

from accounts.models import Person
from documents.models.decision import Decision
from regeling.models import Call


class DecisionBatch(models.Model):
    """A batch is a row with items; every item succeeds or fails on its own.

    ``signed_by`` and ``announce_at`` are set when somebody signs the whole; the worker then signs
    item by item what she saw.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    announce_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "decision batches"

    def __str__(self) -> str:
        return self.title


class BatchItem(models.Model):
    """One decision in a batch. ``seen_hash`` is what the signer had before her eyes."""

    batch = models.ForeignKey(DecisionBatch, on_delete=models.PROTECT, related_name="items")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="batch_item")
    position = models.PositiveIntegerField()
    seen_hash = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batch_position_once")
        ]
