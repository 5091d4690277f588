"""Who handles the money of which dossier, and the monitor of which regulation."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.domain.grants import current
from accounts.roles import Role
from applications.models import Application
from applications.states import BEFORE_SUBMISSION
from regeling.models import Regulation

READS_MONEY = (Role.FINANCE, Role.AUDITOR)


def money_of(person_id: int | None) -> QuerySet[Application]:
    """The dossiers whose payments somebody may see: finance and auditors, by their grants."""
    if person_id is None:
        return Application.objects.none()
    place = "call__revision__regulation"
    grants = (
        current()
        .filter(
            person_id=person_id, role__in=READS_MONEY, authority=OuterRef(f"{place}__authority")
        )
        .filter(Q(regulation="") | Q(regulation=OuterRef(f"{place}__slug")))
        .filter(Q(region="") | Q(region=OuterRef("region")))
    )
    return Application.objects.filter(Exists(grants)).exclude(state__in=BEFORE_SUBMISSION)


def regulations_of(person_id: int | None) -> QuerySet[Regulation]:
    """The regulations whose monitor somebody may see: a sum, so a grant for one region suffices."""
    if person_id is None:
        return Regulation.objects.none()
    grants = (
        current()
        .filter(person_id=person_id, role__in=READS_MONEY, authority=OuterRef("authority"))
        .filter(Q(regulation="") | Q(regulation=OuterRef("slug")))
    )
    return Regulation.objects.filter(Exists(grants)).order_by("title", "pk")
