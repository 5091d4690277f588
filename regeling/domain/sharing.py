"""A concept is read by people outside: a link, remarks at its parts, and an answer to each."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from regeling.domain.concepts import locked
from regeling.domain.texts import AT_WORK, refuse_ended, refuse_strangers, stream_of
from regeling.models import ConceptRemark, ConceptShare
from timeline import clock
from timeline.actor import Actor
from timeline.canon import sha256
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Refused

LONGEST = 4_000
MOST, SPAN = 30, timedelta(minutes=10)
"""So many remarks in so long by one link; more is no reading any more."""
MOST_DAYS = 366


class TooMany(Refused):
    """By this link came more remarks in a short time than people write."""

    status = 429


def share_concept(
    *, concept_id: int, label: str, ends_at: datetime, actor: Actor
) -> tuple[ConceptShare, str]:
    """Make a link for readers; returns it with its token, which is told once and never kept.

    ``label`` says for whom. Refuses an end that has passed or is more than a year away.
    """
    label = label.strip()
    if not label:
        raise Refused(_("Schrijf op voor wie de link is."), field="label")
    with transaction.atomic():
        concept = locked(concept_id)
        person_id = refuse_strangers(concept, actor)
        refuse_ended(concept)
        now = clock.now()
        if not now < ends_at <= now + timedelta(days=MOST_DAYS):
            raise Refused(_("Kies een dag in het komende jaar."), field="ends_at")
        token = secrets.token_urlsafe(24)
        share = ConceptShare.objects.create(
            concept=concept,
            token_hash=sha256(token),
            label=label,
            made_by_id=person_id,
            made_at=now,
            ends_at=ends_at,
        )
        record(
            stream=stream_of(concept),
            type="regeling.concept_shared",
            facts={"share": str(share.uid), "ends_at": ends_at},
            actor=actor,
        )
        return share, token


def revoke_share(*, share_id: int, actor: Actor) -> None:
    """The link works no more; what was remarked by it stays. Doing it twice changes nothing."""
    with transaction.atomic():
        share = ConceptShare.objects.get(pk=share_id)
        concept = locked(share.concept_id)
        refuse_strangers(concept, actor)
        changed = ConceptShare.objects.filter(pk=share_id, revoked_at=None).update(
            revoked_at=clock.now()
        )
        if changed:
            record(
                stream=stream_of(concept),
                type="regeling.share_revoked",
                facts={"share": str(share.uid)},
                actor=actor,
            )


def share_by(token: str) -> ConceptShare | None:
    """The link that somebody holds; None when it was revoked, has ended or never was."""
    return (
        ConceptShare.objects.filter(
            token_hash=sha256(token), revoked_at=None, ends_at__gt=clock.now()
        )
        .select_related("concept__authority")
        .first()
    )


def remark(*, token: str, path: str, name: str, text: str, actor: Actor) -> ConceptRemark:
    """Say something about a part of a concept (path empty: about all of it).

    The same words again at the same part are one remark: a second click. Refuses a link that does
    not work, a text that is not worked on any more, and more remarks than people write.
    """
    text, name = text.strip(), name.strip()
    if not text:
        raise Refused(_("Schrijf uw opmerking op."), field="text")
    if len(text) > LONGEST or len(name) > 100:
        raise Refused(
            _("Dit is te lang. Schrijf hoogstens %(n)s tekens.") % {"n": LONGEST}, field="text"
        )
    with transaction.atomic():
        share = share_by(token)
        if share is None:
            raise Refused(_("Deze link werkt niet meer."), code="ended")
        concept = locked(share.concept_id)
        if concept.state not in AT_WORK:
            raise Refused(_("Op deze tekst kan niet meer gereageerd worden."), code="ended")
        given = ConceptRemark.objects.filter(share=share)
        known = given.filter(path=path, text=text, name=name).first()
        if known:
            return known
        now = clock.now()
        if given.filter(made_at__gt=now - SPAN).count() >= MOST:
            raise TooMany(
                _("Er komen nu heel veel opmerkingen binnen. Probeer het over tien minuten weer."),
                code="slow",
            )
        row = ConceptRemark.objects.create(
            share=share, concept=concept, path=path[:200], name=name, text=text, made_at=now
        )
        record(
            stream=stream_of(concept),
            type="regeling.concept_remarked",
            facts={"share": str(share.uid), "path": row.path},
            actor=actor,
        )
        return row


def answer_remark(*, remark_id: int, answer: str, actor: Actor) -> ConceptRemark:
    """Answer a remark; its readers see the answer on the same page. A later answer replaces it.

    Refuses an empty answer and a text that is not worked on any more.
    """
    answer = answer.strip()
    if not answer:
        raise Refused(_("Schrijf een antwoord."), field="answer")
    with transaction.atomic():
        row = lock_one(ConceptRemark.objects.filter(pk=remark_id))
        concept = locked(row.concept_id)
        person_id = refuse_strangers(concept, actor)
        refuse_ended(concept)
        row.answer, row.answered_by_id, row.answered_at = answer, person_id, clock.now()
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        record(
            stream=stream_of(concept),
            type="regeling.remark_answered",
            facts={"path": row.path},
            actor=actor,
        )
        return row
