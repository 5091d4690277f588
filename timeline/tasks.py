"""Celery distributes and wakes; the work itself is the claim function."""

from __future__ import annotations

from celery import shared_task

from timeline import chores as all_chores
from timeline import deliver as deliveries
from timeline.domain.roots import make_daily_root


@shared_task(name="timeline.deliver", ignore_result=True)
def deliver(limit: int = 50) -> int:
    """Deliver what is due and leave a sign of life."""
    deliveries.beat("worker")
    return deliveries.run_due(limit=limit)


@shared_task(name="timeline.daily_root", ignore_result=True)
def daily_root() -> None:
    """Make the root of yesterday, once."""
    make_daily_root()


@shared_task(name="timeline.chores", ignore_result=True)
def chores() -> None:
    """Do what has come round."""
    all_chores.run_chores()
