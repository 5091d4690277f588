"""Many rounds that might be, in a few figures: what to expect, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from assessment.domain.forecast.assumptions import (
    COACHING,
    COMPLETENESS,
    DECISION,
    MINUTES,
    MOST_OF_SHARES,
    PANEL,
    REVIEW,
    SUPPLEMENT,
    VOTERS,
    Assumptions,
    in_words,
)
from assessment.domain.forecast.dates import LegalDay, dates_of
from assessment.domain.forecast.field import Field, field_of
from assessment.domain.forecast.play import Played, play
from assessment.domain.simulation.change import Changes, changed
from regeling.definition import Definition, DistributionRule, RouteStep, Unknown

AFTER = {COACHING: -1, COMPLETENESS: 0, REVIEW: 1, PANEL: 2, DECISION: 3}
"""In which week after an application came in each step is done; where the money of a round is
divided at once, the decisions come so many weeks after its end."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over all rounds: rounded average, and what it is or less in one, five and nine of
    ten rounds."""

    mean: int
    p10: int
    p50: int
    p90: int


@dataclass(frozen=True, slots=True)
class Week:
    """Work in one week of the round for one broker, in minutes; ``starts`` where the text has
    days. Weeks below nothing lie before the opening."""

    number: int
    starts: date | None
    minutes: Spread


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect of a text. ``lot`` is in how many of the rounds equals decided over money,
    ``draws`` whether the text draws a lot then (else they stay open); ``few`` in how many too few
    voted. Amounts in cents."""

    title: str
    slug: str
    given: Assumptions
    seed: int
    lot: int
    draws: bool
    few: int
    asked: Spread
    granted: Spread
    left: Spread
    funded: Spread
    weeks: tuple[Week, ...]
    days: tuple[LegalDay, ...]
    assumed: tuple[str, ...]

    @property
    def rounds(self) -> int:
        return self.given.rounds

    @property
    def lot_per_thousand(self) -> int:
        """The chance that a lot decides, in thousandths, rounded."""
        return (2000 * self.lot + self.rounds) // (2 * self.rounds)


def outlook(
    definition: Definition, given: Assumptions, *, seed: int, changes: Changes | None = None
) -> Outlook:
    """Play the rounds of a text, with other values where ``changes`` has them. The same text,
    assumptions and seed give the same outlook.

    Raises ``CannotSimulate`` where the text leaves something unknown that a round needs.
    """
    changes = changes or Changes()
    definition = changed(definition, changes)
    field = field_of(definition, given, total=changes.ceiling)
    if field.rules.rule == "equal_shares":
        given = replace(given, rounds=min(given.rounds, MOST_OF_SHARES))
    dice = Random(seed)  # noqa: S311  # a forecast is repeated from its seed, nobody's money hangs on it
    played = [play(field, given, dice) for _ in range(given.rounds)]
    return Outlook(
        title=definition.identity.title,
        slug=definition.identity.slug,
        given=given,
        seed=seed,
        lot=sum(each.lot for each in played),
        draws=field.draws,
        few=sum(each.few for each in played),
        asked=spread([each.asked for each in played]),
        granted=spread([each.granted for each in played]),
        left=spread([each.left for each in played]),
        funded=spread([each.funded for each in played]),
        weeks=tuple(_weeks(field, given, played)),
        days=dates_of(definition),
        assumed=in_words(
            given,
            steps=[step for step in MINUTES if _has(definition, step)],
            votes=field.vote is not None,
            points=_scores(field),
            closes=field.closes,
            shares=field.rules.rule == "equal_shares",
        ),
    )


def spread(values: Sequence[int]) -> Spread:
    """The figures of a row of values; a percentile is the value at the nearest rank."""
    ordered = sorted(values)
    number = len(ordered)

    def at(percent: int) -> int:
        return ordered[-(-percent * number // 100) - 1]

    mean = (2 * sum(ordered) + number) // (2 * number)
    return Spread(mean, at(10), at(50), at(90))


def _scores(field: Field) -> bool:
    distribution = field.definition.distribution
    rule = None if isinstance(distribution, Unknown) else distribution.rule
    by_points = rule in (DistributionRule.SCORE, DistributionRule.COMMITTEE)
    return bool(field.criteria) and (by_points or field.rules.expert_percent > 0)


def _weeks(field: Field, given: Assumptions, played: Sequence[Played]) -> list[Week]:
    """The work of every week, from the first with work to the last."""
    loads = [_work(field, given, each.arrivals) for each in played]
    numbers = sorted({week for load in loads for week in load})
    if not numbers:
        return []
    first = field.window[0] if field.window else None
    return [
        Week(
            number,
            first + timedelta(weeks=number) if first else None,
            spread([load.get(number, 0) // given.brokers for load in loads]),
        )
        for number in range(numbers[0], numbers[-1] + 1)
    ]


def _work(field: Field, given: Assumptions, arrivals: Sequence[int]) -> dict[int, int]:
    """Minutes of work by week of the round, of all brokers together."""
    definition, found = field.definition, dict[int, int]()
    after = dict(AFTER)
    if definition.has(RouteStep.COMPLETENESS):
        after[SUPPLEMENT] = 1 + _repair(definition)
    together = after.pop(DECISION) + _end(field) if not field.turn else None
    steps = [
        (week, given.minutes.get(step, 0) * (given.supplements if step == SUPPLEMENT else 100))
        for step, week in after.items()
        if _has(definition, step)
    ]
    for number, count in enumerate(arrivals):
        for week, hundredths in steps if count else ():
            found[number + week] = found.get(number + week, 0) + count * hundredths // 100
    if together is not None:
        decided = sum(arrivals) * given.minutes.get(DECISION, 0)
        found[together] = found.get(together, 0) + decided
    for week in _voting_weeks(field):
        share = given.voters * given.minutes.get(VOTERS, 0) // 10
        found[week] = found.get(week, 0) + share // len(_voting_weeks(field))
    return found


def _end(field: Field) -> int:
    """The last week of a round in which the money is divided at once: of the vote, or else of the
    time in which people apply."""
    voting = _voting_weeks(field)
    return voting[-1] if voting else field.weeks - 1


def _has(definition: Definition, step: str) -> bool:
    """Whether the route has a step; every application is decided about."""
    routes = {
        COACHING: RouteStep.COACHING,
        COMPLETENESS: RouteStep.COMPLETENESS,
        SUPPLEMENT: RouteStep.COMPLETENESS,
        REVIEW: RouteStep.REVIEW,
        PANEL: RouteStep.PANEL,
        VOTERS: RouteStep.VOTE,
    }
    return step == DECISION or definition.has(routes[step])


def _repair(definition: Definition) -> int:
    weeks = definition.terms.repair_weeks
    return 4 if isinstance(weeks, Unknown) else weeks


def _voting_weeks(field: Field) -> range:
    """The weeks of the round in which people vote; after the closing where no days are known."""
    vote = field.vote
    if vote is None:
        return range(0)
    if (
        field.window
        and not isinstance(vote.opens, Unknown)
        and not isinstance(vote.closes, Unknown)
    ):
        first = (vote.opens - field.window[0]).days // 7
        return range(first, max(first, (vote.closes - field.window[0]).days // 7) + 1)
    return range(field.weeks, field.weeks + 2)
