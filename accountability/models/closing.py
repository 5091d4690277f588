"""Days after whose closing the figures of a regulation never change."""

from __future__ import annotations

from django.db import models

from accounts.models import Person
from regeling.models import Regulation


class DayClosing(models.Model):
    """The books of a regulation up to and including ``day`` were closed by an act.

    ``calls`` are the uids of the calls that counted, as canonical text; ``hash`` is that of the
    figures of that day, as they were known at its end.
    """

    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    calls = models.TextField()
    hash = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regulation", "day"], name="day_closed_once")
        ]
