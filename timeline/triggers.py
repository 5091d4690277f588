"""Triggers that keep rows as they were written, on PostgreSQL and SQLite.

Each room lists its triggers in ``<room>/triggers.py``. They are made after every migration, because
on SQLite a changed table silently loses its triggers, and ``verify`` checks that they are there.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
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


Way = Callable[[str], str]
_ways: list[Way] = []


def way_out(rule: Way) -> Way:
    """Register the one recorded act by which kept rows may go.

    ``rule`` gives, for the name of a table, an SQL condition on OLD under which a row may be
    deleted, or "" where none may; valid on both databases, and it may look at other tables.
    """
    _ways[:] = [rule]
    return rule


def _may_go(table: str) -> str:
    return _ways[0](table) if _ways else ""


@dataclass(frozen=True, slots=True)
class Immutable:
    """Rows of ``table`` refuse UPDATE of ``columns`` (empty: all) and DELETE, while ``when`` holds.

    A DELETE passes under the condition that ``way_out`` gives for the table, and under no other.

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
            allowed = _may_go(self.table)
            if allowed:
                # The condition looks at other tables, which a WHEN may not do here.
                statements.append(guard(f"{self.name}_leaves", allowed, "OLD", self.message))
            kept = f"EXECUTE FUNCTION {self.name}_leaves()" if allowed else refuse
            statements += [
                (
                    f"CREATE TRIGGER {self.name}_delete BEFORE DELETE ON {self.table} "
                    f"FOR EACH ROW {when}{kept}"
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
            allowed = _may_go(self.table)
            parts = [f"({self.when})"] if self.when else []
            parts += [f"({allowed}) IS NOT TRUE"] if allowed else []
            when = f"WHEN {' AND '.join(parts)} " if parts else ""
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


def guard(name: str, allowed: str, returned: str, message: str) -> str:
    """The statement that makes a PostgreSQL function which lets a row pass only where ``allowed``
    holds; ``returned`` is the row (OLD or NEW) that a trigger hands on."""
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger "
        f"LANGUAGE plpgsql AS $$ BEGIN IF {allowed} THEN RETURN {returned}; END IF; "
        f"RAISE EXCEPTION '{message}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )


@dataclass(frozen=True, slots=True)
class Allowed(Immutable):
    """Rows of ``table`` refuse an ``act`` (INSERT, UPDATE of ``columns``, DELETE).

    Unless ``allowed`` holds: SQL on OLD and NEW that may look at other tables, valid on both
    databases. A DELETE passes under the condition of ``way_out`` as well.
    """

    act: str = "UPDATE"
    allowed: str = ""

    def names(self, vendor: str) -> list[str]:
        return [f"{self.name}_{self.act.lower()}"]

    def _passes(self) -> str:
        way = _may_go(self.table) if self.act == "DELETE" else ""
        return f"({self.allowed}) OR ({way})" if way else self.allowed

    def _postgresql(self) -> list[str]:
        changed = self._condition("OLD.{0} IS DISTINCT FROM NEW.{0}")
        returned = "OLD" if self.act == "DELETE" else "NEW"
        return [
            guard(f"{self.name}_check", self._passes(), returned, self.message),
            (
                f"CREATE TRIGGER {self.names('')[0]} BEFORE {self.act} ON {self.table} "
                f"FOR EACH ROW {f'WHEN ({changed}) ' if changed else ''}"
                f"EXECUTE FUNCTION {self.name}_check()"
            ),
        ]

    def _sqlite(self) -> list[str]:
        changed = self._condition("OLD.{0} IS NOT NEW.{0}")
        when = " AND ".join(part for part in (changed, f"({self._passes()}) IS NOT TRUE") if part)
        return [
            (
                f"CREATE TRIGGER {self.names('')[0]} BEFORE {self.act} ON {self.table} "
                f"FOR EACH ROW WHEN {when} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            )
        ]


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


def remove(connection: BaseDatabaseWrapper, unwanted: list[Immutable]) -> None:
    """Take away the triggers in ``unwanted`` whose table exists: for the time of a migration.

    SQLite refuses to rename a rebuilt table while a trigger of another looks at it.
    """
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for trigger in unwanted:
            if trigger.table in tables:
                for statement in trigger.drop(connection.vendor):
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
