"""The questionnaire of an evaluation. Who was asked and what was answered are never joined.

An invitation knows a person and that she answered; a sheet knows what somebody of a group answered.
Neither has a moment, a number or a key that leads to the other.
"""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from regeling.models import Evaluation


class Group(models.TextChoices):
    """Who is asked, in order: somebody who belongs to two groups is asked in the first."""

    AWARDED = "awarded"
    REFUSED = "refused"
    DROPPED = "dropped"
    BROKER = "broker"
    PANEL = "panel"


def random_key() -> int:
    """A random 63-bit key, so that not even the order of rows tells who was first."""
    return secrets.randbits(63)


class EvaluationQuestion(models.Model):
    """One question, for some groups or (empty) for everybody."""

    class Kind(models.TextChoices):
        CHOICE = "choice"
        SCALE = "scale"
        OPEN = "open"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    text = models.CharField(max_length=300)
    choices = models.TextField(default="[]")  # of a choice: its answers, as a JSON list
    groups = models.TextField(default="[]")  # JSON list of ``Group``; empty: everybody

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "number"], name="evaluation_question_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="choice") & ~Q(choices="[]")
                | (Q(kind__in=["scale", "open"]) & Q(choices="[]")),
                name="evaluation_question_has_choices",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class EvaluationInvitation(models.Model):
    """Somebody who is asked. Goes when the evaluation is finished.

    ``token_hash`` is that of the link that was mailed, empty before and after.
    """

    id = models.BigAutoField(primary_key=True, default=random_key)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=8, choices=Group)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, blank=True)
    mailed = models.BooleanField(default=False)
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "email"], name="evaluation_invitation_once"
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="evaluation_token_once",
            ),
            models.CheckConstraint(
                condition=Q(answered=False) | Q(token_hash=""),
                name="evaluation_answered_link_is_gone",
            ),
        ]


class EvaluationSheet(models.Model):
    """What somebody of a group answered: JSON of question number to answer. Nobody's name, no
    moment."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=8, choices=Group)
    answers = models.TextField()
