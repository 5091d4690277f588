"""How long questions take, added up: no row says anything about one person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from regeling.models import Revision


class QuestionTime(models.Model):
    """Of one question of one text: how often it was answered, and the seconds spent on it.

    Only sums are kept; which application they came from is not.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    answers = models.PositiveIntegerField(default=0)
    seconds = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "question"], name="question_time_once"),
            models.CheckConstraint(
                condition=Q(answers__gte=0, seconds__gte=0), name="question_time_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.question
