"""Work that comes round: done by one process, at most so often, and one failure stops nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from tests.infra.races import at_once
from timeline import chores, clock
from timeline.chores import chore, run_chores
from timeline.models import Heartbeat


@pytest.fixture(autouse=True)
def own_chores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the chores of the test."""
    monkeypatch.setattr(chores, "_chores", {})


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    at = [datetime(2026, 4, 10, 10, 1, tzinfo=UTC)]
    monkeypatch.setattr(clock, "machine_now", lambda: at[0])
    return at


@pytest.mark.django_db
def test_a_chore_is_done_at_first_sight_and_when_it_has_come_round(
    machine: list[datetime],
) -> None:
    done: list[str] = []
    chore("sweep", every=timedelta(minutes=5))(lambda: done.append("swept"))
    assert [run_chores(), run_chores()] == [1, 0]
    machine[0] += timedelta(minutes=4, seconds=59)
    assert run_chores() == 0
    machine[0] += timedelta(seconds=1)
    assert run_chores() == 1
    assert done == ["swept", "swept"]


@pytest.mark.django_db
def test_one_that_fails_is_logged_and_keeps_nobody_waiting(
    machine: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    def fall() -> None:
        raise RuntimeError("the broom broke")

    chore("a fall", every=timedelta(minutes=5))(fall)
    chore("sweep", every=timedelta(minutes=5))(lambda: done.append("swept"))
    assert run_chores() == 1
    assert done == ["swept"]
    assert "chore a fall failed" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_two_workers_that_come_at_the_same_moment_do_it_once() -> None:
    done: list[str] = []
    chore("sweep", every=timedelta(hours=1))(lambda: done.append("swept"))
    at_once([run_chores] * 8)
    assert done == ["swept"]
    Heartbeat.objects.update(seen_at=clock.machine_now() - timedelta(hours=2))
    at_once([run_chores] * 8)
    assert done == ["swept", "swept"]


@pytest.mark.django_db
def test_the_worker_of_one_machine_does_chores() -> None:
    done: list[str] = []
    chore("sweep", every=timedelta(hours=1))(lambda: done.append("swept"))
    call_command("work", "--once")
    assert done == ["swept"]
