"""The suite runs on what it says it runs on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from playwright.sync_api import Page, expect

from tests.infra.flush import flush
from tests.infra.worker import Worker
from timeline import triggers
from timeline.actor import SYSTEM
from timeline.models import Event, Heartbeat
from timeline.record import record
from timeline.tasks import deliver


@pytest.mark.django_db
def test_an_unmarked_test_has_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        assert cursor.fetchone()[0].startswith("PostgreSQL")
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "3s"


@pytest.mark.both
@pytest.mark.django_db
def test_both_repeats_on_sqlite_in_a_file(engine: str) -> None:
    assert connection.vendor == engine
    if engine == "sqlite":
        assert connection.settings_dict["NAME"].endswith(".sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone()[0] == "wal"


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_rows_refuse_to_change_and_only_the_flush_passes() -> None:
    with transaction.atomic():
        record(stream=("test", "a"), type="test.happened", facts={}, actor=SYSTEM)
    with pytest.raises(DatabaseError, match="as they were written"):
        Event.objects.all().delete()
    flush(connection)
    assert not Event.objects.exists()
    with transaction.atomic():
        record(stream=("test", "a"), type="test.happened", facts={}, actor=SYSTEM)
    with pytest.raises(DatabaseError, match="as they were written"):
        Event.objects.update(actor_uid="someone else")
    assert triggers.missing(connection) == []


@pytest.mark.worker
@pytest.mark.both
def test_a_real_worker_works_for_the_test(
    celery_worker: Callable[..., Worker], engine: str
) -> None:
    worker = celery_worker()
    deliver.delay()
    worker.wait_until(Heartbeat.objects.filter(name="worker").exists)


@pytest.mark.browser
def test_chromium_reads_a_page(live_server: str, page: Page) -> None:
    assert connection.vendor == "sqlite"
    page.goto(f"{live_server}/toegang/login/")
    expect(page.locator("html")).to_be_visible()
    assert page.evaluate("navigator.language") == "nl-NL"


@pytest.mark.django_db
def test_no_page_lets_a_script_in(client: Client) -> None:
    policy = client.get("/toegang/login/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
