"""Save what a page posted, beside what other tabs and other people saved meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.domain.numbers import store_iban
from applications.answers import answers_of
from applications.domain import drafts
from applications.models import Application
from applications.web.forms import Posted, Seen
from regeling.definition import FormStep, QuestionKind
from timeline.actor import Actor
from timeline.refusal import Conflict


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft as it is now; ``clashes`` are questions that somebody else answered meanwhile."""

    application: Application
    clashes: dict[str, str]


def changes_in(
    application: Application, step: FormStep, posted: Posted, seen: Seen
) -> tuple[dict[str, Any], dict[str, str]]:
    """What the post changes, and which questions clash with what is stored since it was shown."""
    stored = answers_of(application)
    changes: dict[str, Any] = {}
    clashes: dict[str, str] = {}
    for question in step.questions:
        code = question.code
        if code not in posted.answers:
            continue
        answer = posted.answers[code]
        if question.kind is QuestionKind.IBAN:
            changes[code] = answer
        elif answer == stored.get(code):
            continue
        elif not seen.stale(application, code):
            changes[code] = answer
        elif not seen.untouched(code, answer):
            clashes[code] = _(
                "Deze vraag is intussen in een ander venster of door een ander beantwoord. Hier"
                " staat wat u zelf invulde. Bewaar opnieuw als dat moet blijven staan."
            )
    return changes, clashes


def save(
    application: Application,
    changes: dict[str, Any],
    *,
    actor: Actor,
) -> Saved:
    """Save changed answers on top of the version that was read with them.

    A question that somebody else answers at this very moment is left out and told as a clash; the
    others are saved.
    """
    clashes: dict[str, str] = {}
    stored = with_stored_numbers(application, changes)
    while True:
        try:
            saved = drafts.save(
                application_id=application.pk,
                changes=stored,
                actor=actor,
                seen_version=application.version,
            )
        except Conflict as conflict:
            if conflict.code != "stale" or conflict.field not in stored:
                raise
            clashes[conflict.field] = conflict.sentence
            del stored[conflict.field]
        else:
            return Saved(saved, clashes)


def with_stored_numbers(application: Application, changes: dict[str, Any]) -> dict[str, Any]:
    """The same answers with each account number kept apart: the draft holds where it lies."""
    form = application.revision.definition.form
    kept = dict(changes)
    for code, value in changes.items():
        question = form.question(code)
        if question and question.kind is QuestionKind.IBAN and value:
            row = store_iban(party_id=application.party_id, iban=value)
            kept[code] = {"uid": str(row.uid), "last4": row.last4}
    return kept
