"""How the questions of a regulation do: what they take, what stays empty, where people stop.

Only of ten applications and more: sums that say something about the question, not about somebody.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from applications.answers import drafted
from applications.answers import read as read_snapshot
from applications.models import Application, QuestionTime, Snapshot
from applications.states import State
from assessment.models import SupplementRequest
from regeling.definition import Question
from regeling.models import Call, Revision
from timeline import clock

FROM = 10
"""Below so many applications nothing is told."""
AT_REST = timedelta(days=30)
"""A draft that nobody touched for so long was given up, also while the call is open."""
EMPTY: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Figures:
    """One question: seconds on average (None: not measured ten times), how many of ``sent`` left it
    empty and were asked to add to it (None: fewer than ten were sent in), and how many stopped
    there."""

    question: Question
    seconds: int | None
    sent: int
    empty: int | None
    supplements: int | None
    abandoned: int


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of a text, and the numbers that they rest on."""

    begun: int
    sent: int
    abandoned: int
    figures: tuple[Figures, ...]

    @property
    def is_enough(self) -> bool:
        return self.begun >= FROM


def figures(revision: Revision) -> Found:
    """Of every application on this text but tests, in the order of the form."""
    rows = list(
        Application.objects.filter(revision=revision)
        .exclude(call__kind=Call.Kind.TEST)
        .select_related("call")
        .order_by("pk")
    )
    left = Counter(_last_of(row) for row in rows if _is_given_up(row))
    questions = list(revision.definition.form.questions)
    sent, empty = _empty(rows, [each.code for each in questions])
    asked = _asked_again(rows)
    spent = {
        row.question: row.seconds // row.answers
        for row in QuestionTime.objects.filter(revision=revision, answers__gte=FROM)
    }
    listed = tuple(
        Figures(
            question,
            spent.get(question.code),
            sent,
            empty[question.code] if sent >= FROM else None,
            asked[question.code] if sent >= FROM else None,
            left[question.code],
        )
        for question in questions
    )
    return Found(len(rows), sent, left.total(), listed if len(rows) >= FROM else ())


def _is_given_up(row: Application) -> bool:
    if row.state != State.DRAFT:
        return False
    now = clock.now()
    over = row.call.closes_at is not None and row.call.closes_at <= now
    return over or now - row.saved_at > AT_REST


def _last_of(row: Application) -> str:
    """The question that was answered last; nothing where none was."""
    known = drafted(row)
    return max(known, key=lambda code: known[code][1], default="")


def _empty(rows: list[Application], codes: list[str]) -> tuple[int, Counter[str]]:
    """How many were sent in, and how often each question was empty then."""
    empty: Counter[str] = Counter()
    count = 0
    for snapshot in Snapshot.objects.filter(application__in=rows, number=1).iterator():
        count += 1
        answers = read_snapshot(snapshot)
        empty.update(code for code in codes if answers.get(code) in EMPTY)
    return count, empty


def _asked_again(rows: list[Application]) -> Counter[str]:
    """How often something was asked about a question after it was sent in."""
    found: Counter[str] = Counter()
    for items in SupplementRequest.objects.filter(application__in=rows).values_list(
        "items", flat=True
    ):
        found.update({code for kind, code, _note in json.loads(items) if kind == "question"})
    return found
