"""The one way out for kept rows: a test call that is being removed takes its own along.

Which call a row belongs to follows from its keys. A table that leads to no call keeps its rows.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.options import Options

from regeling.models import Call, CallRemoval
from timeline.triggers import way_out

Key = models.ForeignKey  # a OneToOneField is one as well


@way_out
def leaving(table: str) -> str:
    """SQL on OLD: the call to which a row of ``table`` belongs is being removed; "" for a table
    whose rows belong to no call."""
    model = next((each for each in apps.get_models() if meta(each).db_table == table), None)
    if model is None:
        return ""
    call = "OLD.id" if model is Call else _call_of(model)
    if not call:
        return ""
    removals = meta(CallRemoval).db_table
    return f"EXISTS (SELECT 1 FROM {removals} g WHERE g.call_id = {call})"  # noqa: S608  our names


def meta(model: type[models.Model]) -> Options[Any]:
    """What Django knows of a model: its table and its fields."""
    return model._meta  # noqa: SLF001  Django's own, documented door to them


def path_to_call(model: type[models.Model]) -> list[Key]:
    """The shortest way along keys from ``model`` to its call; empty where there is none.

    A key that may be empty is followed only where no other leads there.
    """
    return _walk(model, sure=True) or _walk(model, sure=False)


def keys_of(model: type[models.Model]) -> list[Key]:
    """The keys of a model to others."""
    return [field for field in meta(model).concrete_fields if isinstance(field, Key)]


def _walk(model: type[models.Model], *, sure: bool) -> list[Key]:
    ways: deque[tuple[type[models.Model], list[Key]]] = deque([(model, [])])
    seen = {model}
    while ways:
        here, way = ways.popleft()
        for key in keys_of(here):
            target = key.related_model
            if not isinstance(target, type) or target in seen or (sure and key.null):
                continue
            if target is Call:
                return [*way, key]
            seen.add(target)
            ways.append((target, [*way, key]))
    return []


def _call_of(model: type[models.Model]) -> str:
    """The call of the row OLD as an SQL expression."""
    way = path_to_call(model)
    if not way:
        return ""
    found = f"OLD.{way[0].column}"
    for number, key in enumerate(way[1:]):
        table, own = meta(key.model).db_table, meta(key.model).pk
        column = f"w{number}.{key.column}"
        at = f"w{number}.{own.column} = {found}"
        found = f"(SELECT {column} FROM {table} w{number} WHERE {at})"  # noqa: S608  idem
    return found
