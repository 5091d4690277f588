"""Sign a decision: another person, within the mandate, exactly what she saw."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.domain.grants import current
from accounts.models import Grant, Person
from accounts.roles import Role
from applications.domain.submission import booking
from applications.models import Application
from applications.rules import judgeable
from documents.basis import basis_from
from documents.domain.drafting import (
    GRANTS,
    locked_decision,
    refuse_state,
    tell,
)
from documents.facts import decision_facts, facts_hash, facts_text
from documents.letters import compose
from documents.letters.facts import Signature
from documents.letters.wording import IncompleteFactsError
from documents.models import Decision
from regeling.domain import ledger
from regeling.terms import next_announcement, not_processed_term
from regeling.words import day_words
from timeline import clock
from timeline.actor import Actor
from timeline.canon import sha256
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused


def sign(
    *, decision_id: int, actor: Actor, seen_hash: str, announce_at: datetime | None = None
) -> Decision:
    """Sign a proposal (Awb 10:3, 10:10), freeze its facts, reserve its money, set its moment.

    ``seen_hash`` is the hash of the facts that were shown: other facts raise ``Conflict``.
    ``announce_at`` defaults to the next working day at nine. Signing twice changes nothing. Raises
    ``NotAllowed`` for the drafter, for who has an interest and outside the mandate, and
    ``CeilingExceeded`` when the money is not there (4:25).
    """
    with transaction.atomic():
        decision = locked_decision(decision_id)
        if decision.state == Decision.State.SIGNED and decision.signed_by_id == actor.person_id:
            return decision
        refuse_state(decision, Decision.State.PROPOSED)
        mandate = refuse_signer(decision, actor)
        now = clock.now()
        facts = decision_facts(decision)
        if facts_hash(facts) != seen_hash:
            raise Conflict(
                _("Er is iets veranderd nadat u dit besluit las. Lees het opnieuw en teken dan."),
                code="stale_decision",
            )
        signer = _signer(actor)
        moment = announce_at or next_announcement(now)
        _refuse_too_late(decision, moment)
        signature = Signature(name=signer.name, signed_on=clock.day(now))
        frozen = replace(facts, signature=signature)
        try:
            compose(frozen)
        except IncompleteFactsError:
            raise Refused(
                _("De brief noemt een artikel of naam die niet bekend is. Vul die eerst aan."),
                article="Awb 3:47",
            ) from None
        decision.snapshot = facts_text(frozen)
        decision.hash = sha256(decision.snapshot)
        decision.reserved_cents = _reserve(decision, replace(actor, mandate=mandate), now)
        decision.state = Decision.State.SIGNED
        decision.signed_by_id = actor.person_id
        decision.signed_at = now
        decision.mandate = mandate
        decision.announce_at = moment
        decision.problem = ""
        decision.version += 1
        decision.save()
        tell(
            decision,
            "signed",
            replace(actor, mandate=mandate),
            seen=seen_hash,
            hash=decision.hash,
            cents=decision.amount_cents,
        )
        set_moment(decision, actor)
        return decision


def move_announcement(*, decision_id: int, announce_at: datetime, actor: Actor) -> Decision:
    """Choose another moment for a signed decision that was not sent yet."""
    with transaction.atomic():
        decision = locked_decision(decision_id)
        refuse_state(decision, Decision.State.SIGNED)
        refuse_mandate(decision, actor)
        _refuse_too_late(decision, announce_at)
        decision.announce_at = announce_at
        decision.version += 1
        decision.save()
        set_moment(decision, actor)
        return decision


def set_moment(decision: Decision, actor: Actor) -> None:
    """Let the worker announce at the decision's moment.

    Every moment has a stream of its own: a later choice need not wait for an earlier one, which
    finds, when its time comes, that it no longer holds.
    """
    record(
        stream=("announcement", f"{decision.uid}/{decision.version}"),
        type="documents.announcement_set",
        facts={"decision": str(decision.uid), "announce_at": decision.announce_at},
        actor=actor,
    )


def refuse_signer(decision: Decision, actor: Actor) -> str:
    """Refuse who may not sign this decision; return the mandate under which she signs."""
    if actor.person_id in (decision.drafted_by_id, decision.proposed_by_id):
        raise NotAllowed(
            _("U heeft dit besluit zelf voorbereid. Een ander ondertekent het."), code="two_people"
        )
    if not judgeable(actor.person_id).filter(pk=decision.application_id).exists():
        raise NotAllowed(_("U mag dit besluit niet ondertekenen."))
    return refuse_mandate(decision, actor)


def refuse_mandate(decision: Decision, actor: Actor) -> str:
    """Refuse whoever has no mandate for this regulation, region and amount (Awb 10:1, 10:3)."""
    rows = mandates(actor.person_id, decision.application)
    if not rows:
        raise NotAllowed(_("U heeft geen mandaat voor besluiten over deze regeling."))
    wide = [row for row in rows if row.limit_cents is None]
    enough = wide or [row for row in rows if (row.limit_cents or 0) >= decision.amount_cents]
    if not enough:
        raise NotAllowed(_("Dit bedrag is hoger dan uw mandaat toelaat."), code="mandate_amount")
    row = enough[0]
    place = "/".join(part for part in (row.regulation, row.region) if part)
    return f"{Role.DECISION_MAKER}:{row.authority.code}" + (f":{place}" if place else "")


def mandates(person_id: int | None, application: Application) -> list[Grant]:
    """The grants under which somebody may decide about this application."""
    if person_id is None:
        return []
    regulation = application.call.revision.regulation
    return list(
        current()
        .filter(
            Q(regulation="") | Q(regulation=regulation.slug),
            Q(region="") | Q(region=application.region),
            person_id=person_id,
            role=Role.DECISION_MAKER,
            authority=regulation.authority,
        )
        .select_related("authority")
        .order_by("pk")
    )


def _refuse_too_late(decision: Decision, moment: datetime) -> None:
    """Not treating an application is announced within four weeks, or not at all (4:5(4))."""
    ended_on = basis_from(decision.basis).deliver_by
    if decision.kind != Decision.Kind.NOT_PROCESSED or ended_on is None:
        return
    last = not_processed_term(ended_on=ended_on).day
    if clock.day(moment) > last:
        raise Refused(
            _("De brief moest uiterlijk op %(day)s uit zijn. Beslis nu op de inhoud.")
            % {"day": day_words(last)},
            article="Awb 4:5, vierde lid",
            field="moment",
            code="not_processed_term",
        )


def _signer(actor: Actor) -> Person:
    if actor.person_id is None:
        raise NotAllowed(_("Een besluit wordt door een mens ondertekend."))
    return Person.objects.get(pk=actor.person_id)


def _reserve(decision: Decision, actor: Actor, now: datetime) -> int:
    """Reserve what is not yet reserved for this award; return how many cents that were."""
    if decision.kind not in GRANTS:
        return 0
    application = decision.application
    missing = decision.amount_cents - ledger.reserved_for(application_uid=application.uid)
    if missing <= 0:
        return 0
    ledger.reserve(booking=booking(application), cents=missing, day=clock.day(now), actor=actor)
    return missing
