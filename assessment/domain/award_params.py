"""What a definition says about votes and division, as the plain values that the engine takes.

The same reading serves a round that opens, the order of receipt, and a simulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.domain.allocation_model import TOTAL, Rules
from regeling.definition import (
    Definition,
    DistributionRule,
    RouteStep,
    Vote,
    VoteKind,
    known,
)

RULES = {
    DistributionRule.SCORE: "score",
    DistributionRule.VOTES: "greedy",
    DistributionRule.COMMITTEE: "greedy",
    DistributionRule.EQUAL_SHARES: "equal_shares",
    DistributionRule.PRO_RATA: "pro_rata",
    DistributionRule.LOTTERY: "lottery",
    DistributionRule.RECEIPT: "receipt",
}


def vote_in(definition: Definition) -> Vote | None:
    """The vote of a regulation; None where nobody votes."""
    return known(definition.vote, "vote") if definition.has(RouteStep.VOTE) else None


NOBODY_VOTES: dict[str, Any] = {
    "kind": "review",
    "minimum": 0,
    "maximum": 0,
    "points": 0,
    "most_per_option": 0,
    "rank_points": [],
    "lowest": 0,
    "highest": 0,
    "budget": 0,
    "amount": 0,
    "step": 0,
}
"""The ballot of a ranking that rests on reviews alone."""


def ballot_params(vote: Vote, ceilings: Mapping[str, int]) -> dict[str, Any]:
    """What voters do on a ballot; a knapsack without a budget holds the total of ``ceilings``."""
    kind = known(vote.kind, "vote.kind")
    return {
        "kind": str(kind),
        "minimum": known(vote.minimum, "vote.minimum"),
        "maximum": known(vote.maximum, "vote.maximum"),
        "points": vote.points,
        "most_per_option": vote.most_per_option,
        "rank_points": list(vote.rank_points),
        "lowest": vote.lowest,
        "highest": vote.highest,
        "budget": vote.budget or (ceilings[TOTAL] if kind is VoteKind.KNAPSACK else 0),
        "amount": vote.amount,
        "step": vote.step,
    }


def quorum_params(vote: Vote | None) -> dict[str, Any]:
    """How many must vote, and what follows from too few; nothing where nobody votes."""
    quorum = vote.quorum if vote else None
    return {
        "ballots": quorum.ballots if quorum else 0,
        "percent": quorum.percent if quorum else 0,
        "consequence": str(quorum.consequence) if quorum else "",
    }


def award_params(definition: Definition) -> dict[str, Any]:
    """How a round divides the money. Raises ``UnknownValueError`` for what is unknown, and
    ``KeyError`` for a rule that no round has."""
    rule = known(definition.distribution, "distribution")
    shares = rule.equal_shares
    return {
        "rule": RULES[known(rule.rule, "distribution.rule")],
        "on_misfit": str(known(rule.on_misfit, "distribution.on_misfit")),
        "ceiling_misfit": str(rule.ceiling_misfit or ""),
        "leftover": str(rule.leftover),
        "ties": [str(each) for each in known(rule.ties, "distribution.ties")],
        "minimum_votes": rule.minimum_votes,
        "minimum_percent": rule.minimum_percent,
        "grain": str(known(rule.grain, "distribution.grain")),
        "expert_percent": rule.expert_percent,
        "normalisation": str(rule.normalisation or ""),
        "minimum_score": rule.minimum_score,
        "bonus": rule.vote_bonus.most if rule.vote_bonus else 0,
        "tie_criterion": rule.tie_criterion or "",
        "step": shares.step if shares else 0,
        "add1": str(shares.add1) if shares else "",
        "completion": str(shares.completion) if shares else "",
        "comparison": bool(shares and shares.comparison),
        "floor": rule.floor,
        "cap": rule.cap,
    }


def receipt_rules(definition: Definition) -> Rules:
    """How money is divided by who was complete first, or in the order that a committee made."""
    distribution = known(definition.distribution, "distribution")
    return Rules(
        rule="receipt",
        on_misfit=str(known(distribution.on_misfit, "distribution.on_misfit")),
        ties=tuple(str(rule) for rule in known(distribution.ties, "distribution.ties")),
    )
