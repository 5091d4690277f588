"""Which texts an authority can try on a round: its regulations' revisions, and what is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.domain.grants import current
from accounts.roles import Role
from regeling.definition import Definition
from regeling.domain.texts import AT_WORK, WrongText, newest
from regeling.domain.texts import read as read_text
from regeling.models import Concept, Revision

READERS = (Role.DRAFTER, Role.ADMINISTRATOR, Role.AUDITOR)
"""Who may try a text on a round of her authority."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A text by the key under which a page asks for it, and what it is called."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A regulation, or a concept of one that is not there yet, at an address."""

    slug: str
    title: str
    authority: str
    own: str


def subject_at(slug: str, person_id: int | None) -> Subject | None:
    """What lies at this address for somebody; None where there is nothing, or nothing for her.
    ``own`` is the key of its newest text."""
    revision = (
        Revision.objects.filter(regulation__slug=slug)
        .select_related("regulation__authority")
        .order_by("-number")
        .first()
    )
    if revision is not None:
        regulation = revision.regulation
        found = Subject(slug, regulation.title, regulation.authority.code, key_of(revision))
    else:
        concept = Concept.objects.filter(slug=slug, state__in=AT_WORK).first()
        if concept is None:
            return None
        found = Subject(slug, concept.title, concept.authority.code, f"concept:{concept.uid}")
    return found if may_try(person_id, found.authority, slug) else None


def subjects_for(person_id: int | None) -> list[Subject]:
    """Every regulation that somebody may look ahead at, and concepts of new ones, by title."""
    may, found = reader_of(person_id), dict[str, Subject]()
    concepts = Concept.objects.filter(state__in=AT_WORK).select_related("authority")
    for concept in concepts.order_by("pk"):
        found[concept.slug] = Subject(
            concept.slug, concept.title, concept.authority.code, f"concept:{concept.uid}"
        )
    for row in Revision.objects.select_related("regulation__authority").order_by("number", "pk"):
        regulation = row.regulation
        found[regulation.slug] = Subject(
            regulation.slug, regulation.title, regulation.authority.code, key_of(row)
        )
    there = (each for each in found.values() if may(each.authority, each.slug))
    return sorted(there, key=lambda each: (each.title, each.slug))


def reader_of(person_id: int | None) -> Callable[[str, str], bool]:
    """Whether somebody may try texts, asked once for many regulations (authority and slug)."""
    if person_id is None:
        return lambda _authority, _slug: False
    grants = set(
        current()
        .filter(person_id=person_id, role__in=READERS)
        .values_list("authority__code", "regulation")
    )
    return lambda authority, slug: bool(grants & {(authority, ""), (authority, slug)})


def may_try(person_id: int | None, authority: str, slug: str) -> bool:
    """Whether somebody may try texts of this regulation, on a round or ahead."""
    return reader_of(person_id)(authority, slug)


def texts_for(
    person_id: int | None, *, authority: str, slug: str, own: int | None = None
) -> list[Choice]:
    """What this person can try: the revisions of the regulation with this slug, newest first, the
    concepts of its authority that are being written, and the newest revision of each of its other
    regulations. ``own`` is the key of the revision on which a round ran."""
    may = reader_of(person_id)
    rows = Revision.objects.filter(regulation__authority__code=authority)
    mine = rows.filter(regulation__slug=slug).select_related("regulation").order_by("-number")
    others = rows.exclude(regulation__slug=slug).select_related("regulation").order_by("number")
    newest_of = {row.regulation_id: row for row in others}
    concepts = Concept.objects.filter(authority__code=authority, state__in=AT_WORK)
    return [
        *(Choice(key_of(row), _named(row, own=row.pk == own)) for row in mine),
        *(
            Choice(f"concept:{row.uid}", _("Concept: %(title)s") % {"title": row.title})
            for row in concepts.order_by("title", "pk")
            if may(authority, row.slug)
        ),
        *(
            Choice(key_of(row), _named(row))
            for row in sorted(newest_of.values(), key=lambda row: row.regulation.title)
            if may(authority, row.regulation.slug)
        ),
    ]


def definition_at(key: str) -> Definition:
    """The definition of a text that was offered; raises ``WrongText`` for a concept with errors."""
    kind, _colon, name = key.partition(":")
    if kind == "concept":
        concept = Concept.objects.get(uid=name)
        return read_text(newest(concept).source, slug=concept.slug)
    return Revision.objects.get(pk=int(name)).definition


def key_of(revision: Revision) -> str:
    """Under which key a page asks for a revision."""
    return f"revision:{revision.pk}"


def _named(revision: Revision, *, own: bool = False) -> str:
    words = {"title": revision.regulation.title, "number": revision.number}
    if own:
        return _("De eigen tekst (revisie %(number)s)") % words
    return _("%(title)s, revisie %(number)s") % words


__all__ = [
    "READERS",
    "Choice",
    "Subject",
    "WrongText",
    "definition_at",
    "key_of",
    "may_try",
    "subject_at",
    "subjects_for",
    "texts_for",
]
