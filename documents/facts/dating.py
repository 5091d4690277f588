"""On the day of sending a letter gets its date, and every day that is counted from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta

from documents.letters.facts import Award, LetterFacts, Obligation, Settlement
from regeling.terms import objection_term, payment_term


def dated(facts: LetterFacts, day: date) -> LetterFacts:
    """The same facts, sent on ``day`` (Awb 3:41): with the last days for objecting and paying.

    Pure: the terms count from the day of sending and nothing else (6:7, 6:8, 4:87).
    """
    terms = facts.terms
    if facts.is_decision and facts.awb:
        terms = replace(terms, objection_until=objection_term(day).day)
    about = facts.about
    if isinstance(about, Award):
        duties = tuple(_with_day(duty, day) for duty in about.obligations)
        about = replace(about, obligations=duties)
        if about.payment and about.payment.cents:
            terms = replace(terms, payment_by=payment_term(day, terms.payment_weeks).day)
    if isinstance(about, Settlement):
        rest = about.settled_cents - about.paid_cents
        by = payment_term(day, terms.payment_weeks).day
        if rest > 0:
            terms = replace(terms, payment_by=by)
        if rest < 0:
            terms = replace(terms, repayment_by=by)
    return replace(facts, sent_on=day, terms=terms, about=about)


def _with_day(duty: Obligation, day: date) -> Obligation:
    if duty.due_on or not (duty.months_after_sending or duty.days_after_sending):
        return duty
    span = relativedelta(months=duty.months_after_sending, days=duty.days_after_sending)
    return replace(duty, due_on=day + span)
