"""People who write regulations, and the texts on which they work, by the verbs of the pages."""

from __future__ import annotations

from pathlib import Path

from accounts.domain.grants import grant
from accounts.models import Authority, Person
from accounts.roles import Role
from regeling.domain.checking import check_concept
from regeling.domain.concepts import start_concept
from regeling.domain.publishing import publish_concept
from regeling.domain.texts import newest
from regeling.models import Concept, Revision
from tests.factories.applications import AuthorityFactory, PersonFactory, as_actor
from timeline.actor import SYSTEM

EVERY_KIND = (Path(__file__).parent / "every-kind.yaml").read_text()


def authority_of(source: str) -> Authority:
    """The authority that a text names, made when it is not there yet."""
    lines = source.splitlines()
    code = next(line.split(":")[1].strip() for line in lines if line.startswith("  authority:"))
    if not Authority.objects.filter(code=code).exists():
        AuthorityFactory(code=code)
    return Authority.objects.get(code=code)


def slug_in(source: str) -> str:
    """The slug that a text names."""
    lines = source.splitlines()
    return next(line.split(":")[1].strip() for line in lines if line.startswith("  slug:"))


def drafter(source: str = EVERY_KIND, role: str = Role.DRAFTER) -> Person:
    """Somebody who may write for the authority of a text."""
    person = PersonFactory()
    grant(person_id=person.pk, role=role, authority=authority_of(source).code, actor=SYSTEM)
    return person


def administrator(source: str = EVERY_KIND) -> Person:
    """Somebody who administers the authority of a text."""
    return drafter(source, Role.ADMINISTRATOR)


def concept(source: str = EVERY_KIND, *, by: Person | None = None) -> Concept:
    """A concept with this text, begun by ``by`` or somebody who may."""
    return start_concept(
        authority_id=authority_of(source).pk,
        title="Proef",
        slug=slug_in(source),
        source=source,
        actor=as_actor(by or drafter(source)),
    )


def approved(row: Concept, *, by: Person | None = None) -> Concept:
    """The concept, found good by a colleague."""
    colleague = by or drafter(newest(row).source)
    check_concept(
        concept_id=row.pk, seen=row.version, approved=True, remarks="", actor=as_actor(colleague)
    )
    row.refresh_from_db()
    return row


def published(source: str = EVERY_KIND) -> Revision:
    """A text that went by concept, check and publication, in force at once."""
    row = approved(concept(source))
    return publish_concept(
        concept_id=row.pk,
        seen=row.version,
        in_force_at=None,
        reference="Provinciaal Blad 2026, 1",
        actor=as_actor(drafter(source)),
    )
