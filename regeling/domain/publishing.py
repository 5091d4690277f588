"""A text becomes a regulation's: published, in force from a moment, and withdrawn again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Authority
from regeling.definition import Definition, Unknown, canonical
from regeling.definition.labels import path_words
from regeling.domain.checking import check_in_force
from regeling.domain.concepts import locked
from regeling.domain.texts import (
    authors,
    forget_readers,
    newest,
    read,
    refuse_another_version,
    refuse_ended,
    refuse_no_administrator,
    refuse_strangers,
    stream_of,
)
from regeling.explain import explain
from regeling.models import (
    Concept,
    ConceptRemark,
    Publication,
    Regulation,
    Revision,
    RevisionWithdrawal,
    TransitionalRule,
)
from regeling.writing import get
from timeline import clock
from timeline.actor import Actor
from timeline.canon import sha256
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import NotAllowed, Refused


def publish_concept(
    *,
    concept_id: int,
    seen: int,
    in_force_at: datetime | None,
    reference: str,
    actor: Actor,
) -> Revision:
    """Make the checked text a revision, immutable from now and in force from ``in_force_at``.

    None is: at once. ``reference`` says where it was announced (Awb 3:42). Refuses another version
    (``Conflict``), a text that nobody else checked, one of its writers, a text with errors
    (``WrongText``), remarks without an answer, a day that has passed (Awb 3:40), and a text that
    is in force already.
    """
    with transaction.atomic():
        concept = locked(concept_id)
        person_id = refuse_strangers(concept, actor)
        refuse_ended(concept)
        refuse_another_version(concept, seen)
        _refuse_unchecked(concept, person_id)
        text = newest(concept)
        definition = read(text.source, slug=concept.slug)
        _refuse_another_base(concept, text.source, definition)
        _refuse_unanswered(concept, definition)
        refuse_another_place(concept, definition)
        if not reference.strip() and not definition.is_example_only:
            raise Refused(
                _("Noem waar de tekst bekendgemaakt is of wordt."),
                article="Awb 3:42",
                field="reference",
            )
        revision = keep(definition, text.source, actor)
        now = clock.now()
        if in_force_at is not None and clock.day(in_force_at) < clock.day(now):
            raise Refused(
                _("Een tekst treedt niet in werking voordat hij bekendgemaakt is."),
                article="Awb 3:40",
                field="in_force_at",
            )
        if Publication.objects.filter(revision=revision).exists():
            raise Refused(
                _("Precies deze tekst is al eens vastgesteld. Verander er iets aan."), code="same"
            )
        publication = Publication.objects.create(
            revision=revision,
            concept=concept,
            published_at=now,
            in_force_at=max(in_force_at or now, now),
            reference=reference.strip(),
            transitional_rule=_transitional_rule(definition),
            published_by_id=person_id,
        )
        Regulation.objects.filter(pk=revision.regulation_id).update(title=definition.identity.title)
        concept.state = Concept.State.PUBLISHED
        concept.regulation_id = revision.regulation_id
        concept.save(update_fields=["state", "regulation"])
        forget_readers(concept)
        _tell_published(revision, publication, actor)
        record(
            stream=stream_of(concept),
            type="regeling.concept_published",
            facts={"version": concept.version, "revision": revision.sha256},
            actor=actor,
        )
        return revision


def withdraw_revision(
    *, revision_id: int, from_at: datetime | None, reason: str, actor: Actor
) -> RevisionWithdrawal:
    """Take a published text back from ``from_at`` (None: at once), with the reason.

    No new call opens on it from then; a call that is open goes on. Refuses a day that has passed, a
    text that was never published, and doing it twice.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("Schrijf op waarom de tekst wordt ingetrokken."), field="reason")
    with transaction.atomic():
        revision = lock_one(
            Revision.objects.filter(pk=revision_id).select_related("regulation__authority")
        )
        regulation = revision.regulation
        refuse_no_administrator(regulation, actor)
        if not Publication.objects.filter(revision=revision).exists():
            raise Refused(_("Deze tekst is nooit vastgesteld."), code="not_published")
        if RevisionWithdrawal.objects.filter(revision=revision).exists():
            raise Refused(_("Deze tekst is al ingetrokken."), code="withdrawn")
        now = clock.now()
        if from_at is not None and clock.day(from_at) < clock.day(now):
            raise Refused(
                _("Intrekken werkt niet terug. Kies vandaag of een latere dag."), field="from_at"
            )
        row = RevisionWithdrawal.objects.create(
            revision=revision,
            from_at=max(from_at or now, now),
            reason=reason,
            person_id=actor.person_id,
            made_at=now,
        )
        record(
            stream=("revision", revision.sha256),
            type="regeling.revision_withdrawn",
            facts={"from_at": row.from_at},
            actor=actor,
        )
        return row


