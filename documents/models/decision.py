"""A decision (beschikking): drafted, proposed, signed by another person, announced."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from applications.models import Application


class Decision(models.Model):
    """One decision about one application (Awb 1:3, 3:41).

    Until it is signed it can change; signing freezes ``snapshot``, the canonical facts of its
    letter, under ``hash``. ``basis`` holds what the judging room brought along: reasons,
    calculation, place, advice, hearing, as canonical text. Amounts are cents.
    """

    class Kind(models.TextChoices):
        AWARD = "award", _("Verlening")
        DIRECT_SETTLEMENT = "direct_settlement", _("Directe vaststelling")
        REJECTION = "rejection", _("Afwijzing")
        NOT_PROCESSED = "not_processed", _("Niet behandelen")
        SETTLEMENT = "settlement", _("Vaststelling")
        LOWER_SETTLEMENT = "lower_settlement", _("Lagere vaststelling")

    class Track(models.TextChoices):
        AWARD = "award"
        SETTLEMENT = "settlement"

    class State(models.TextChoices):
        DRAFT = "draft", _("Concept")
        PROPOSED = "proposed", _("Voorgesteld")
        SIGNED = "signed", _("Ondertekend")
        ANNOUNCED = "announced", _("Verstuurd")
        TAKEN_BACK = "taken_back", _("Teruggenomen")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    track = models.CharField(max_length=10, choices=Track)
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    amount_cents = models.BigIntegerField(default=0)
    basis = models.TextField(default="{}")
    explanation = models.TextField(blank=True)
    origin = models.CharField(max_length=24, blank=True)  # state of the application before
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    mandate = models.CharField(max_length=200, blank=True)
    snapshot = models.TextField(blank=True)
    hash = models.CharField(max_length=64, blank=True)
    reserved_cents = models.BigIntegerField(default=0)  # what signing itself reserved
    announce_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    objection_until = models.DateField(null=True)
    taken_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_reason = models.TextField(blank=True)
    problem = models.TextField(blank=True)  # why the letter could not be made, until it could

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "track"],
                condition=Q(state__in=["draft", "proposed", "signed"]),
                name="decision_one_open",
            ),
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="decision_no_minus"),
            models.CheckConstraint(
                condition=Q(track="award", kind__in=["award", "direct_settlement"])
                | Q(track="award", kind__in=["rejection", "not_processed"], amount_cents=0)
                | Q(track="settlement", kind__in=["settlement", "lower_settlement"]),
                name="decision_kind_in_track",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "announced"])
                | (
                    Q(signed_by__isnull=False, signed_at__isnull=False, announce_at__isnull=False)
                    & ~Q(hash="")
                    & ~Q(snapshot="")
                ),
                name="decision_signed_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True)
                | (
                    (Q(drafted_by__isnull=True) | ~Q(signed_by=F("drafted_by")))
                    & (Q(proposed_by__isnull=True) | ~Q(signed_by=F("proposed_by")))
                ),
                name="decision_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="announced", sent_on__isnull=False)
                | (~Q(state="announced") & Q(sent_on__isnull=True)),
                name="decision_announced_was_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_back") | ~Q(taken_back_reason=""),
                name="decision_taken_back_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "announce_at"], name="decision_by_state"),
            models.Index(fields=["application", "state"], name="decision_by_application"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
