"""How long a question takes, without remembering whose it was."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import F

from applications.models import Application, QuestionTime
from regeling.models import Call

LONGEST = timedelta(minutes=10)
"""After a longer pause somebody was away; that time is not counted."""


def count_time(
    application: Application, codes: Collection[str], *, first: Collection[str], now: datetime
) -> None:
    """Add the time since the last save to the questions that were answered in it.

    A draft saves itself while one types, so what was saved last is where the time went. Several
    questions share it. ``first`` are those that had no answer before. A test counts for nothing.
    """
    if not codes or application.call.kind == Call.Kind.TEST:
        return
    passed = now - application.saved_at
    spent = int(passed.total_seconds()) // len(codes) if timedelta() < passed <= LONGEST else 0
    rows = QuestionTime.objects.filter(revision_id=application.revision_id)
    known = set(rows.filter(question__in=codes).values_list("question", flat=True))
    missing = [
        QuestionTime(revision_id=application.revision_id, question=code)
        for code in sorted(set(codes) - known)
    ]
    if missing:  # another save may make the same row at this moment
        QuestionTime.objects.bulk_create(missing, ignore_conflicts=True)
    if spent:
        rows.filter(question__in=codes).update(seconds=F("seconds") + spent)
    if first:
        rows.filter(question__in=first).update(answers=F("answers") + 1)
