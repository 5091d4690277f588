"""Inputs and outcome of a division of money as canonical text, and the hash that people compare.

Texts of earlier engines are read back as they were meant; only outcomes of the present engine can
be computed again and compared.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from assessment.domain.allocation_model import Option, Outcome, Problem, Quorum, Row, Rules, Tie


def inputs_text(problem: Problem) -> str:
    """The canonical JSON of the inputs: options by key, so that their order makes no difference."""
    value = asdict(problem)
    value["options"] = sorted(value["options"], key=lambda option: option["key"])
    return _canonical_text(value)


def problem_of(text: str) -> Problem:
    """The problem that was written down with ``inputs_text``, by this engine or the first."""
    value = json.loads(text)
    rules = value["rules"]
    if "order" in rules:
        rules["rule"] = "greedy" if rules.pop("order") == "votes" else "receipt"
    return Problem(
        options=tuple(
            Option(**option | {"ceilings": tuple(option["ceilings"])})
            for option in value["options"]
        ),
        ceilings=value["ceilings"],
        rules=Rules(**rules | {"ties": tuple(rules["ties"])}),
        ballots=value["ballots"],
        lot=tuple(value["lot"]),
        scale=value.get("scale", 1),
        expert_scale=value.get("expert_scale", 1),
        quorum=Quorum(**value.get("quorum", {})),
        profile=tuple(
            (weight, tuple((key, utility) for key, utility in ballot))
            for weight, ballot in value.get("profile", [])
        ),
    )


def outcome_of(text: str) -> Outcome:
    """The outcome that was written down with ``outcome_text``, by this engine or the first."""
    value = json.loads(text)
    return Outcome(
        rows=tuple(Row(**row) for row in value["rows"]),
        left=value["left"],
        ties=tuple(Tie(**tie | {"keys": tuple(tie["keys"])}) for tie in value["ties"]),
        open_tie=tuple(value["open_tie"]),
        needs_lot=value["needs_lot"],
        engine=value["engine"],
        score_scale=value.get("score_scale", 1),
        quorum=Quorum(**value.get("quorum", {})),
        figures=value.get("figures", {}),
        warnings=tuple(value.get("warnings", [])),
    )


def outcome_text(outcome: Outcome) -> str:
    """The canonical JSON of the outcome, rows in order of place and key."""
    return _canonical_text(asdict(outcome))


def outcome_hash(outcome: Outcome) -> str:
    """Hex SHA-256 of the canonical outcome: what two officials compare."""
    return hashlib.sha256(outcome_text(outcome).encode()).hexdigest()


def _canonical_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
