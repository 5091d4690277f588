"""Write the public card of a draft, agree to it, and keep it as it was sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.people import acts_for
from applications.answers import last_snapshot
from applications.domain.queries import asked, card
from applications.models import Application, PublicCard
from applications.states import BEFORE_SUBMISSION, State
from timeline import clock
from timeline.actor import Actor
from timeline.canon import sha256
from timeline.locks import lock_one
from timeline.refusal import Conflict, NotAllowed, Refused

LONGEST_TYPED = 5000  # what is too long for the card is kept and told, up to here
FIELDS = ("text", "chosen_name", "photo_text", "photo_consent")


def write_card(
    *,
    application_id: int,
    changes: Mapping[str, Any],
    actor: Actor,
    seen: Mapping[str, str] | None = None,
) -> PublicCard:
    """Save some fields of the card (``FIELDS``); the others stay. Saving leaves no event.

    ``seen`` holds per field the digest of what the page showed (``digests``). A field that somebody
    else wrote meanwhile is left alone when the post did not touch it; when both wrote it, raises
    ``Conflict`` with that field and saves nothing.
    """
    with transaction.atomic():
        row = _locked(application_id, actor)
        fresh = {}
        for name, value in changes.items():
            if name not in FIELDS:
                raise Refused(_("Dit veld staat niet op de kaart."), field=name, code="unknown")
            stored = getattr(row, name)
            if value == stored:
                continue
            shown = (seen or {}).get(name, digest(stored))
            if digest(stored) == shown:
                fresh[name] = value
            elif digest(value) != shown:
                raise Conflict(
                    _(
                        "Dit is intussen in een ander venster of door een ander veranderd. Hier "
                        "staat wat u zelf typte. Bewaar opnieuw als dat moet blijven staan."
                    ),
                    field=name,
                    code="stale",
                )
        return _changed(row, fresh)


def set_photo(*, application_id: int, sha256: str, actor: Actor) -> PublicCard:
    """Put a stored photo on the card, or with an empty hash take it off; consent is asked anew.

    Refuses a photo where the regulation asks none.
    """
    with transaction.atomic():
        row = _locked(application_id, actor)
        rule = row.application.revision.definition.card
        if sha256 and not (rule and rule.photo):
            raise Refused(_("Bij deze regeling hoort geen foto."), field="photo", code="no_photo")
        if row.photo == sha256:
            return row
        fresh: dict[str, Any] = {"photo": sha256, "photo_consent": False}
        return _changed(row, fresh if sha256 else {**fresh, "photo_text": ""})


def agree(*, application_id: int, seen_hash: str, actor: Actor) -> PublicCard:
    """Agree that people who choose see the card that ``seen_hash`` names.

    Raises ``Conflict`` when it changed since it was seen, and refuses a card that is not finished.
    """
    with transaction.atomic():
        row = _locked(application_id, actor)
        application = row.application
        open_ends = [each for each in card.problems(application) if each.field != "agree"]
        if open_ends:
            raise Refused(open_ends[0].sentence, field=open_ends[0].field, code="unfinished")
        if seen_hash != card.digest_of(card.card_now(application)):
            raise Conflict(
                _("De kaart is veranderd nadat u haar zag. Bekijk haar opnieuw."),
                field="agree",
                code="stale",
            )
        row.agreed_at, row.agreed_by_id, row.agreed_hash = clock.now(), actor.person_id, seen_hash
        row.version += 1
        row.save()
        return row


def writable(application: Application) -> bool:
    """May the card still be written: before submission, or in a supplement that asks for it."""
    if application.state in BEFORE_SUBMISSION:
        return True
    return application.state == State.AWAITING_SUPPLEMENT and asked.wants_card(application)


def card_to_keep(application: Application) -> dict[str, str] | None:
    """What the next snapshot keeps: the agreed card, or where it is not asked anew the one that was
    sent before; None where the regulation asks none."""
    if not card.asks_card(application):
        return None
    if writable(application):
        return card.kept(card.row_of(application))
    before: dict[str, Any] = json.loads(last_snapshot(application).text)
    return before.get("card")


def digests(row: PublicCard) -> dict[str, str]:
    """What a page showed of each field, for ``write_card``."""
    return {name: digest(getattr(row, name)) for name in FIELDS}


def digest(value: Any) -> str:
    """A short name for the value of a field."""
    return sha256(str(value))[:12]


def _locked(application_id: int, actor: Actor) -> PublicCard:
    application = lock_one(
        Application.objects.filter(pk=application_id).select_related(
            "party", "revision", "call__revision"
        )
    )
    if not acts_for(actor.person_id, application.party_id):
        raise NotAllowed(_("Dit is niet uw aanvraag."))
    if not card.asks_card(application):
        raise Refused(_("Bij deze regeling hoort geen kaart."), code="no_card")
    if not writable(application):
        raise Conflict(_("Deze aanvraag is al ingediend. De kaart ligt vast."), code="submitted")
    row = card.row_of(application)
    row.application = application
    return row


def _changed(row: PublicCard, fresh: dict[str, Any]) -> PublicCard:
    if not fresh and row.pk:
        return row
    for name, value in fresh.items():
        setattr(row, name, value[:LONGEST_TYPED] if isinstance(value, str) else value)
    row.version += 1
    row.save()
    return row
