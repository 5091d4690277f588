"""What somebody has to do now, gathered from the rooms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.people import parties_of
from accounts.models import Invitation, Person
from accounts.roles import Role
from applications.domain.queries.dossier import next_step
from applications.models import Application, Involvement
from applications.rules import judgeable
from applications.states import State
from documents.domain.queries.decisions import to_sign, visible_decisions
from timeline.models import Delivery

YOURS = (
    State.DRAFT,
    State.IN_COACHING,
    State.AWAITING_SUPPLEMENT,
    State.REPORT_DUE,
    State.HEARING,
)
JUDGING = frozenset({Role.ASSESSOR, Role.BROKER, Role.DECISION_MAKER})
TO_JUDGE = (State.SUBMITTED, State.COMPLETENESS_CHECK, State.IN_REVIEW)


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


def of_staff(person: Person, roles: Collection[str]) -> list[Duty]:
    """What waits for somebody by her roles: dossiers to judge, proposals to sign, stuck work.

    Each is one line with a number and the place where the work is done.
    """
    found: list[Duty | None] = []
    if JUDGING.intersection(roles):
        found.append(_assigned(person))
    if Role.DECISION_MAKER in roles:
        found.append(_to_sign(person))
    if Role.ADMINISTRATOR in roles:
        found.append(_stuck())
    return [each for each in found if each]


def _assigned(person: Person) -> Duty | None:
    rows = judgeable(person.pk).filter(
        involvements__person=person,
        involvements__kind=Involvement.Kind.ASSESSOR,
        involvements__until=None,
        state__in=TO_JUDGE,
    )
    told = rows.aggregate(number=Count("pk", distinct=True), first=Min("decision_due"))
    if not told["number"]:
        return None
    title = ngettext(
        "%(n)s aanvraag wacht op u", "%(n)s aanvragen wachten op u", told["number"]
    ) % {"n": told["number"]}
    url = f"{reverse('assessment:worklist')}?mijn=on"
    return Duty(title, _("Controleer of beoordeel wat het eerst af moet."), url, told["first"])


def _to_sign(person: Person) -> Duty | None:
    number = to_sign(visible_decisions(person.pk)).exclude(proposed_by=person).count()
    if not number:
        return None
    title = ngettext(
        "%(n)s besluit wacht op een handtekening",
        "%(n)s besluiten wachten op een handtekening",
        number,
    ) % {"n": number}
    return Duty(title, _("Lees het besluit en de redenen."), reverse("documents:decisions"))


def _stuck() -> Duty | None:
    number = Delivery.objects.filter(state=Delivery.State.PARKED).count()
    if not number:
        return None
    title = ngettext("%(n)s taak zit vast", "%(n)s taken zitten vast", number) % {"n": number}
    return Duty(
        title, _("Kijk wat er misging en probeer het opnieuw."), reverse("portal:installation")
    )


def _duty(application: Application) -> Duty:
    step = next_step(application)
    return Duty(
        title=application.title or _("Aanvraag zonder naam"),
        text=step.sentence,
        url=reverse("portal:dossier", kwargs={"uid": application.uid}),
        by=step.by,
    )
