"""From who may and for how much to the problem that the engine solves, by the rule of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assessment.domain import award
from assessment.domain.allocation_model import TOTAL, Option, Problem
from assessment.domain.award_params import (
    NOBODY_VOTES,
    award_params,
    quorum_params,
    receipt_rules,
    vote_in,
)
from assessment.domain.ceiling_names import name_of, names_for
from assessment.domain.frozen import moment_as_compared
from assessment.domain.lottery import draw
from assessment.domain.lowered import with_lowerings
from assessment.domain.scoring import committee_points
from assessment.domain.simulation.cases import ALL, ONE_CHOICE, CannotSimulate, Case, Poll, Stock
from assessment.domain.tally import Counted
from regeling.answers import values_of
from regeling.definition import (
    Column,
    Definition,
    Distribution,
    DistributionRule,
    RouteStep,
    Unknown,
    VoteKind,
    known,
    listed,
)

Made = tuple[Problem | None, dict[str, str]]
"""The problem (None: nobody takes part), and who is not in it with the code that says why."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """A case that may have money, and what the rules allow it (cents)."""

    case: Case
    amount: int


def ceilings_in(definition: Definition, *, total: int | None = None) -> dict[str, int]:
    """What each ceiling of a text holds, in cents by name, after every later publication.

    ``total`` stands in for the one of the whole. Raises ``UnknownValueError``.
    """
    if total is not None and isinstance(definition.ceilings, Unknown):
        return {TOTAL: total}
    found = {}
    for each in known(definition.ceilings, "ceilings"):
        name = name_of(str(each.scope), each.code)
        if name == TOTAL and total is not None:
            found[name] = total
        elif each.changes:
            found[name] = each.changes[-1].amount
        else:
            found[name] = known(each.amount, "ceilings.amount")
    return found


def problem_for(
    definition: Definition,
    stock: Stock,
    entrants: Sequence[Entrant],
    ceilings: Mapping[str, int],
    seed: str,
) -> Made:
    """The engine's inputs. Raises ``CannotSimulate`` where the round lacks what the rule needs."""
    if TOTAL not in ceilings:
        raise CannotSimulate("De tekst noemt geen plafond voor het geheel.")
    distribution = known(definition.distribution, "distribution")
    rule = known(distribution.rule, "distribution.rule")
    place = _Places(definition, ceilings)
    made: Made
    if rule is DistributionRule.RECEIPT:
        made = (_by_turn(definition, entrants, place, _moment(distribution)), {})
    elif rule is DistributionRule.COMMITTEE and not definition.has(RouteStep.VOTE):
        made = _by_committee(definition, entrants, place)
    else:
        made = _in_a_round(definition, stock, entrants, place)
    problem, aside = made
    if problem is None:
        return None, aside
    own = {name: held for name, held in stock.lowered.items() if name in ceilings}
    # A lowering holds for who came later, in order of receipt alone: a round is divided at once.
    drawn = _with_lot(problem, stock.lot, seed)
    return (with_lowerings(drawn, own) if rule is DistributionRule.RECEIPT else drawn), aside


class _Places:
    """Under which ceilings an application of a text falls."""

    def __init__(self, definition: Definition, ceilings: Mapping[str, int]) -> None:
        self.definition = definition
        self.ceilings = dict(ceilings)
        self.there = {
            (scope, code)
            for scope, _colon, code in (name.partition(":") for name in ceilings)
            if code
        }
        self.questions = {
            column: question.code
            for column in _BY_CODE
            if (question := definition.form.filling(column)) is not None
        }

    def of(self, entrant: Entrant) -> tuple[str, ...]:
        """The names of the ceilings that count for it, the total last."""
        if not self.there:
            return (TOTAL,)
        case, tier = entrant.case, self.definition.tier_for(entrant.amount)
        values = values_of(self.definition, case.answers, case.facts)
        codes = {
            str(column): values.get(str(column)) or case.answers.get(self.questions.get(column, ""))
            for column in _BY_CODE
        }
        own = {name: code for name, code in codes.items() if isinstance(code, str)}
        return names_for(self.there, own | {"tier": tier.code if tier else ""})


_BY_CODE = (Column.REGION, Column.ACTIVITY, Column.THEME)


def _moment(distribution: Distribution) -> Callable[[Case], str]:
    grain = str(known(distribution.grain, "distribution.grain"))
    return lambda case: moment_as_compared(case.complete_at, grain)


def _by_turn(
    definition: Definition,
    entrants: Iterable[Entrant],
    place: _Places,
    turn: Callable[[Case], str],
) -> Problem | None:
    """Down the list in the order of ``turn``; also there too few points can be refused."""
    inside = {each.case.uid: each for each in entrants}
    minimum = known(definition.distribution, "distribution").minimum_score
    given = _points(definition, inside, {}) if minimum else dict[str, Any](expert={})
    options = tuple(
        Option(
            key=uid,
            asked=each.amount,
            complete=turn(each.case),
            ceilings=place.of(each),
            expert=given["expert"].get(uid, 0),
        )
        for uid, each in inside.items()
    )
    if not options:
        return None
    rules = replace(receipt_rules(definition), minimum_score=minimum)
    return Problem(options, place.ceilings, rules, expert_scale=given.get("expert_scale", 1))


