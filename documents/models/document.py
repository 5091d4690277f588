"""A letter as it was stored: the file under its hash is the original."""

from __future__ import annotations

import uuid

from django.db import models

from applications.models import Application
from documents.models.decision import Decision


class Document(models.Model):
    """One stored letter. ``cause`` is the uid of the event or decision that it follows.

    A cause has one letter of each kind, whatever happens to the worker. ``facts`` is the canonical
    text from which the letter was made, ``sha256`` the hash of the file before a seal,
    ``sealed_sha256`` after it (empty: no seal). Nothing of it ever changes.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, related_name="document"
    )
    kind = models.CharField(max_length=24)
    cause = models.CharField(max_length=64)
    subject = models.CharField(max_length=300)
    facts = models.TextField()
    facts_sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200, unique=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed_sha256 = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=200)
    rendered_at = models.DateTimeField()
    sent_on = models.DateField()
    by_post = models.BooleanField(default=False)  # nobody to notify: it goes out on paper

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "cause"], name="document_once"),
        ]
        indexes = [models.Index(fields=["application", "sent_on"], name="document_by_application")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class OrderedLetter(models.Model):
    """A letter that a room asked for and that decides nothing: to supplement, to be heard.

    ``facts`` is its canonical text without the day of sending; the worker prints it once.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    facts = models.TextField()
    ordered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
