"""Who belongs to which organisation or group, for pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.domain.people import parties_of
from accounts.models import GroupMember, Invitation, OrganisationMember, Party
from timeline import clock


@dataclass(frozen=True, slots=True)
class Member:
    """One who belongs: the name, what she is there, since when, and whether she signs."""

    name: str
    function: str
    since: date
    signs: bool


def of_person(person_id: int) -> list[Party]:
    """The organisations and groups for which somebody may act, by name; not herself."""
    keys = parties_of(person_id) - {person_id}
    return list(Party.objects.filter(pk__in=keys).order_by("name", "pk"))


def members(party: Party) -> list[Member]:
    """Who belongs to an organisation or a group now, longest first. One query."""
    if party.kind == Party.Kind.GROUP:
        rows = GroupMember.objects.filter(group_id=party.pk, left_at=None).select_related("party")
        return [
            Member(
                name=row.party.name,
                function=_("penvoerder") if row.is_lead else "",
                since=clock.day(row.accepted_at),
                signs=True,
            )
            for row in rows.order_by("accepted_at", "pk")
        ]
    seats = OrganisationMember.objects.filter(organisation_id=party.pk, until=None)
    return [
        Member(row.person.name, row.function, row.since, row.may_sign)
        for row in seats.select_related("person").order_by("since", "pk")
    ]


def waiting(party: Party) -> QuerySet[Invitation]:
    """Invitations of a party that nobody answered or withdrew yet, oldest first."""
    return Invitation.objects.filter(
        party=party, accepted_at=None, declined_at=None, withdrawn_at=None
    ).order_by("invited_at", "pk")
