"""Which regulations fit an idea, which nearly fit, and which open later?

Pure. An idea is what somebody can tell before she knows a single regulation: where, with whom, for
what, how much and when. It is put to every regulation in the words of its own form, and the same
`regeling.eligibility.check` answers that later judges the application.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from regeling.answers import Answers, values_of
from regeling.definition import (
    ApplicantClass,
    Ceiling,
    CeilingScope,
    Column,
    Definition,
    PartyKind,
    listed,
)
from regeling.definition.expression import Value
from regeling.definition.facts import FACTS
from regeling.eligibility import Outcome, Reason, Values
from regeling.nearest import Proposal, nearest, outcome_of
from regeling.words import NBSP, day_words
from timeline import clock

NOBODY = ""
"""The class of an applicant for whom a regulation has none: the check says who may apply."""
INSTANT = timedelta(microseconds=1)
COSTS_LINE = "Totale kosten"


@dataclass(frozen=True, slots=True)
class Idea:
    """What somebody tells; whatever she leaves open stays undecided. Amounts are cents.

    `activity` is the name of a kind of activity as some regulation has it.
    """

    municipality: str = ""
    place: str = ""
    party: PartyKind | None = None
    persons: int | None = None
    organisations: int | None = None
    activity: str = ""
    amount: int | None = None
    costs: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


class State(StrEnum):
    """Whether one can apply now."""

    OPEN = "open"
    COMING = "coming"
    CLOSED = "closed"
    NONE = "none"  # nothing was ever opened


@dataclass(frozen=True, slots=True)
class Offer:
    """A regulation as it stands today: a call, or the text alone.

    `slug` is its address. `opens_on` is the first day of a coming call; `last_day` the last day on
    which one can apply, or could. `empty` are the ceilings without money: EUR 0 is closed (4:25).
    """

    slug: str
    title: str
    authority: str
    definition: Definition
    state: State
    opens_on: date | None = None
    last_day: date | None = None
    empty: frozenset[tuple[str, str]] = frozenset()
    spent: bool = False
    called: bool = False
    example: bool = False


class Standing(StrEnum):
    """In the order in which a page shows them."""

    FITS = "fits"
    NEARLY = "nearly"
    LATER = "later"
    CLOSED = "closed"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Match:
    """How one regulation answers an idea, in the words of its own form.

    `barrier` says in a sentence why nobody can apply now. `named` tells that the regulation itself
    has the kind of activity that was asked for.
    """

    offer: Offer
    standing: Standing
    answers: Answers = field(repr=False)
    facts: Values = field(repr=False)
    outcome: Outcome = field(repr=False)
    proposals: tuple[Proposal, ...] = ()
    barrier: str = ""
    named: bool = False

    @property
    def lacks(self) -> tuple[Reason, ...]:
        return self.outcome.refusals

    @property
    def asks(self) -> tuple[str, ...]:
        """What the regulation wants to know and the idea does not tell."""
        return still_asked(self.offer.definition, self.outcome)


def matches(idea: Idea, offers: Iterable[Offer], today: date) -> tuple[Match, ...]:
    """Every offer with its answer: what fits first, and of those what closes first.

    A regulation that opens later is asked as if one applied on its first day.
    """
    return tuple(sorted((match(idea, offer, today) for offer in offers), key=_order))


def match(idea: Idea, offer: Offer, today: date) -> Match:
    """How this regulation answers."""
    answers, facts, outcome = _best(idea, offer, today)
    last_day = offer.last_day if offer.state in (State.OPEN, State.COMING) else None
    proposals: tuple[Proposal, ...] = ()
    if not outcome.ok:
        proposals = nearest(offer.definition, answers, facts, only_before=True, last_day=last_day)
    values = values_of(offer.definition, answers, facts)
    barrier = barrier_of(offer, values)
    return Match(
        offer=offer,
        standing=_standing(offer, outcome, proposals, barrier),
        answers=answers,
        facts=facts,
        outcome=outcome,
        proposals=proposals,
        barrier=barrier,
        named=bool(idea.activity and _activity(offer.definition, idea.activity)),
    )


def _standing(
    offer: Offer, outcome: Outcome, proposals: tuple[Proposal, ...], barrier: str
) -> Standing:
    if not (outcome.ok or proposals):
        return Standing.NOT
    if barrier:
        return Standing.CLOSED
    if offer.state is State.COMING:
        return Standing.LATER
    return Standing.FITS if outcome.ok else Standing.NEARLY


def _order(found: Match) -> tuple[Any, ...]:
    day = found.offer.opens_on if found.standing is Standing.LATER else found.offer.last_day
    return (
        list(Standing).index(found.standing),
        not found.named,
        found.proposals[0].size if found.proposals else (0, 0.0),
        day or date.max,
        found.offer.title,
        found.offer.slug,
    )


def _best(idea: Idea, offer: Offer, today: date) -> tuple[Answers, Values, Outcome]:
    """As the kind of applicant that comes nearest; where that is even, as the first."""
    definition = offer.definition
    day = offer.opens_on if offer.state is State.COMING and offer.opens_on else today
    found = []
    for applicant in _classes(definition, idea):
        answers, facts = as_answers(definition, idea, applicant, day)
        outcome = outcome_of(definition, answers, facts, only_before=True)
        found.append((len(outcome.refusals), len(outcome.undecided), answers, facts, outcome))
    best = min(found, key=lambda each: each[:2])
    return best[2], best[3], best[4]


def _classes(definition: Definition, idea: Idea) -> list[str | None]:
    if idea.party is None:
        return [None]
    fitting: list[ApplicantClass] = [
        each for each in definition.applicants.classes if each.kind is idea.party
    ]
    return [each.code for each in fitting] or [NOBODY]


def as_answers(
    definition: Definition, idea: Idea, applicant: str | None, day: date
) -> tuple[dict[str, Any], dict[str, Value | None]]:
    """The idea as answers to this regulation's form and facts about the applicant.

    `day` is the day on which she would apply. What the form does not ask becomes a fact.
    """
    persons, organisations = idea.persons, idea.organisations
    if idea.party is PartyKind.GROUP and (persons or organisations):
        persons, organisations = persons or 0, organisations or 0
    elif idea.party is not PartyKind.GROUP:
        persons = organisations = None
    facts: dict[str, Value | None] = {
        "applicant": applicant,
        "persons": persons,
        "organisations": organisations,
        "received_on": day,
    }
    answers: dict[str, Any] = {}
    for column, value in _told(definition, idea):
        question = definition.form.filling(column)
        if question:
            answers[question.code] = value
        elif column in _NAMES:
            facts[_NAMES[column]] = _bare(column, value)
    if "municipality" in facts:
        region = definition.territory.region_of(str(facts["municipality"]))
        facts["region"] = region.code if region else None
    return answers, facts


def _told(definition: Definition, idea: Idea) -> Iterator[tuple[Column, Any]]:
    """What is known, by standard column, in the shapes of a form."""
    if idea.municipality:
        yield Column.MUNICIPALITY, _spelled(definition, idea.municipality)
    if idea.place and idea.place != idea.municipality:
        yield Column.PLACE, idea.place
    activity = _activity(definition, idea.activity) if idea.activity else ""
    if activity:
        yield Column.ACTIVITY, activity
    if idea.amount is not None:
        yield Column.AMOUNT_ASKED, idea.amount
    if idea.costs is not None:
        yield Column.BUDGET, {"costs": [{"label": COSTS_LINE, "cents": idea.costs}]}
    if idea.starts_on:
        yield Column.START_DATE, idea.starts_on.isoformat()
    if idea.ends_on:
        yield Column.END_DATE, idea.ends_on.isoformat()


# Facts that a rule may look at although no question asks for them.
_NAMES = {
    Column.MUNICIPALITY: "municipality",
    Column.ACTIVITY: "activity",
    Column.AMOUNT_ASKED: "amount_asked",
    Column.BUDGET: "costs",
    Column.START_DATE: "start_date",
    Column.END_DATE: "end_date",
}


def _bare(column: Column, value: Any) -> Value:
    if column is Column.BUDGET:
        return int(value["costs"][0]["cents"])
    if column in (Column.START_DATE, Column.END_DATE):
        return date.fromisoformat(value)
    given: Value = value
    return given


def _spelled(definition: Definition, municipality: str) -> str:
    """The municipality as this regulation writes it."""
    wanted = municipality.casefold()
    names = definition.territory.all_municipalities
    return next((name for name in names if name.casefold() == wanted), municipality)


def _activity(definition: Definition, name: str) -> str:
    wanted = name.casefold()
    found = (each.code for each in definition.activities if each.name.casefold() == wanted)
    return next(found, "")


def barrier_of(offer: Offer, values: Values) -> str:
    """Why nobody can apply now, whatever the idea is; empty where one can, or soon can."""
    empty = _empty(offer, values)
    if empty is not None:
        whose = f" voor {empty}" if empty else ""
        return f"Het subsidieplafond{whose} is €{NBSP}0. Zolang dat zo is, kunt u niets krijgen."
    if offer.spent:
        return "Al het geld is verdeeld."
    if offer.state is State.CLOSED:
        until = f" Aanvragen kon tot en met {day_words(offer.last_day)}." if offer.last_day else ""
        return f"De openstelling is gesloten.{until}"
    if offer.state is State.NONE:
        return "Deze regeling is nu niet open."
    return ""


def _empty(offer: Offer, values: Values) -> str | None:
    """The name of the part without money that this idea falls under; "" is the whole."""
    if (str(CeilingScope.TOTAL), "") in offer.empty:
        return ""
    for scope in (CeilingScope.REGION, CeilingScope.ACTIVITY, CeilingScope.THEME):
        code = values.get(str(scope))
        if isinstance(code, str) and (str(scope), code) in offer.empty:
            return _part(offer.definition, scope, code)
    return None


def _part(definition: Definition, scope: CeilingScope, code: str) -> str:
    named = {
        CeilingScope.REGION: {each.code: each.name for each in definition.territory.regions},
        CeilingScope.ACTIVITY: {each.code: each.name for each in definition.activities},
        CeilingScope.THEME: {each.code: each.name for each in definition.themes},
    }
    return named[scope].get(code, code)


def still_asked(definition: Definition, outcome: Outcome) -> tuple[str, ...]:
    """What is not decided yet, in plain words, each once.

    A rule of the regulation has only a sentence for when it fails, so its open questions are told.
    """
    rules = {rule.code for rule in definition.eligibility}
    told: list[str] = []
    for reason in outcome.undecided:
        told += _questions(definition, reason) if reason.rule in rules else [reason.sentence]
    return tuple(dict.fromkeys(each for each in told if each))


def _questions(definition: Definition, reason: Reason) -> Iterator[str]:
    for name, value in reason.facts:
        fact = FACTS.get(name)
        question = definition.form.question(name)
        if fact and fact.column and question is None:
            question = definition.form.filling(fact.column)
        if value is None:
            yield question.label if question else fact.question if fact else ""


def empty_in(definition: Definition) -> frozenset[tuple[str, str]]:
    """The ceilings of a text, not yet opened, that are EUR 0."""
    rows: tuple[Ceiling, ...] = listed(definition.ceilings)
    return frozenset((str(row.scope), row.code) for row in rows if row.amount == 0)


def opens_next(definition: Definition, today: date) -> tuple[date, date | None] | None:
    """The first and the last day of the next window of a text after today, as far as it says."""
    days = [
        (window.opens, window)
        for window in listed(definition.windows)
        if isinstance(window.opens, date) and window.opens > today
    ]
    if not days:
        return None
    opens, window = min(days, key=lambda each: each[0])
    closes = window.closes_at
    return opens, clock.day(closes - INSTANT) if isinstance(closes, datetime) else None
