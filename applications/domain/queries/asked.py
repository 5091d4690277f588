"""What a request to supplement asks of the applicant (Awb 4:5), as the event keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from applications.domain.queries.form import question_of, steps_of
from applications.models import Application, Suspension
from timeline.models import Event


@dataclass(frozen=True, slots=True)
class Asked:
    """The last day, and what is asked: what people call each item, with its question where it has
    one."""

    due_on: date | None
    items: tuple[str, ...]


def questions(application: Application) -> tuple[str, ...]:
    """Codes of the questions that the last request names ("question:titel" or plain "titel")."""
    known = {question.code for step in steps_of(application) for question in step.questions}
    codes = (item.rpartition(":")[2] for item in _items(application))
    return tuple(code for code in codes if code in known)


def request(application: Application) -> Asked:
    """The open request, in words; signatures are told by who must still sign."""
    found = (question_of(application, code) for code in questions(application))
    waiting = Suspension.objects.filter(application=application, ended_on=None).first()
    return Asked(
        waiting.due_on if waiting else None,
        tuple(question.label for question in found if question),
    )


def _items(application: Application) -> list[str]:
    event = (
        Event.objects.filter(
            stream__kind="application",
            stream__uid=str(application.uid),
            type="applications.supplement_asked",
        )
        .order_by("number")
        .last()
    )
    return list(event.facts.get("items") or []) if event else []
