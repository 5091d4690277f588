"""What a text says that a round depends on, read once before any dice fall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assessment.domain.allocation_model import TOTAL, Quorum, Rules
from assessment.domain.award_params import (
    NOBODY_VOTES,
    award_params,
    ballot_params,
    receipt_rules,
    vote_in,
)
from assessment.domain.ceiling_names import names_for
from assessment.domain.forecast.assumptions import Assumptions, CannotForecast
from assessment.domain.simulation.cases import ONE_CHOICE, unknown_words
from assessment.domain.simulation.problems import ceilings_in
from regeling import limits
from regeling.definition import (
    Criterion,
    CriterionKind,
    Definition,
    DistributionRule,
    Grain,
    Unknown,
    UnknownValueError,
    Vote,
    VoteKind,
    Window,
    known,
    listed,
)
from timeline import clock

STEP = 5_000
"""Cents: people ask amounts in steps of EUR 50."""
PART = 20
"""Without a maximum people ask at most one in twenty of the ceiling."""
YEAR_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Place:
    """Where and for what somebody applies, with the most and the least that can be asked there
    (cents) and the codes of the ceilings that count."""

    codes: tuple[tuple[str, str], ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Field:
    """A round to be played: money, rule, places, votes and time.

    ``turn`` says by what who goes first is told: ``receipt``, ``committee``, or empty where the
    engine's own rule orders. ``draws`` whether the text draws a lot between equals. ``window`` are
    the first and the last day, where the text has them; ``weeks`` how long it is open.
    """

    definition: Definition
    ceilings: Mapping[str, int]
    there: frozenset[tuple[str, str]]
    places: tuple[Place, ...]
    rules: Rules
    turn: str
    draws: bool
    by_day: bool
    vote: Vote | None
    ballot: Mapping[str, Any]
    quorum: Quorum
    criteria: tuple[Criterion, ...]
    window: tuple[date, date] | None
    weeks: int
    closes: bool

    def names(self, place: Place, cents: int) -> tuple[str, ...]:
        """The ceilings that count for an amount there, the total last."""
        if not self.there:
            return (TOTAL,)
        tier = self.definition.tier_for(cents)
        return names_for(self.there, dict(place.codes) | {"tier": tier.code if tier else ""})


def field_of(definition: Definition, given: Assumptions, *, total: int | None = None) -> Field:
    """Read a text; ``total`` (cents) stands in for its ceiling. Raises ``CannotForecast`` naming
    what is unknown and needed."""
    try:
        return _field(definition, given, total)
    except UnknownValueError as unknown:
        raise CannotForecast(unknown_words(unknown)) from unknown


def _field(definition: Definition, given: Assumptions, total: int | None) -> Field:
    distribution = known(definition.distribution, "distribution")
    rule = known(distribution.rule, "distribution.rule")
    ceilings = ceilings_in(definition, total=total)
    if TOTAL not in ceilings:
        raise CannotForecast("De tekst noemt geen plafond voor het geheel.")
    vote = vote_in(definition)
    by_committee = rule is DistributionRule.COMMITTEE and vote is None
    turn = "receipt" if rule is DistributionRule.RECEIPT else "committee" if by_committee else ""
    if not turn and vote is None and str(rule) in ("votes", "equal_shares"):
        raise CannotForecast("De tekst verdeelt naar stemmen, maar niemand stemt.")
    if vote is not None and not given.voters:
        raise CannotForecast("Hier wordt gestemd. Zeg ook hoeveel mensen er stemmen.")
    if rule is DistributionRule.EQUAL_SHARES and vote and vote.kind is VoteKind.CHOOSE_ONE:
        raise CannotForecast(ONE_CHOICE)
    rules = receipt_rules(definition) if turn else _rules(definition, vote)
    if rules.rule == "equal_shares":
        rules = replace(rules, step=_coarse(rules.step, ceilings[TOTAL], given.voters))
    window, weeks, closes = _open(definition)
    ties = known(distribution.ties, "distribution.ties")
    draws = "lot" in [str(each) for each in ties] or rules.rule == "lottery"
    return Field(
        definition=definition,
        ceilings=ceilings,
        there=frozenset(
            (scope, code)
            for scope, _colon, code in (name.partition(":") for name in ceilings)
            if code
        ),
        places=_places(definition, ceilings[TOTAL]),
        # The lot comes last also where the text draws none: then it shows that equals stay open.
        rules=rules if "lot" in rules.ties else replace(rules, ties=(*rules.ties, "lot")),
        turn=turn,
        draws=draws,
        by_day=known(distribution.grain, "distribution.grain") is Grain.DAY,
        vote=vote,
        ballot=ballot_params(vote, ceilings) if vote else NOBODY_VOTES,
        quorum=_quorum(vote, given),
        criteria=tuple(
            each for each in listed(definition.criteria) if each.kind is CriterionKind.SCORE
        ),
        window=window,
        weeks=weeks,
        closes=closes,
    )


def _rules(definition: Definition, vote: Vote | None) -> Rules:
    award = award_params(definition)
    return Rules(
        rule=award["rule"],
        on_misfit=award["on_misfit"],
        ties=tuple(award["ties"]),
        minimum_votes=award["minimum_votes"],
        minimum_percent=award["minimum_percent"],
        ceiling_misfit=award["ceiling_misfit"],
        leftover=award["leftover"],
        expert_percent=award["expert_percent"],
        normalisation=award["normalisation"],
        minimum_score=award["minimum_score"],
        bonus=award["bonus"],
        step=award["step"],
        add1=award["add1"],
        completion=award["completion"] or "none",
        comparison=award["comparison"],
        floor=award["floor"],
        cap=award["cap"],
        kind=str(known(vote.kind, "vote.kind")) if vote else "review",
    )


def _coarse(step: int, total: int, voters: int) -> int:
    """Cents by which equal shares grow here: at least what a voter begins with, so that hundreds of
    rounds do not take all day; what is left then goes by the completion of the text."""
    return max(step, total // voters, 1)


def _quorum(vote: Vote | None, given: Assumptions) -> Quorum:
    """Of the rights nothing is known: only a number of ballots can be missed."""
    asked = vote.quorum if vote else None
    if asked is None or not asked.ballots or asked.percent:
        return Quorum(ballots=given.voters, given=given.voters)
    return Quorum(asked.ballots, given.voters, given.voters, str(asked.consequence))


def _places(definition: Definition, total: int) -> tuple[Place, ...]:
    """Every municipality with every activity and theme: each as likely."""
    territory = definition.territory
    themes = tuple(each.code for each in definition.themes) or ("",)
    found = []
    for municipality in territory.all_municipalities or ("",):
        region = territory.region_of(municipality) if municipality else None
        for activity in tuple(each.code for each in definition.activities) or ("",):
            values = {"municipality": municipality or None, "activity": activity or None}
            least, most = _limits(definition, values, total)
            found += [
                Place(
                    (
                        ("region", region.code if region else ""),
                        ("activity", activity),
                        ("theme", theme),
                    ),
                    least,
                    most,
                )
                for theme in themes
            ]
    return tuple(found)


def _limits(definition: Definition, values: limits.Values, total: int) -> tuple[int, int]:
    """The least and the most that people ask there; a fixed amount is both."""
    fixed = limits.fixed(definition, values)
    if fixed is not None:
        return fixed, fixed
    tops = limits.maxima(definition, values)
    for top in tops:
        known(top.value, top.path)
    tier = max((each.maximum for each in definition.amounts.tiers), default=None)
    known_tops = [each for each in (limits.lowest(tops), tier) if each is not None]
    most = max(1, min(known_tops, default=total // PART))
    least = limits.highest(limits.minima(definition, values))
    return min(most, STEP if least is None else least), most


def _open(definition: Definition) -> tuple[tuple[date, date] | None, int, bool]:
    """First and last day, how many weeks, and whether there is a closing day at all."""
    windows = listed(definition.windows)
    window = windows[0] if windows else None
    if window is None:
        return None, YEAR_WEEKS, False
    first = None if isinstance(window.opens, Unknown) else window.opens
    last = _last_day(window)
    if first is None or last is None or last < first:
        return None, YEAR_WEEKS, window.closes is not None
    return (first, last), max(1, -(-((last - first).days + 1) // 7)), True


def _last_day(window: Window) -> date | None:
    """The last day on which an application is in time."""
    closes = window.closes_at
    if closes is None or isinstance(closes, Unknown):
        return None
    return clock.day(closes - timedelta(seconds=1))
