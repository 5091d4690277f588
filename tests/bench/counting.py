"""How long counting and dividing take, beside the barest thing that reads the same ballots."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from assessment.domain import tally
from assessment.domain.allocation import Outcome, Problem, allocate
from assessment.domain.award import problem
from tests.bench.measures import Figure, best, busy, timed

BALLOTS, OPTIONS = 100_000, 100
BUDGET = 1_000_000_00
STEP = 20  # cents a voter: 2 % of the first share of ten euros


def counting() -> Iterator[Figure]:
    """Greedy from the stored count and from the ballots, and equal shares with increments; from a
    ballot's text to every row of the outcome, without a database."""
    ballots = list(_ballots())
    rules = _params("greedy")
    stored = tally.as_text(tally.count(rules, ballots))
    counts = best(lambda: allocate(_problem(rules, tally.from_text(stored))))
    size = f"{BALLOTS:,} x {OPTIONS}"
    yield Figure("greedy from counts", counts, "s", "0.5", size)
    bare = best(lambda: [json.loads(choices) for _panel, choices in ballots])
    whole = best(lambda: _from_ballots(rules, ballots), times=2)
    yield Figure("greedy from ballots", whole, "s", "3", f"json.loads alone {bare:.2f} s")
    shares = _params("equal_shares")
    steps: list[int] = []
    processor = 0.0

    def shared_out() -> None:
        nonlocal processor
        processor = busy(lambda: _from_ballots(shares, ballots, steps))

    took = timed(shared_out)
    beside = f"{size}, {len(steps)} increments of 2 %, each told; {processor:.1f} s of processor"
    yield Figure("equal shares", took, "s", "10", beside)


def _from_ballots(
    params: dict[str, Any], ballots: list[tuple[str, str]], steps: list[int] | None = None
) -> Outcome:
    made = _problem(params, tally.count(params, ballots))
    return allocate(made, lambda step, _spent: None if steps is None else steps.append(step))


def _problem(params: dict[str, Any], counted: tally.Counted) -> Problem:
    return problem(params, counted, {"ceilings": {"total": BUDGET}})


def _ballots() -> Iterator[tuple[str, str]]:
    """Approval ballots of three to ten options, of which some are much liked and most are not."""
    dice = random.Random(1)
    liked = [min(dice.paretovariate(1.2) + 0.5, 8) for _ in range(OPTIONS)]
    for _ in range(BALLOTS):
        chosen = set(dice.choices(range(OPTIONS), liked, k=dice.randint(3, 10)))
        yield "all", json.dumps(sorted(map(_uid, chosen)), separators=(",", ":"))


def _params(rule: str) -> dict[str, Any]:
    dice = random.Random(2)
    return {
        "vote": {"kind": "approval", "rank_points": []},
        "panels": [{"name": "all", "weight": [1, 1]}],
        "quorum": {"ballots": 0, "percent": 0, "consequence": ""},
        "award": {
            "rule": rule,
            "on_misfit": "skip",
            "ceiling_misfit": "",
            "leftover": "none",
            "ties": ["lower_amount"],
            "minimum_votes": 0,
            "minimum_percent": 0,
            "expert_percent": 0,
            "normalisation": "",
            "step": STEP,
            "add1": "until_overspend",
            "completion": "none",
            "comparison": False,
            "floor": 0,
            "cap": 0,
        },
        "options": [
            {
                "uid": _uid(number),
                "amount": dice.randrange(BUDGET // 100, BUDGET // 12),
                "complete_at": "",
                "ceilings": ["total"],
                "group": "",
            }
            for number in range(OPTIONS)
        ],
    }


def _uid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"
