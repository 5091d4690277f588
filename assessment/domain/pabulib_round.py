"""A decided round of this house in Pabulib format. Pure: plain values in, text out.

Holds what may be published of single ballots and nothing else: options, amounts, totals, and the
ballots in a shuffled order under numbers that mean nothing. Whether it may be made at all is
``publishing.may_list``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessment.domain.allocation_model import TOTAL, Option, Outcome, Problem
from assessment.domain.award import ONE_EACH
from assessment.domain.marks import read
from assessment.domain.pabulib import write_pabulib
from assessment.domain.standing import supporters_needed

VOTE_TYPES_OF_KINDS = {
    "choose_one": "choose-1",
    "approval": "approval",
    "knapsack": "approval",
    "points": "cumulative",
    "household": "cumulative",
    "ranking": "ordinal",
    "score": "scoring",
}
RULE_LABELS = {
    "skip": "greedy",
    "stop": "greedy-no-skip",
    "partial": "greedy-custom",
}
SELECTED = {"awarded": 1, "awarded_partly": 2, "awarded_share": 2, "departed_award": 3}
SELECTED_COMMENT = "selected is 1 for a whole award, 2 for a part, 3 for a departure from the vote."


def pabulib_of_round(
    params: Mapping[str, Any],
    problem: Problem,
    outcome: Outcome,
    ballots: Sequence[tuple[str, str]],
    *,
    words: Mapping[str, str],
    titles: Mapping[str, str],
    numbers: Sequence[int],
) -> str:
    """The text of the file.

    ``ballots`` are (panel, canonical choices), ``numbers`` as many different voter ids, in the
    order in which ballots are to stand; ``words`` fill description, unit, instance, date_begin and
    date_end; ``titles`` are the public names of the options by uid.
    """
    if len(set(numbers)) != len(ballots):
        raise ValueError("every ballot has one number of its own")
    panels = len(params["panels"]) > 1
    votes = [
        {"voter_id": number, **_vote(params["vote"], choices), "panel": panel}
        for number, (panel, choices) in zip(numbers, ballots, strict=True)
    ]
    columns = ["voter_id", "vote"]
    columns += ["points"] * (params["vote"]["kind"] in ("points", "household", "ranking", "score"))
    columns += ["panel"] * panels
    return write_pabulib(
        dict(_meta(params, problem, outcome, len(ballots), words)),
        [_project(option, problem, outcome, titles) for option in _by_title(problem, titles)],
        votes,
        columns,
    )


def _meta(
    params: Mapping[str, Any],
    problem: Problem,
    outcome: Outcome,
    ballots: int,
    words: Mapping[str, str],
) -> Iterator[tuple[str, object]]:
    vote = params["vote"]
    yield "description", words["description"]
    yield "country", "Netherlands"
    yield "unit", words["unit"]
    yield "instance", words["instance"]
    yield "num_projects", len(problem.options)
    yield "num_votes", ballots
    yield "budget", _euros(problem.ceilings[TOTAL])
    yield "vote_type", VOTE_TYPES_OF_KINDS[vote["kind"]]
    yield "rule", _rule_label(problem)
    yield "date_begin", words["date_begin"]
    yield "date_end", words["date_end"]
    yield from _limits(vote)
    least = problem.rules.minimum_votes
    if vote["kind"] in ONE_EACH:
        least = max(least, supporters_needed(problem))
    if least:
        yield "min_project_score_threshold", least
    narrow = sorted(name for name in problem.ceilings if name != TOTAL)
    if narrow:
        yield "categories", ",".join(narrow)
        yield "budget_per_category", ",".join(_euros(problem.ceilings[name]) for name in narrow)
    yield "language", "nl"
    yield "currency", "EUR"
    yield "comment", _comment(params, problem, outcome)


def _limits(vote: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    limits: dict[str, object] = {"min_length": vote["minimum"], "max_length": vote["maximum"]}
    match vote["kind"]:
        case "knapsack":
            limits["max_sum_cost"] = _euros(vote["budget"])
        case "points":
            limits |= {"max_points": vote["most_per_option"], "max_sum_points": vote["points"]}
        case "household":
            limits["max_sum_points"] = _euros(vote["amount"])
        case "score":
            yield "min_points", vote["lowest"]
            yield "max_points", vote["highest"]
            yield "default_score", 0
    for name, value in limits.items():
        if value:
            yield name, value


def _rule_label(problem: Problem) -> str:
    """The name of the rule as the library writes it, as near as one exists."""
    rules = problem.rules
    plain = not rules.ceiling_misfit and rules.leftover == "none" and not rules.expert_percent
    if rules.rule == "equal_shares":
        label = "equalshares/add1" if rules.step else "equalshares"
        return f"{label}-comparison" if rules.comparison else label
    if rules.rule != "greedy" or len(problem.ceilings) > 1 or not plain:
        return "greedy-custom" if rules.rule == "greedy" else "unknown"
    label = RULE_LABELS[rules.on_misfit]
    threshold = rules.minimum_votes or rules.minimum_percent
    return "greedy-threshold" if label == "greedy" and threshold else label


def _comment(params: Mapping[str, Any], problem: Problem, outcome: Outcome) -> str:
    rules = problem.rules
    by_ceiling = f", ceilings {rules.ceiling_misfit}" if rules.ceiling_misfit else ""
    ties = "/".join(rules.ties) or "none"
    told = [
        (
            f"round {params['round']}: {rules.rule}, on_misfit {rules.on_misfit}{by_ceiling}, "
            f"leftover {rules.leftover}, ties {ties}."
        )
    ]
    told.append("The budget is what was left under each ceiling when the money was divided.")
    told.append("Voter ids are random and the order of ballots is shuffled.")
    if params["vote"]["kind"] == "household":
        told.append("Points are euros that a voter set aside.")
    if any(option.withdrawn for option in problem.options):
        told.append("Projects with selected=0 may have been withdrawn during the vote.")
    weights = {panel["name"]: panel["weight"] for panel in params["panels"]}
    if len({Fraction(top, bottom) for top, bottom in weights.values()}) > 1:
        each = ", ".join(f"{name} {top}/{bottom}" for name, (top, bottom) in weights.items())
        told.append(
            f"A ballot weighs by its panel: {each}; votes and score are counted unweighted."
        )
    if {row.code for row in outcome.rows} & (SELECTED.keys() - {"awarded"}):
        told.append(SELECTED_COMMENT)
    return " ".join(f"#{number}: {line}" for number, line in enumerate(told, start=1))


def _by_title(problem: Problem, titles: Mapping[str, str]) -> list[Option]:
    return sorted(problem.options, key=lambda option: (titles[option.key], option.key))


def _project(
    option: Option, problem: Problem, outcome: Outcome, titles: Mapping[str, str]
) -> dict[str, object]:
    row = next(row for row in outcome.rows if row.key == option.key)
    project: dict[str, object] = {
        "project_id": option.key,
        "cost": _euros(option.asked),
        "name": " ".join(titles[option.key].split()),
        "selected": SELECTED.get(row.code, 0),
    }
    if len(problem.ceilings) > 1:
        project["category"] = ",".join(name for name in option.ceilings if name != TOTAL)
    return project


def _vote(vote: Mapping[str, Any], choices: str) -> dict[str, str]:
    """A ballot: most points first, equals by id; points beside it in the same order."""
    marks = read(choices)
    if vote["kind"] == "ranking":
        points = [*vote["rank_points"], *[0] * len(marks)]
        return _columns([(uid, str(each)) for uid, each in zip(marks, points, strict=False)])
    if isinstance(marks, list):
        return _columns([(uid, "1") for uid in marks])
    written: Callable[[int], str] = _euros if vote["kind"] == "household" else str
    by_points = sorted(marks.items(), key=lambda mark: (-mark[1], mark[0]))
    return _columns([(uid, written(each)) for uid, each in by_points])


def _columns(given: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {
        "vote": ",".join(uid for uid, _points in given),
        "points": ",".join(points for _uid, points in given),
    }


def _euros(cents: int) -> str:
    return str(cents // 100) if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02d}"
