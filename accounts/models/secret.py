"""BSN and IBAN, encrypted, in one table; everything else holds the uid and the last four."""

from __future__ import annotations

import uuid

from django.db import models

from accounts.models.party import Party


class SecretNumber(models.Model):
    """One number of a party. ``blind_index`` finds the same number again without reading it."""

    class Kind(models.TextChoices):
        IBAN = "iban"
        BSN = "bsn"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=4, choices=Kind)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="secret_numbers")
    ciphertext = models.TextField()
    blind_index = models.CharField(max_length=64, db_index=True)
    last4 = models.CharField(max_length=4, blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "party", "blind_index"], name="secret_number_once"
            )
        ]
