"""The facts of a decision's letter, from the decision, the dossier and the regulation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Sum

from accounts.models import Party
from applications.answers import answers_of
from applications.models import Application, CashEntry
from documents.basis import Basis, basis_from
from documents.facts.parts import (
    answer,
    budget,
    known_text,
    last4,
    letter_facts,
    window_closes,
)
from documents.facts.text import facts_hash
from documents.letters.facts import (
    Accountability,
    Award,
    LetterFacts,
    LetterKind,
    NotProcessed,
    Obligation,
    Payment,
    Rejection,
    Settlement,
)
from documents.models import Decision
from regeling.definition import Column, Definition, DueAnchor, TierKind, Unknown
from regeling.definition import Obligation as Duty
from regeling.terms import keep_until, obligation_due, report_term, spot_check_until

REPORT_CONTENTS = (
    "wat u heeft gedaan",
    "hoeveel mensen meededen",
    "hoeveel uur vrijwilligers hielpen",
    "wat u heeft geleerd",
    "wat het kostte",
)


def decision_facts(decision: Decision) -> LetterFacts:
    """What the letter of this decision says, before anybody signed or sent it.

    The same dossier gives the same facts: their hash is what a signature names.
    """
    application, basis = decision.application, basis_from(decision.basis)
    match decision.kind:
        case Decision.Kind.AWARD | Decision.Kind.DIRECT_SETTLEMENT:
            about: Any = award_about(application, decision.amount_cents, basis)
        case Decision.Kind.REJECTION:
            about = _rejection(basis)
        case Decision.Kind.NOT_PROCESSED:
            about = _not_processed(application, basis)
        case _:
            about = _settlement(decision, basis)
    return letter_facts(
        application, LetterKind(decision.kind), about, explanation=decision.explanation
    )


def decision_hash(decision_id: int) -> str:
    """The hash of the facts as they are now: what the page shows and a signature must name."""
    decision = Decision.objects.select_related(
        "application__call__revision__regulation__authority",
        "application__revision",
        "application__party",
    ).get(pk=decision_id)
    return facts_hash(decision_facts(decision))


def award_about(application: Application, cents: int, basis: Basis) -> Award:
    """What an award of ``cents`` says about this application."""
    definition, answers = application.revision.definition, answers_of(application)
    tier = definition.tier_for(cents)
    starts_on = _day(answer(definition, answers, Column.START_DATE))
    ends_on = _day(answer(definition, answers, Column.END_DATE))
    word = "bijdrage" if _is_fund(definition) else "subsidie"
    return Award(
        amount_cents=cents,
        calculation=basis.calculation,
        differences=basis.reasons if cents < application.amount_asked else (),
        place=basis.place,
        ceiling=basis.ceiling,
        advice=basis.advice,
        departure=basis.departure,
        activities=answer(definition, answers, Column.SUMMARY) or "",
        starts_on=starts_on,
        ends_on=ends_on,
        obligations=tuple(
            _obligation(duty, starts_on, ends_on)
            for duty in _listed(definition.obligations)
            if not duty.tiers or (tier and tier.code in duty.tiers)
        ),
        payment=Payment(
            cents=advance_cents(definition, cents),
            iban_last4=last4(definition, answers),
            is_advance=bool(tier and tier.kind is TierKind.REPORT),
        ),
        accountability=_accountability(definition, cents, ends_on),
        published=application.party.kind == Party.Kind.ORGANISATION,
        **budget(definition, answers, word=word),
    )


def advance_cents(definition: Definition, cents: int) -> int:
    """What is paid when an award of ``cents`` is announced: all of it, or the tier's advance.

    Whole cents, rounded down; nothing where the regulation does not name an advance (4:95).
    """
    tier = definition.tier_for(cents)
    if tier is None:
        return 0
    if tier.kind is TierKind.DIRECT:
        return cents
    share = tier.advance_percentage
    return 0 if isinstance(share, Unknown) else cents * share // 100


def report_due(definition: Definition, cents: int, ends_on: date | None) -> date | None:
    """The last day for the account over an award of ``cents``, where its tier asks for one."""
    tier, weeks = definition.tier_for(cents), definition.terms.report_weeks
    if tier is None or tier.kind is TierKind.DIRECT or ends_on is None:
        return None
    if weeks is None or isinstance(weeks, Unknown):
        return None
    return report_term(ended_on=ends_on, weeks=weeks).day


def _accountability(
    definition: Definition, cents: int, ends_on: date | None
) -> Accountability | None:
    tier, terms = definition.tier_for(cents), definition.terms
    if tier is None:
        return None
    keep, check = terms.keep_months, terms.spot_check_months
    kept = None if isinstance(keep, Unknown) or ends_on is None or not keep else keep
    checked = None if isinstance(check, Unknown) or ends_on is None or not check else check
    direct = tier.kind is TierKind.DIRECT
    return Accountability(
        tier="direct" if direct else "report",
        report_by=report_due(definition, cents, ends_on),
        report_contents=() if direct else REPORT_CONTENTS,
        spot_check_until=spot_check_until(ended_on=ends_on, months=checked).day
        if ends_on and checked
        else None,
        keep_until=keep_until(ended_on=ends_on, months=kept).day if ends_on and kept else None,
    )


def _obligation(duty: Duty, starts_on: date | None, ends_on: date | None) -> Obligation:
    article = known_text(duty.article)
    due = duty.due
    if due is None:
        return Obligation(text=duty.text, article=article)
    if due.on is None and due.after is DueAnchor.DECISION:
        return Obligation(
            text=duty.text,
            article=article,
            months_after_sending=due.months,
            days_after_sending=due.days + 7 * due.weeks,
        )
    anchor = starts_on if due.after is DueAnchor.START else ends_on
    if due.on is None and anchor is None:
        return Obligation(text=duty.text, article=article)
    day = due.on or obligation_due(
        due,
        decided_on=anchor or date.min,
        starts_on=starts_on or date.min,
        ends_on=ends_on or date.min,
    )
    return Obligation(text=duty.text, article=article, due_on=day)


def _rejection(basis: Basis) -> Rejection:
    return Rejection(
        reasons=basis.reasons,
        place=basis.place,
        ceiling=basis.ceiling,
        advice=basis.advice,
        departure=basis.departure,
        hearing=basis.hearing,
        alternatives=basis.alternatives,
    )


def _not_processed(application: Application, basis: Basis) -> NotProcessed:
    if basis.asked_on is None or basis.deliver_by is None:
        raise ValueError("a decision not to treat follows a request to supplement")
    return NotProcessed(
        missing=basis.missing,
        asked_on=basis.asked_on,
        deliver_by=basis.deliver_by,
        window_closes_on=window_closes(application),
    )


def _settlement(decision: Decision, basis: Basis) -> Settlement:
    application = decision.application
    definition, answers = application.revision.definition, answers_of(application)
    return Settlement(
        awarded_cents=application.awarded_cents or 0,
        settled_cents=decision.amount_cents,
        paid_cents=paid_cents(application),
        awarded_on=application.decided_on,
        reported_on=basis.reported_on,
        reported=basis.reported,
        calculation=basis.calculation,
        ground=basis.ground,
        reasons=basis.reasons,
        proportionality=basis.proportionality,
        hearing=basis.hearing,
        iban_last4=last4(definition, answers),
    )


def paid_cents(application: Application) -> int:
    """What finance has paid on this application."""
    rows = CashEntry.objects.filter(application=application, kind=CashEntry.Kind.PAID)
    return rows.aggregate(total=Sum("cents"))["total"] or 0


def _is_fund(definition: Definition) -> bool:
    return str(definition.identity.legal_regime) == "private_fund"


def _listed(duties: tuple[Duty, ...] | Unknown) -> tuple[Duty, ...]:
    return () if isinstance(duties, Unknown) else duties


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
