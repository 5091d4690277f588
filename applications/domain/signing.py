"""Who must sign, who signed, and when a signature no longer counts (Awb 4:2, 2:1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import GroupMember, Invitation, OrganisationMember, Party
from applications.answers import answers_of, content, content_hash
from applications.domain.queries.form import with_files
from applications.models import Application, Signature
from applications.states import BEFORE_SUBMISSION, State
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

Status = Literal["signed", "declined", "missing", "invited"]
MAY_STILL_SIGN = BEFORE_SUBMISSION | {
    State.SUBMITTED,
    State.LATE,
    State.COMPLETENESS_CHECK,
    State.AWAITING_SUPPLEMENT,
}


@dataclass(frozen=True, slots=True)
class Signer:
    """One who must sign: a party, the people who can do it for her, and how it stands."""

    party_id: int
    name: str
    is_lead: bool
    people: frozenset[int]
    needed: int
    status: Status
    signed_at: datetime | None = None


def signers(application: Application) -> list[Signer]:
    """Everybody whose signature the application needs, the lead first; then who was only invited.

    A person signs herself; a group through each of its members; an organisation through as many
    people who may sign as the regulation asks.
    """
    if application.party.kind != Party.Kind.GROUP:
        return [_signer(application, application.party, is_lead=True)]
    kind = application.revision.definition.applicants.of(application.applicant_class)
    rows = GroupMember.objects.filter(group_id=application.party_id, left_at=None)
    rows = rows.select_related("party").order_by("-is_lead", "pk")
    found = [
        _signer(application, row.party, is_lead=row.is_lead)
        for row in rows
        if row.is_lead or kind is None or kind.every_member_signs
    ]
    invited = Invitation.objects.filter(
        party_id=application.party_id, accepted_at=None, declined_at=None, withdrawn_at=None
    ).order_by("pk")
    return found + [_invited(row) for row in invited]


def missing_signers(application: Application) -> list[Signer]:
    """Members who have not signed; an item of completeness after submission (4:5)."""
    return [each for each in signers(application) if each.status in ("missing", "declined")]


def last_signed_at(application: Application) -> datetime | None:
    """The moment of the last signature that counts, when all are there."""
    moments = [each.signed_at for each in signers(application) if each.status != "invited"]
    if any(at is None for at in moments):
        return None
    return max((at for at in moments if at), default=None)


def signable_text(application: Application) -> str:
    """The text that is signed: applicant, members, revision, answers and files."""
    members = GroupMember.objects.filter(group_id=application.party_id, left_at=None)
    uids = sorted(str(uid) for uid in members.values_list("party__uid", flat=True))
    return content(application, with_files(application, answers_of(application)), uids)


def sign(*, application_id: int, party_id: int, actor: Actor, seen_hash: str) -> Signature:
    """Sign what ``seen_hash`` names, as or for a member. Signing twice changes nothing.

    Raises ``Conflict`` when the application changed since it was read, ``NotAllowed`` for somebody
    who need not sign.
    """
    return _answer(application_id, party_id, actor, seen_hash, declined=False, reason="")


def decline(
    *, application_id: int, party_id: int, actor: Actor, seen_hash: str, reason: str = ""
) -> Signature:
    """Say that one does not sign. It can be made good by signing later."""
    return _answer(application_id, party_id, actor, seen_hash, declined=True, reason=reason)


def void_signatures(application: Application) -> int:
    """Void what was signed under a text that is no longer the text; return how many."""
    rows = Signature.objects.filter(application=application, voided_at=None)
    return rows.update(voided_at=clock.now())


def _answer(
    application_id: int, party_id: int, actor: Actor, seen_hash: str, *, declined: bool, reason: str
) -> Signature:
    with transaction.atomic():
        application = lock_one(
            Application.objects.filter(pk=application_id).select_related("party", "revision")
        )
        if application.state not in MAY_STILL_SIGN:
            raise Refused(_("Deze aanvraag kan niet meer worden ondertekend."), code="too_late")
        signer = next((s for s in signers(application) if s.party_id == party_id), None)
        if signer is None or actor.person_id is None or actor.person_id not in signer.people:
            raise NotAllowed(_("U hoeft deze aanvraag niet te ondertekenen."))
        digest = content_hash(signable_text(application))
        if seen_hash != digest:
            raise Conflict(
                _("De aanvraag is veranderd nadat u haar las. Lees haar opnieuw en teken dan."),
                code="stale",
            )
        return _write(
            application, signer, actor, actor.person_id, digest, declined=declined, reason=reason
        )


def _write(
    application: Application,
    signer: Signer,
    actor: Actor,
    person_id: int,
    digest: str,
    *,
    declined: bool,
    reason: str,
) -> Signature:
    now = clock.now()
    mine = Signature.objects.filter(
        application=application,
        party_id=signer.party_id,
        person_id=person_id,
        voided_at=None,
    )
    known = mine.first()
    if known and (known.declined_at is not None) == declined:
        return known
    mine.update(voided_at=now)
    try:
        with transaction.atomic():
            row = Signature.objects.create(
                application=application,
                party_id=signer.party_id,
                person_id=person_id,
                content_hash=digest,
                signed_at=None if declined else now,
                declined_at=now if declined else None,
                reason=reason,
            )
    except IntegrityError:
        return mine.get()
    record(
        stream=("application", str(application.uid)),
        type="applications.signature_declined" if declined else "applications.signed",
        facts={"party": str(row.party.uid), "hash": digest},
        actor=actor,
    )
    return row


def _signer(application: Application, party: Party, *, is_lead: bool) -> Signer:
    people, needed = frozenset({party.pk}), 1
    if party.kind == Party.Kind.ORGANISATION:
        people = frozenset(
            OrganisationMember.objects.filter(
                organisation_id=party.pk, may_sign=True, until=None
            ).values_list("person_id", flat=True)
        )
        kind = application.revision.definition.applicants.of(application.applicant_class)
        needed = kind.signatories if kind else 1
    rows = [
        row
        for row in Signature.objects.filter(
            application=application, party_id=party.pk, voided_at=None
        )
        if row.person_id in people
    ]
    signed = sorted(row.signed_at for row in rows if row.signed_at)
    if len(signed) >= needed:
        return Signer(party.pk, party.name, is_lead, people, needed, "signed", signed[needed - 1])
    status: Status = "declined" if any(row.declined_at for row in rows) else "missing"
    return Signer(party.pk, party.name, is_lead, people, needed, status)


def _invited(invitation: Invitation) -> Signer:
    return Signer(
        party_id=0,
        name=invitation.name,
        is_lead=False,
        people=frozenset(),
        needed=1,
        status="invited",
    )
