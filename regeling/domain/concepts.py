"""Writing a regulation's text: a concept begins, is saved, goes back a step, or is dropped."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Authority
from regeling.domain.texts import (
    WrongText,
    forget_readers,
    newest,
    read,
    refuse_another_version,
    refuse_ended,
    refuse_strangers,
    stream_of,
)
from regeling.models import Concept, ConceptText, Regulation, Revision
from regeling.renewing import renew
from regeling.writing import get, write
from timeline import clock
from timeline.actor import Actor
from timeline.canon import sha256
from timeline.locks import lock_one
from timeline.models import Event
from timeline.record import record
from timeline.refusal import Refused

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 200_000


def start_concept(
    *,
    authority_id: int,
    title: str,
    slug: str,
    source: str,
    actor: Actor,
    based_on_id: int | None = None,
) -> Concept:
    """Begin a text; ``source`` (YAML) may still hold errors. Returns the concept, version 1.

    Refuses a slug that is not one, that belongs to another authority, or that is worked on already.
    """
    title = title.strip()
    if not title:
        raise Refused(_("Geef de regeling een naam."), field="title")
    if not SLUG.fullmatch(slug) or len(slug) > 80:
        raise Refused(
            _("Een adres heeft kleine letters, cijfers en streepjes, en is hoogstens 80 lang."),
            field="slug",
        )
    _refuse_unkeepable(source)
    try:
        with transaction.atomic():
            return _start(authority_id, title, slug, source, actor, based_on_id)
    except IntegrityError:
        raise Refused(
            _("Aan deze regeling wordt al gewerkt. Ga verder met dat concept."),
            field="slug",
            code="at_work",
        ) from None


def copy_revision(*, revision_id: int, title: str, slug: str, actor: Actor) -> Concept:
    """Begin a text from one that is there, comments and all.

    Under another slug it is a new regulation: days, ceilings and the year are marked to be decided
    anew (``regeling.renewing``). Under its own slug it is a change of the same regulation, and
    everything stands as it stood.
    """
    revision = Revision.objects.select_related("regulation").get(pk=revision_id)
    own = revision.regulation.slug == slug
    # A text that goes on from another one is copied whole: days may stand in the other.
    inherits = get(revision.source, "extends") is not None
    source = write(revision.definition) if inherits else revision.source
    return start_concept(
        authority_id=revision.regulation.authority_id,
        title=title,
        slug=slug,
        source=revision.source if own else renew(source, slug=slug, title=title.strip()).source,
        actor=actor,
        based_on_id=revision.pk,
    )


def save_concept(*, concept_id: int, source: str, seen: int, actor: Actor) -> Concept:
    """Keep a text as the newest version; errors in it are no objection.

    ``seen`` is the version that was changed; raises ``Conflict`` for another. The same text again
    keeps no version. A check that was there goes away: it was of another text.
    """
    _refuse_unkeepable(source)
    with transaction.atomic():
        concept = locked(concept_id)
        person_id = refuse_strangers(concept, actor)
        refuse_ended(concept)
        refuse_another_version(concept, seen)
        if newest(concept).source == source:
            return concept
        _keep(concept, source, person_id)
        _tell(concept, "regeling.concept_saved", source, actor)
        return concept


def undo_concept(
    *, concept_id: int, seen: int, actor: Actor, back_to: int | None = None
) -> Concept:
    """Go back to an earlier text: the one before, or the one numbered ``back_to``.

    What is gone back from stays in the history; going back is itself a new version. Going back
    twice goes back two texts. Refuses when there is nothing before.
    """
    with transaction.atomic():
        concept = locked(concept_id)
        person_id = refuse_strangers(concept, actor)
        refuse_ended(concept)
        refuse_another_version(concept, seen)
        number = previous(concept) if back_to is None else back_to
        old = ConceptText.objects.filter(concept=concept, number=number or 0).first()
        if old is None or old.number >= concept.version:
            raise Refused(_("Er is geen eerdere versie om naar terug te gaan."), code="no_earlier")
        _keep(concept, old.source, person_id)
        _tell(concept, "regeling.concept_undone", old.source, actor, back_to=old.number)
        return concept


def drop_concept(*, concept_id: int, seen: int, actor: Actor) -> Concept:
    """Stop working on a text. Everything that was written stays; the slug is free again."""
    with transaction.atomic():
        concept = locked(concept_id)
        refuse_strangers(concept, actor)
        refuse_ended(concept)
        refuse_another_version(concept, seen)
        concept.state = Concept.State.DROPPED
        concept.save(update_fields=["state"])
        forget_readers(concept)
        record(
            stream=stream_of(concept),
            type="regeling.concept_dropped",
            facts={"version": concept.version},
            actor=actor,
        )
        return concept


def previous(concept: Concept) -> int | None:
    """The number of the text that one step back would bring; None where there is none.

    A text that came by going back stands where the text that it repeats stood.
    """
    undone = Event.objects.filter(
        stream__kind="concept", stream__uid=str(concept.uid), type="regeling.concept_undone"
    )
    repeats = {event.facts["version"]: event.facts["back_to"] for event in undone}
    stands = concept.version
    while stands in repeats:
        stands = repeats[stands]
    return stands - 1 or None


def locked(concept_id: int) -> Concept:
    """The concept, locked until the end of the transaction."""
    return lock_one(Concept.objects.filter(pk=concept_id).select_related("authority", "regulation"))


def _start(
    authority_id: int,
    title: str,
    slug: str,
    source: str,
    actor: Actor,
    based_on_id: int | None,
) -> Concept:
    authority = Authority.objects.get(pk=authority_id)
    regulation = Regulation.objects.filter(slug=slug).first()
    if regulation is not None and regulation.authority_id != authority.pk:
        raise Refused(_("Dit adres is van een andere overheid."), field="slug")
    based_on = Revision.objects.get(pk=based_on_id) if based_on_id is not None else None
    concept = Concept(
        authority=authority,
        regulation=regulation,
        based_on=based_on,
        slug=slug,
        title=title,
        made_at=clock.now(),
        version=0,
    )
    concept.made_by_id = refuse_strangers(concept, actor)
    concept.save(force_insert=True)
    _keep(concept, source, concept.made_by_id)
    _tell(
        concept,
        "regeling.concept_started",
        source,
        actor,
        slug=slug,
        based_on=based_on.sha256 if based_on else "",
    )
    return concept


def _keep(concept: Concept, source: str, person_id: int) -> None:
    """Make ``source`` the newest text; the concept must be checked again."""
    concept.version += 1
    concept.state = Concept.State.CONCEPT
    concept.title = _title_in(source, concept)
    ConceptText.objects.create(
        concept=concept,
        number=concept.version,
        source=source,
        person_id=person_id,
        saved_at=clock.now(),
    )
    concept.save(update_fields=["version", "state", "title"])


def _title_in(source: str, concept: Concept) -> str:
    """What the text calls the regulation; the name it had, where the text cannot be read."""
    try:
        return read(source, slug=concept.slug).identity.title[:200]
    except WrongText:
        return concept.title


def _tell(concept: Concept, event: str, source: str, actor: Actor, **facts: str | int) -> None:
    record(
        stream=stream_of(concept),
        type=event,
        facts={"version": concept.version, "sha256": sha256(source), **facts},
        actor=actor,
    )


def _refuse_unkeepable(source: str) -> None:
    """Errors may stay in a text; what is too long or fits in no database may not."""
    if len(source) > LONGEST:
        raise Refused(_("Deze tekst is te lang voor een regeling."), field="source")
    if "\x00" in source:
        raise Refused(_("De tekst bevat een teken dat niet te bewaren is."), field="source")
