"""A draft comes into being and is saved, field by field, without losing what another tab wrote."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.domain.people import acts_for
from accounts.models import Party
from applications.answers import answers_of, drafted
from applications.columns import columns_from, search_text
from applications.domain.queries.form import MOST_EVIDENCE
from applications.domain.signing import void_signatures
from applications.domain.timing import count_time
from applications.models import Application, Attachment, Involvement, PublicCard, Remark, Signature
from applications.states import BEFORE_SUBMISSION
from regeling.definition import PartyKind
from regeling.domain.queries.calls import has_no_money
from regeling.domain.queries.governing import governing
from regeling.domain.queries.testing import may_join
from regeling.models import Call
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical
from timeline.locks import lock_one
from timeline.refusal import Conflict, NotAllowed, Refused


def start(
    *,
    call_id: int,
    party_id: int,
    applicant_class: str,
    actor: Actor,
    answers: dict[str, Any] | None = None,
) -> Application:
    """Start a draft for a party. Refuses a class that the regulation does not know or the party is
    not, and a call that is over."""
    call = Call.objects.select_related("revision__regulation__authority").get(pk=call_id)
    party = Party.objects.get(pk=party_id)
    if not acts_for(actor.person_id, party_id):
        raise NotAllowed(_("U kunt alleen aanvragen voor uzelf, uw groep of uw organisatie."))
    text = governing(call)
    kind = text.definition.applicants.of(applicant_class)
    if kind is None or kind.kind != PartyKind(party.kind):
        raise Refused(
            _("Deze regeling is niet voor deze soort aanvrager."), field="applicant_class"
        )
    if not may_join(actor.person_id, call):
        raise NotAllowed(_("Dit is een test. Alleen wie is uitgenodigd, kan meedoen."))
    if call.closes_at and clock.now() >= call.closes_at:
        raise Refused(_("Deze openstelling is gesloten."), code="closed")
    if has_no_money(call):
        raise Refused(
            _("Er is nu geen geld: het subsidieplafond is € 0. U kunt niet aanvragen."),
            article="Awb 4:25",
            code="no_money",
        )
    with transaction.atomic():
        application = Application.objects.create(
            call=call,
            revision=text,
            party=party,
            applicant_class=applicant_class,
            channel=actor.channel if actor.channel != "system" else "portal",
            saved_at=clock.now(),
        )
        if answers:
            return save(application_id=application.pk, changes=answers, actor=actor)
        return application


def save(
    *,
    application_id: int,
    changes: dict[str, Any],
    actor: Actor,
    seen_version: int | None = None,
) -> Application:
    """Save some answers of a draft; the others stay. Saving leaves no event.

    Two tabs may write different questions. Where both wrote the same one since ``seen_version``,
    raises ``Conflict`` with that question as field and saves nothing. A changed answer voids the
    signatures under the draft.
    """
    with transaction.atomic():
        application = _draft(application_id, actor)
        known = drafted(application)
        _refuse_unknown(application, changes)
        for code, value in changes.items():
            old, at = known.get(code, (None, 0))
            if seen_version is not None and at > seen_version and old != value:
                raise Conflict(
                    _("Deze vraag is intussen in een ander venster of door een ander beantwoord."),
                    field=code,
                    code="stale",
                )
        fresh = {
            code: value for code, value in changes.items() if known.get(code, (None,))[0] != value
        }
        if not fresh:
            Application.objects.filter(pk=application.pk).update(saved_at=clock.now())
            application.refresh_from_db(fields=["saved_at"])
            return application
        count_time(application, fresh, first=fresh.keys() - known.keys(), now=clock.now())
        application.version += 1
        known.update({code: (value, application.version) for code, value in fresh.items()})
        application.draft = canonical({code: list(pair) for code, pair in known.items()})
        application.saved_at = clock.now()
        for column, value in columns_from(
            application.revision.definition, answers_of(application)
        ).items():
            setattr(application, column, value)
        application.search = search_text(application)
        application.save()
        void_signatures(application)
        return application


def attach(
    *,
    application_id: int,
    question: str,
    name: str,
    media_type: str,
    size: int,
    sha256: str,
    path: str,
    actor: Actor,
) -> Attachment:
    """Put a stored file with a question; the file itself was written before, under its hash.

    The same file at the same question gives the same row (a retried upload). Refuses more files
    than the question takes.
    """
    with transaction.atomic():
        application = _draft(application_id, actor, supplement=True)
        most = _most_files(application, question)
        there = Attachment.objects.filter(
            application=application, question=question, removed_at=None
        )
        known = there.filter(sha256=sha256).first()
        if known:
            return known
        if there.count() >= most:
            raise Refused(
                _("Bij deze vraag kan niet nog een bestand."), field=question, code="too_many"
            )
        _void_in_draft(application)
        return Attachment.objects.create(
            application=application,
            question=question,
            name=name[:255],
            media_type=media_type,
            size=size,
            sha256=sha256,
            path=path,
            uploaded_at=clock.now(),
            uploaded_by_id=actor.person_id,
        )


def remove_attachment(*, attachment_id: int, actor: Actor) -> None:
    """Take a file away from a draft. Its row stays, marked as removed."""
    with transaction.atomic():
        row = Attachment.objects.get(pk=attachment_id)
        _void_in_draft(_draft(row.application_id, actor, supplement=True))
        Attachment.objects.filter(pk=row.pk, removed_at=None).update(removed_at=clock.now())


def discard(*, application_id: int, actor: Actor) -> None:
    """Throw a draft away that nobody else has seen or signed."""
    with transaction.atomic():
        application = _draft(application_id, actor)
        others = Signature.objects.filter(application=application).filter(
            ~Q(person_id=actor.person_id)
        )
        if others.exists() or Involvement.objects.filter(application=application).exists():
            raise Refused(_("Een ander heeft al meegelezen of getekend: trek de aanvraag in."))
        Signature.objects.filter(application=application).delete()
        Attachment.objects.filter(application=application).delete()
        Remark.objects.filter(application=application).delete()
        PublicCard.objects.filter(application=application).delete()
        application.delete()


def _most_files(application: Application, question: str) -> int:
    """How many files go with a question, or with a document that the applicant must send along."""
    definition = application.revision.definition
    kind = definition.applicants.of(application.applicant_class)
    if kind and any(evidence.code == question for evidence in kind.evidence):
        return MOST_EVIDENCE
    asked = definition.form.question(question)
    return asked.most_files if asked else 0


def _void_in_draft(application: Application) -> None:
    """A file changes what was signed; a supplement asks signatures again only for what matters."""
    if application.state in BEFORE_SUBMISSION:
        void_signatures(application)


def _refuse_unknown(application: Application, changes: dict[str, Any]) -> None:
    codes = {question.code for question in application.revision.definition.form.questions}
    for code in changes:
        if code not in codes:
            raise Refused(_("Deze vraag staat niet in het formulier."), field=code, code="unknown")


def _draft(application_id: int, actor: Actor, *, supplement: bool = False) -> Application:
    application = lock_one(
        Application.objects.filter(pk=application_id).select_related(
            "party", "revision", "call__revision"
        )
    )
    if not acts_for(actor.person_id, application.party_id):
        raise NotAllowed(_("Dit is niet uw aanvraag."))
    writable = application.state in BEFORE_SUBMISSION or (
        supplement and application.state == "awaiting_supplement"
    )
    if not writable:
        raise Conflict(
            _("Deze aanvraag is al ingediend en kan hier niet meer worden veranderd."),
            code="submitted",
        )
    return application
