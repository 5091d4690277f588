"""From frozen rules, a count and the facts of the day to the problem that the engine solves.

Standard library only: the stand-alone script builds the same problem from the published files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.domain.allocation_model import Option, Problem, Quorum, Rules
from assessment.domain.tally import Counted

ONE_EACH = ("choose_one", "approval", "knapsack")


def problem(params: Mapping[str, Any], counted: Counted, facts: Mapping[str, Any]) -> Problem:
    """What ``allocate`` takes.

    ``params`` are the frozen rules (version 2). ``facts`` are what was not yet known when they were
    frozen: ``ceilings`` {name: cents available}, ``withdrawn`` [uid], ``lot`` [uid] in the order
    drawn (empty without one), ``departures`` {uid: cents}, ``expert`` {uid: score} and ``marks``
    {uid: score on the criterion that breaks ties} over ``expert_scale``, and ``rights`` {panel:
    rights given out}; what is absent is empty. Where nobody votes and the money is shared, everyone
    stands for what she asks.
    """
    withdrawn, departures = set(facts.get("withdrawn", ())), facts.get("departures", {})
    one_each = params["vote"]["kind"] in ONE_EACH and all(
        panel["weight"][0] == panel["weight"][1] for panel in params["panels"]
    )
    return Problem(
        options=tuple(
            Option(
                key=option["uid"],
                asked=option["amount"],
                votes=_votes(params, counted, option),
                complete=option["complete_at"] or "",
                ceilings=tuple(option["ceilings"]),
                # Where every vote is one voter there is one figure, not two.
                supporters=None if one_each else counted.supporters[option["uid"]],
                expert=facts.get("expert", {}).get(option["uid"], 0),
                mark=facts.get("marks", {}).get(option["uid"], 0),
                group=option.get("group", ""),
                withdrawn=option["uid"] in withdrawn,
                fixed=None if option["uid"] in withdrawn else departures.get(option["uid"]),
            )
            for option in params["options"]
        ),
        ceilings=dict(facts["ceilings"]),
        rules=_rules(params),
        ballots=counted.ballots,
        lot=tuple(facts.get("lot", ())),
        scale=counted.scale,
        expert_scale=facts.get("expert_scale", 1),
        quorum=quorum(params, counted, facts.get("rights", {})),
        profile=counted.profile,
    )


def facts_in(problem: Problem) -> dict[str, Any]:
    """The facts with which ``problem`` was made, from the problem itself; ``rights`` as one sum.

    What only a ranking by points needs is there only then.
    """
    options = sorted(problem.options, key=lambda option: option.key)
    points: dict[str, Any] = {}
    if problem.rules.rule == "score" or problem.rules.minimum_score:
        marks = {option.key: option.mark for option in options if option.mark}
        points = {"marks": marks, "expert_scale": problem.expert_scale}
    return {
        **points,
        "ceilings": dict(sorted(problem.ceilings.items())),
        "withdrawn": [option.key for option in options if option.withdrawn],
        "lot": list(problem.lot),
        "departures": {o.key: o.fixed for o in options if o.fixed is not None},
        "expert": {option.key: option.expert for option in options if option.expert},
        "rights": {"": problem.quorum.given} if problem.quorum.given else {},
    }


def quorum(params: Mapping[str, Any], counted: Counted, rights: Mapping[str, int]) -> Quorum:
    """Whether enough people voted: so many ballots, or so many percent of the rights given out
    (rounded up), whichever is lower; ``rights`` are those per panel."""
    asked, given = params["quorum"], sum(rights.values())
    bars = []
    if asked["ballots"]:
        bars.append(asked["ballots"])
    if asked["percent"]:
        bars.append(-(-asked["percent"] * given // 100))
    return Quorum(min(bars, default=0), counted.ballots, given, asked["consequence"])


def _votes(params: Mapping[str, Any], counted: Counted, option: Mapping[str, Any]) -> int:
    if params["vote"]["kind"] == "review":
        return int(option["amount"]) if params["award"]["rule"] == "pro_rata" else 0
    return counted.scores[str(option["uid"])]


def _rules(params: Mapping[str, Any]) -> Rules:
    award = params["award"]
    return Rules(
        rule=award["rule"],
        on_misfit=award["on_misfit"] or "skip",
        ties=tuple(award["ties"]),
        minimum_votes=award["minimum_votes"],
        minimum_percent=award["minimum_percent"],
        ceiling_misfit=award["ceiling_misfit"] or "",
        leftover=award["leftover"] or "none",
        expert_percent=award["expert_percent"],
        normalisation=award["normalisation"] or "",
        minimum_score=award.get("minimum_score", 0),
        bonus=award.get("bonus", 0),
        step=award["step"],
        add1=award["add1"] or "",
        completion=award["completion"] or "none",
        comparison=award["comparison"],
        floor=award["floor"],
        cap=award["cap"],
        kind=params["vote"]["kind"],
    )
