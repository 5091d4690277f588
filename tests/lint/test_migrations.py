"""A column that is added later has a value in rows, and for code, that do not know it yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.migrations import AddField, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

ROOMS = frozenset(
    {
        "timeline",
        "accounts",
        "regeling",
        "applications",
        "documents",
        "assessment",
        "accountability",
        "community",
    }
)


def test_columns_are_added_with_a_default_of_the_database() -> None:
    migrations = sorted(MigrationLoader(None).disk_migrations.items())
    later = [(key, each) for key, each in migrations if key[0] in ROOMS and not each.initial]
    assert later
    bare = [f"{app}.{name} {column}" for (app, name), each in later for column in _bare(each)]
    assert bare == []


def _bare(migration: Migration) -> Iterator[str]:
    """Columns added to a table that was there before, without null and without a default."""
    steps = migration.operations
    new = {step.name.lower() for step in steps if isinstance(step, CreateModel)}
    for step in steps:
        if not isinstance(step, AddField) or step.model_name.lower() in new:
            continue
        if not step.field.null and step.field.db_default is NOT_PROVIDED:
            yield f"{step.model_name}.{step.name}"
