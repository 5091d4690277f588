"""Who signed, who stands beside the dossier, and what the broker remarked."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Party, Person
from applications.models.application import Application


class Signature(models.Model):
    """One signed, or declined to sign, what the hash says. Voided when what was signed changes."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="signatures"
    )
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "party", "person"],
                condition=Q(voided_at__isnull=True),
                name="signature_once",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=False, declined_at__isnull=True)
                | Q(signed_at__isnull=True, declined_at__isnull=False),
                name="signature_yes_or_no",
            ),
        ]


class Involvement(models.Model):
    """A fact that decides who may see or judge: coach, assessor, recused."""

    class Kind(models.TextChoices):
        COACH = "coach"
        ASSESSOR = "assessor"
        RECUSED = "recused"

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="involvements"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person", "kind"],
                condition=Q(until__isnull=True),
                name="involvement_once",
            )
        ]


class Remark(models.Model):
    """What the broker remarked at a field of the draft; taken or left by the initiator."""

    class Answer(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        LEFT = "left"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=6, choices=Answer, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True)
