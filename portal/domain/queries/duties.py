"""What somebody has to do now, gathered from the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.people import parties_of
from accounts.models import Invitation, Person
from applications.domain.queries.dossier import next_step
from applications.models import Application
from applications.states import State

YOURS = (
    State.DRAFT,
    State.IN_COACHING,
    State.AWAITING_SUPPLEMENT,
    State.REPORT_DUE,
    State.HEARING,
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: what, for which dossier, where, and by when at the latest."""

    title: str
    text: str
    url: str
    by: date | None = None


def of_person(person: Person, *, limit: int = 20) -> list[Duty]:
    """What waits for somebody as applicant: dossiers in her hands, soonest first."""
    rows = (
        Application.objects.filter(party_id__in=parties_of(person.pk), state__in=YOURS)
        .select_related("call", "revision", "party")
        .order_by("-saved_at")[:limit]
    )
    duties = [_duty(row) for row in rows]
    return sorted(duties, key=lambda each: (each.by is None, each.by or date.max))


def invitations(person: Person) -> list[Invitation]:
    """Invitations to her address that wait for an answer; the link to answer is in her mail."""
    if not person.user:
        return []
    open_ones = Invitation.objects.filter(
        email__iexact=person.user.email, accepted_at=None, declined_at=None, withdrawn_at=None
    )
    return list(open_ones.select_related("party", "invited_by").order_by("invited_at"))


def _duty(application: Application) -> Duty:
    step = next_step(application)
    return Duty(
        title=application.title or _("Aanvraag zonder naam"),
        text=step.sentence,
        url=reverse("portal:dossier", kwargs={"uid": application.uid}),
        by=step.by,
    )
