"""What the public page of an initiative that asks support shows."""

from __future__ import annotations

from uuid import UUID

from applications.answers import answers_of
from applications.domain.queries.card import Card, card_of, place_of
from applications.domain.support import GATHERING, needed_for
from applications.models import Application
from regeling.definition import Column


def find(uid: UUID) -> Application:
    """The initiative that people can support now; else ``Application.DoesNotExist``."""
    application = Application.objects.select_related(
        "call__revision__regulation__authority", "revision", "party"
    ).get(uid=uid, state__in=GATHERING)
    if needed_for(application) is None:
        raise Application.DoesNotExist
    return application


def public_card(application: Application) -> Card:
    """The card that was sent in; where the regulation asks none, what is public of the answers."""
    sent = card_of(application.pk)
    if sent:
        return sent
    answers = answers_of(application)
    question = application.revision.definition.form.filling(Column.SUMMARY)
    text = str(answers.get(question.code) or "") if question and question.public else ""
    return Card(
        title=application.title,
        text=text,
        place=place_of(application, answers),
        cents=application.amount_asked or None,
        name="",
        photo="",
        photo_text="",
    )
