"""The worker is killed in a batch of letters: afterwards each letter exists exactly once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from applications.models import Application, CashEntry
from documents import storage, verify
from documents.domain.signing import sign
from documents.facts import decision_hash
from documents.models import Decision, Document
from regeling.models import Ceiling
from tests.factories.applications import as_actor
from tests.factories.documents import desk, proposed
from tests.infra import processes
from timeline import clock
from timeline.models import Delivery

ROOT = Path(__file__).resolve().parents[2]
LETTERS = 5
KILLS = 3


def start(database_url: str, log: Path) -> subprocess.Popen[bytes]:
    """The worker of one machine, on the database of this test, with a lease that ends soon."""
    return processes.start(
        [sys.executable, "manage.py", "work", "--pause", "0.1"],
        by=signal.SIGKILL,
        log=log.open("ab"),
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DELIVERY_LEASE_SECONDS": "1",
        },
        start_new_session=True,
    )


def wait_until(worker: subprocess.Popen[bytes], log: Path, true: Callable[[], bool]) -> None:
    """Look every tenth of a second, for at most a minute and a half."""
    for _look in range(900):
        if true():
            return
        try:
            code = worker.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the worker stopped with {code}:\n{log.read_text()}")
    raise AssertionError(f"the worker did not get there:\n{log.read_text()}")


def files() -> int:
    """How many letters lie in storage, recorded or not."""
    return len(list(verify._stored()))


def lie_there(at_least: int) -> bool:
    return files() >= at_least


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_each_letter_exists_exactly_once_whenever_the_worker_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    at = desk()
    waiting = [proposed(at) for _ in range(LETTERS)]
    for row in waiting:
        sign(
            decision_id=row.pk,
            actor=as_actor(at.signer),
            seen_hash=decision_hash(row.pk),
            announce_at=clock.now(),
        )
    before = files()

    # Killed as soon as another file lies there: between the file and its row, or just after it.
    for kill in range(1, KILLS + 1):
        worker = start(database_url, log)
        wait_until(worker, log, partial(lie_there, before + kill))
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    ours = Delivery.objects.filter(handler__startswith="documents.")
    worker = start(database_url, log)
    try:
        wait_until(
            worker,
            log,
            lambda: not ours.exclude(state=Delivery.State.DONE).exists(),
        )
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    assert Decision.objects.filter(state="announced").count() == LETTERS
    assert Document.objects.filter(decision__isnull=False).count() == LETTERS
    for document in Document.objects.all():
        place = storage.folder(kind=document.kind, cause=document.cause)
        assert default_storage.listdir(place)[1] == [f"{document.sha256}.pdf"]
        assert storage.read_hash(document.path) == document.sha256
    for dossier in Application.objects.all():
        assert dossier.state == "directly_settled"
        assert CashEntry.objects.get(application=dossier).cents == dossier.awarded_cents
    ceiling = Ceiling.objects.get(call=at.call)
    assert (ceiling.reserved, ceiling.settled) == (0, sum(row.amount_cents for row in waiting))
    assert list(verify.decisions()) == []
