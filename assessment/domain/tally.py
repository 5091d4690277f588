"""Count approval ballots: pure, standard library only."""

from __future__ import annotations

import json
from collections.abc import Iterable


def count(ballots: Iterable[str], options: Iterable[str]) -> dict[str, int]:
    """Votes per option from canonical choices, options without a vote included.

    Raises ``ValueError`` for a ballot that names an option twice or one that does not stand: a
    sealed ballot was checked when it was cast, so such a box has been touched.
    """
    votes = dict.fromkeys(options, 0)
    for ballot in ballots:
        chosen = json.loads(ballot)
        if len(set(chosen)) != len(chosen) or not set(chosen) <= votes.keys():
            raise ValueError("a ballot names an option twice, or one that does not stand")
        for option in chosen:
            votes[option] += 1
    return votes


def latest(ballots: Iterable[tuple[str, int, str]]) -> list[str]:
    """The choices of the last revision of every ballot key, from (key, revision, choices)."""
    last: dict[str, tuple[int, str]] = {}
    for key, revision, choices in ballots:
        if key not in last or revision > last[key][0]:
            last[key] = (revision, choices)
    return sorted(choices for _, choices in last.values())
