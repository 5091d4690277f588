"""A play is killed, twice, and goes on where it stopped: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from applications.models import Application
from applications.states import State
from config.demo.models import PlayedStep
from config.demo.play.outcome import figures_of
from config.demo.play.round import play_round
from documents.models import Document
from timeline import verify
from timeline.models import Delivery, Event

ROOT = Path(__file__).resolve().parents[2]
SLUG = "samen-voor-elkaar-2017"
WITHIN = 120


def start(database_url: str, media: Path) -> subprocess.Popen[bytes]:
    """Play in a process of its own, on the test's database, keys and files."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATABASE_URL": database_url,
        "VAR_DIR": str(Path(settings.KEYS_DIR).parent),
        "KEYS_DIR": str(settings.KEYS_DIR),
        "MEDIA_ROOT": str(media),
    }
    command = ["manage.py", "play_round", "--regeling", SLUG, "--applications", "2", "--seed", "7"]
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_after(steps: int, process: subprocess.Popen[bytes]) -> None:
    """Kill the process as soon as so many steps are noted."""
    until = time.monotonic() + WITHIN
    while PlayedStep.objects.count() < steps:
        assert process.poll() is None, "the play ended before it could be killed"
        assert time.monotonic() < until, "the play stands still"
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_play_that_is_killed_goes_on(database_url: str, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "config.demo.mail.PostBox"
    settings.MEDIA_ROOT = tmp_path / "media"
    for steps in (3, 12):
        kill_after(steps, start(database_url, Path(settings.MEDIA_ROOT)))
    before = set(PlayedStep.objects.values_list("key", flat=True))

    play = play_round(slug=SLUG, applications=2, seed=7, say=lambda _line: None)

    assert len(before) >= 12
    assert before < set(PlayedStep.objects.values_list("key", flat=True))
    assert set(Application.objects.values_list("state", flat=True)) == {State.CLOSED}
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()
    total = figures_of(play).figures.total
    assert total.applied.number == 2
    assert total.settled.cents == total.paid.cents
    # Each submission has one receipt and one copy, each decision one letter.
    sent = Event.objects.filter(type="applications.submitted").count()
    for kind in ("receipt_confirmation", "direct_settlement"):
        assert Document.objects.filter(kind=kind).count() == sent == 2
    found = [each for walk in verify.checks().values() for each in verify.findings(walk)]
    assert found == []
