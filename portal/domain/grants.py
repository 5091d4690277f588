"""Granting a role: the codes are checked against the definitions before the grant is made."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.domain.grants import grant
from accounts.models import Authority, Grant, Person
from regeling.models import Revision
from timeline.actor import Actor
from timeline.refusal import Refused


def regions_by_regulation() -> dict[str, dict[str, str]]:
    """For every regulation the regions (code and name) that any of its revisions carries."""
    found: dict[str, dict[str, str]] = {}
    for revision in Revision.objects.select_related("regulation").order_by("number"):
        regions = found.setdefault(revision.regulation.slug, {})
        regions.update({each.code: each.name for each in revision.definition.territory.regions})
    return found


def municipalities_by_regulation() -> dict[str, tuple[str, ...]]:
    """For every regulation the municipalities that any of its revisions names."""
    found: dict[str, set[str]] = {}
    for revision in Revision.objects.select_related("regulation").order_by("number"):
        named = found.setdefault(revision.regulation.slug, set())
        named.update(revision.definition.territory.all_municipalities)
    return {slug: tuple(sorted(names)) for slug, names in found.items()}


def give_role(
    *,
    email: str,
    role: str,
    authority: str,
    regulation: str,
    region: str,
    limit_cents: int | None,
    actor: Actor,
    municipality: str = "",
) -> Grant:
    """Give a role to the person who signs in with this address.

    Refuses an address without a person, a regulation of another authority, and a code that no
    definition carries (it would grant nothing).
    """
    person = Person.objects.filter(user__email__iexact=email.strip()).first()
    if person is None:
        raise Refused(
            _("Bij dit adres hoort geen account. Vraag de persoon om eerst een account te maken."),
            field="email",
        )
    _refuse_unknown(authority, regulation, region)
    _refuse_unnamed(regulation, municipality)
    return grant(
        person_id=person.pk,
        role=role,
        authority=authority,
        regulation=regulation,
        region=region,
        municipality=municipality,
        limit_cents=limit_cents,
        actor=actor,
    )


def _refuse_unnamed(regulation: str, municipality: str) -> None:
    """A municipality that no definition names would be asked nothing."""
    if not municipality:
        return
    known = municipalities_by_regulation()
    named = (
        known.get(regulation, ()) if regulation else {n for each in known.values() for n in each}
    )
    if municipality not in named:
        raise Refused(_("Geen enkele regeling kent deze gemeente."), field="municipality")


def _refuse_unknown(authority: str, regulation: str, region: str) -> None:
    known = regions_by_regulation()
    if not Authority.objects.filter(code=authority).exists():
        raise Refused(_("Deze overheid bestaat niet."), field="authority")
    if regulation and regulation not in known:
        raise Refused(_("Geen enkele regeling heeft deze code."), field="regulation")
    own = Revision.objects.filter(
        regulation__slug=regulation, regulation__authority__code=authority
    )
    if regulation and not own.exists():
        raise Refused(_("Deze regeling is van een andere overheid."), field="regulation")
    places = known.get(regulation, {}) if regulation else _every(known)
    if region and region not in places:
        raise Refused(_("Geen enkele regeling kent dit gebied."), field="region")


def _every(known: dict[str, dict[str, str]]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for regions in known.values():
        merged.update(regions)
    return merged
