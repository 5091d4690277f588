"""Which texts an authority can try on a round: its regulations' revisions, and what is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.domain.grants import holds
from accounts.roles import Role
from regeling.definition import Definition
from regeling.domain.texts import AT_WORK, WrongText, newest
from regeling.domain.texts import read as read_text
from regeling.models import Call, Concept, Revision

READERS = (Role.DRAFTER, Role.ADMINISTRATOR, Role.AUDITOR)
"""Who may try a text on a round of her authority."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A text by the key under which a page asks for it, and what it is called."""

    key: str
    label: str


def may_try(person_id: int | None, call: Call) -> bool:
    """Whether somebody may look at rounds of this regulation this way."""
    return _may(person_id, call.revision.regulation.authority.code, call.revision.regulation.slug)


def texts_for(person_id: int | None, call: Call) -> list[Choice]:
    """What can be tried on a call by this person: the revisions of its regulation, newest first,
    the concepts of its authority that are being written, and the newest revision of each of its
    other regulations."""
    regulation = call.revision.regulation
    mine = Revision.objects.filter(regulation=regulation).order_by("-number")
    others = (
        Revision.objects.filter(regulation__authority=regulation.authority)
        .exclude(regulation=regulation)
        .select_related("regulation")
        .order_by("regulation__title", "-number")
    )
    newest_of = {row.regulation_id: row for row in reversed(others)}
    concepts = Concept.objects.filter(authority=regulation.authority, state__in=AT_WORK)
    return [
        *(Choice(_key(row), _named(row, own=row.pk == call.revision_id)) for row in mine),
        *(
            Choice(f"concept:{row.uid}", _("Concept: %(title)s") % {"title": row.title})
            for row in concepts.order_by("title", "pk")
            if _may(person_id, regulation.authority.code, row.slug)
        ),
        *(
            Choice(_key(row), _named(row))
            for row in sorted(newest_of.values(), key=lambda row: row.regulation.title)
            if _may(person_id, regulation.authority.code, row.regulation.slug)
        ),
    ]


def definition_at(key: str) -> Definition:
    """The definition of a text that was offered; raises ``WrongText`` for a concept with errors."""
    kind, _colon, name = key.partition(":")
    if kind == "concept":
        concept = Concept.objects.get(uid=name)
        return read_text(newest(concept).source, slug=concept.slug)
    return Revision.objects.get(pk=int(name)).definition


def _may(person_id: int | None, authority: str, slug: str) -> bool:
    return holds(person_id, *READERS, authority=authority, regulation=slug)


def _key(revision: Revision) -> str:
    return f"revision:{revision.pk}"


def _named(revision: Revision, *, own: bool = False) -> str:
    words = {"title": revision.regulation.title, "number": revision.number}
    if own:
        return _("De eigen tekst (revisie %(number)s)") % words
    return _("%(title)s, revisie %(number)s") % words


__all__ = ["READERS", "Choice", "WrongText", "definition_at", "may_try", "texts_for"]
