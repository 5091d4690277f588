"""Cash of an application: what must be paid, what was paid, what must come back."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models.application import Application


class CashEntry(models.Model):
    """One entry in cents. A correction is a new entry with negative cents, never an edit."""

    class Kind(models.TextChoices):
        PAYABLE = "payable"
        PAID = "paid"
        RECEIVABLE = "receivable"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="cash")
    kind = models.CharField(max_length=10, choices=Kind)
    cents = models.BigIntegerField()
    day = models.DateField()
    book_year = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True)
    booked_at = models.DateTimeField()
    reference = models.CharField(max_length=80, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["application", "kind"], name="cash_by_application")]
        constraints = [
            models.CheckConstraint(condition=~Q(cents=0), name="cash_entry_is_something"),
            models.CheckConstraint(
                condition=~Q(kind="paid") | Q(entered_by__isnull=False, confirmed_by__isnull=False),
                name="payment_has_two_people",
            ),
            models.CheckConstraint(
                condition=Q(entered_by__isnull=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(entered_by=F("confirmed_by")),
                name="payment_by_two_different_people",
            ),
        ]
