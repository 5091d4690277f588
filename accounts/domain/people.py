"""Persons, organisations and groups come into being, and let each other in."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import (
    Group,
    GroupMember,
    Invitation,
    Organisation,
    OrganisationMember,
    Party,
    Person,
    User,
)
from accounts.search import plain
from timeline import clock
from timeline.actor import Actor, Channel
from timeline.canon import sha256
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import NotAllowed, Refused


def person_of(user: User) -> Person:
    """The person behind a login, made at the first visit."""
    known = Person.objects.filter(user=user).first()
    if known:
        return known
    try:
        with transaction.atomic():
            name = user.email.split("@")[0]
            return Person.objects.create(
                kind=Party.Kind.PERSON, user=user, name=name, search=plain(name), email=user.email
            )
    except IntegrityError:
        return Person.objects.get(user=user)


def make_person(
    *, name: str, email: str = "", user_id: int | None = None, **address: Any
) -> Person:
    """Somebody, with or without a login (paper and desk have none)."""
    return Person.objects.create(
        kind=Party.Kind.PERSON,
        name=name,
        search=plain(name),
        email=email,
        user_id=user_id,
        **address,
    )


def change_details(*, party_id: int, **details: Any) -> None:
    """Change name or address of a party; the caller has checked that it is hers to change."""
    if "name" in details:
        details["search"] = plain(details["name"])
    Party.objects.filter(pk=party_id).update(**details)


def make_organisation(
    *, name: str, founder_id: int, function: str, kvk_number: str = "", **details: Any
) -> Organisation:
    """Register an organisation with its first member, who may sign.

    Refuses a KvK number that is registered already: then a sitting member lets newcomers in.
    """
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                kind=Party.Kind.ORGANISATION,
                name=name,
                search=plain(name),
                kvk_number=kvk_number,
                **details,
            )
            OrganisationMember.objects.create(
                organisation=organisation,
                person_id=founder_id,
                function=function,
                may_sign=True,
                since=clock.today(),
            )
            return organisation
    except IntegrityError:
        raise Refused(
            _("Deze organisatie staat er al. Vraag een bestuurslid om u toe te laten."),
            field="kvk_number",
            code="organisation_known",
        ) from None


def make_group(*, name: str, lead_id: int) -> Group:
    """A group with its lead_applicant (penvoerder), who is also the payee."""
    with transaction.atomic():
        group = Group.objects.create(kind=Party.Kind.GROUP, name=name, search=plain(name))
        GroupMember.objects.create(
            group=group, party_id=lead_id, is_lead=True, accepted_at=clock.now()
        )
        return group


def invite(
    *,
    party_id: int,
    name: str,
    email: str,
    actor: Actor,
    function: str = "",
    may_sign: bool = False,
    mailed_for: str = "",
) -> Invitation:
    """Invite somebody to a group or an organisation; the mail follows as a delivery.

    ``mailed_for`` names a dossier (uid) whose room makes the mail; without it this room does. Gives
    no access. Refuses who is invited already and has not answered, and a stranger.
    """
    with transaction.atomic():
        party = lock_one(Party.objects.filter(pk=party_id))
        if not acts_for(actor.person_id, party_id):
            raise NotAllowed(_("Alleen wie er zelf bij hoort, kan iemand uitnodigen."))
        waiting = Invitation.objects.filter(
            party=party,
            email__iexact=email,
            accepted_at=None,
            declined_at=None,
            withdrawn_at=None,
        )
        if waiting.exists():
            raise Refused(
                _("Dit adres is al uitgenodigd en heeft nog niet geantwoord."), field="email"
            )
        row = Invitation.objects.create(
            party=party,
            name=name,
            email=email.strip().lower(),
            function=function,
            may_sign=may_sign,
            invited_by_id=actor.person_id,
            invited_at=clock.now(),
        )
        record(
            stream=("party", str(party.uid)),
            type="accounts.invited",
            facts={"invitation": str(row.uid), "mailed_for": mailed_for},
            actor=actor,
        )
        return row


def new_token(*, invitation_id: int) -> str:
    """A fresh token for the mail; an older one stops working. Only its hash is kept."""
    token = secrets.token_urlsafe(24)
    Invitation.objects.filter(pk=invitation_id).update(token_hash=sha256(token))
    return token


def accept(
    *, invitation_id: int, person_id: int, actor: Actor, party_id: int | None = None
) -> None:
    """Join, with one's own sign-in; a group also for an organisation for which one may sign.

    Refuses an invitation that was answered or withdrawn, and a party that is not hers.
    """
    with transaction.atomic():
        row = lock_one(Invitation.objects.filter(pk=invitation_id))
        _refuse_closed(row)
        now = clock.now()
        Invitation.objects.filter(pk=row.pk).update(accepted_at=now, accepted_by_id=person_id)
        if row.party.kind == Party.Kind.GROUP:
            _join_group(row, party_id or person_id, person_id)
        else:
            _join_organisation(row, person_id)
        _told(row, "accounts.invitation_accepted", actor)


def decline(*, invitation_id: int, actor: Actor) -> None:
    """Say no. It can be said once; afterwards a new invitation is needed."""
    with transaction.atomic():
        row = lock_one(Invitation.objects.filter(pk=invitation_id))
        _refuse_closed(row)
        Invitation.objects.filter(pk=row.pk).update(declined_at=clock.now())
        _told(row, "accounts.invitation_declined", actor)


def acts_for(person_id: int | None, party_id: int) -> bool:
    """May this person act for the party: it is herself, her organisation or her group?"""
    return person_id is not None and party_id in parties_of(person_id)


def parties_of(person_id: int) -> set[int]:
    """Keys of the parties for which somebody may act: herself, her organisations, their groups."""
    organisations = set(
        OrganisationMember.objects.filter(person_id=person_id, until=None).values_list(
            "organisation_id", flat=True
        )
    )
    own = {person_id} | organisations
    groups = GroupMember.objects.filter(party_id__in=own, left_at=None)
    return own | set(groups.values_list("group_id", flat=True))


def actor_for(person: Person, *, party_uid: str = "", channel: Channel = "portal") -> Actor:
    """The actor that a signed-in person is."""
    return Actor(
        uid=str(person.uid),
        person_id=person.pk,
        party_uid=party_uid or str(person.uid),
        channel=channel,
    )


def _join_group(row: Invitation, party_id: int, person_id: int) -> None:
    signs = OrganisationMember.objects.filter(
        organisation_id=party_id, person_id=person_id, may_sign=True, until=None
    )
    if party_id != person_id and not signs.exists():
        raise NotAllowed(_("U kunt alleen meedoen voor uzelf of voor een organisatie van u."))
    if not GroupMember.objects.filter(
        group_id=row.party_id, party_id=party_id, left_at=None
    ).exists():
        GroupMember.objects.create(
            group_id=row.party_id, party_id=party_id, accepted_at=clock.now()
        )


def _join_organisation(row: Invitation, person_id: int) -> None:
    known = OrganisationMember.objects.filter(
        organisation_id=row.party_id, person_id=person_id, until=None
    )
    if not known.exists():
        OrganisationMember.objects.create(
            organisation_id=row.party_id,
            person_id=person_id,
            function=row.function,
            may_sign=row.may_sign,
            since=clock.today(),
            admitted_by_id=row.invited_by_id,
        )


def _refuse_closed(row: Invitation) -> None:
    if not row.is_open:
        raise Refused(_("Deze uitnodiging is al beantwoord of ingetrokken."), code="answered")


def _told(row: Invitation, event: str, actor: Actor) -> None:
    record(
        stream=("party", str(row.party.uid)),
        type=event,
        facts={"invitation": str(row.uid)},
        actor=actor,
    )
