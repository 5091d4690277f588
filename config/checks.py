"""System checks: what `manage.py check` refuses about the code and the settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.database)
def transactions(**kwargs: Any) -> list[CheckMessage]:
    """A verb opens its own short transaction; a request never holds one open."""
    found: list[CheckMessage] = []
    for alias, database in settings.DATABASES.items():
        if database.get("ATOMIC_REQUESTS"):
            found.append(Error(f"database {alias}: ATOMIC_REQUESTS must be off", id="config.E001"))
        is_sqlite = database["ENGINE"].endswith("sqlite3")
        if is_sqlite and database.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE":
            found.append(
                Error(
                    f"database {alias}: SQLite needs transaction_mode IMMEDIATE", id="config.E002"
                )
            )
    return found


@register(Tags.security)
def nothing_of_the_demo(**kwargs: Any) -> list[CheckMessage]:
    """A movable clock belongs to the demo, and the demo never stands in production."""
    demo = "config.demo" in {entry.removesuffix(".apps.DemoConfig") for entry in _installed()}
    if settings.CLOCK_MOVABLE and not demo:
        return [Error("CLOCK_MOVABLE is on outside the demo", id="config.E003")]
    return []


@register(Tags.security, deploy=True)
def broker(**kwargs: Any) -> list[CheckMessage]:
    """PostgreSQL without a broker leaves all work to `manage.py work`: allowed, worth saying."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine.endswith("postgresql") and not settings.CELERY_BROKER_URL:
        return [
            checks.Warning(
                "CELERY_BROKER_URL is empty: work is done by `manage.py work` only",
                id="config.W001",
            )
        ]
    return []


def _installed() -> list[str]:
    return list(settings.INSTALLED_APPS)
