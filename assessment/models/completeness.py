"""What an application still lacks, and what was asked of the applicant (Awb 4:5)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models import Application


class CompletenessItem(models.Model):
    """One thing that the regulation asks: an answer, a document, a signature."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        EVIDENCE = "evidence"
        SIGNATURE = "signature"

    class Status(models.TextChoices):
        OPEN = "open"
        PRESENT = "present"
        MISSING = "missing"

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=80)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    note = models.TextField(blank=True)  # what exactly is missing, for the letter
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "code"], name="completeness_item_once"
            ),
            models.CheckConstraint(
                condition=Q(status="open") | Q(checked_at__isnull=False),
                name="completeness_item_checked_has_moment",
            ),
        ]


class SupplementRequest(models.Model):
    """One letter that asks for everything that is missing, with one last day (4:5, 4:15)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    items = models.TextField()  # canonical JSON: [kind, code, what to send]
    asked_on = models.DateField()
    due_on = models.DateField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="supplement_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("asked_on")), name="supplement_request_has_a_term"
            ),
        ]
