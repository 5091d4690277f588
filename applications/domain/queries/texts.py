"""Which text of the regulation governs a dossier, and what a newer one would mean for a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from applications.answers import drafted
from applications.models import Application, RevisionMove
from applications.moving import Beside, beside
from applications.states import BEFORE_SUBMISSION
from regeling.domain.queries.governing import governing
from regeling.models import CallAmendment, Revision, TransitionalRule


@dataclass(frozen=True, slots=True)
class Governing:
    """The text that governs a dossier, since when, and which one did before (None: none other).

    ``since`` is empty while it was so from the beginning.
    """

    revision: Revision
    since: datetime | None
    before: Revision | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer text governs the call of a draft; ``must``: the older one cannot be sent in.

    ``lost_class`` says that the newer text is not for this kind of applicant.
    """

    before: Revision
    after: Revision
    since: datetime
    must: bool
    lost_class: bool


def text_of(application: Application) -> Governing:
    """Which text governs this dossier."""
    last = (
        RevisionMove.objects.filter(application=application)
        .select_related("before")
        .order_by("-number")
        .first()
    )
    if last is None:
        return Governing(application.revision, None, application.began_with)
    return Governing(application.revision, last.made_at, last.before)


def offer_for(application: Application) -> Offer | None:
    """The newer text that a draft may take; None where there is none or it was sent in."""
    if application.state not in BEFORE_SUBMISSION:
        return None
    newest = governing(application.call)
    if newest.pk == application.revision_id:
        return None
    rows = CallAmendment.objects.filter(call=application.call_id).order_by("number")
    later = _after(list(rows), application.revision_id)
    return Offer(
        before=application.revision,
        after=newest,
        since=later[-1].made_at if later else application.saved_at,
        must=any(row.transitional_rule == TransitionalRule.RUNNING_FOLLOW for row in later),
        lost_class=newest.definition.applicants.of(application.applicant_class) is None,
    )


def may_return(application: Application) -> Revision | None:
    """The text under which a draft was begun, while the applicant may go back to it."""
    begun = application.began_with
    if begun is None or application.state not in BEFORE_SUBMISSION:
        return None
    rows = list(CallAmendment.objects.filter(call=application.call_id).order_by("number"))
    follows = [row.transitional_rule for row in _after(rows, begun.pk)]
    return None if TransitionalRule.RUNNING_FOLLOW in follows else begun


def kept_answers(application: Application) -> tuple[Beside, ...]:
    """The answers that the present text does not ask and that are kept for her."""
    return beside(drafted(application)) if application.state in BEFORE_SUBMISSION else ()


def _after(rows: list[CallAmendment], revision_id: int) -> list[CallAmendment]:
    """The amendments since a text governed the call; all of them for the text of the opening."""
    last = max((row.number for row in rows if row.after_id == revision_id), default=0)
    return [row for row in rows if row.number > last]
