"""What is wrong with this installation, in sentences for the person who keeps it.

The web process refuses to start on what it can know by itself (:func:`own_problems`); what depends
on others (worker, mail, clock) is only reported (:func:`other_problems`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from regeling.models import Call
from timeline import clock
from timeline.models import Event, Heartbeat

SILENT_AFTER = timedelta(minutes=2)
MOMENT = "%Y-%m-%d %H:%M"
# config.demo.plan gives its people addresses here; nobody real can have one (RFC 2606).
EXAMPLE_PEOPLE = "@voorbeeld.example"


def own_problems() -> Iterator[str]:
    """What the web process knows alone: secrets, migrations, people of the demo."""
    if not settings.SECRET_KEY:
        yield "SECRET_KEY is missing: set it in the environment."
    try:
        unapplied = _unapplied()
    except DatabaseError as failure:
        yield f"The database does not answer: {failure}"
        return
    if unapplied:
        yield f"{unapplied} migrations have not been applied: run `manage.py migrate`."
        return
    yield from _strangers()


def other_problems() -> Iterator[str]:
    """What depends on something outside the web process: worker, mail, clock."""
    yield from _worker()
    yield from _mail()
    latest = Event.objects.filter(track="").order_by("-recorded_at").first()
    if latest and latest.recorded_at > clock.now() + timedelta(minutes=1):
        yield f"The clock runs behind: the last event is of {latest.recorded_at:{MOMENT}} UTC."


def refuse_to_start() -> None:
    """Raise ``ImproperlyConfigured`` with every sentence of :func:`own_problems`."""
    problems = list(own_problems())
    if problems:
        raise ImproperlyConfigured("\n".join(problems))


def _unapplied() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _strangers() -> Iterator[str]:
    """The demo and a real installation never share a database."""
    if settings.DEMO:
        if Call.objects.filter(kind=Call.Kind.REAL).exists():
            yield "This database has a real call: the demo does not touch it."
    elif User.objects.filter(email__iendswith=EXAMPLE_PEOPLE).exists():
        yield "This database has the example people of the demo: make a new one."


def _worker() -> Iterator[str]:
    seen = Heartbeat.objects.filter(name="worker").values_list("seen_at", flat=True).first()
    if seen is None:
        yield "No worker has ever looked for work: start `manage.py work`, or Celery with beat."
    elif clock.machine_now() - seen > SILENT_AFTER:
        yield f"The worker has been silent since {seen:{MOMENT}} UTC: letters and mail wait."


def _mail() -> Iterator[str]:
    try:
        mail = get_connection()
        mail.open()
        mail.close()
    except (OSError, ValueError) as failure:
        yield f"Mail cannot be sent ({settings.EMAIL_BACKEND}): {failure}"
