"""Looking back on a regulation: an evaluation of a period, and what was found."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from regeling.models.calls import Regulation


class Evaluation(models.Model):
    """What a regulation brought about in a period (Awb 4:24), up to and including ``last_day``.

    ``asked_at`` is when the questionnaire went out, ``ends_on`` the last day to answer it. Once it
    is finished ``told`` holds its figures and answers as canonical text, and nothing changes.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="evaluations")
    title = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField()
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)
    finished_at = models.DateTimeField(null=True)
    told = models.TextField(blank=True)
    told_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="evaluation_of_a_period"
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, ends_on__isnull=True)
                | Q(asked_at__isnull=False, ends_on__isnull=False),
                name="evaluation_asked_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, told="", told_sha256="")
                | (Q(finished_at__isnull=False) & ~Q(told="") & ~Q(told_sha256="")),
                name="evaluation_finished_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Finding(models.Model):
    """One thing that was found: about an article or a part of the definition, with a proposal.

    ``code`` is how people call it ("B1"); changes in a later text name it (``ChangeReason``).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    text = models.TextField()
    article = models.CharField(max_length=100, blank=True)
    path = models.CharField(max_length=200, blank=True)
    proposal = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="finding_once"),
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:60]}"

    @property
    def code(self) -> str:
        """How it is called within its evaluation."""
        return f"B{self.number}"
