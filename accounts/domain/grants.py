"""Who may do what, where. The default answer is no."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Authority, Grant, Person
from accounts.roles import Role
from timeline import clock
from timeline.actor import Actor
from timeline.record import record
from timeline.refusal import Refused


def holds(
    person_id: int | None,
    *roles: str,
    authority: str = "",
    regulation: str = "",
    region: str = "",
    municipality: str = "",
) -> bool:
    """Does this person hold one of ``roles`` there? An empty code asks: anywhere at all."""
    if person_id is None or not roles:
        return False
    rows = current().filter(person_id=person_id, role__in=roles)
    if municipality:
        rows = rows.filter(municipality=municipality)
    return _where(rows, authority=authority, regulation=regulation, region=region).exists()


def holders(
    role: str, *, authority: str, regulation: str = "", region: str = ""
) -> QuerySet[Person]:
    """The people who hold ``role`` there, by key."""
    rows = _where(
        current().filter(role=role), authority=authority, regulation=regulation, region=region
    )
    return Person.objects.filter(pk__in=rows.values("person_id")).order_by("pk")


def roles_of(person_id: int | None) -> frozenset[str]:
    """Every role that somebody holds anywhere: for menus, never to decide about a thing."""
    if person_id is None:
        return frozenset()
    return frozenset(current().filter(person_id=person_id).values_list("role", flat=True))


def current() -> QuerySet[Grant]:
    """The grants in force now."""
    now = clock.now()
    return Grant.objects.filter(since__lte=now).filter(Q(until__isnull=True) | Q(until__gt=now))


def grant(
    *,
    person_id: int,
    role: str,
    authority: str,
    actor: Actor,
    regulation: str = "",
    region: str = "",
    municipality: str = "",
    limit_cents: int | None = None,
) -> Grant:
    """Give a role. Giving it twice changes nothing. Refuses what does not exist.

    Whether codes of a regulation or region are carried by a definition is checked by the page that
    grants and by ``verify``; a code that nothing carries grants nothing.
    """
    if role not in Role.values:
        raise Refused(_("Deze rol bestaat niet."), field="role")
    place = Authority.objects.filter(code=authority).first()
    if place is None:
        raise Refused(_("Deze overheid bestaat niet."), field="authority")
    if (role == Role.MUNICIPAL_CONTACT) != bool(municipality):
        raise Refused(
            _("Noem de gemeente bij een contactpersoon van de gemeente, en bij niemand anders."),
            field="municipality",
        )
    key = {
        "person_id": person_id,
        "role": role,
        "authority": place,
        "regulation": regulation,
        "region": region,
        "municipality": municipality,
    }
    try:
        with transaction.atomic():
            known = Grant.objects.filter(**key, until__isnull=True).first()
            if known:
                return known
            row = Grant.objects.create(
                **key, limit_cents=limit_cents, since=clock.now(), granted_by_id=actor.person_id
            )
            _tell(row, "accounts.role_granted", actor)
            return row
    except IntegrityError:
        return Grant.objects.get(**key, until__isnull=True)


def revoke(*, grant_id: int, actor: Actor) -> None:
    """End a grant from now on; what was done under it stays."""
    with transaction.atomic():
        row = Grant.objects.select_related("person", "authority").get(pk=grant_id)
        if Grant.objects.filter(pk=grant_id, until__isnull=True).update(until=clock.now()):
            _tell(row, "accounts.role_revoked", actor)


def _tell(row: Grant, event: str, actor: Actor) -> None:
    record(
        stream=("person", str(row.person.uid)),
        type=event,
        facts={
            "role": row.role,
            "authority": row.authority.code,
            "regulation": row.regulation,
            "region": row.region,
            "municipality": row.municipality,
        },
        actor=actor,
    )


def _where(
    rows: QuerySet[Grant], *, authority: str, regulation: str, region: str
) -> QuerySet[Grant]:
    if authority:
        rows = rows.filter(authority__code=authority)
    if regulation:
        rows = rows.filter(regulation__in=["", regulation])
    if region:
        rows = rows.filter(region__in=["", region])
    return rows
