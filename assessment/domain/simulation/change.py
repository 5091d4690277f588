"""What if: a text with a few values changed, as if it had been written so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from assessment.domain.allocation_model import TOTAL
from assessment.domain.simulation.cases import OverMaximum
from regeling.definition import (
    Definition,
    Distribution,
    DistributionRule,
    EqualShares,
    Grain,
    OnMisfit,
    TieBreak,
    Unknown,
)

STEP = 100
"""Cents by which equal shares grow where the text itself does not divide so."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Values that stand in for those of the text; None leaves one as it is. Amounts in cents.

    ``maximum`` takes the place of every maximum for one application, also that of a region or an
    activity. ``ceiling`` is the total; parts of it stay what they are.
    """

    ceiling: int | None = None
    maximum: int | None = None
    minimum: int | None = None
    rule: DistributionRule | None = None
    on_misfit: OnMisfit | None = None
    minimum_votes: int | None = None
    minimum_percent: int | None = None
    minimum_score: int | None = None
    over_maximum: OverMaximum = OverMaximum.LOWERED

    @property
    def is_none(self) -> bool:
        """Whether nothing is changed."""
        return all(getattr(self, each.name) is None for each in fields(self)[:-1])


def changed(definition: Definition, changes: Changes) -> Definition:
    """The text with these values. Raises ``ValueError`` where a distribution is changed that is
    not known yet."""
    made = definition
    if changes.maximum is not None or changes.minimum is not None:
        made = _amounts(made, changes)
    if any(getattr(changes, name) is not None for name in _DISTRIBUTION):
        if isinstance(made.distribution, Unknown):
            raise ValueError("the distribution is unknown")
        made = replace(made, distribution=_distribution(made.distribution, changes))
    return made


def ceilings_with(ceilings: Mapping[str, int], changes: Changes) -> dict[str, int]:
    """What there is to divide, with another total where that was asked."""
    return dict(ceilings) | ({} if changes.ceiling is None else {TOTAL: changes.ceiling})


_DISTRIBUTION = ("rule", "on_misfit", "minimum_votes", "minimum_percent", "minimum_score")


def _amounts(definition: Definition, changes: Changes) -> Definition:
    amounts = definition.amounts
    if changes.minimum is not None:
        amounts = replace(amounts, minimum=changes.minimum)
    if changes.maximum is None:
        return replace(definition, amounts=amounts)
    territory = replace(
        definition.territory,
        regions=tuple(replace(each, maximum=None) for each in definition.territory.regions),
    )
    return replace(
        definition,
        amounts=replace(amounts, maximum=changes.maximum),
        territory=territory,
        activities=tuple(replace(each, maximum=None) for each in definition.activities),
    )


def _distribution(own: Distribution, changes: Changes) -> Distribution:
    given = {name: value for name in _DISTRIBUTION if (value := getattr(changes, name)) is not None}
    made = replace(own, **given)
    if changes.rule is None or changes.rule == own.rule:
        return made
    ties = () if isinstance(own.ties, Unknown) else own.ties
    shares = own.equal_shares
    if changes.rule is DistributionRule.EQUAL_SHARES and shares is None:
        shares = EqualShares(step=STEP)
    return replace(
        made,
        equal_shares=shares,
        # Under another rule others are equal, and something must decide between them.
        ties=ties if TieBreak.LOT in ties else (*ties, TieBreak.LOT),
        grain=Grain.MOMENT if isinstance(own.grain, Unknown) else own.grain,
        on_misfit=OnMisfit.SKIP if isinstance(made.on_misfit, Unknown) else made.on_misfit,
    )
