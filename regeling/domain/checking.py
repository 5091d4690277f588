"""Four eyes: a second person looks at a text before it can be published."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from regeling.domain.concepts import locked
from regeling.domain.texts import (
    authors,
    newest,
    read,
    refuse_another_version,
    refuse_ended,
    refuse_strangers,
    stream_of,
)
from regeling.models import Concept, ConceptCheck
from timeline import clock
from timeline.actor import Actor
from timeline.canon import sha256
from timeline.record import record
from timeline.refusal import NotAllowed, Refused


def check_concept(
    *, concept_id: int, seen: int, approved: bool, remarks: str, actor: Actor
) -> ConceptCheck:
    """Say of a text that it is good, or what should be different.

    The check names the SHA-256 of the text that was ``seen``; the next save takes it away. Refuses
    who saved one of the texts, an approval of a text with errors (``WrongText`` tells them all), a
    no without a word, and another version (``Conflict``).
    """
    remarks = remarks.strip()
    with transaction.atomic():
        concept = locked(concept_id)
        person_id = refuse_strangers(concept, actor)
        refuse_ended(concept)
        refuse_another_version(concept, seen)
        if person_id in authors(concept):
            raise NotAllowed(
                _("U schreef zelf mee aan deze tekst. Laat een collega hem nakijken."),
                code="four_eyes",
            )
        if not approved and not remarks:
            raise Refused(_("Schrijf op wat er anders moet."), field="remarks")
        text = newest(concept)
        if approved:
            read(text.source, slug=concept.slug)
        check = ConceptCheck.objects.create(
            concept=concept,
            number=text.number,
            sha256=sha256(text.source),
            person_id=person_id,
            approved=approved,
            remarks=remarks,
            checked_at=clock.now(),
        )
        concept.state = Concept.State.CHECKED if approved else Concept.State.CONCEPT
        concept.save(update_fields=["state"])
        record(
            stream=stream_of(concept),
            type="regeling.concept_checked",
            facts={"version": text.number, "sha256": check.sha256, "approved": approved},
            actor=actor,
        )
        return check


def check_in_force(concept: Concept) -> ConceptCheck | None:
    """The approval of the text as it is now; None where nobody approved it, or not any more."""
    last = concept.checks.filter(number=concept.version).order_by("pk").last()
    return last if last and last.approved and concept.state != Concept.State.CONCEPT else None
