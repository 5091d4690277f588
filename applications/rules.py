"""Who may see which dossier. The pair ``visible`` and ``may_see`` is one rule."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.domain.grants import current
from accounts.domain.people import parties_of
from accounts.roles import Role
from applications.models import Application, Involvement
from applications.states import BEFORE_SUBMISSION

SEES_SUBMITTED = (Role.BROKER, Role.ASSESSOR, Role.DECISION_MAKER, Role.FINANCE, Role.AUDITOR)


def visible(person_id: int | None) -> QuerySet[Application]:
    """The dossiers that somebody may see: her own parties', and what her grants open.

    A draft is seen by those to whom it belongs and by its coach while the coaching lasts. Who has
    an interest ("recused") does not see the dossier as staff.
    """
    if person_id is None:
        return Application.objects.none()
    own = Q(party_id__in=parties_of(person_id))
    coached = Q(pk__in=_involved(person_id, Involvement.Kind.COACH))
    staff = _granted(person_id) & ~Q(state__in=BEFORE_SUBMISSION)
    recused = Q(pk__in=_involved(person_id, Involvement.Kind.RECUSED))
    return Application.objects.filter(own | ((coached | staff) & ~recused))


def may_see(person_id: int | None, application_id: int) -> bool:
    """May this person see this dossier?"""
    return visible(person_id).filter(pk=application_id).exists()


def judgeable(person_id: int | None) -> QuerySet[Application]:
    """Submitted dossiers that somebody may judge: by her grants, not her own, not recused."""
    if person_id is None:
        return Application.objects.none()
    roles = (Role.BROKER, Role.ASSESSOR, Role.DECISION_MAKER)
    return (
        Application.objects.filter(_granted(person_id, roles))
        .exclude(state__in=BEFORE_SUBMISSION)
        .exclude(party_id__in=parties_of(person_id))
        .exclude(pk__in=_involved(person_id, Involvement.Kind.RECUSED))
    )


def asked_of_municipality(person_id: int | None) -> QuerySet[Application]:
    """Complete applications in the municipality whose contact somebody is, not her own.

    This is not ``visible``: a contact does not open the dossier with its letters and people, only
    what the page of her municipality shows. Which of these need her is asked by the room that asks.
    """
    if person_id is None:
        return Application.objects.none()
    grants = (
        current()
        .filter(
            person_id=person_id,
            role=Role.MUNICIPAL_CONTACT,
            municipality=OuterRef("municipality"),
            authority=OuterRef("call__revision__regulation__authority"),
        )
        .filter(Q(regulation="") | Q(regulation=OuterRef("call__revision__regulation__slug")))
        .filter(Q(region="") | Q(region=OuterRef("region")))
    )
    return (
        Application.objects.filter(Exists(grants), complete_at__isnull=False)
        .exclude(state__in=BEFORE_SUBMISSION)
        .exclude(party_id__in=parties_of(person_id))
        .exclude(pk__in=_involved(person_id, Involvement.Kind.RECUSED))
    )


def may_answer(person_id: int | None, application_id: int) -> bool:
    """May this person answer for the municipality about this application?"""
    return asked_of_municipality(person_id).filter(pk=application_id).exists()


def _granted(person_id: int, roles: tuple[str, ...] = SEES_SUBMITTED) -> Q:
    grants = (
        current()
        .filter(
            person_id=person_id,
            role__in=roles,
            authority=OuterRef("call__revision__regulation__authority"),
        )
        .filter(Q(regulation="") | Q(regulation=OuterRef("call__revision__regulation__slug")))
        .filter(Q(region="") | Q(region=OuterRef("region")))
    )
    return Q(Exists(grants))


def _involved(person_id: int, kind: str) -> QuerySet[Involvement, int]:
    return Involvement.objects.filter(person_id=person_id, kind=kind, until=None).values_list(
        "application_id", flat=True
    )