def keep(definition: Definition, source: str, actor: Actor) -> Revision:
    """The revision of this text: the one that is there, or a new one without a publication.

    On a revision without a publication only a test call opens. Call it in the transaction of the
    act.
    """
    text = canonical(definition)
    digest = sha256(text)
    regulation = _regulation(definition)
    lock_one(Regulation.objects.filter(pk=regulation.pk))
    known = Revision.objects.filter(regulation=regulation, sha256=digest).first()
    if known:
        return known
    revision = Revision.objects.create(
        regulation=regulation,
        number=Revision.objects.filter(regulation=regulation).count() + 1,
        language=definition.language,
        text=text,
        sha256=digest,
        source=source,
        example_only=definition.is_example_only,
        accepted_at=clock.now(),
    )
    record(
        stream=("revision", digest),
        type="regeling.revision_accepted",
        facts={"regulation": regulation.slug, "number": revision.number, "sha256": digest},
        actor=actor,
    )
    return revision


def publish_at_once(revision: Revision, actor: Actor) -> None:
    """The engine itself publishes a text that came with it, in force from now; once."""
    if Publication.objects.filter(revision=revision).exists():
        return
    now = clock.now()
    publication = Publication.objects.create(
        revision=revision,
        published_at=now,
        in_force_at=now,
        transitional_rule=_transitional_rule(revision.definition),
    )
    _tell_published(revision, publication, actor)


def _tell_published(revision: Revision, publication: Publication, actor: Actor) -> None:
    record(
        stream=("revision", revision.sha256),
        type="regeling.revision_published",
        facts={
            "regulation": revision.regulation.slug,
            "number": revision.number,
            "in_force_at": publication.in_force_at,
            "transitional_rule": str(publication.transitional_rule),
        },
        actor=actor,
    )


def _transitional_rule(definition: Definition) -> TransitionalRule:
    """What is in keeps its text, unless the regulation says otherwise."""
    rule = definition.transitional_rule
    return TransitionalRule.RUNNING_KEEP if isinstance(rule, Unknown) else TransitionalRule(rule)


def _regulation(definition: Definition) -> Regulation:
    identity = definition.identity
    authority = Authority.objects.filter(code=identity.authority).first()
    if authority is None:
        raise Refused(
            _("De overheid %(code)s is niet bekend.") % {"code": identity.authority},
            field="identity.authority",
        )
    return Regulation.objects.get_or_create(
        slug=identity.slug, defaults={"authority": authority, "title": identity.title}
    )[0]


def _refuse_unchecked(concept: Concept, person_id: int) -> None:
    if check_in_force(concept) is None:
        raise Refused(_("Deze tekst is nog niet door een collega nagekeken."), code="not_checked")
    if person_id in authors(concept):
        raise NotAllowed(
            _("U schreef zelf mee aan deze tekst. Een collega stelt hem vast."), code="four_eyes"
        )


def _refuse_another_base(concept: Concept, source: str, definition: Definition) -> None:
    """What a text goes on from (``extends``) may have changed since a colleague read it: then the
    same words say something that nobody checked."""
    checked = check_in_force(concept)
    if checked is None or get(source, "extends") is None:
        return
    if canonical(read(source, slug=concept.slug, at=checked.checked_at)) != canonical(definition):
        raise Refused(
            _("De tekst waarop deze verdergaat, is daarna veranderd. Laat hem opnieuw nakijken."),
            code="not_checked",
        )


def _refuse_unanswered(concept: Concept, definition: Definition) -> None:
    open_ones = ConceptRemark.objects.filter(concept=concept, answer="").order_by("pk")
    paths = list(dict.fromkeys(open_ones.values_list("path", flat=True)))
    if paths:
        titles = {"": _("de hele tekst")}
        titles |= {section.code: section.title for section in explain(definition)}
        where = ", ".join(titles.get(path) or path_words(path) for path in paths)
        raise Refused(
            ngettext(
                "Er is nog een opmerking zonder antwoord, bij: %(where)s",
                "Er zijn nog %(count)s opmerkingen zonder antwoord, bij: %(where)s",
                open_ones.count(),
            )
            % {"count": open_ones.count(), "where": where},
            code="remarks",
        )


def refuse_another_place(concept: Concept, definition: Definition) -> None:
    """A text is kept under the address and the authority of its own concept, never of another."""
    identity = definition.identity
    if identity.slug != concept.slug:
        raise Refused(
            _("De tekst noemt het adres %(other)s; dit concept is van %(slug)s.")
            % {"other": identity.slug, "slug": concept.slug},
            field="identity.slug",
        )
    if identity.authority != concept.authority.code:
        raise Refused(
            _("De tekst noemt de overheid %(other)s; dit concept is van %(code)s.")
            % {"other": identity.authority, "code": concept.authority.code},
            field="identity.authority",
        )
