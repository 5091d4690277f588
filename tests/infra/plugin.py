"""How a run is arranged: engines, markers, the two-second rule, and what was skipped for lack of.

- An unmarked test that needs a database has PostgreSQL (``--sqlite``: everything on SQLite).
- ``both`` repeats a test on PostgreSQL and on SQLite in a file.
- ``browser`` plays on SQLite in a real Chromium, ``worker`` has a real Celery worker on real Redis.
- Whatever this machine lacks is skipped, and the summary counts it by what was lacking.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import blocking_manager_key

from tests.infra import postgres, redis
from tests.infra.browser import chromium
from tests.infra.engines import Engines
from tests.infra.processes import remove

FOLDER = "SVE_TEST_DIR"  # set by config.settings.test
SECONDS = 2.0
LONGER = ("slow", "browser", "worker")
ENGINES = ("postgresql", "sqlite")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}

engines_key = pytest.StashKey[Engines]()
redis_key = pytest.StashKey[redis.Server]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sqlite", action="store_true", help="run everything on SQLite, without PostgreSQL"
    )


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        # Workers inherit the folder, and find in it what the controller has started.
        Path(os.environ[FOLDER]).mkdir(mode=0o700)
    migrate = not config.getoption("nomigrations")
    config.stash[engines_key] = Engines(Path(os.environ[FOLDER]), _worker(config), migrate=migrate)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Controller, before each worker starts: make what all of them share, once."""
    config: pytest.Config = node.config
    for engine in ENGINES:
        if _lacks(config, engine) is None:
            config.stash[engines_key].prepare(engine)
    if _lacks(config, "redis") is None:
        server(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if engines_key in config.stash:
        config.stash[engines_key].stop()
    if redis_key in config.stash:
        config.stash[redis_key].stop()
    if not _is_worker(config) and engines_key in config.stash:
        remove(Path(os.environ[FOLDER]))


def server(config: pytest.Config) -> redis.Server:
    """The Redis of this run, started at the first call."""
    if redis_key not in config.stash:
        note = Path(os.environ[FOLDER]) / "redis"
        if note.exists():
            config.stash[redis_key] = redis.Server(Path(note.read_text()))
        else:
            path = redis.program()
            assert path, "asked for without Redis"
            config.stash[redis_key] = redis.Server.started(path)
            note.write_text(str(config.stash[redis_key].folder))
    return config.stash[redis_key]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("both"):
        if "engine" not in metafunc.fixturenames:
            metafunc.fixturenames.append("engine")
        metafunc.parametrize("engine", ENGINES, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("sqlite"):
        dropped = [item for item in items if _parameter(item) == "postgresql"]
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in dropped]
    for item in items:
        lack = next((lack for need in _needs(item) if (lack := _lacks(config, need))), None)
        if lack:
            item.add_marker(pytest.mark.skip(reason=lack))
    # The long ones first, so that no worker is left with one at the end; few changes of engine.
    items.sort(key=lambda item: (not _may_be_long(item), _engine(item) or ""))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    engine = _engine(item)
    if engine and not any(item.iter_markers("skip")):
        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[engines_key].use(engine)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """An unmarked test over two seconds fails; waiting for a processor is not held against it."""
    began, waited = time.perf_counter(), _waited()
    outcome = yield
    seconds = time.perf_counter() - began - (_waited() - waited)
    if seconds > SECONDS and not _may_be_long(item):
        pytest.fail(f"took {seconds:.1f} s: make it quicker, or mark it slow", pytrace=False)
    return outcome


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped[report.longrepr[2].removeprefix("Skipped: ")] += 1


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if _skipped:
        terminalreporter.section(f"{sum(_skipped.values())} skipped", sep="=", yellow=True)
        for reason, count in _skipped.most_common():
            terminalreporter.line(f"{count} x {reason}")


_skipped: Counter[str] = Counter()


def _needs(item: pytest.Item) -> list[str]:
    engine = _engine(item)
    needs = [engine] if engine else []
    needs += ["chromium"] if item.get_closest_marker("browser") else []
    needs += ["redis"] if item.get_closest_marker("worker") else []
    return needs


def _lacks(config: pytest.Config, need: str) -> str | None:
    if need == "postgresql" and postgres.programs() is None:
        return "no PostgreSQL: set SVE_PG_BIN or install Debian's postgresql"
    if need == "redis" and redis.program() is None:
        return "no Redis: install Debian's redis-server"
    if need == "chromium" and chromium() is None:
        return "no Chromium: install Debian's chromium"
    return None


def _engine(item: pytest.Item) -> str | None:
    """The engine that a test runs on; None when it needs no database."""
    names = set(getattr(item, "fixturenames", ()))
    if not (names & DATABASE_FIXTURES or item.get_closest_marker("django_db")):
        return None
    if parameter := _parameter(item):
        return parameter
    if item.get_closest_marker("browser") or item.config.getoption("sqlite"):
        return "sqlite"
    return "postgresql"


def _may_be_long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in LONGER)


def _parameter(item: pytest.Item) -> str | None:
    call = getattr(item, "callspec", None)
    return call.params.get("engine") if call and item.get_closest_marker("both") else None


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _worker(config: pytest.Config) -> str:
    workerinput: dict[str, str] = getattr(config, "workerinput", {"workerid": "main"})
    return workerinput["workerid"]


def _waited() -> float:
    """Seconds that this process has stood in the queue for a processor (0 where nobody counts)."""
    try:
        return int(Path("/proc/self/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0
