"""What the engine calls the ceilings, and which of them count for an application.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from assessment.domain.allocation_model import TOTAL

SCOPES = ("tier", "theme", "activity", "region")  # narrow ones first


def name_of(scope: str, code: str) -> str:
    """What the engine calls a ceiling: "total", "region:salland"."""
    return TOTAL if scope == TOTAL else f"{scope}:{code}"


def names_for(there: Collection[tuple[str, str]], codes: Mapping[str, str]) -> tuple[str, ...]:
    """The ceilings that count, the total last: of those that are there (scope, code), the ones of
    the application's own ``codes`` by scope."""
    own = ((scope, codes.get(scope, "")) for scope in SCOPES)
    narrow = [name_of(scope, code) for scope, code in own if (scope, code) in there]
    return (*narrow, TOTAL)
