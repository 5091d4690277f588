"""Whether the amounts, the ceilings and who decides about them fit together.

Each check yields (path, Dutch sentence with the cure), as in `checks`. Amounts are cents.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from regeling.definition.codes import CeilingScope, Column, TierKind, Unknown
from regeling.definition.fields import listed
from regeling.definition.model import Amounts, Ceiling, Definition
from regeling.definition.nearest_words import meant
from regeling.definition.who import Activity

Complaint = tuple[str, str]


def check(definition: Definition) -> Iterator[Complaint]:
    """Everything about money that contradicts itself."""
    yield from _limits(definition.amounts, "amounts", "")
    yield from _amounts(definition)
    for activity in definition.activities:
        yield from _activity(activity, definition)
    yield from _ceilings(definition)
    yield from _themes(definition)
    yield from _mandates(definition)
    if definition.spot_check is not None and not _direct(definition):
        yield "spot_check", "een steekproef is er onder wat direct is vastgesteld; dat is er niet"


def _limits(limits: Amounts | Activity, path: str, whose: str) -> Iterator[Complaint]:
    low, high, fixed = limits.minimum, limits.maximum, limits.fixed
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield f"{path}.minimum", f"het minimum{whose} is hoger dan het maximum"
    if isinstance(fixed, int) and isinstance(high, int) and fixed > high:
        yield f"{path}.fixed", f"het vaste bedrag{whose} is hoger dan het maximum"
    if isinstance(fixed, int) and isinstance(low, int) and fixed < low:
        yield f"{path}.fixed", f"het vaste bedrag{whose} is lager dan het minimum"


def _amounts(definition: Definition) -> Iterator[Complaint]:
    amounts = definition.amounts
    for one, other in pairwise(amounts.tiers):
        if one.up_to is None or (other.up_to is not None and other.up_to <= one.up_to):
            yield "amounts.tiers", "de treden moeten oplopen, en alleen de laatste heeft geen einde"
    for region in definition.territory.regions:
        if _above(amounts.minimum, region.maximum):
            yield (
                f"territory.regions.{region.code}.maximum",
                "het maximum van deze regio is lager dan het minimum",
            )
    if _above(amounts.minimum, amounts.cumulation):
        yield "amounts.cumulation", "alle subsidies samen mogen minder zijn dan het minimum"
    yield from _own_contribution(amounts.percentage, amounts, "amounts.percentage")


def _own_contribution(
    percentage: int | Unknown | None, amounts: Amounts, path: str
) -> Iterator[Complaint]:
    own = amounts.own_contribution
    if isinstance(own, int) and isinstance(percentage, int) and own + percentage > 100:
        yield (
            path,
            (
                f"{percentage}% van ons en {own}% eigen bijdrage is samen meer dan alle kosten;"
                f" noem hoogstens {100 - own}%"
            ),
        )


def _activity(activity: Activity, definition: Definition) -> Iterator[Complaint]:
    """Its own limits hold beside those of `amounts`, so they must leave something to give."""
    amounts, path = definition.amounts, f"activities.{activity.code}"
    whose = " van deze activiteit"
    yield from _limits(activity, path, whose)
    yield from _own_contribution(activity.percentage, amounts, f"{path}.percentage")
    most = highest_amount(definition)
    for name in ("minimum", "maximum", "fixed"):
        if _above(getattr(activity, name), most):
            yield (
                f"{path}.{name}",
                f"dit is meer dan het maximum van de regeling ({_euros(most)} euro), dat ook geldt",
            )
    for name in ("maximum", "fixed"):
        if _above(amounts.minimum, getattr(activity, name)):
            yield f"{path}.{name}", "dit is minder dan het minimum van de regeling, dat ook geldt"


def highest_amount(definition: Definition) -> int | Unknown | None:
    """The most that any applicant can get; None where nothing limits it."""
    limits = [definition.amounts.maximum]
    limits += [each.maximum for each in definition.territory.regions if each.maximum is not None]
    known = [each for each in limits if isinstance(each, int)]
    return max(known) if len(known) == len(limits) else None


def _above(low: int | Unknown | None, high: int | Unknown | None) -> bool:
    return isinstance(low, int) and isinstance(high, int) and low > high


def _euros(cents: int | Unknown | None) -> str:
    return str(cents // 100) if isinstance(cents, int) else "?"


def _ceilings(definition: Definition) -> Iterator[Complaint]:
    ceilings = listed(definition.ceilings)
    totals = [each for each in ceilings if each.scope is CeilingScope.TOTAL]
    if not isinstance(definition.ceilings, Unknown) and len(totals) != 1:
        yield "ceilings", "er hoort precies één plafond met 'scope: total' te zijn"
    codes = {
        CeilingScope.REGION: [each.code for each in definition.territory.regions],
        CeilingScope.ACTIVITY: [each.code for each in definition.activities],
        CeilingScope.TIER: [each.code for each in listed(definition.tiers)],
        CeilingScope.THEME: [each.code for each in definition.themes],
    }
    seen: set[tuple[CeilingScope, str]] = set()
    for each in ceilings:
        path = f"ceilings.{each.code or each.scope}"
        if (each.scope, each.code) in seen:
            yield path, "dit plafond staat er twee keer"
        seen.add((each.scope, each.code))
        allowed = codes.get(each.scope)
        if allowed is None and each.code:
            yield path, "het totale plafond heeft geen code"
        elif allowed is not None and each.code not in allowed:
            yield path, f"'{each.code}' bestaat niet; {meant(each.code, allowed)}"
        yield from _changes(each, path)
    if totals:
        yield from _parts(totals[0], ceilings)


def _changes(ceiling: Ceiling, path: str) -> Iterator[Complaint]:
    days = [ceiling.published_on, *(each.published_on for each in ceiling.changes)]
    known = [day for day in days if not isinstance(day, Unknown)]
    if any(one >= other for one, other in pairwise(known)):
        yield (
            f"{path}.changes",
            "elke wijziging is later bekendgemaakt dan die ervoor; zet ze op volgorde",
        )


def _parts(total: Ceiling, ceilings: tuple[Ceiling, ...]) -> Iterator[Complaint]:
    """Regions, activities, tiers or themes together may be less than the whole, never more."""
    for amount_of in (_first, _last):
        whole = amount_of(total)
        for scope in CeilingScope:
            parts = [amount_of(each) for each in ceilings if each.scope is scope]
            together = sum(each for each in parts if isinstance(each, int))
            if not isinstance(whole, int) or scope is CeilingScope.TOTAL or together <= whole:
                continue
            yield (
                "ceilings.total",
                (
                    f"de delen per {scope} zijn samen {_euros(together)} euro, meer dan het totaal"
                    f" van {_euros(whole)} euro; verhoog het totaal of verlaag een deel"
                ),
            )


def _first(ceiling: Ceiling) -> int | Unknown:
    return ceiling.amount


def _last(ceiling: Ceiling) -> int | Unknown:
    """What the ceiling is in the end, after everything that was published later."""
    return ceiling.changes[-1].amount if ceiling.changes else ceiling.amount


def _themes(definition: Definition) -> Iterator[Complaint]:
    asks = definition.form.filling(Column.THEME)
    if asks is not None and not definition.themes:
        yield "themes", f"de vraag '{asks.code}' vult 'theme'; noem dan de thema's onder 'themes'"
    if asks is None and definition.themes:
        yield "form", "geen vraag vult 'theme'; zet 'fills: theme' bij een keuzevraag"


def _mandates(definition: Definition) -> Iterator[Complaint]:
    mandates = definition.mandates
    for index, (one, other) in enumerate(pairwise(mandates), start=1):
        if one.up_to is None or (other.up_to is not None and other.up_to <= one.up_to):
            yield (
                f"mandates.{index}",
                "laat de bedragen oplopen; alleen het laatste mandaat heeft geen einde",
            )
    if mandates and mandates[-1].up_to is not None:
        yield (
            f"mandates.{len(mandates) - 1}",
            "zeg ook wie boven dit bedrag beslist: een laatste mandaat zonder 'up_to'",
        )


def _direct(definition: Definition) -> bool:
    tiers = definition.tiers
    return isinstance(tiers, Unknown) or any(each.kind is TierKind.DIRECT for each in tiers)
