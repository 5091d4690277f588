"""The public card: as it was sent in, and as it would be seen now."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications.answers import Answers, answers_of, last_snapshot
from applications.domain.card_hints import Hint, hints
from applications.models import Application, PublicCard, Snapshot
from applications.states import BEFORE_SUBMISSION
from regeling.definition import Column
from timeline.canon import canonical, sha256

LONGEST_NAME = 200
LONGEST_PHOTO_TEXT = 200


@dataclass(frozen=True, slots=True)
class Card:
    """What a voter sees. ``photo`` is a SHA-256 or empty; ``cents`` is what is asked, or None."""

    title: str
    text: str
    place: str
    cents: int | None
    name: str
    photo: str
    photo_text: str


@dataclass(frozen=True, slots=True)
class CardProblem:
    """What is still missing or wrong: a field of the card, and the sentence about it."""

    field: str
    sentence: str


def card_of(application_id: int) -> Card | None:
    """The card that was agreed to and sent in; None without one, or before submission."""
    application = Application.objects.select_related("revision").get(pk=application_id)
    if application.state in BEFORE_SUBMISSION:
        return None
    return card_in(application, last_snapshot(application))


def card_in(application: Application, snapshot: Snapshot) -> Card | None:
    """The card as it lies in what was sent in, with what the application is called now."""
    body: dict[str, Any] = json.loads(snapshot.text)
    said = body.get("card")
    return _card(application, body["answers"], said) if said else None


def card_now(application: Application) -> Card:
    """The card as a voter would see it if it were sent in as it is now."""
    return _card(application, answers_of(application), kept(row_of(application)))


def row_of(application: Application) -> PublicCard:
    """The row of the card; an empty one, not saved, where nothing was written yet."""
    known = PublicCard.objects.filter(application=application).first()
    return known or PublicCard(application=application)


def kept(row: PublicCard) -> dict[str, str]:
    """What a snapshot keeps of a card."""
    return {
        "text": row.text,
        "name": row.chosen_name,
        "photo": row.photo,
        "photo_text": row.photo_text if row.photo else "",
    }


def digest_of(card: Card) -> str:
    """What an agreement names: the whole card as it was seen."""
    return sha256(canonical(asdict(card)))


def asks_card(application: Application) -> bool:
    """Does the regulation ask a public card?"""
    return application.revision.definition.card is not None


def problems(application: Application) -> tuple[CardProblem, ...]:
    """What stands between this card and a voter, in the order of the page; nothing where the
    regulation asks no card."""
    rule = application.revision.definition.card
    if rule is None:
        return ()
    row = row_of(application)
    found = []
    if not row.text.strip():
        found.append(CardProblem("text", _("Schrijf wat stemmers over uw initiatief lezen.")))
    elif len(row.text) > rule.longest:
        sentence = _("Deze tekst is %(n)s tekens te lang.") % {"n": len(row.text) - rule.longest}
        found.append(CardProblem("text", sentence))
    if not row.chosen_name.strip():
        found.append(CardProblem("chosen_name", _("Kies de naam die stemmers zien.")))
    if row.photo and not row.photo_text.strip():
        found.append(CardProblem("photo_text", _("Schrijf wat er op de foto te zien is.")))
    if row.photo and not row.photo_consent:
        sentence = _("Zet een vinkje als iedereen op de foto het goed vindt, of haal de foto weg.")
        found.append(CardProblem("photo_consent", sentence))
    if not found and not is_agreed(application, row):
        found.append(CardProblem("agree", _("Bekijk uw kaart en ga ermee akkoord.")))
    return tuple(found)


def is_agreed(application: Application, row: PublicCard) -> bool:
    """Does an agreement stand under the card exactly as it would be seen now?"""
    if row.agreed_at is None:
        return False
    card = _card(application, answers_of(application), kept(row))
    return row.agreed_hash == digest_of(card)


def doubts(application: Application, row: PublicCard) -> tuple[Hint, ...]:
    """Phone numbers, addresses and names on the card that the writer may want to look at again."""
    card = _card(application, answers_of(application), kept(row))
    known = (application.party.name, card.title, card.place, card.name, application.municipality)
    said = "\n".join((card.text, card.photo_text))
    own_name = tuple(each for each in hints(card.name) if each.kind != "name")
    return tuple(dict.fromkeys((*hints(said, known=known), *own_name)))


def place_of(application: Application, answers: Answers) -> str:
    """The place that people may read: as answered where that is public, else the municipality."""
    question = application.revision.definition.form.filling(Column.PLACE)
    told = str(answers.get(question.code) or "") if question and question.public else ""
    return told or application.municipality


def _card(application: Application, answers: Answers, said: dict[str, str]) -> Card:
    return Card(
        title=application.title,
        text=said["text"],
        place=place_of(application, answers),
        cents=application.amount_asked or None,
        name=said["name"],
        photo=said["photo"],
        photo_text=said["photo_text"],
    )
