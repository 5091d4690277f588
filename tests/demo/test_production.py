"""None of the demo exists in production, and the demo touches no database with a real call."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from config.demo.guard import refuse_real
from regeling.models import Call
from tests.factories.applications import open_example_call
from timeline import clock

ROOT = Path(__file__).resolve().parents[2]
PROOF = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.urls import Resolver404, get_resolver, resolve
from timeline import clock

assert not apps.is_installed("config.demo"), "the app is installed"
assert not {"play_round", "fill_demo", "prepare_demo"} & set(get_commands()), "commands"
get_resolver().url_patterns  # loads every address
for path in ("/demo/", "/demo/mensen/", "/demo/postvak/", "/demo/klok/", "/demo/stap/1/"):
    try:
        resolve(path)
    except Resolver404:
        continue
    raise AssertionError(f"{path} is there")
assert not [name for name in sys.modules if name.startswith("config.demo")], "demo code was loaded"
assert "demo" not in settings.EMAIL_BACKEND
assert settings.CLOCK_MOVABLE is False
try:
    with clock.playing("", datetime.now(UTC)):
        raise AssertionError("the clock moves")
except RuntimeError:
    pass
print("nothing of the demo")
"""


@pytest.mark.slow
def test_production_has_nothing_of_the_demo(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "a secret for this test alone, long enough to be taken seriously",
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'production.sqlite3'}",
        "VAR_DIR": str(tmp_path),
    }

    found = subprocess.run(
        [sys.executable, "-c", PROOF],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.stdout == "nothing of the demo\n", found.stderr


@pytest.mark.django_db
def test_the_demo_refuses_a_database_with_a_real_call() -> None:
    call = open_example_call()
    Call.objects.create(
        slug="echt",
        title="Echt",
        revision=call.revision,
        kind=Call.Kind.REAL,
        window=call.window,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        opened_at=clock.now(),
        distribution_rule=call.distribution_rule,
    )

    with pytest.raises(ImproperlyConfigured):
        refuse_real()
    for command in ("play_round", "fill_demo"):
        with pytest.raises(CommandError, match="real call"):
            call_command(command, stdout=StringIO())


@pytest.mark.django_db
def test_an_example_call_is_no_real_one() -> None:
    open_example_call()

    refuse_real()
