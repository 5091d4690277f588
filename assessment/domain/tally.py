"""Count ballots of every kind: pure, standard library only, whole numbers only.

One vote each for ``choose_one``, ``approval`` and ``knapsack``; the sum of the points, scores or
cents for ``points``, ``score`` and ``household``; rank points for ``ranking`` (an option below the
last of them gets none). Panels that weigh as a ratio are counted over a common scale: what an
option has is ``scores[uid] / scale``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import gcd, lcm
from typing import Any

from assessment.domain.allocation_model import Profile
from assessment.domain.marks import read

TALLY_VERSION = 2


@dataclass(frozen=True, slots=True)
class Counted:
    """What the ballots say.

    ``scores`` are whole numbers over ``scale``; ``supporters`` how many ballots gave the option
    something above zero. ``profile`` holds the ballots themselves, equal ones together; it is there
    only for equal shares, and in no text.
    """

    ballots: int
    per_panel: Mapping[str, int]
    scores: Mapping[str, int]
    supporters: Mapping[str, int]
    scale: int = 1
    profile: Profile = ()


def count(params: Mapping[str, Any], ballots: Iterable[tuple[str, str]]) -> Counted:
    """Count (panel name, canonical choices) by the frozen rules, options without a vote included.

    Raises ``ValueError`` for a ballot that is not the text of a ballot, names an option or a panel
    that does not stand, or that is of another kind: a sealed ballot was checked when it was cast,
    so such a box has been touched.
    """
    scale, units = _units(params)
    scores = {option["uid"]: 0 for option in params["options"]}
    supporters = dict.fromkeys(scores, 0)
    per_panel = dict.fromkeys(units, 0)
    alike: Counter[tuple[int, tuple[tuple[str, int], ...]]] = Counter()
    keep = params["award"]["rule"] == "equal_shares"
    for (panel, text), times in Counter(ballots).items():
        if panel not in units:
            raise ValueError("a ballot lies in a panel that does not stand")
        worth = _worth(params["vote"], read(text))
        per_panel[panel] += times
        weight = units[panel] * times
        for uid, value in worth:
            if uid not in scores:
                raise ValueError("a ballot names an option that does not stand")
            scores[uid] += value * weight
            supporters[uid] += times * (value > 0)
        if keep:
            liked = tuple(sorted((uid, value) for uid, value in worth if value > 0))
            alike[units[panel], liked] += times
    return Counted(
        ballots=sum(per_panel.values()),
        per_panel=per_panel,
        scores=scores,
        supporters=supporters,
        scale=scale,
        profile=tuple(sorted((unit * times, liked) for (unit, liked), times in alike.items())),
    )


def latest(ballots: Iterable[tuple[str, int, str, str]]) -> list[tuple[str, str]]:
    """The last revision of every ballot: from (key, revision, panel, choices) to (panel, choices),
    sorted."""
    last: dict[str, tuple[int, str, str]] = {}
    for key, revision, panel, choices in ballots:
        if key not in last or revision > last[key][0]:
            last[key] = (revision, panel, choices)
    return sorted((panel, choices) for _, panel, choices in last.values())


def as_text(counted: Counted) -> str:
    """The canonical JSON of a count, without the ballots themselves."""
    value = {
        "version": TALLY_VERSION,
        "ballots": counted.ballots,
        "per_panel": counted.per_panel,
        "scores": counted.scores,
        "supporters": counted.supporters,
        "scale": counted.scale,
    }
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Counted:
    """The count that was written down, also by the first version (approval ballots, no panels)."""
    value = json.loads(text)
    if "version" not in value:
        return Counted(value["ballots"], {}, value["votes"], value["votes"])
    if value["version"] != TALLY_VERSION:
        raise ValueError(f"a count of version {value['version']} is not known here")
    return Counted(
        value["ballots"],
        value["per_panel"],
        value["scores"],
        value["supporters"],
        value["scale"],
    )


def score_words(score: int, scale: int) -> str:
    """A score as people write it: "12", "12,5" where two decimals say it all, else "12 1/3"."""
    whole, rest = divmod(abs(score), scale)
    sign = "-" if score < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    if rest * 100 % scale == 0:
        return f"{sign}{whole},{rest * 100 // scale:02d}".rstrip("0")
    common = gcd(rest, scale)
    return f"{sign}{whole} {rest // common}/{scale // common}"


def _units(params: Mapping[str, Any]) -> tuple[int, dict[str, int]]:
    """The common scale, and what one ballot of every panel weighs on it."""
    weights = {panel["name"]: panel["weight"] for panel in params["panels"]}
    scale = lcm(*(bottom for _top, bottom in weights.values()))
    return scale, {name: scale * top // bottom for name, (top, bottom) in weights.items()}


def _worth(vote: Mapping[str, Any], marks: Any) -> list[tuple[str, int]]:
    """What a ballot gives to whom."""
    if isinstance(marks, dict):
        if vote["kind"] not in ("points", "score", "household"):
            raise ValueError("a ballot of another kind lies in the box")
        return list(marks.items())
    if vote["kind"] == "ranking":
        points = [*vote["rank_points"], *[0] * len(marks)]
        return list(zip(marks, points, strict=False))
    if vote["kind"] not in ("choose_one", "approval", "knapsack"):
        raise ValueError("a ballot of another kind lies in the box")
    return [(uid, 1) for uid in marks]