def _by_committee(definition: Definition, entrants: Sequence[Entrant], place: _Places) -> Made:
    """In the order that a committee made; whom it did not find positive is not in it."""
    if entrants and not any(each.case.turn for each in entrants):
        raise CannotSimulate("Deze tekst volgt een commissie. In deze ronde besliste er geen.")
    found = [each for each in entrants if each.case.turn]
    aside = {each.case.uid: "unjudged" for each in entrants if not each.case.turn}
    return _by_turn(definition, found, place, lambda case: case.turn), aside


def _in_a_round(
    definition: Definition, stock: Stock, entrants: Sequence[Entrant], place: _Places
) -> Made:
    """By votes, by points, in shares, or by lot: as a round is divided."""
    params = award_params(definition)
    poll = _poll(definition, stock, entrants, params)
    inside = {each.case.uid: each for each in entrants if each.case.uid in poll.counted.scores}
    aside = {each.case.uid: "not_voted" for each in entrants if each.case.uid not in inside}
    if not inside:
        return None, aside
    made = {
        "vote": poll.vote,
        "award": params,
        "quorum": quorum_params(vote_in(definition)),
        "panels": [{"name": name, "weight": [top, down]} for name, top, down in poll.panels],
        # Whoever was on the ballots and may not have money stays there, and takes no part.
        "options": [
            _option(uid, inside.get(uid), place, params["grain"]) for uid in poll.counted.scores
        ],
    }
    facts = {
        "ceilings": place.ceilings,
        "withdrawn": [uid for uid in poll.counted.scores if uid not in inside],
        "departures": {
            uid: fixed for uid, each in inside.items() if (fixed := _fixed(each)) is not None
        },
        **_points(definition, inside, params),
        "rights": poll.rights,
    }
    return award.problem(made, poll.counted, facts), aside


def _poll(
    definition: Definition, stock: Stock, entrants: Iterable[Entrant], params: Mapping[str, Any]
) -> Poll:
    """The votes of the round; where the text knows no vote, everybody stands without one."""
    votes, rule = definition.has(RouteStep.VOTE), params["rule"]
    if votes and stock.poll is not None:
        if rule == "equal_shares" and stock.poll.counted.ballots and not stock.poll.counted.profile:
            raise CannotSimulate(
                "Gelijke delen kijkt naar de stembiljetten zelf, en die zijn er niet bij."
            )
        if rule == "equal_shares" and stock.poll.vote["kind"] == VoteKind.CHOOSE_ONE:
            raise CannotSimulate(ONE_CHOICE)
        return stock.poll
    if rule in NEEDS_VOTES or (votes and rule == "pro_rata"):
        raise CannotSimulate("Deze tekst verdeelt naar stemmen. In deze ronde is niet gestemd.")
    nobody = {each.case.uid: 0 for each in entrants}
    return Poll(Counted(0, {}, nobody, nobody), NOBODY_VOTES)


NEEDS_VOTES = ("greedy", "equal_shares")


def _points(
    definition: Definition, inside: Mapping[str, Entrant], params: Mapping[str, Any]
) -> dict[str, Any]:
    """What experts gave, weighed as this text weighs its criteria."""
    weights = {each.code: each.weight for each in listed(definition.criteria)} | {ALL: 1}
    marks = {
        uid: {
            who: {code: mark for code, mark in given.items() if code in weights}
            for who, given in each.case.marks.items()
        }
        for uid, each in inside.items()
    }
    points, scale = committee_points(marks, weights)
    scored = any(given for experts in marks.values() for given in experts.values())
    minimum = known(definition.distribution, "distribution").minimum_score
    if inside and not scored and (minimum or params.get("rule") == "score"):
        raise CannotSimulate("Deze tekst kijkt naar punten. In deze ronde gaf niemand punten.")
    one = params.get("tie_criterion", "")
    alone = {
        uid: {who: {one: given.get(one, 0)} for who, given in experts.items()}
        for uid, experts in marks.items()
    }
    return {
        "expert": points,
        "expert_scale": scale,
        "marks": committee_points(alone, weights)[0] if one else {},
    }


def _option(uid: str, entrant: Entrant | None, place: _Places, grain: str) -> dict[str, Any]:
    if entrant is None:
        return {"uid": uid, "amount": 1, "complete_at": "", "ceilings": (TOTAL,), "group": ""}
    return {
        "uid": uid,
        "amount": entrant.amount,
        "complete_at": moment_as_compared(entrant.case.complete_at, grain),
        "ceilings": place.of(entrant),
        "group": entrant.case.group,
    }


def _fixed(entrant: Entrant) -> int | None:
    """What the decision maker set apart, at most what this text allows."""
    fixed = entrant.case.fixed
    return None if fixed is None else min(fixed, entrant.amount)


def _with_lot(problem: Problem, drawn: Sequence[str], seed: str) -> Problem:
    """The lot as it was drawn; who was not in it comes behind, in an order that follows from the
    seed. Nothing is drawn where the text draws no lot, or where there is neither lot nor seed."""
    draws = problem.rules.rule == "lottery" or "lot" in problem.rules.ties
    if not draws or not (drawn or seed):
        return problem
    keys = {option.key for option in problem.options}
    first = tuple(key for key in drawn if key in keys)
    return replace(problem, lot=first + draw(seed, keys - set(first)))
