"""What was sent in: snapshots and files; and the days on which the clock stood still."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models.application import Application


class Snapshot(models.Model):
    """All answers as they were sent: the submission, and beside it every supplement."""

    class Kind(models.TextChoices):
        SUBMISSION = "submission"
        SUPPLEMENT = "supplement"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    salt = models.CharField(max_length=32)
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="snapshot_once")
        ]


class Attachment(models.Model):
    """A file with an answer. The bytes lie under their hash; the name lives here only."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="attachments"
    )
    question = models.CharField(max_length=80)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)


class Suspension(models.Model):
    """Days on which the decision term stands still (4:15): never edited, ended once.

    Counted from the day after ``asked_on`` up to the day on which the data came in or the repair
    term passed.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="suspensions"
    )
    ground = models.CharField(max_length=40)
    asked_on = models.DateField()
    due_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(ended_on__isnull=True),
                name="suspension_one_open",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("asked_on")),
                name="suspension_ends_after_start",
            ),
        ]
