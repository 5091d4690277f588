"""Triggers that keep rows as they were written, on PostgreSQL and SQLite.

Each room lists its triggers in ``<room>/triggers.py``. They are made after every migration, because
on SQLite a changed table silently loses its triggers, and ``verify`` checks that they are there.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

FUNCTION = """
CREATE OR REPLACE FUNCTION sve_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


@dataclass(frozen=True, slots=True)
class Immutable:
    """Rows of ``table`` refuse UPDATE of ``columns`` (empty: all) and DELETE, while ``when`` holds.

    ``when`` is an SQL condition on OLD (empty: always), valid on both databases; ``deletable`` lets
    rows go (a recorded act of destruction), ``name`` is unique in the database.
    """

    name: str
    table: str
    columns: tuple[str, ...] = ()
    when: str = ""
    deletable: bool = False

    @property
    def message(self) -> str:
        return f"{self.table} keeps its rows as they were written ({self.name})"

    def create(self, vendor: str) -> list[str]:
        """The statements that make the triggers; running them twice is harmless."""
        return self.drop(vendor) + (
            self._postgresql() if vendor == "postgresql" else self._sqlite()
        )

    def drop(self, vendor: str) -> list[str]:
        """The statements that remove them (only for a flush in tests and before re-creation)."""
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in self.names(vendor)]

    def names(self, vendor: str) -> list[str]:
        kinds = ["update"] + ([] if self.deletable else ["delete"])
        if vendor == "postgresql" and not self.deletable:
            kinds.append("truncate")
        return [f"{self.name}_{kind}" for kind in kinds]

    def _postgresql(self) -> list[str]:
        refuse = f"EXECUTE FUNCTION sve_refuse('{self.message}')"
        changed = self._condition("OLD.{0} IS DISTINCT FROM NEW.{0}")
        statements = [
            (
                f"CREATE TRIGGER {self.name}_update BEFORE UPDATE ON {self.table} "
                f"FOR EACH ROW {f'WHEN ({changed}) ' if changed else ''}{refuse}"
            )
        ]
        if not self.deletable:
            when = f"WHEN ({self.when}) " if self.when else ""
            statements += [
                (
                    f"CREATE TRIGGER {self.name}_delete BEFORE DELETE ON {self.table} "
                    f"FOR EACH ROW {when}{refuse}"
                ),
                (
                    f"CREATE TRIGGER {self.name}_truncate BEFORE TRUNCATE ON {self.table} "
                    f"FOR EACH STATEMENT {refuse}"
                ),
            ]
        return statements

    def _sqlite(self) -> list[str]:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        changed = self._condition("OLD.{0} IS NOT NEW.{0}")
        statements = [
            (
                f"CREATE TRIGGER {self.name}_update BEFORE UPDATE ON {self.table} "
                f"FOR EACH ROW {f'WHEN {changed} ' if changed else ''}{refuse}"
            )
        ]
        if not self.deletable:
            when = f"WHEN {self.when} " if self.when else ""
            statements.append(
                f"CREATE TRIGGER {self.name}_delete BEFORE DELETE ON {self.table} "
                f"FOR EACH ROW {when}{refuse}"
            )
        return statements

    def _condition(self, changed: str) -> str:
        parts = [f"({self.when})"] if self.when else []
        if self.columns:
            parts.append("(" + " OR ".join(changed.format(column) for column in self.columns) + ")")
        return " AND ".join(parts)


def of(config: AppConfig) -> list[Immutable]:
    """The triggers that one room declares."""
    module = f"{config.name}.triggers"
    if module == __name__:
        return OWN
    if not find_spec(module):
        return []
    found: list[Immutable] = importlib.import_module(module).TRIGGERS
    return found


def declared() -> list[Immutable]:
    """All triggers that the rooms declare, by name."""
    found = [trigger for config in apps.get_app_configs() for trigger in of(config)]
    return sorted(found, key=lambda trigger: trigger.name)


def install(connection: BaseDatabaseWrapper, wanted: list[Immutable]) -> None:
    """Make the triggers in ``wanted`` whose table exists, in one transaction."""
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for trigger in wanted:
            if trigger.table in tables:
                for statement in trigger.create(connection.vendor):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of declared triggers that the database does not have."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {row[0] for row in cursor.fetchall()}
    wanted = [name for trigger in declared() for name in trigger.names(connection.vendor)]
    return [name for name in wanted if name not in there]


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take the triggers away for a block and bring them back: for the flush of tests only."""
    with connection.cursor() as cursor:
        for trigger in declared():
            for statement in trigger.drop(connection.vendor):
                cursor.execute(statement)
    try:
        yield
    finally:
        install(connection, declared())


OWN = [
    Immutable("timeline_event_kept", "timeline_event"),
    Immutable("timeline_root_kept", "timeline_dailyroot"),
]
