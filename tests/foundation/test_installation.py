"""What an installation refuses, and what it tells about itself."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from accounts.models import User
from config.databases import database
from config.demo.plan import DOMAIN
from config.installation import refuse_to_start
from regeling.models import Call
from tests.factories.applications import open_example_call
from tests.infra.engines import ROOT
from timeline import clock
from timeline.deliver import beat
from timeline.models import Heartbeat


def start_production(**environment: str) -> subprocess.CompletedProcess[str]:
    """Load the production settings in a process that has only this environment."""
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); print('ready')"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "shorter than 40"),
        ({"SECRET_KEY": "x" * 50}, "ALLOWED_HOSTS is missing"),
    ],
)
def test_production_refuses_at_import(environment: dict[str, str], sentence: str) -> None:
    started = start_production(**environment)
    assert started.returncode != 0
    assert sentence in started.stderr


@pytest.mark.slow
def test_production_has_nothing_of_the_demo() -> None:
    script = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        "from django.apps import apps\n"
        "from django.urls import get_resolver\n"
        "assert not apps.is_installed('config.demo')\n"
        "assert not settings.CLOCK_MOVABLE\n"
        "names = str(get_resolver().reverse_dict) + str(get_resolver().url_patterns)\n"
        "assert 'demo' not in names, names\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "SECRET_KEY": "x" * 50,
            "ALLOWED_HOSTS": "example.nl",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.django_db
def test_it_is_in_order_once_a_worker_looks_for_work(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="No worker has ever"):
        call_command("check_installation")
    beat("worker")
    call_command("check_installation")
    assert "in order" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_silent_worker_is_reported() -> None:
    Heartbeat.objects.create(name="worker", seen_at=clock.machine_now() - timedelta(minutes=3))
    with pytest.raises(CommandError, match="silent since"):
        call_command("check_installation")


@pytest.mark.django_db
def test_mail_that_cannot_be_sent_is_reported(settings: Settings) -> None:
    beat("worker")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError, match="Mail cannot be sent"):
        call_command("check_installation")


@pytest.mark.django_db
def test_the_site_does_not_start_on_an_old_database() -> None:
    refuse_to_start()
    MigrationRecorder(connection).migration_qs.filter(app="timeline").delete()
    with pytest.raises(ImproperlyConfigured, match="have not been applied"):
        refuse_to_start()


@pytest.mark.django_db
def test_the_site_does_not_start_with_people_of_the_demo(settings: Settings) -> None:
    User.objects.create_user(f"fatma@{DOMAIN}")
    with pytest.raises(ImproperlyConfigured, match="example people"):
        refuse_to_start()
    settings.DEMO = True
    refuse_to_start()


@pytest.mark.django_db
def test_the_demo_does_not_start_on_a_real_call(settings: Settings) -> None:
    call = open_example_call()
    settings.DEMO = True
    refuse_to_start()
    # Another row, as a call never changes and an invented regulation cannot open for real.
    call.pk, call.uid, call.slug, call.kind = None, uuid4(), "real", Call.Kind.REAL
    call.save(force_insert=True)
    settings.DEMO = False
    refuse_to_start()
    settings.DEMO = True
    with pytest.raises(ImproperlyConfigured, match="real call"):
        refuse_to_start()


def test_a_movable_clock_is_refused_outside_the_demo(settings: Settings) -> None:
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if "demo" not in app]
    assert "config.E003" in {message.id for message in run_checks(tags=["security"])}


def test_every_request_opens_its_own_transactions() -> None:
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"] is False


@pytest.mark.parametrize(
    ("url", "option", "value"),
    [
        ("sqlite:////tmp/x.sqlite3", "transaction_mode", "IMMEDIATE"),
        ("postgresql://u:p@db/x", "options", "-c lock_timeout=3000"),
        ("postgresql://u@/x?host=/run/Pg", "host", "/run/Pg"),
    ],
)
def test_each_engine_gets_its_options(url: str, option: str, value: str) -> None:
    assert database(url)["OPTIONS"][option] == value


def test_another_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="not supported"):
        database("mysql://u:p@db/x")
