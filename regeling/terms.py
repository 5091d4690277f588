"""Statutory terms as pure functions: each gives the last day, why that day, and the article.

The day of the event itself never counts: a term of weeks ends on the same weekday (Awb 6:8 says so
for objections). The Algemene termijnenwet carries an end on a Saturday, Sunday or holiday over to
the next working day, but not for a term of more than twelve weeks (Atw 4). To a citizen the
functions are lenient (a term that an organ sets rolls too), to the organ they are strict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from regeling.definition import Definition, Due, DueAnchor, TermStart, known
from regeling.holidays import holiday_name, next_working_day, roll
from regeling.words import count_words, day_words, weekday_words
from timeline import clock

LONGEST_THAT_ROLLS = 12
"""Weeks; Atw 4."""
REASONABLE_WEEKS = 8
"""Awb 4:13(2): without a term of its own a decision comes within eight weeks of receipt."""


@dataclass(frozen=True, slots=True)
class Term:
    """A last day (Europe/Amsterdam), the reason in Dutch sentences, and the articles."""

    day: date
    reason: str
    article: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """The decision term stands still after `asked_on` and until `ended_on` (Awb 4:15).

    `ended_on` is the day on which the supplement came in, or else the last day set for it; while
    the applicant can still deliver, pass that last day.
    """

    asked_on: date
    ended_on: date

    @property
    def days(self) -> tuple[date, ...]:
        """The days that do not count: from the day after the request up to `ended_on`."""
        first = self.asked_on + timedelta(days=1)
        return tuple(first + timedelta(days=n) for n in range((self.ended_on - first).days))


def suspended_days(suspensions: Iterable[Suspension]) -> int:
    """How many days the clock stood still; a day in two suspensions counts once."""
    return len({day for suspension in suspensions for day in suspension.days})


def decision_term(
    *,
    received_on: date,
    weeks: int | None,
    apply_atw: bool = True,
    suspensions: Iterable[Suspension] = (),
    announced_day: date | None = None,
    counts_from: date | None = None,
) -> Term:
    """The last day for deciding on an application.

    The term runs from receipt, not from completeness (4:13); `counts_from` is for a regulation that
    says that it runs from the closing of the window. Without `weeks` the reasonable term of 4:13(2)
    holds; an `announced_day` (an answer promised by a date) replaces both. Suspended days are added
    (4:15). `apply_atw` is the regulation's own choice; a term over twelve weeks never rolls.
    """
    still = suspended_days(suspensions)
    if announced_day is not None:
        day, reason = (
            announced_day,
            f"Wij hebben {day_words(announced_day)} als laatste dag genoemd.",
        )
        article, rolls = "Awb 4:13", False
    else:
        start = counts_from or received_on
        length = weeks if weeks is not None else REASONABLE_WEEKS
        day = start + timedelta(weeks=length)
        since = "na de sluiting op" if counts_from else "na ontvangst op"
        reason = f"{_capital(_weeks(length))} {since} {day_words(start)} is {weekday_words(day)}."
        article = "Awb 4:13" if weeks is not None else "Awb 4:13, tweede lid"
        rolls = apply_atw and length <= LONGEST_THAT_ROLLS
    if still:
        day += timedelta(days=still)
        days = count_words(still, "dag", "dagen")
        reason += (
            f" Het wachten op uw aanvulling telt niet mee: {days}. Dat wordt {weekday_words(day)}."
        )
        article += ", 4:15"
    return _rolled(day, reason, article) if rolls else Term(day, reason, article)


def decision_term_of(
    definition: Definition,
    *,
    received_on: date,
    closed_on: date | None,
    suspensions: Iterable[Suspension] = (),
) -> Term:
    """`decision_term` with what a definition says; `closed_on` is the call's last day, if any.

    Raises `UnknownValueError` where the definition leaves its terms unknown; an opened call never
    does.
    """
    terms = definition.terms
    from_close = known(terms.decision_from, "terms.decision_from") is TermStart.WINDOW_CLOSE
    return decision_term(
        received_on=received_on,
        weeks=known(terms.decision_weeks, "terms.decision_weeks"),
        apply_atw=known(terms.decision_atw, "terms.decision_atw"),
        suspensions=suspensions,
        announced_day=known(terms.decision_by, "terms.decision_by"),
        counts_from=closed_on if from_close else None,
    )


def repair_term(*, asked_on: date, weeks: int) -> Term:
    """The last day for a supplement that is asked on `asked_on` (4:5(1)); it rolls."""
    return _weeks_after(asked_on, weeks, "na ons verzoek van", "Awb 4:5", lenient=True)


def not_processed_term(*, ended_on: date) -> Term:
    """The last day for announcing that an application is not treated (4:5(4)).

    `ended_on` is the day on which the supplement came in or its term passed. After this day only a
    decision on the substance is left.
    """
    return _weeks_after(ended_on, 4, "na het einde van de aanvultermijn op", "Awb 4:5, vierde lid")


def hearing_term(*, asked_on: date, weeks: int) -> Term:
    """The last day for a response to an intended decision (4:7, 4:8); it rolls."""
    return _weeks_after(asked_on, weeks, "na onze brief van", "Awb 4:7", lenient=True)


def objection_term(sent_on: date) -> Term:
    """The last day for an objection to a decision that was sent on `sent_on` (6:7, 6:8).

    The day of sending decides, not the date on the letter (3:41).
    """
    return _weeks_after(sent_on, 6, "na de verzending op", "Awb 6:7, 6:8")


def payment_term(announced_on: date, weeks: int = 6) -> Term:
    """The last day for paying what a decision grants (4:87(1))."""
    return _weeks_after(announced_on, weeks, "na de bekendmaking op", "Awb 4:87")


def report_term(*, ended_on: date, weeks: int) -> Term:
    """The last day for the account after the activity's end (4:44); it rolls."""
    return _weeks_after(ended_on, weeks, "na het einde op", "Awb 4:44", lenient=True)


