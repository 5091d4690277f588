"""What a request to supplement asks of the applicant (Awb 4:5), as the event keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from applications.domain.queries.form import question_of, steps_of
from applications.models import Application, Suspension
from timeline.models import Event

CARD = "openbare-kaart"
"""The item of completeness that stands for the public card."""


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


def wants_card(application: Application) -> bool:
    """Does the last request ask for the public card?"""
    return any(item.rpartition(":")[2] == CARD for item in _items(application))


def card_label() -> str:
    """What the item of the public card is called."""
    return _("De kaart voor stemmers")


def request(application: Application) -> Asked:
    """The open request, in words; signatures are told by who must still sign."""
    found = (question_of(application, code) for code in questions(application))
    waiting = Suspension.objects.filter(application=application, ended_on=None).first()
    labels = tuple(question.label for question in found if question)
    if wants_card(application):
        labels = (*labels, card_label())
    return Asked(waiting.due_on if waiting else None, labels)


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
