"""Which 4D brokers (makelaars) somebody with an idea can ask, by the region in which she lives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.domain.grants import current
from accounts.models import Authority, Grant
from accounts.roles import Role
from regeling.definition import Unknown
from regeling.models import Revision


@dataclass(frozen=True, slots=True)
class Desk:
    """The brokers of one region of one authority, and how the authority can be reached.

    `region` is the name of the region, empty where the whole territory counts as one. `names` are
    of people: only for who is signed in, who meets them in her own application as well.
    """

    authority: Authority
    region: str
    body: str
    names: tuple[str, ...]


def desks(municipality: str, revisions: Iterable[Revision]) -> list[Desk]:
    """Where there is a broker for this municipality, by authority and region. One query."""
    places: dict[tuple[int, str], tuple[Authority, str, str, set[str]]] = {}
    for revision in revisions:
        territory, regulation = revision.definition.territory, revision.regulation
        if municipality not in territory.all_municipalities:
            continue
        region = territory.region_of(municipality)
        body = region.body if region and not isinstance(region.body, Unknown) else None
        key = (regulation.authority_id, region.code if region else "")
        name = region.name if region else ""
        known = places.setdefault(key, (regulation.authority, name, body or "", set()))
        known[3].add(regulation.slug)
    grants = list(
        current()
        .filter(role=Role.BROKER, authority__in={key[0] for key in places})
        .select_related("person")
        .order_by("person__name", "pk")
    )
    found = []
    for (authority_id, code), (authority, name, body, slugs) in places.items():
        names = [each.person.name for each in grants if _serves(each, authority_id, code, slugs)]
        if names:
            found.append(Desk(authority, name, body, tuple(dict.fromkeys(names))))
    return found


def _serves(grant: Grant, authority_id: int, region: str, slugs: set[str]) -> bool:
    return (
        grant.authority_id == authority_id
        and grant.region in ("", region)
        and (not grant.regulation or grant.regulation in slugs)
    )
