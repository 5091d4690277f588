"""A real web server that is killed while people vote, and what it wrote down about them."""

from __future__ import annotations

import base64
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from assessment.domain.casting import last_ballot
from assessment.domain.closing import differences
from assessment.domain.looking import present
from assessment.domain.peppers import peppers_of
from assessment.domain.sealing import seal
from assessment.domain.stewards import locked
from assessment.links import links
from assessment.models import BallotBox, VoteRight
from tests.factories.assessment import Election, election
from tests.infra.engines import ROOT
from tests.infra.processes import start, stop
from timeline.actor import SYSTEM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
RECEIPT = re.compile(r"\b(?:[A-Z2-7]{4}-){4}[A-Z2-7]{4}\b")


class Server:
    """gunicorn as in production, on the database and the keys of the test."""

    def __init__(self, url: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url, self.log = url, folder / "web.log"
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "gunicorn", "config.wsgi"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread"]
        command += ["--workers", "2", "--threads", "4", "--access-logfile", "-"]
        command += ["--logger-class", "config.weblog.WebLog"]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": self.url,
            "KEYS_DIR": str(settings.KEYS_DIR),
        }
        with self.log.open("ab") as log:
            process = start(
                command,
                by=signal.SIGKILL,
                log=log,
                cwd=ROOT,
                env=environment,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                self.get("/stemmen/")
                return process
            except OSError:
                assert process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, {})

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        return self._ask("POST", path, fields)

    def _ask(self, method: str, path: str, fields: dict[str, str]) -> tuple[int, str]:
        talk = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            talk.request(method, path, urlencode(fields), headers)
            answer = talk.getresponse()
            return answer.status, answer.read().decode()
        finally:
            talk.close()

    def kill(self) -> None:
        """As a power cut would: master and workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def restart(self) -> None:
        self.process = self._started()

    def stop(self) -> None:
        stop(self.process, signal.SIGTERM)


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    made = Server(database_url, tmp_path)
    yield made
    made.stop()


def vote(server: Server, held: Election, code: str, option: str) -> str | None:
    """The receipt on the page, or None when no page came."""
    try:
        status, page = server.post(
            "/stemmen/stem/", code=code, round=str(held.round.uid), choices=option
        )
    except (OSError, http.client.HTTPException):
        return None
    found = RECEIPT.search(page)
    assert found or status >= 500, (status, page[-1500:])
    return found.group() if found else None


@pytest.mark.both
def test_every_receipt_that_was_shown_is_in_the_box_when_the_server_is_killed(
    server: Server,
) -> None:
    held = election(voters=60, begun=True)
    options = [str(each.uid) for each in held.options]
    enough = threading.Semaphore(0)
    shown: dict[str, str] = {}

    def cast_one(number: int) -> None:
        receipt = vote(server, held, held.codes[number], options[number % 3])
        if receipt:
            shown[held.codes[number]] = receipt
            enough.release()

    def kill_halfway() -> None:
        for _ in range(15):
            assert enough.acquire(timeout=60)
        server.kill()

    with ThreadPoolExecutor(9) as pool:
        killer = pool.submit(kill_halfway)
        list(pool.map(cast_one, range(60)))
        killer.result()
    assert 15 <= len(shown) < 60
    assert differences(held.round) == []
    uid = str(held.round.uid)
    for code, receipt in shown.items():
        assert present(round_uid=uid, code=code).receipt == receipt
    server.restart()
    for number, code in enumerate(held.codes):
        again = vote(server, held, code, options[number % 3])
        assert again == shown.get(code, again)  # who got no page sends it again
    assert VoteRight.objects.filter(status="voted").count() == 60
    held.close()
    leaves = set(BallotBox.objects.values_list("leaf", flat=True))
    starts = {base64.b32encode(bytes.fromhex(leaf)).decode()[:20] for leaf in leaves}
    assert len(leaves) == 60
    assert {receipt.replace("-", "") for receipt in shown.values()} <= starts
    assert list(links(held.round)) == []


def test_the_web_log_knows_neither_who_nor_when_nor_what(server: Server) -> None:
    held = election(voters=3, begun=True)
    option = str(held.options[0].uid)
    server.get("/regelingen/")
    for code in held.codes:
        server.post("/stemmen/biljet/", code=code)
        assert vote(server, held, code, option)
    server.stop()
    log = server.log.read_text()
    voting = [line for line in log.splitlines() if "/stemmen/" in line]
    others = [line for line in log.splitlines() if "/regelingen/" in line]
    assert len([line for line in voting if "/stemmen/stem/" in line]) == 3
    assert others
    assert "127.0.0.1" in others[0]  # the control: elsewhere the address stands there
    for line in voting:
        assert "127.0.0.1" not in line
        assert re.search(r"\[\d\d/\w{3}/\d{4}:\d\d:00:00 ", line)
    assert len({line for line in voting if "/stemmen/stem/" in line}) <= 2  # one a worker
    peppers = peppers_of(str(held.round.uid))
    for code in held.codes:
        row = last_ballot(held.round, peppers.ballot_key(code))
        assert row is not None
        for secret in (code, row.ballot_key, row.nonce, peppers.register_key(code), option):
            assert secret not in log


def test_a_right_that_shares_the_transaction_of_a_seal_is_found() -> None:
    """PostgreSQL notes with every row which transaction wrote it."""
    held = election(voters=12)
    with held.running():
        for voter in range(11):
            held.vote(voter, 0)
        with transaction.atomic():
            seal(locked(held.round.pk), SYSTEM)
        assert list(links(held.round)) == []
        held.vote(11, 0)
        with transaction.atomic():
            seal(locked(held.round.pk), SYSTEM)
            VoteRight.objects.filter(pk=VoteRight.objects.filter(status="voted")[0].pk).update(
                own="[]"
            )
    assert connection.vendor == "postgresql"
    assert any("share a transaction" in each.sentence for each in links(held.round))
    connections.close_all()
