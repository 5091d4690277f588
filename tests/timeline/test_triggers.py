"""Triggers stand aside for a migration, and come back."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.timeline.test_record import tell
from timeline import triggers
from timeline.receivers import make_triggers, put_triggers_aside

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_they_stand_aside_while_tables_are_rebuilt() -> None:
    assert triggers.missing(connection) == []
    for config in apps.get_app_configs():
        put_triggers_aside(sender=config, using="default")
    away = set(triggers.missing(connection))
    assert away == {name for each in triggers.declared() for name in each.names(connection.vendor)}
    for config in apps.get_app_configs():
        make_triggers(sender=config, using="default")
    assert triggers.missing(connection) == []


def test_what_leads_to_no_call_has_no_way_out() -> None:
    """Rows of the timeline are kept for ever, whatever call they tell of."""
    event = tell()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM timeline_event WHERE id = %s", [event.pk])
