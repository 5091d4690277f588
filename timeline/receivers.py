"""Signals of libraries, received here only."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from timeline import triggers


@receiver(post_migrate, dispatch_uid="timeline.triggers")
def make_triggers(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """A migration may have rebuilt a table and lost its triggers: make the room's again."""
    triggers.install(connections[using], triggers.of(sender))
