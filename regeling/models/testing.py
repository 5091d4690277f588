"""What belongs to a test call only: its testers, its mail that was not sent, and its removal."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Person
from regeling.models.calls import Call

NOWHERE = -1


class Tester(models.Model):
    """Somebody outside the office who may look at a test call and take part in it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="testers")
    email = models.EmailField()
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "email"], name="tester_once"),
        ]

    def __str__(self) -> str:
        return self.email


class KeptMail(models.Model):
    """A message of a test call: made as it would have been sent, and kept instead."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="kept_mail")
    message_id = models.CharField(max_length=300)
    to = models.EmailField()
    subject = models.CharField(max_length=500)
    body = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "message_id", "to"], name="kept_mail_once"),
        ]

    def __str__(self) -> str:
        return self.subject


class CallRemoval(models.Model):
    """A test call is being removed: while this row is there, its kept rows may go.

    The database takes it for a test call only, and no transaction can end with it: ``nowhere`` is a
    call that does not exist, and that key is looked at when the transaction ends. So nobody but the
    act that removes it ever sees it.
    """

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="+")
    nowhere = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="+", default=NOWHERE, db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nowhere=NOWHERE), name="call_removal_never_stays"),
        ]

    def __str__(self) -> str:
        return f"removal of {self.call_id}"


class LeftFile(models.Model):
    """A file on disk whose rows went with a test call; the worker takes it away."""

    path = models.CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.path
