"""A running application came under another text of its regulation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from applications.models.application import Application
from regeling.models import Revision, TransitionalRule


class RevisionMove(models.Model):
    """From a moment another text governs a dossier that was sent in. Never changed.

    What was sent stays as it was sent: its snapshots name the text under which that was.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="revision_moves"
    )
    number = models.PositiveIntegerField()
    before = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    transitional_rule = models.CharField(max_length=16, choices=TransitionalRule)
    made_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="revision_move_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="move_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.number}"
