"""The papers of a meeting: what the panel reads about each dossier, frozen when it is convened.

Names and addresses of applicants' people, account numbers and files stay out: a panel judges the
plan. The name of the applicant is in it, because without it nobody can say whether she has an
interest (Awb 2:4).
"""

from __future__ import annotations

import json
from typing import Any

from applications.domain.queries.form import Row, parts
from applications.models import Application
from applications.web.show import shown
from assessment.domain.meetings import panel_of
from assessment.domain.municipal import told_answers
from assessment.models import AgendaItem, Meeting, MeetingAttendance, MeetingPaper, Review
from regeling.definition import Definition, QuestionKind, listed
from regeling.words import euro_words
from timeline import clock
from timeline.canon import canonical, sha256

UNSEEN = (QuestionKind.IBAN, QuestionKind.FILE)


def order_papers(meeting: Meeting) -> None:
    """Freeze the papers, as a whole and each dossier apart, inside the caller's transaction.

    Who has an interest in one dossier reads the others apart.
    """
    items = [paper_of(item) for item in items_of(meeting)]
    frame = _frame(meeting)
    order(meeting, None, MeetingPaper.Kind.PAPERS, {**frame, "items": items})
    for item, facts in zip(items_of(meeting), items, strict=True):
        order(meeting, item, MeetingPaper.Kind.PAPERS, {**frame, "items": [facts]})


def order(meeting: Meeting, item: AgendaItem | None, kind: str, facts: dict[str, Any]) -> None:
    """Keep the facts of one PDF; the worker prints it."""
    text = canonical(facts)
    MeetingPaper.objects.create(
        meeting=meeting,
        item=item,
        kind=kind,
        facts=text,
        facts_hash=sha256(text),
        ordered_at=clock.now(),
    )


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda in order, each item with its application."""
    rows = meeting.items.select_related("application__party", "application__revision")
    return list(rows.order_by("position", "pk"))


def paper_of(item: AgendaItem) -> dict[str, Any]:
    """What the panel reads about one dossier, as plain values."""
    application = item.application
    return {
        "uid": str(item.uid),
        "position": item.position,
        "number": application.number or "",
        "title": application.title,
        "applicant": application.party.name,
        "place": application.municipality,
        "asked": euro_words(application.amount_asked),
        "parts": plain_parts(application),
        "reviews": _reviews(application),
        "municipal": told_answers(application.pk),
    }


def _frame(meeting: Meeting) -> dict[str, Any]:
    seats = meeting.attendance.exclude(role=MeetingAttendance.Role.GUEST).order_by("role", "pk")
    definition = meeting.call.revision.definition
    return {
        "kind": str(MeetingPaper.Kind.PAPERS),
        "authority": meeting.call.revision.regulation.authority.name,
        "call": meeting.call.title,
        "call_kind": meeting.call.kind,
        "panel": panel_of(meeting.call).name,
        "held_on": meeting.held_on,
        "starts": f"{meeting.starts:%H.%M}",
        "place": meeting.place,
        "members": [{"name": seat.name, "role": seat.role} for seat in seats],
        "criteria": [each.question for each in listed(definition.criteria)],
    }


def plain_parts(application: Application) -> list[dict[str, Any]]:
    """What was asked and answered, without personal answers, account numbers and files."""
    definition = application.revision.definition
    found = []
    for part in parts(application, check=False):
        rows = [
            {"label": row.question.label, "text": text}
            for row in part.rows
            if row.question.kind not in UNSEEN
            and not row.question.personal
            and (text := _text(definition, row))
        ]
        if rows:
            found.append({"title": part.step.title, "rows": rows})
    return found


def _text(definition: Definition, row: Row) -> str:
    value = shown(definition, row)
    if isinstance(value, list):
        halves = []
        for half in value:
            lines = "; ".join(
                f"{line['label']} {euro_words(line['cents'])}" for line in half["lines"]
            )
            halves.append(f"{half['title']}: {lines}. Samen {euro_words(half['total'])}.")
        return "\n".join(halves)
    return value or ""


def _reviews(application: Application) -> list[dict[str, Any]]:
    criteria = {
        each.code: each.question for each in listed(application.revision.definition.criteria)
    }
    rows = Review.objects.filter(application=application, submitted_at__isnull=False)
    return [
        {
            "by": review.reviewer.name,
            "conclusion": review.conclusion,
            "advice": review.advice,
            "grounds": json.loads(review.grounds),
            "answers": [
                {
                    "question": criteria.get(answer.criterion, answer.criterion),
                    "answer": answer.answer,
                    "argument": answer.argument,
                }
                for answer in review.answers.all()
            ],
        }
        for review in rows.select_related("reviewer").prefetch_related("answers").order_by("pk")
    ]