def settlement_term(*, received_on: date, weeks: int) -> Term:
    """The last day for deciding on a settlement request; over twelve weeks it does not roll."""
    return _weeks_after(received_on, weeks, "na ontvangst van uw verslag op", "Awb 4:13")


def keep_until(*, ended_on: date, months: int) -> Term:
    """The last day on which the recipient must still have the administration (4:37)."""
    return _months_after(ended_on, months, "Awb 4:37")


def spot_check_until(*, ended_on: date, months: int) -> Term:
    """The last day on which a spot check may still ask for it."""
    return _months_after(ended_on, months, "Awb 4:49")


def change_until(settled_on: date) -> Term:
    """The last day on which a settlement may be withdrawn or changed (4:49(3)): five years."""
    day = settled_on + relativedelta(years=5)
    return Term(day, f"Vijf jaar na {day_words(settled_on)}.", "Awb 4:49, derde lid")


def obligation_due(due: Due, *, decided_on: date, starts_on: date, ends_on: date) -> date:
    """The day by which an obligation must be met. It is an agreement, not an Atw term."""
    if due.on is not None:
        return due.on
    anchors = {
        DueAnchor.DECISION: decided_on,
        DueAnchor.START: starts_on,
        DueAnchor.END: ends_on,
        None: ends_on,
    }
    length = relativedelta(months=due.months, weeks=due.weeks, days=due.days)
    return anchors[due.after] + length


def next_announcement(at: datetime) -> datetime:
    """The usual moment for sending letters after `at`: the next working day at 9:00, in UTC."""
    return clock.moment(next_working_day(clock.day(at)), "09:00")


def _weeks_after(
    start: date, weeks: int, after: str, article: str, *, lenient: bool = False
) -> Term:
    """`lenient`: a term that an organ sets, to which the Atw does not apply but the habit does."""
    day = start + timedelta(weeks=weeks)
    reason = f"{_capital(_weeks(weeks))} {after} {day_words(start)} is {weekday_words(day)}."
    if lenient or weeks <= LONGEST_THAT_ROLLS:
        return _rolled(day, reason, article)
    return Term(day, reason, article)


def _months_after(start: date, months: int, article: str) -> Term:
    day = start + relativedelta(months=months)
    length = count_words(months, "maand", "maanden")
    return Term(day, f"{_capital(length)} na het einde op {day_words(start)}.", article)


def _rolled(day: date, reason: str, article: str) -> Term:
    """Carry a last day over to a working day (Atw 1).

    The two working days of Atw 2 need no care: terms here are whole weeks, and no week has fewer.
    """
    last = roll(day)
    if last == day:
        return Term(day, reason, article)
    why = f"Dat is {_why_closed(day)}; daarom loopt de termijn tot en met {weekday_words(last)}."
    return Term(last, f"{reason} {why}", f"{article}, Atw 1")


def _why_closed(day: date) -> str:
    return holiday_name(day) or "een dag in het weekend"


def _weeks(weeks: int) -> str:
    return count_words(weeks, "week", "weken")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
