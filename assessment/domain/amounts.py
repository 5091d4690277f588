"""What an application can be granted at most, and under which ceilings: the room's one reading of
it.
"""

from __future__ import annotations

from applications.answers import answers_of
from applications.models import Application
from assessment.domain.ceiling_names import name_of, names_for
from regeling.calculation import Calculation, amount
from regeling.models import Ceiling

__all__ = ["calculation_of", "ceilings_for", "name_of", "tier_of"]


def calculation_of(application: Application) -> Calculation:
    """The calculation of what can be granted, in cents, with its lines."""
    return amount(application.revision.definition, answers_of(application))


def ceilings_for(
    ceilings: list[Ceiling], application: Application, *, tier: str
) -> tuple[str, ...]:
    """The names of the ceilings that apply, the total last."""
    there = {(str(row.scope), row.code) for row in ceilings}
    codes = {
        "region": application.region,
        "activity": application.activity,
        "theme": application.theme,
        "tier": tier,
    }
    return names_for(there, codes)


def tier_of(application: Application, cents: int) -> str:
    """The code of the accountability tier of an award of ``cents``; empty while it is unknown."""
    tier = application.revision.definition.tier_for(cents)
    return tier.code if tier else ""
