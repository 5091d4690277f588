"""Inputs and outcome of a division of money as canonical text, and the hash that people compare."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from assessment.domain.allocation import Option, Outcome, Problem, Row, Rules, Tie


def inputs_text(problem: Problem) -> str:
    """The canonical JSON of the inputs: options by key, so that their order makes no difference."""
    value = asdict(problem)
    value["options"] = sorted(value["options"], key=lambda option: option["key"])
    return _text(value)


def problem_of(text: str) -> Problem:
    """The problem that was written down with ``inputs_text``."""
    value = json.loads(text)
    options = tuple(
        Option(**{**option, "ceilings": tuple(option["ceilings"])}) for option in value["options"]
    )
    rules = Rules(**{**value["rules"], "ties": tuple(value["rules"]["ties"])})
    return Problem(options, value["ceilings"], rules, value["ballots"], tuple(value["lot"]))


def outcome_of(text: str) -> Outcome:
    """The outcome that was written down with ``outcome_text``."""
    value = json.loads(text)
    return Outcome(
        rows=tuple(Row(**row) for row in value["rows"]),
        left=value["left"],
        ties=tuple(Tie(**{**tie, "keys": tuple(tie["keys"])}) for tie in value["ties"]),
        open_tie=tuple(value["open_tie"]),
        needs_lot=value["needs_lot"],
        engine=value["engine"],
    )


def outcome_text(outcome: Outcome) -> str:
    """The canonical JSON of the outcome, rows in order of place and key."""
    return _text(asdict(outcome))


def outcome_hash(outcome: Outcome) -> str:
    """Hex SHA-256 of the canonical outcome: what two officials compare."""
    return hashlib.sha256(outcome_text(outcome).encode()).hexdigest()


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
