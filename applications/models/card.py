"""The public card: what people who choose read of an initiative; and who said to support it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Person
from applications.models.application import Application


class PublicCard(models.Model):
    """What the applicant wants to show of her initiative beside its title, place and amount.

    ``photo`` is the SHA-256 under which the picture is stored, empty where there is none.
    ``agreed_hash`` names the whole card as she saw it when she agreed: another word anywhere, and
    the agreement no longer holds. What was sent in lies in the snapshot, which is what counts.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="public_card"
    )
    text = models.TextField(blank=True)
    chosen_name = models.CharField(max_length=200, blank=True)
    photo = models.CharField(max_length=64, blank=True)
    photo_text = models.CharField(max_length=200, blank=True)  # what the picture shows
    photo_consent = models.BooleanField(default=False)  # everybody recognisable agreed
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_hash = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True, agreed_hash="")
                | (Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~Q(agreed_hash="")),
                name="public_card_agreed_by_somebody",
            ),
        ]


class Support(models.Model):
    """Somebody pressed "Ik steun dit". Taking it back removes the row."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="supporters"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="support_once")
        ]
