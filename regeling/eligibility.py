"""May this applicant ask this? The limits of a definition and its own rules, each with a reason.

Pure: the same function serves "Mag ik aanvragen?" (where much is not asked yet), the form, and the
review. What is not known leaves a rule undecided; only a rule that fails refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regeling import limits
from regeling.answers import Answers, values_of
from regeling.definition import (
    ApplicantClass,
    Definition,
    Frequency,
    MemberKind,
    PartyKind,
    Period,
    Rule,
    Unknown,
    known,
)
from regeling.definition.expression import Value
from regeling.limits import Limit
from regeling.words import count_words, euro_words, joined

Values = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule: whether it holds (None: not asked yet), on which facts, with which article."""

    rule: str
    holds: bool | None
    sentence: str
    article: str = ""
    facts: tuple[tuple[str, Value | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`ok` is false once a rule fails. The reasons stand in the order of the definition."""

    ok: bool
    reasons: tuple[Reason, ...]

    @property
    def refusals(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.holds is False)

    @property
    def met(self) -> tuple[Reason, ...]:
        """The rules that hold and have something to say."""
        return tuple(reason for reason in self.reasons if reason.holds and reason.sentence)

    @property
    def undecided(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.holds is None)


def check(
    definition: Definition,
    answers: Answers,
    facts: Values,
    *,
    only_before: bool = False,
) -> Outcome:
    """Hold answers and facts against the definition.

    `facts` are those of `regeling.definition.facts`: applicant (code of its class), persons,
    organisations, received_on, earlier_applications. `only_before` leaves out the regulation's
    rules that are not part of the check without an account.
    """
    values = values_of(definition, answers, facts)
    reasons = [
        *_applicant(definition, values),
        *_activity(definition, values),
        *_territory(definition, values),
        *_amount(definition, values),
        *_frequency(definition, values),
        *(
            _rule(rule, values)
            for rule in definition.eligibility
            if rule.asked_before or not only_before
        ),
    ]
    return Outcome(all(reason.holds is not False for reason in reasons), tuple(reasons))


def _seen(values: Values, *names: str) -> tuple[tuple[str, Value | None], ...]:
    return tuple((name, values.get(name)) for name in names)


def _article(article: str | Unknown) -> str:
    return "" if isinstance(article, Unknown) else article


def _applicant(definition: Definition, values: Values) -> Iterator[Reason]:
    code = values.get("applicant")
    who = joined([each.label for each in definition.applicants.classes], "of")
    found = definition.applicants.of(code) if isinstance(code, str) else None
    if found is None:
        holds = None if code is None else False
        yield Reason(
            "applicant", holds, f"Aanvragen kan door {who}.", facts=_seen(values, "applicant")
        )
        return
    yield Reason(
        "applicant",
        holds=True,
        sentence=f"Aanvragen kan door {found.label}.",
        article=_article(found.article),
        facts=_seen(values, "applicant"),
    )
    if found.kind is PartyKind.GROUP:
        yield _members(found, values)


def _members(found: ApplicantClass, values: Values) -> Reason:
    persons, organisations = values.get("persons"), values.get("organisations")
    counted = {
        MemberKind.PERSON: (persons, "inwoner", "inwoners"),
        MemberKind.ORGANISATION: (organisations, "organisatie", "organisaties"),
        MemberKind.ANY: (_together(persons, organisations), "deelnemer", "deelnemers"),
    }
    number, one, more = counted[found.member_kind]
    facts, article = _seen(values, "persons", "organisations"), _article(found.article)
    least = count_words(found.minimum_members, one, more)
    if not isinstance(number, int):
        return Reason(
            "members",
            holds=None,
            sentence=f"U bent samen met minstens {least}.",
            article=article,
            facts=facts,
        )
    now = count_words(number, one, more)
    if number >= found.minimum_members:
        return Reason(
            "members",
            holds=True,
            sentence=f"U bent met {now}. Er zijn er {least} nodig.",
            article=article,
            facts=facts,
        )
    short = count_words(found.minimum_members - number, one, more)
    sentence = f"U bent met {now}. Er zijn minstens {least} nodig: nog {short} erbij."
    return Reason("members", holds=False, sentence=sentence, article=article, facts=facts)


def _together(persons: Value | None, organisations: Value | None) -> int | None:
    numbers = [each for each in (persons, organisations) if isinstance(each, int)]
    return sum(numbers) if numbers else None


def _activity(definition: Definition, values: Values) -> Iterator[Reason]:
    """Some activities are for some applicants only."""
    activity = limits.activity_of(definition, values)
    if activity is None or not activity.applicants:
        return
    code = values.get("applicant")
    classes = [each for each in definition.applicants.classes if each.code in activity.applicants]
    who = joined([each.label for each in classes], "of")
    holds = code in activity.applicants if isinstance(code, str) else None
    facts = _seen(values, "applicant", "activity")
    sentence = f"Voor {activity.name} kan {who} aanvragen."
    yield Reason("activity", holds, sentence, _article(activity.article), facts)


def _territory(definition: Definition, values: Values) -> Iterator[Reason]:
    territory = definition.territory
    municipality = values.get("municipality")
    article, facts = _article(territory.article), _seen(values, "municipality")
    names = territory.all_municipalities
    where = joined(names, "of") if len(names) <= 6 else f"een gemeente in {territory.name}"
    is_open = municipality not in names and not territory.is_known
    if not isinstance(municipality, str) or is_open:
        yield Reason(
            "territory",
            holds=None,
            sentence=f"Het initiatief is in {where}.",
            article=article,
            facts=facts,
        )
    elif municipality in names:
        yield Reason(
            "territory",
            holds=True,
            sentence=f"{municipality} hoort bij {territory.name}.",
            article=article,
            facts=facts,
        )
    else:
        sentence = f"Het initiatief moet in {where} zijn. {municipality} hoort daar niet bij."
        yield Reason("territory", holds=False, sentence=sentence, article=article, facts=facts)


def _amount(definition: Definition, values: Values) -> Iterator[Reason]:
    """One reason for the highest of the minima, and one for the lowest of the maxima."""
    asked = values.get("amount_asked")
    cents = asked if isinstance(asked, int) else None
    facts = _seen(values, "amount_asked", "activity", "municipality")
    low = max(_known(limits.minima(definition, values)), key=_value, default=None)
    if low is not None:
        enough = None if cents is None else cents >= _value(low)
        words = f"U vraagt minstens {euro_words(_value(low))}."
        if enough is False:
            least = f"Het minste{_whose(low)} is {euro_words(_value(low))}."
            words = f"U vraagt {euro_words(cents or 0)}. {least}"
        yield Reason("minimum", enough, words, low.article, facts)
    high = min(_known(limits.maxima(definition, values)), key=_value, default=None)
    if high is not None:
        fits = None if cents is None else cents <= _value(high)
        words = f"U vraagt hoogstens {euro_words(_value(high))}."
        if fits is False:
            over = (cents or 0) - _value(high)
            words = (
                f"U vraagt {euro_words(cents or 0)}. Het meeste{_whose(high)} is"
                f" {euro_words(_value(high))}: {euro_words(over)} minder dus."
            )
        yield Reason("maximum", fits, words, high.article, facts)


def _known(found: tuple[Limit, ...]) -> list[Limit]:
    return [each for each in found if isinstance(each.value, int)]


def _value(limit: Limit) -> int:
    return known(limit.value, limit.path)


def _whose(limit: Limit) -> str:
    return f" voor {limit.whose}" if limit.path.startswith("activities.") else ""


_PERIODS = {
    Period.CALL: " per openstelling",
    Period.CALENDAR_YEAR: " per kalenderjaar",
    Period.EVER: "",
}


def _frequency(definition: Definition, values: Values) -> Iterator[Reason]:
    frequency = definition.applicants.frequency
    if not isinstance(frequency, Frequency):
        return
    earlier = values.get("earlier_applications")
    period = _PERIODS[frequency.period]
    times = f"{frequency.times} keer" if frequency.times > 1 else "één keer"
    holds = earlier < frequency.times if isinstance(earlier, int) else None
    sentence = f"U kunt {times}{period} aanvragen."
    if holds is False:
        sentence += " Dat hebt u al gedaan."
    facts = _seen(values, "earlier_applications")
    yield Reason("frequency", holds, sentence, _article(frequency.article), facts)


def _rule(rule: Rule, values: Values) -> Reason:
    names = sorted(rule.require.names | (rule.when.names if rule.when else frozenset()))
    applies = True if rule.when is None else rule.when.holds(values)
    holds = True if applies is False else rule.require.holds(values) if applies else None
    sentence = rule.met if holds else rule.sentence
    return Reason(rule.code, holds, sentence, _article(rule.article), _seen(values, *names))
