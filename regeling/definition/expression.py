"""Conditions of a regulation as readable text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition over answers and facts, such as `persons >= 3 or organisations >= 2`."""

    text: str
