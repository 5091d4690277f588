"""What an application can be granted at most, and under which ceilings: the room's one reading of
it.
"""

from __future__ import annotations

from applications.answers import answers_of
from applications.models import Application
from assessment.domain.allocation import TOTAL
from regeling.calculation import Calculation, amount
from regeling.models import Ceiling

SCOPES = (Ceiling.Scope.TIER, Ceiling.Scope.ACTIVITY, Ceiling.Scope.REGION)  # narrow ones first


def calculation_of(application: Application) -> Calculation:
    """The calculation of what can be granted, in cents, with its lines."""
    return amount(application.revision.definition, answers_of(application))


def name_of(scope: str, code: str) -> str:
    """What the engine calls a ceiling: "total", "region:salland"."""
    return TOTAL if scope == TOTAL else f"{scope}:{code}"


def ceilings_for(
    ceilings: list[Ceiling], *, region: str, activity: str, tier: str
) -> tuple[str, ...]:
    """The names of the ceilings that apply, the total last."""
    codes = {
        Ceiling.Scope.REGION: region,
        Ceiling.Scope.ACTIVITY: activity,
        Ceiling.Scope.TIER: tier,
    }
    there = {(row.scope, row.code) for row in ceilings}
    narrow = [
        name_of(scope, codes[scope]) for scope in SCOPES if (str(scope), codes[scope]) in there
    ]
    return (*narrow, TOTAL)


def tier_of(application: Application, cents: int) -> str:
    """The code of the accountability tier of an award of ``cents``; empty while it is unknown."""
    tier = application.revision.definition.tier_for(cents)
    return tier.code if tier else ""
