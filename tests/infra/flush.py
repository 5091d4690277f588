"""Empty the database after a test that committed, past the triggers that keep its rows."""

from __future__ import annotations

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from timeline import triggers

# Written by migrations and read by everyone; no test changes them.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def flush(connection: BaseDatabaseWrapper) -> None:
    """Empty every table that has rows; afterwards the triggers stand as before.

    Going by rows instead of truncating all tables makes this milliseconds instead of half a second.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias):
            with connection.cursor() as cursor:
                # Off for this transaction only: no trigger fires, and no foreign key is looked at.
                cursor.execute("SET LOCAL session_replication_role = replica")
            _empty(connection)
        return
    with connection.constraint_checks_disabled(), triggers.lifted(connection):
        _empty(connection)


def _empty(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in _filled(connection):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _filled(connection: BaseDatabaseWrapper) -> list[str]:
    names = set(connection.introspection.table_names()) - KEPT
    quote = connection.ops.quote_name
    asked = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})" for name in sorted(names)
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [row[0] for row in cursor.fetchall()]
