"""The party of a planned application comes into being: alone, as a group, or as an organisation."""

from __future__ import annotations

from accounts.domain.people import accept, invite, make_group, make_organisation
from accounts.models import Invitation, Organisation, Party, Person
from config.demo.plan import PlannedApplication, PlannedPerson
from config.demo.play.world import World
from regeling.definition import PartyKind
from timeline.actor import Actor


def make_party(world: World, planned: PlannedApplication) -> Party:
    """Make the party with its lead, and invite the others."""
    lead = world.person(planned.lead)
    if planned.kind == PartyKind.PERSON:
        return lead
    if planned.kind == PartyKind.ORGANISATION:
        organisation = _organisation(planned.organisations[0], planned.lead, lead)
        for each in planned.members[1:]:
            _invite(organisation, each, world.actor(planned.lead), function="secretaris")
        return organisation
    leader: Party = _body(world, planned, 0) if planned.organisations else lead
    group = make_group(name=planned.party, lead_id=leader.pk)
    for each in planned.members[1:]:
        _invite(group, each, world.actor(planned.lead))
    return group


def join(world: World, planned: PlannedApplication, party_id: int) -> None:
    """Everybody who was invited accepts with her own sign-in; in a group of organisations each for
    her own."""
    emails = {each.email: at for at, each in enumerate(planned.members)}
    in_group = planned.kind == PartyKind.GROUP and bool(planned.organisations)
    for row in Invitation.objects.filter(party_id=party_id, accepted_at=None).order_by("pk"):
        at = emails[row.email]
        person = world.person(planned.members[at])
        accept(
            invitation_id=row.pk,
            person_id=person.pk,
            actor=world.actor(planned.members[at]),
            party_id=_body(world, planned, at).pk if in_group else None,
        )


def _body(world: World, planned: PlannedApplication, at: int) -> Organisation:
    """The organisation for which the member with this number acts, made at its first use."""
    name, member = planned.organisations[at], planned.members[at]
    known = Organisation.objects.filter(name=name, email=member.email).first()
    return known or _organisation(name, member, world.person(member))


def _organisation(name: str, planned: PlannedPerson, founder: Person) -> Organisation:
    return make_organisation(
        name=name,
        founder_id=founder.pk,
        function="voorzitter",
        legal_form="stichting" if name.startswith("Stichting") else "vereniging",
        email=planned.email,
        street=planned.street,
        postcode="0000 AA",
        place=planned.place,
        municipality=planned.municipality,
    )


def _invite(party: Party, each: PlannedPerson, actor: Actor, *, function: str = "") -> None:
    invite(
        party_id=party.pk,
        name=each.name,
        email=each.email,
        function=function,
        may_sign=bool(function),
        actor=actor,
    )
