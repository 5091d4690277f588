"""The account (verantwoording) of a recipient: a report that is asked, or a story that is not."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models import Application


class Report(models.Model):
    """What was done with a subsidy (Awb 4:45). It never changes once it was handed in.

    ``text`` is the canonical content as it was handed in, ``hash`` its salted hash, which the event
    names; the salt lies here and goes when the row is destroyed. Amounts are cents.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    done = models.TextField(blank=True)
    participants = models.PositiveIntegerField(null=True)
    volunteer_hours = models.PositiveIntegerField(null=True)
    learned = models.TextField(blank=True)
    costs_cents = models.BigIntegerField(null=True)
    photo_consent = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True, hash="", text="")
                | (Q(handed_in_at__isnull=False) & ~Q(hash="") & ~Q(text="")),
                name="report_handed_in_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(costs_cents__isnull=True) | Q(costs_cents__gte=0),
                name="report_costs_not_negative",
            ),
        ]

    @property
    def handed_in(self) -> bool:
        return self.handed_in_at is not None


class Photo(models.Model):
    """A picture with a report, its bytes under their hash; sealed when that is handed in."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="photos")
    name = models.CharField(max_length=255)
    description = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="photo_once",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("uploaded_at")),
                name="photo_removed_after_upload",
            ),
        ]
