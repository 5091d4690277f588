"""Each house rule refuses what it should and lets the rest through."""

from __future__ import annotations

import ast

import pytest

from tests.lint.house import ROOT, breaches, files, rules, transitions

APPLICATION = (ROOT / "applications/models/application.py").read_text(encoding="utf-8")


def said(path: str, text: str) -> list[str]:
    return [breach.sentence for breach in breaches(path, text, rules())]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("assessment/domain/a.py", "application.submit()"),
        ("assessment/domain/a.py", "dossier.application.close()"),
        ("assessment/domain/a.py", "Application.objects.filter(pk=1).update(state='awarded')"),
        ("documents/domain/a.py", "from django.apps import apps\napps.get_model('x', 'Y')"),
        ("documents/domain/a.py", "moment = timezone.now()"),
        ("documents/domain/a.py", "import datetime\nday = datetime.date.today()"),
        ("documents/models.py", "made = models.DateTimeField(auto_now_add=True)"),
        ("portal/web/views.py", "from django.db.models.signals import post_save"),
        ("portal/web/views.py", "changed = Signal()"),
        ("documents/models.py", "p = models.ForeignKey('accounts.Person', models.PROTECT)"),
        (
            "documents/models.py",
            "from accounts.models import P\nmodels.ForeignKey(P, models.PROTECT, related_name='x')",
        ),
        ("documents/tasks.py", "@app.task\ndef render(): ..."),
        ("documents/domain/a.py", "x = 1\n" * 401),
        ("documents/domain/a.py", "import os  # noqa: F401"),
        ("documents/domain/a.py", "x = y.z  # type: ignore[attr-defined]"),
        ("documents/templates/documents/a.html", '{% extends "community/base.html" %}'),
        ("documents/templates/documents/a.html", '{% include "applications/parts/x.html" %}'),
        ("documents/templates/documents/a.html", '<p style="color:red">'),
        ("documents/templates/documents/a.html", "<script>go()</script>"),
        ("documents/templates/documents/a.html", '<button onclick="go()">'),
    ],
)
def test_a_breach_is_named(path: str, text: str) -> None:
    assert len(said(path, text)) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("assessment/domain/a.py", "from documents import acts\nacts.withdraw()"),
        ("assessment/domain/a.py", "handle.close()"),
        ("assessment/domain/a.py", "move(application_id=1, transition='submit', actor=actor)"),
        ("timeline/clock.py", "datetime.now(UTC)"),
        ("tests/documents/test_a.py", "timezone.now()"),
        ("portal/receivers.py", "from django.db.models.signals import post_migrate"),
        ("documents/models.py", "d = models.ForeignKey(Decision, models.PROTECT)"),
        (
            "documents/models.py",
            "p = models.ForeignKey('accounts.Person', models.PROTECT, related_name='+')",
        ),
        ("documents/tasks.py", "@shared_task\ndef render(): ..."),
        ("documents/domain/a.py", "import os  # noqa: F401  these register"),
        ("documents/domain/a.py", "x = y.z  # type: ignore[attr-defined]  # no types"),
        ("documents/templates/documents/a.html", '{% extends "portal/base.html" %}'),
        ("documents/templates/documents/a.html", '{% include "portal/parts/table.html" %}'),
        ("documents/templates/documents/a.html", '{% include "documents/parts/sheet.html" %}'),
        ("accounts/templates/mfa/a.html", '{% extends "account/base_entrance.html" %}'),
        ("accounts/templates/mfa/a.html", '<script type="application/json">{}</script>'),
        ("documents/templates/documents/a.html", "<script src=\"{% static 'x.js' %}\"></script>"),
    ],
)
def test_what_is_allowed_is_let_through(path: str, text: str) -> None:
    assert said(path, text) == []


def test_the_machine_is_read_from_the_code() -> None:
    assert {"submit", "withdraw", "announce_award"} <= transitions(ast.parse(APPLICATION))


def test_all_files_are_read() -> None:
    assert {"applications/lifecycle.py", "portal/templates/portal/base.html"} <= set(files())
