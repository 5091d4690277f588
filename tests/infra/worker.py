"""A real Celery worker in a process of its own, on the database and the broker of the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.infra.engines import ROOT
from tests.infra.processes import start, stop

ALONE = ["--loglevel=INFO", "--without-mingle", "--without-gossip", "--without-heartbeat"]


class Worker:
    """One worker process; its log can be read, and it can be killed in the middle of its work."""

    def __init__(self, *, database_url: str, broker_url: str, processes: int = 1) -> None:
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": broker_url,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        self.processes = processes
        self.log = Path(tempfile.mkstemp(prefix="sve-worker-", suffix=".log")[1])
        self.process = self._started()

    def wait_until(self, true: Callable[[], bool], *, within: float = 30) -> None:
        """Come back as soon as ``true()``; fails with the worker's log after ``within`` seconds."""
        deadline = time.monotonic() + within
        while not true():
            if self.process.poll() is not None:
                raise AssertionError(f"the worker is gone:\n{self.said()}")
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {within} s; the worker said:\n{self.said()}")
            time.sleep(0.05)

    def said(self) -> str:
        """The log of the worker so far."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """Kill the worker and its children at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def restart(self) -> None:
        """Start a new worker after :meth:`kill`."""
        self.process = self._started()

    def stop(self) -> None:
        """Let the worker finish and stop."""
        stop(self.process, signal.SIGTERM, within=15)
        self.log.unlink(missing_ok=True)

    def _started(self) -> subprocess.Popen[bytes]:
        pool = ["--pool=solo"] if self.processes == 1 else [f"--concurrency={self.processes}"]
        with self.log.open("ab") as log:
            return start(
                [sys.executable, "-m", "celery", "-A", "config", "worker", *ALONE, *pool],
                by=signal.SIGKILL,
                log=log,
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
            )
