"""What if: a text with a few values changed, as if it had been written so."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from assessment.domain.simulation.cases import CannotSimulate, OverMaximum
from regeling.definition import (
    UNKNOWN,
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
    """The text with these values.

    A distribution that is not known yet is made of what is asked. Raises ``CannotSimulate`` where
    something of it is changed and there is no rule at all.
    """
    made = definition
    if changes.maximum is not None or changes.minimum is not None:
        made = _amounts(made, changes)
    if any(getattr(changes, name) is not None for name in _DISTRIBUTION):
        own = made.distribution
        if isinstance(own, Unknown):
            own = _from_nothing(changes)
        made = replace(made, distribution=_distribution(own, changes))
    return made


def _from_nothing(changes: Changes) -> Distribution:
    """A distribution of which only the rule is known."""
    if changes.rule is None:
        raise CannotSimulate("De verdeling is nog onbekend. Kies ook hoe er wordt verdeeld.")
    return Distribution(rule=changes.rule, on_misfit=UNKNOWN, ties=UNKNOWN)


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
    ties = () if isinstance(own.ties, Unknown) else own.ties
    rule = made.rule if isinstance(own.rule, Unknown) or made.rule != own.rule else None
    if (rule or isinstance(own.ties, Unknown)) and TieBreak.LOT not in ties:
        ties = (*ties, TieBreak.LOT)  # others are equal then, and something must decide
    shares = own.equal_shares
    if rule is DistributionRule.EQUAL_SHARES and shares is None:
        shares = EqualShares(step=STEP)
    return replace(
        made,
        equal_shares=shares,
        ties=ties,
        grain=Grain.MOMENT if isinstance(own.grain, Unknown) else own.grain,
        on_misfit=OnMisfit.SKIP if isinstance(made.on_misfit, Unknown) else made.on_misfit,
    )
