"""Reading the text of a concept, and who may work on it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.grants import holds
from accounts.roles import Role
from regeling.definition import Definition, DefinitionError, Problem, parse
from regeling.definition.extending import delivered_source
from regeling.domain.queries.governing import in_force
from regeling.models import Concept, ConceptRemark, ConceptText, Regulation
from timeline import clock
from timeline.actor import Actor
from timeline.refusal import Conflict, NotAllowed, Refused

WRITERS = (Role.DRAFTER, Role.ADMINISTRATOR)
AT_WORK = (Concept.State.CONCEPT, Concept.State.CHECKED)
Stream = tuple[str, str]


class WrongText(Refused):
    """A text with errors; ``problems`` tells them all, with line and column."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = len(problems)
        super().__init__(
            ngettext(
                "Er staat nog een fout in de tekst.",
                "Er staan nog %(count)s fouten in de tekst.",
                count,
            )
            % {"count": count},
            code="wrong_text",
        )
        self.problems = problems


def read(source: str, *, slug: str, at: datetime | None = None) -> Definition:
    """The definition in a text; raises ``WrongText`` with everything that is wrong with it.

    A text that goes on from another one follows that other as it was in force ``at`` (None: now).
    """
    try:
        return parse(source, file=f"{slug}.yaml", find=partial(source_of, at=at))
    except DefinitionError as wrong:
        raise WrongText(wrong.problems) from wrong


def source_of(slug: str, at: datetime | None = None) -> str | None:
    """The text that ``extends:`` names: the one in force, else one that comes with the product."""
    regulation = Regulation.objects.filter(slug=slug).first()
    revision = in_force(regulation.pk, at=at or clock.now()) if regulation else None
    return revision.source if revision else delivered_source(slug)


def newest(concept: Concept) -> ConceptText:
    """The text of a concept as it is now."""
    return ConceptText.objects.select_related("person").get(concept=concept, number=concept.version)


def stream_of(concept: Concept) -> Stream:
    """Where what happens to a concept is written down."""
    return ("concept", str(concept.uid))


def may_write(person_id: int | None, *, authority: str, slug: str) -> bool:
    """Whether somebody may write, check and publish texts of this regulation."""
    return holds(person_id, *WRITERS, authority=authority, regulation=slug)


def refuse_no_administrator(regulation: Regulation, actor: Actor) -> None:
    """What a text does to calls is an administrator's, as opening one is: who writes texts does not
    withdraw them, or lay them over an open call, alone. Raises ``NotAllowed``."""
    if actor.is_system:
        return
    if not holds(
        actor.person_id,
        Role.ADMINISTRATOR,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    ):
        raise NotAllowed(_("Alleen een beheerder van deze overheid kan dit."))


def refuse_strangers(concept: Concept, actor: Actor) -> int:
    """The key of the person who acts; raises ``NotAllowed`` for who may not write here."""
    person_id = actor.person_id
    if person_id is None or not may_write(
        person_id, authority=concept.authority.code, slug=concept.slug
    ):
        raise NotAllowed(_("Alleen een opsteller of beheerder van deze overheid kan dit."))
    return person_id


def forget_readers(concept: Concept) -> None:
    """What readers said stays, how they called themselves goes: nobody needs it any more."""
    ConceptRemark.objects.filter(concept=concept).exclude(name="").update(name="")


def refuse_ended(concept: Concept) -> None:
    """A text that was published or dropped is not worked on any more."""
    if concept.state == Concept.State.PUBLISHED:
        raise Refused(
            _("Deze tekst is vastgesteld en verandert niet meer. Maak een nieuw concept."),
            code="published",
        )
    if concept.state == Concept.State.DROPPED:
        raise Refused(_("Aan dit concept wordt niet meer gewerkt."), code="dropped")


def refuse_another_version(concept: Concept, seen: int) -> None:
    """Raises ``Conflict`` when the text that was shown is not the newest, and says whose is."""
    if seen == concept.version:
        return
    text = newest(concept)
    raise Conflict(
        _("%(name)s heeft intussen een nieuwe versie opgeslagen (versie %(number)s).")
        % {"name": text.person.name, "number": text.number},
        code="version",
    )


def authors(concept: Concept) -> set[int]:
    """Keys of everybody who saved a text of it."""
    return set(ConceptText.objects.filter(concept=concept).values_list("person_id", flat=True))
