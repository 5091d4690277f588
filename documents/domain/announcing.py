"""Announce a signed decision (Awb 3:41): letter, terms, money and state in one transaction."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from applications.domain.submission import booking
from applications.facts import SignedDecision
from applications.lifecycle import move
from applications.models import Application, CashEntry
from documents.domain.drafting import GRANTS, locked_decision, tell
from documents.domain.letters import DayTurned, write_document
from documents.facts.decisions import advance_cents, report_due
from documents.letters.facts import Award
from documents.models import Decision, Document
from documents.printing import Printed
from regeling.domain import ledger
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import Conflict

Kind = Decision.Kind

TRANSITIONS = {
    Kind.AWARD: "announce_award",
    Kind.DIRECT_SETTLEMENT: "announce_direct_settlement",
    Kind.REJECTION: "announce_rejection",
    Kind.NOT_PROCESSED: "announce_not_processed",
    Kind.SETTLEMENT: "announce_settlement",
    Kind.LOWER_SETTLEMENT: "announce_lower_settlement",
}


def announce(*, decision_id: int, printed: Printed) -> Document | None:
    """Record that a signed decision was sent, with everything that follows from it.

    Returns the document, or None when the decision is not waiting any more (taken back, announced,
    its moment moved). Raises ``DayTurned`` when today is not the day on the letter, and whatever
    ledger or lifecycle refuse: then nothing was announced.
    """
    with transaction.atomic():
        decision = locked_decision(decision_id)
        if not is_waiting(decision):
            return None
        if clock.today() != printed.day:
            raise DayTurned
        application = decision.application
        document = write_document(
            application=application,
            printed=printed,
            cause=str(decision.uid),
            decision=decision,
            actor=SYSTEM,
        )
        _book(decision, printed)
        _move(decision, application, document, printed)
        decision.state = Decision.State.ANNOUNCED
        decision.sent_on = printed.day
        decision.objection_until = printed.facts.terms.objection_until
        decision.problem = ""
        decision.version += 1
        decision.save()
        tell(decision, "announced", SYSTEM, document=str(document.uid), sent_on=printed.day)
        return document


def is_waiting(decision: Decision) -> bool:
    """Is this decision signed, and has its moment come?"""
    return (
        decision.state == Decision.State.SIGNED
        and decision.announce_at is not None
        and decision.announce_at <= clock.now()
    )


def tell_problem(*, decision_id: int, sentence: str) -> None:
    """Keep why the letter of a signed decision could not be made, for the page."""
    Decision.objects.filter(pk=decision_id, state=Decision.State.SIGNED).update(problem=sentence)


def _book(decision: Decision, printed: Printed) -> None:
    """Reserved becomes open or settled, open becomes settled, and what is due becomes payable."""
    application, cents, day = decision.application, decision.amount_cents, printed.day
    place = booking(application)
    if decision.track == Decision.Track.SETTLEMENT:
        awarded = application.awarded_cents or 0
        ledger.settle(booking=place, awarded=awarded, settled=cents, day=day, actor=SYSTEM)
        _settle_cash(application, cents, printed)
        return
    held = ledger.reserved_for(application_uid=application.uid)
    if decision.kind in GRANTS:
        act = ledger.award if decision.kind == Kind.AWARD else ledger.settle_directly
        act(booking=place, cents=cents, day=day, actor=SYSTEM)
        held -= cents
        definition = application.revision.definition
        _owe(application, CashEntry.Kind.PAYABLE, advance_cents(definition, cents), printed)
    if held > 0:
        ledger.unreserve(booking=place, cents=held, day=day, actor=SYSTEM)


def _settle_cash(application: Application, settled: int, printed: Printed) -> None:
    """Pay the rest, or take back what was promised or paid too much (4:52, 4:57)."""
    promised = _sum(application, CashEntry.Kind.PAYABLE)
    paid = _sum(application, CashEntry.Kind.PAID)
    rest = settled - promised
    if rest >= 0:
        _owe(application, CashEntry.Kind.PAYABLE, rest, printed)
        return
    unpaid = min(max(promised - paid, 0), -rest)
    _owe(application, CashEntry.Kind.PAYABLE, -unpaid, printed)
    _owe(application, CashEntry.Kind.RECEIVABLE, -rest - unpaid, printed)


def _owe(application: Application, kind: str, cents: int, printed: Printed) -> None:
    if not cents:
        return
    terms = printed.facts.terms
    receivable = kind == CashEntry.Kind.RECEIVABLE
    CashEntry.objects.create(
        application=application,
        kind=kind,
        cents=cents,
        day=printed.day,
        book_year=printed.day.year,
        due_on=terms.repayment_by if receivable else terms.payment_by,
        booked_at=clock.now(),
        reference=application.number or "",
    )


def _sum(application: Application, kind: str) -> int:
    rows = CashEntry.objects.filter(application=application, kind=kind)
    return rows.aggregate(total=Sum("cents"))["total"] or 0


def _move(
    decision: Decision, application: Application, document: Document, printed: Printed
) -> None:
    kind, cents = Kind(decision.kind), decision.amount_cents
    partial = kind in GRANTS and cents < application.amount_asked
    tier = application.revision.definition.tier_for(cents) if kind in GRANTS else None
    transition = TRANSITIONS[kind]
    if kind == Kind.AWARD and partial:
        transition = "announce_partial_award"
    signer = decision.signed_by
    if signer is None:
        raise Conflict(_("Dit besluit is niet ondertekend."))
    move(
        application_id=application.pk,
        transition=transition,
        actor=SYSTEM,
        fact=SignedDecision(
            decision=str(decision.uid),
            kind=decision.kind,  # type: ignore[arg-type]  # the kinds of facts.DecisionKind
            asked_cents=application.amount_asked,
            cents=cents,
            partial=partial,
            tier=tier.code if tier else application.tier,
            document=str(document.uid),
            sent_on=printed.day,
            signed_by=str(signer.uid),
        ),
        changes=_columns(decision, application, printed, tier.code if tier else ""),
    )


def _columns(
    decision: Decision, application: Application, printed: Printed, tier: str
) -> dict[str, object]:
    if decision.track == Decision.Track.SETTLEMENT:
        return {"settled_cents": decision.amount_cents}
    columns: dict[str, object] = {"decided_on": printed.day, "decision_due": None}
    about = printed.facts.about
    if decision.kind not in GRANTS or not isinstance(about, Award):
        return columns
    cents = decision.amount_cents
    direct = decision.kind == Kind.DIRECT_SETTLEMENT
    return columns | {
        "tier": tier,
        "awarded_cents": cents,
        "settled_cents": cents if direct else None,
        "report_due_on": report_due(application.revision.definition, cents, about.ends_on),
    }
