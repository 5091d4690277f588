"""A payment that one person of finance entered and another confirms or refuses."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models import Application, CashEntry


class Payment(models.Model):
    """A payment on its way into the ledger: entered by one, confirmed by a second (four eyes).

    Confirming writes the ``CashEntry``; a refusal keeps its reason and writes nothing.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    cents = models.BigIntegerField()
    day = models.DateField()
    reference = models.CharField(max_length=80)
    last4 = models.CharField(max_length=4, blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True)
    entry = models.OneToOneField(CashEntry, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="payment_is_something"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("entered_by")),
                name="payment_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by=None, refusal="", entry=None)
                | (Q(decided_at__isnull=False, decided_by__isnull=False, entry__isnull=False))
                & Q(refusal="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False, entry=None))
                & ~Q(refusal=""),
                name="payment_open_confirmed_or_refused",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(decided_at__isnull=True),
                name="payment_one_open",
            ),
        ]
