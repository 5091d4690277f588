"""The databases of a run: one migrated template an engine, a clone for each worker, one in use.

A test runs on one engine; between two tests the process may change to the other. Django looks a
connection up by its alias at every query, so changing is: close the one, put the other there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from config.databases import database
from tests.infra import postgres, templates
from tests.infra.templates import ROOT

TEMPLATE = "sve_template"
# Waiting for the disk protects nothing in a test.
QUICK = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"


class Engines:
    """What the controller has started and what this worker uses.

    ``folder`` belongs to the run and is shared by its workers; ``worker`` names this one ("gw0",
    or "main" without xdist).
    """

    def __init__(
        self, folder: Path, worker: str, *, migrate: bool = True, durable: bool = False
    ) -> None:
        self.folder = folder
        self.worker = worker
        self.migrate = migrate
        self.durable = durable
        self.cluster: postgres.Cluster | None = None
        self.in_use = ""
        self._ready: dict[str, dict[str, Any]] = {}
        self._urls: dict[str, str] = {}

    def prepare(self, engine: str) -> None:
        """Make the template of ``engine`` unless this run has it: the controller does so once."""
        if engine == "postgresql":
            self._start_cluster()
        else:
            self._make_file()

    def use(self, engine: str) -> None:
        """Let the connection of this process be the one to this worker's clone on ``engine``."""
        if self.in_use == engine:
            return
        if engine not in self._ready:
            self._ready[engine] = self._clone(engine)
        connections["default"].close()
        settings.DATABASES["default"] = self._ready[engine]
        connections.settings["default"] = self._ready[engine]
        connections["default"] = connections.create_connection("default")
        ContentType.objects.clear_cache()
        self.in_use = engine

    def url(self) -> str:
        """``DATABASE_URL`` of the database in use, for a child process."""
        return self._urls[self.in_use]

    def stop(self) -> None:
        """Close the connection and stop what this process started."""
        if self.in_use:
            connections["default"].close()
        if self.cluster:
            self.cluster.stop()

    def _start_cluster(self) -> None:
        if self.cluster:
            return
        note = self.folder / "cluster"
        if note.exists():
            self.cluster = postgres.Cluster(Path(note.read_text()))
            return
        source = postgres.programs()
        if source is None:
            raise RuntimeError("no PostgreSQL on this machine")
        name = templates.key(f"pg{postgres.version(source)}", migrate=self.migrate)
        kept = templates.find(name)
        self.cluster = postgres.Cluster.started(source, kept, durable=self.durable)
        if kept is None:
            self.cluster.create(TEMPLATE)
            self._migrate(self.cluster.url(TEMPLATE))
            templates.keep(name, self.cluster.copied_to)
        note.write_text(str(self.cluster.folder))

    def _make_file(self) -> None:
        file = self.folder / f"{TEMPLATE}.sqlite3"
        if file.exists():
            return
        name = templates.key("sqlite", migrate=self.migrate)
        kept = templates.find(name)
        if kept:
            shutil.copyfile(kept, file)
            return
        self._migrate(f"sqlite:///{file}")
        templates.keep(name, lambda target: shutil.copyfile(file, target))

    def _clone(self, engine: str) -> dict[str, Any]:
        self.prepare(engine)
        name = f"sve_{self.worker}"
        if engine == "postgresql":
            assert self.cluster
            self.cluster.create(name, TEMPLATE)
            url = self.cluster.url(name)
        else:
            file = self.folder / f"{name}.sqlite3"
            shutil.copyfile(self.folder / f"{TEMPLATE}.sqlite3", file)
            url = f"sqlite:///{file}"
        self._urls[engine] = url
        given = database(url)
        if engine == "sqlite":
            given["OPTIONS"] = {**given["OPTIONS"], "init_command": QUICK}
        configured: dict[str, dict[str, Any]] = connections.configure_settings({"default": given})
        return configured["default"]

    def _migrate(self, url: str) -> None:
        extra = {} if self.migrate else {"SVE_TEST_WITHOUT_MIGRATIONS": "1"}
        done = subprocess.run(
            [
                sys.executable,
                "manage.py",
                "migrate",
                "--run-syncdb",
                "--skip-checks",
                "--verbosity=0",
            ],
            cwd=ROOT,
            env={
                **os.environ,
                **extra,
                "DATABASE_URL": url,
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"migrate failed on {url}:\n{done.stderr[-4000:]}")
        if url.startswith("sqlite"):
            # What WAL still holds must be in the file that is copied.
            _checkpoint(Path(url.removeprefix("sqlite:///")))


def _checkpoint(file: Path) -> None:
    import sqlite3

    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
