"""From a database address to Django's settings, with the options that each engine needs."""

from __future__ import annotations

from typing import Any

import environ

# IMMEDIATE: a transaction that will write takes the write lock at once, instead of failing halfway.
# FULL and secure_delete: what was acknowledged is on disk, what was destroyed is gone from it.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}
# A verb that waits longer than this for a lock is refused; the page then says so.
POSTGRESQL = {"options": "-c lock_timeout=3000"}


def database(url: str) -> dict[str, Any]:
    """Settings for one database.

    ``url`` is ``sqlite:///path`` or ``postgresql://user:password@host/name``; a socket folder goes
    in percent-encoded as the host. Raises ``ValueError`` for an engine that is not supported.
    """
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    engine = settings["ENGINE"].rsplit(".", 1)[-1]
    given = settings.get("OPTIONS", {})
    if engine == "sqlite3":
        settings["OPTIONS"] = {**SQLITE, **given}
    elif engine == "postgresql":
        settings["OPTIONS"] = {**POSTGRESQL, **given}
        settings["CONN_HEALTH_CHECKS"] = True
        settings.setdefault("CONN_MAX_AGE", 60)
    else:
        raise ValueError(f"{engine} is not supported: use SQLite or PostgreSQL")
    settings["ATOMIC_REQUESTS"] = False
    return settings
