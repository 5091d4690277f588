"""What the interface for programs must remember: tokens, and answers to repeated requests."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Person


class ApiToken(models.Model):
    """A token with which a program acts for a person; it is shown once and never kept."""

    class Scope(models.TextChoices):
        READ = "read"
        WRITE = "write"
        MONITOR = "monitor"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    @property
    def scope_set(self) -> frozenset[str]:
        return frozenset(self.scopes.split())


class RepeatableRequest(models.Model):
    """An unsafe request under an idempotency key, and the answer it got.

    The same key and body get the same answer. ``owner`` is the hash of the credentials, ``status``
    is empty while the first request is being handled.
    """

    owner = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="idempotency_key_once"),
            models.CheckConstraint(condition=~Q(key=""), name="idempotency_key_not_empty"),
        ]
