"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from celery import current_app
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.infra.browser import chromium
from tests.infra.plugin import engines_key, server
from tests.infra.redis import Server
from tests.infra.worker import Worker

if TYPE_CHECKING:
    from accounts.models import Person
    from tests.infra.axe import Inside


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The engines are ready before the first fixture (see tests/infra/plugin.py)."""


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that this test runs on: "postgresql" or "sqlite"."""
    return request.config.stash[engines_key].in_use


@pytest.fixture
def database_url(request: pytest.FixtureRequest, transactional_db: None) -> str:
    """``DATABASE_URL`` of the test's database, for a child process that sees what it commits."""
    return request.config.stash[engines_key].url()


@pytest.fixture(scope="session")
def broker(request: pytest.FixtureRequest) -> tuple[Server, int]:
    """The run's Redis and this process's numbered database in it, where its tasks are sent."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    running = server(request.config)
    current_app.conf.broker_url = running.url(number)
    return running, number


@pytest.fixture
def broker_url(broker: tuple[Server, int]) -> str:
    """``CELERY_BROKER_URL`` of a broker without a task in it."""
    running, number = broker
    running.clear(number)
    return running.url(number)


@pytest.fixture
def celery_worker(database_url: str, broker_url: str) -> Iterator[Callable[..., Worker]]:
    """Start real workers: ``celery_worker()`` or ``celery_worker(processes=2)``."""
    started: list[Worker] = []

    def make(*, processes: int = 1) -> Worker:
        worker = Worker(database_url=database_url, broker_url=broker_url, processes=processes)
        started.append(worker)
        return worker

    yield make
    for worker in started:
        worker.stop()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Limits that one test used up are not the next one's."""
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, quiet towards the network."""
    # Playwright's loop runs in the test's thread, and Django would take that for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": chromium(), "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A visitor from the Netherlands."""
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture
def inside(context: BrowserContext, live_server: LiveServer) -> Inside:
    """A page on which a person is signed in, with her second factor."""
    from tests.accounts.signing_in import sign_in  # its models are there only after set-up

    def make(person: Person) -> Page:
        client = Client()
        sign_in(client, person)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    return make
