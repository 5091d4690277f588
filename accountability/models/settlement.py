"""A hearing (zienswijze) before a lower settlement, and the proposal for a settlement."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models import Application


class Hearing(models.Model):
    """The applicant is asked for her view before a lower settlement (Awb 4:12(2)).

    ``intent`` is what we mean to decide and why, in the words that she reads. Closed by her
    response or by the end of the term; both are facts here and never changed afterwards.
    """

    class Ground(models.TextChoices):
        NOT_DONE = "a"
        OBLIGATIONS = "b"
        WRONG_DATA = "c"
        WRONG_AWARD = "d"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=1, choices=Ground)
    intent = models.TextField()
    intended_cents = models.BigIntegerField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    response = models.TextField(blank=True)
    responded_at = models.DateTimeField(null=True)
    responded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    salt = models.CharField(max_length=32, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "asked_on"], name="hearing_once_a_day"),
            models.CheckConstraint(condition=~Q(intent=""), name="hearing_says_what_we_intend"),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("asked_on")), name="hearing_has_a_term"
            ),
            models.CheckConstraint(
                condition=Q(responded_at__isnull=True, response="")
                | (Q(responded_at__isnull=False) & ~Q(response="")),
                name="hearing_response_has_moment",
            ),
        ]


class SettlementProposal(models.Model):
    """What one person proposes to settle, and on which ground lower (Awb 4:46(2)); another decides.

    Decided as a decision of ``documents``, whose uid stands here once it is drafted.
    """

    class Kind(models.TextChoices):
        SETTLEMENT = "settlement"
        LOWER_SETTLEMENT = "lower_settlement"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    awarded_cents = models.BigIntegerField()
    settled_cents = models.BigIntegerField()
    ground = models.CharField(max_length=1, choices=Hearing.Ground, blank=True)
    reason = models.TextField(blank=True)
    proportionality = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decision_uid = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="settlement", settled_cents=F("awarded_cents"), ground="", hearing=None
                )
                | (
                    Q(
                        kind="lower_settlement",
                        settled_cents__gte=0,
                        settled_cents__lt=F("awarded_cents"),
                        ground__in=["a", "b", "c", "d"],
                        hearing__isnull=False,
                    )
                    & ~Q(reason="")
                    & ~Q(proportionality="")
                ),
                name="settlement_lower_with_ground_and_hearing",
            ),
        ]
