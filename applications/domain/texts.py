"""A draft takes the newer text of its regulation, or goes back; what runs follows where it must."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.people import acts_for
from applications.answers import drafted
from applications.columns import columns_from, search_text
from applications.domain.queries.texts import may_return, offer_for
from applications.domain.signing import void_signatures
from applications.lifecycle import refuse_stale
from applications.models import Application, RevisionMove
from applications.moving import given, moved
from applications.states import BEFORE_SUBMISSION, State
from regeling.models import CallAmendment, Revision, TransitionalRule
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

RUNNING = frozenset(
    {
        State.SUBMITTED,
        State.COMPLETENESS_CHECK,
        State.AWAITING_SUPPLEMENT,
        State.IN_REVIEW,
        State.ELIGIBLE_FOR_VOTE,
    }
)
"""Before anything was put in an order or decided: only these follow a new text."""


def choose_text(
    *, application_id: int, revision_id: int, actor: Actor, seen_version: int | None = None
) -> Application:
    """Put a draft under the newer text of its call, or back under the one with which it began.

    No answer is lost: what the text does not ask lies beside and comes back with its question. What
    was signed was another text, so signatures are void. Refuses a text that is not hers to choose,
    and one that is not for this kind of applicant.
    """
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related(
                "party", "call__revision", "revision", "began_with"
            )
        )
        if not acts_for(actor.person_id, application.party_id):
            raise NotAllowed(_("Dit is niet uw aanvraag."))
        if application.state not in BEFORE_SUBMISSION:
            raise Conflict(_("Deze aanvraag is al ingediend."), code="submitted")
        if application.revision_id == revision_id:
            return application
        refuse_stale(application, seen_version)
        chosen = _chosen(application, revision_id)
        if chosen.definition.applicants.of(application.applicant_class) is None:
            raise Refused(
                _("Die tekst is niet voor deze soort aanvrager. Uw aanvraag blijft zoals zij is."),
                code="applicant_class",
            )
        begun = application.began_with or application.revision
        draft = moved(drafted(application), application.revision.definition, chosen.definition)
        application.draft = canonical({name: list(pair) for name, pair in draft.items()})
        application.revision = chosen
        application.began_with = None if begun == chosen else begun
        application.version += 1
        application.saved_at = clock.now()
        for column, value in columns_from(chosen.definition, given(draft)).items():
            setattr(application, column, value)
        application.search = search_text(application)
        application.save()
        void_signatures(application)
        return application


def follow(*, application_id: int, amendment_id: int, actor: Actor) -> RevisionMove | None:
    """Put a running application under the text of an amendment whose rule says so.

    What was sent stays as it was sent. None, and nothing happens, for what is past the point where
    it may follow, for a kind of applicant that the text does not know, and the second time.
    """
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related("revision")
        )
        amendment = CallAmendment.objects.select_related("after").get(pk=amendment_id)
        after = amendment.after
        if (
            amendment.call_id != application.call_id
            or amendment.transitional_rule != TransitionalRule.RUNNING_FOLLOW
            or application.state not in RUNNING
            or application.revision_id == after.pk
            or after.definition.applicants.of(application.applicant_class) is None
        ):
            return None
        row = RevisionMove.objects.create(
            application=application,
            number=application.revision_moves.count() + 1,
            before=application.revision,
            after=after,
            transitional_rule=amendment.transitional_rule,
            made_at=clock.now(),
            person_id=amendment.person_id,
        )
        Application.objects.filter(pk=application.pk).update(
            revision=after, version=application.version + 1
        )
        record(
            stream=("application", str(application.uid)),
            type="applications.text_followed",
            facts={
                "before": row.before.sha256,
                "after": after.sha256,
                "transitional_rule": row.transitional_rule,
            },
            actor=actor,
        )
        return row


def refuse_older_text(application: Application) -> None:
    """A draft under an older text is sent in only while that is allowed, and is told why not."""
    offer = offer_for(application)
    if offer is None or not offer.must:
        return
    if offer.lost_class:
        raise Refused(
            _(
                "De regeling is veranderd. De nieuwe tekst geldt ook voor aanvragen die al "
                "begonnen waren, en is niet meer voor deze soort aanvrager."
            ),
            code="text_changed",
        )
    raise Refused(
        _(
            "De regeling is veranderd. De nieuwe tekst geldt ook voor aanvragen die al "
            "begonnen waren. Neem eerst de nieuwe tekst over."
        ),
        code="text_changed",
    )


def _chosen(application: Application, revision_id: int) -> Revision:
    offer, back = offer_for(application), may_return(application)
    for each in (offer.after if offer else None, back):
        if each is not None and each.pk == revision_id:
            return each
    raise Refused(_("Deze tekst kunt u voor deze aanvraag niet kiezen."), code="text")
