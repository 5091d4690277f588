"""Who judges which application, with what interest, and what she found."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models import Application


class Assignment(models.Model):
    """The assessor (behandelaar) of an application, and why she."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(until__isnull=True),
                name="assignment_one_open",
            )
        ]
        indexes = [
            models.Index(
                fields=["assessor"], condition=Q(until__isnull=True), name="assignment_open"
            )
        ]


class InterestStatement(models.Model):
    """Before the dossier opens: has this person an interest in it? (Awb 2:4)"""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    has_interest = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person"], name="interest_statement_once"
            )
        ]


class Review(models.Model):
    """What one reviewer finds: the 4D conversation, never scored, and the regulation's criteria."""

    class Conclusion(models.TextChoices):
        POSITIVE = "positive"
        NEGATIVE = "negative"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    durven = models.TextField(blank=True)
    delen = models.TextField(blank=True)
    denken = models.TextField(blank=True)
    doen = models.TextField(blank=True)
    offer = models.TextField(blank=True)
    conclusion = models.CharField(max_length=8, choices=Conclusion, blank=True)
    grounds = models.TextField(default="[]")  # canonical JSON: codes of criteria and grounds
    advice = models.TextField(blank=True)
    coached = models.BooleanField(default=False)  # then it does not count alone
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer"], name="review_once_a_reviewer"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(conclusion=""),
                name="review_submitted_concludes",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | ~Q(conclusion="negative")
                | ~Q(grounds="[]"),
                name="review_negative_names_a_ground",
            ),
        ]


class ReviewAnswer(models.Model):
    """The answer to one criterion, with the argument for it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=80)
    answer = models.TextField(blank=True)  # yes or no, a whole number, or a text
    argument = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="review_answer_once")
        ]


class HearingRequest(models.Model):
    """A notice of intent, and what the applicant answered (zienswijze, Awb 4:7)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    reply = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=F("asked_on")), name="hearing_request_has_a_term"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="hearing_answer_has_a_day",
            ),
        ]
