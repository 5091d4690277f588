"""Which unknown values keep a call from opening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any

from regeling.definition.codes import LegalRegime, PanelMethod, RouteStep, TierKind, Unknown
from regeling.definition.expression import Expression
from regeling.definition.fields import Need
from regeling.definition.model import Definition
from regeling.definition.shapes import slots


def needed(definition: Definition, *, real: bool) -> tuple[str, ...]:
    """Paths of unknown values that the route needs, in the order of the definition."""
    reasons = _needs(definition, real=real)
    return tuple(path for path, need in _unknown(definition, "", None) if need in reasons)


def every_unknown(definition: Definition) -> tuple[str, ...]:
    """All paths without a value, also those that nothing needs."""
    return tuple(path for path, _ in _unknown(definition, "", None))


def _needs(definition: Definition, *, real: bool) -> set[Need | None]:
    found: set[Need | None] = {None}
    steps = {
        RouteStep.COMPLETENESS: Need.COMPLETENESS,
        RouteStep.REVIEW: Need.REVIEW,
        RouteStep.PANEL: Need.PANEL,
        RouteStep.VOTE: Need.VOTE,
    }
    found |= {need for step, need in steps.items() if definition.has(step)}
    if definition.panel is not None and definition.panel.method is PanelMethod.SCORES:
        found.add(Need.REVIEW)  # the panel scores on the criteria
    tiers = definition.tiers
    if isinstance(tiers, Unknown) or any(tier.kind is TierKind.REPORT for tier in tiers):
        found.add(Need.REPORT)
    if definition.identity.legal_regime is not LegalRegime.PRIVATE_FUND:
        found.add(Need.AWB)
    if real:
        found.add(Need.REAL)
    return found


def _unknown(value: Any, path: str, need: Need | None) -> Iterator[tuple[str, Need | None]]:
    if isinstance(value, Unknown):
        yield path, need
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _unknown(item, f"{path}.{_step(item, index)}", need)
    elif is_dataclass(value) and not isinstance(value, Expression):
        for slot in slots(value.__class__).values():
            own_path = f"{path}.{slot.name}" if path else slot.name
            yield from _unknown(getattr(value, slot.name), own_path, slot.shape.need or need)


def _step(item: Any, index: int) -> str:
    """How a path names an item of a list: as `nodes.step_of` does."""
    return str(getattr(item, "code", "") or getattr(item, "scope", "") or index)
