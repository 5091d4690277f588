"""Row locks, always in the same order, so that two acts wait for each other but never deadlock.

The order of the house: call, vote round, applications by key, ceilings by key, streams by key. On
PostgreSQL a lock waits 3 s at most (set on the connection). SQLite has one writer at a time
(``transaction_mode`` IMMEDIATE), which is stronger; there the row lock is a no-op.
"""

from __future__ import annotations

from typing import TypeVar

from django.db import OperationalError, models
from django.utils.translation import gettext as _

from timeline.refusal import Unavailable

M = TypeVar("M", bound=models.Model)


def lock(rows: models.QuerySet[M]) -> list[M]:
    """Lock the rows by key, in order, until the end of the transaction; return them.

    Raises ``Unavailable`` when somebody holds one of them for longer than the lock timeout.
    """
    try:
        return list(rows.order_by("pk").select_for_update(of=("self",)))
    except OperationalError as busy:
        if getattr(busy.__cause__, "sqlstate", "") == "55P03" or "locked" in str(busy):
            raise Unavailable(
                _("Iemand anders is hier net mee bezig. Probeer het over een paar tellen opnieuw."),
                code="busy",
            ) from busy
        raise


def lock_one(rows: models.QuerySet[M]) -> M:
    """Lock the one row of ``rows``; raises the model's ``DoesNotExist`` when there is none."""
    found = lock(rows)
    if not found:
        return rows.get()  # raises the model's own DoesNotExist
    return found[0]
