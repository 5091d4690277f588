"""All days of a round that the law or the text sets, with weekends and holidays marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from regeling import terms
from regeling.definition import Column, Definition, TermStart, Unknown, Window, listed
from regeling.holidays import holiday_name
from timeline import clock


@dataclass(frozen=True, slots=True)
class LegalDay:
    """A day (None: the text leaves it unknown), what it is, why, and where that stands.

    ``closed`` is the name of the holiday, or the day of the weekend, that it falls on; empty on a
    working day.
    """

    day: date | None
    label: str
    reason: str = ""
    article: str = ""
    closed: str = ""


def closed_on(day: date) -> str:
    """Why a day is not a working day: the holiday's name, or the day of the weekend."""
    weekend = {5: _("zaterdag"), 6: _("zondag")}
    return holiday_name(day) or weekend.get(day.weekday(), "")


def dates_of(definition: Definition) -> tuple[LegalDay, ...]:
    """Every day in order; those that the text leaves unknown come last."""
    found = list(_days(definition))
    return tuple(
        sorted(found, key=lambda each: (each.day is None, each.day or date.max, each.label))
    )


def _day(
    value: date | Unknown | None, label: str, reason: str = "", article: str = ""
) -> Iterator[LegalDay]:
    """One day; nothing where the text has no such day."""
    if isinstance(value, Unknown):
        yield LegalDay(None, label, _("Dit staat nog op onbekend."), article)
    elif value is not None:
        yield LegalDay(value, label, reason, article, closed_on(value))


def _term(term: terms.Term, label: str) -> LegalDay:
    return LegalDay(term.day, label, term.reason, term.article, closed_on(term.day))


def _days(definition: Definition) -> Iterator[LegalDay]:
    for ceiling in listed(definition.ceilings):
        if str(ceiling.scope) == "total":
            label = _("Het plafond is bekendgemaakt")
            yield from _day(ceiling.published_on, label, article="Awb 4:27")
            for step in ceiling.changes:
                label = _("Een ander plafond is bekendgemaakt")
                yield from _day(step.published_on, label, article="Awb 4:27, 4:28")
    for window in listed(definition.windows):
        yield from _window(definition, window)
    if definition.vote and not isinstance(definition.vote, Unknown):
        yield from _day(definition.vote.opens, _("De stemming begint"))
        last = _last(definition.vote.window)
        yield from _day(last, _("Laatste dag om te stemmen"))
    for obligation in listed(definition.obligations):
        if obligation.due and obligation.due.on:
            yield from _day(obligation.due.on, _("Uiterste dag voor een verplichting"))
    yield from _afterwards(definition)


def _window(definition: Definition, window: Window) -> Iterator[LegalDay]:
    name = f" ({window.label})" if window.label else ""
    last = _last(window)
    yield from _day(window.opens, _("Aanvragen kan vanaf") + name, article="Awb 4:26")
    yield from _day(window.intake_until, _("Laatste dag voor hulp bij de aanvraag") + name)
    yield from _day(last, _("Laatste dag om aan te vragen") + name, article="Awb 4:26")
    if not isinstance(window.opens, Unknown) and isinstance(last, date):
        yield from _holidays(window.opens, last, _("Vrije dag in de openstelling"))
    if window.committee:
        meets, lead = window.committee.meets_on, window.committee.lead_days
        for day in () if isinstance(meets, Unknown) else meets:
            yield from _day(day, _("De commissie vergadert"))
            if not isinstance(lead, Unknown):
                before = day - timedelta(days=lead)
                yield from _day(before, _("Uiterlijk binnen voor deze vergadering"))
    received = last if isinstance(last, date) else window.opens
    if not isinstance(received, Unknown):
        yield from _deciding(definition, received, last if isinstance(last, date) else None, name)


def _holidays(first: date, last: date, label: str) -> Iterator[LegalDay]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if named := holiday_name(day):
            yield LegalDay(day, label, closed=named)


def _deciding(
    definition: Definition, received: date, closed: date | None, name: str
) -> Iterator[LegalDay]:
    """What follows for whoever applies on the last day, taken as late as the law allows."""
    known = definition.terms
    if not isinstance(known.repair_weeks, Unknown):
        repair = terms.repair_term(asked_on=received, weeks=known.repair_weeks)
        yield _term(repair, _("Laatste dag om aan te vullen, als dat meteen is gevraagd") + name)
        label = _("Laatste dag om een aanvraag niet te behandelen")
        yield _term(terms.not_processed_term(ended_on=repair.day), label + name)
    unknown = (known.decision_weeks, known.decision_by, known.decision_atw, known.decision_from)
    if any(isinstance(each, Unknown) for each in unknown) or (
        known.decision_from is TermStart.WINDOW_CLOSE and closed is None
    ):
        yield LegalDay(None, _("Laatste dag om te beslissen") + name, article="Awb 4:13")
        return
    decided = terms.decision_term_of(definition, received_on=received, closed_on=closed)
    yield _term(decided, _("Laatste dag om te beslissen") + name)
    label = _("Laatste dag voor bezwaar, na een besluit op de laatste dag")
    yield _term(terms.objection_term(decided.day), label + name)
    if not isinstance(known.payment_weeks, Unknown):
        paid = terms.payment_term(decided.day, known.payment_weeks)
        yield _term(paid, _("Laatste dag om te betalen, na een besluit op de laatste dag") + name)


def _afterwards(definition: Definition) -> Iterator[LegalDay]:
    """What follows where the text says by when every activity has ended."""
    question = definition.form.filling(Column.END_DATE)
    ended = question.latest if question else None
    known = definition.terms
    if ended is None:
        return
    yield from _day(ended, _("De activiteiten zijn uiterlijk klaar"))
    if isinstance(known.report_weeks, int):
        report = terms.report_term(ended_on=ended, weeks=known.report_weeks)
        yield _term(report, _("Laatste dag voor het verslag"))
        if isinstance(known.settlement_weeks, int):
            settled = terms.settlement_term(received_on=report.day, weeks=known.settlement_weeks)
            yield _term(settled, _("Laatste dag om vast te stellen"))
    if isinstance(known.keep_months, int) and known.keep_months:
        kept = terms.keep_until(ended_on=ended, months=known.keep_months)
        yield _term(kept, _("Tot zo lang bewaart de ontvanger de administratie"))
    if isinstance(known.spot_check_months, int) and known.spot_check_months:
        checked = terms.spot_check_until(ended_on=ended, months=known.spot_check_months)
        yield _term(checked, _("Tot zo lang kan er een steekproef zijn"))


def _last(window: Window) -> date | Unknown | None:
    """The last day that is in time."""
    closes = window.closes_at
    if closes is None or isinstance(closes, Unknown):
        return closes
    return clock.day(closes - timedelta(seconds=1))
