"""The frozen rules of a round as plain values, whatever version they were written in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from assessment.models import VoteRound

VERSION = 2


def rules_of(round_: VoteRound) -> dict[str, Any]:
    """The frozen rules of a round in the present shape (version 2); empty while it is a concept.

    The same dict may be handed out again: read it, never change it.
    """
    return rules_in(round_.params) if round_.params else {}


@lru_cache(maxsize=64)
def rules_in(text: str) -> dict[str, Any]:
    """The rules in the text that was hashed at opening. Raises ``ValueError`` for another version
    than this program knows."""
    return lift(json.loads(text))


def lift(params: Mapping[str, Any]) -> dict[str, Any]:
    """Rules of any version in the shape of version 2.

    A round of the first version knew approval ballots, one panel of weight 1, money by votes and a
    lot by a notary; its ballots could not be changed, and what voters read was not in the hash
    (``shown`` is empty).
    """
    version = params.get("version", 1)
    if version == VERSION:
        return dict(params)
    if version != 1:
        raise ValueError(f"rules of version {version} are not known here")
    return {
        **{name: params[name] for name in ("round", "call", "revision", "engine")},
        "version": VERSION,
        "vote": {
            "kind": params["vote_type"],
            "minimum": params["minimum"],
            "maximum": params["maximum"],
            "points": 0,
            "most_per_option": 0,
            "rank_points": [],
            "lowest": 0,
            "highest": 0,
            "budget": 0,
            "amount": 0,
            "step": 0,
        },
        "own_text": "",
        "change": False,
        "extension": False,
        "withdrawal": False,
        "power": "decides",
        "electorate": {"kind": "named", "text": "", "minimum_age": 0, "exclusions": []},
        "opens_at": params["opens_at"],
        "closes_at": params["closes_at"],
        "panels": [{"name": name, "weight": [1, 1]} for name in params["panels"]],
        "quorum": {"ballots": 0, "percent": 0, "consequence": ""},
        "award": {
            "rule": "greedy",
            "on_misfit": params["on_misfit"],
            "ceiling_misfit": "",
            "leftover": "none",
            "ties": params["ties"],
            "minimum_votes": 0,
            "minimum_percent": 0,
            "grain": params["grain"],
            "expert_percent": 0,
            "normalisation": "",
            "step": 0,
            "add1": "until_overspend",
            "completion": "none",
            "comparison": False,
            "floor": 0,
            "cap": 0,
        },
        "lot": {"source": "notary" if "lot" in params["ties"] else "", "number": ""},
        "ceilings": params["ceilings"],
        "options": [
            {
                **option,
                "group": "",
                "shown": "",
                "complete_at": moment_as_compared(option["complete_at"], params["grain"]),
            }
            for option in params["options"]
        ],
    }


def moment_as_compared(moment: str, grain: str) -> str:
    """A moment (ISO text with its zone) as ``award.grain`` compares it: itself, or its day in
    Europe/Amsterdam."""
    if grain != "day":
        return moment
    return (
        datetime.fromisoformat(moment).astimezone(ZoneInfo("Europe/Amsterdam")).date().isoformat()
    )
