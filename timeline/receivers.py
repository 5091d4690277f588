"""Signals of libraries, received here only."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.dispatch import receiver

from timeline import triggers


@receiver(pre_migrate, dispatch_uid="timeline.triggers_aside")
def put_triggers_aside(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """A migration may rebuild a table that triggers of others look at: make room for it. A
    migration that breaks off leaves them out, and ``verify`` names them."""
    triggers.remove(connections[using], triggers.of(sender))


@receiver(post_migrate, dispatch_uid="timeline.triggers")
def make_triggers(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """A migration may have rebuilt a table and lost its triggers: make the room's again."""
    triggers.install(connections[using], triggers.of(sender))
