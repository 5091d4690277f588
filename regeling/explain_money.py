"""How much there is and how much one can get, in plain Dutch; `explain` makes the page of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from regeling.definition import (
    Activity,
    Amounts,
    Ceiling,
    CeilingScope,
    Costs,
    Definition,
    Release,
    Rounding,
    Unknown,
    Vat,
    listed,
)
from regeling.telling import Say, Several, Told, say
from regeling.values import ceiling_name
from regeling.words import count_words, day_words, euro_words, joined

_ROUNDING = {
    Rounding.EURO_DOWN: "Wij ronden af naar beneden, op hele euro's.",
    Rounding.EURO_UP: "Wij ronden af naar boven, op hele euro's.",
    Rounding.EURO_NEAREST: "Wij ronden af op hele euro's.",
}
_VAT = {
    Vat.INCLUDED: "Btw telt mee als kosten.",
    Vat.EXCLUDED: "Btw telt niet mee als kosten.",
    Vat.EXCLUDED_IF_RECLAIMABLE: "Kunt u de btw terugvragen? Dan telt die niet mee.",
}
_LIMITS = {"minimum": "minstens", "maximum": "hoogstens"}
_NUMBER_OF_LIMITS = 2
_ALL = 100
_NO_HOURS = " Uren van vrijwilligers niet."


def money(definition: Definition) -> Iterator[Told]:
    """The limits of one application, what others must bring, and which costs count."""
    amounts = definition.amounts
    for text, keys in limit_words(amounts):
        yield say(text, *(f"amounts.{each}" for each in keys.split()))
    if _has_no_limit(definition):
        yield say("Een hoogste bedrag per aanvraag is er niet.", "amounts.maximum")
    yield Several("Het hangt af van uw kosten hoeveel u hoogstens krijgt:", tuple(_tiers(amounts)))
    yield from _regions(definition)
    if _limits_beside_each_other(definition):
        yield say("Gelden er voor u meer grenzen? Dan telt de laagste.")
    yield from _others(amounts)
    yield from _costs(amounts.costs)
    if amounts.rounding in _ROUNDING:
        yield say(_ROUNDING[amounts.rounding], "amounts.rounding")


def limit_words(of: Amounts | Activity) -> Iterator[tuple[str, str]]:
    """The limits of a regulation or of one activity, each with the keys that it tells."""
    low, high, fixed = of.minimum, of.maximum, of.fixed
    if isinstance(fixed, int):
        yield f"U krijgt {euro_words(fixed)}.", "fixed"
    elif isinstance(fixed, Unknown):
        yield "Er is een vast bedrag. Hoe hoog dat is, is niet bekend.", "fixed"
    if isinstance(low, int) and isinstance(high, int):
        yield (
            f"U krijgt minstens {euro_words(low)} en hoogstens {euro_words(high)}.",
            "minimum maximum",
        )
    elif isinstance(high, int):
        yield f"U krijgt hoogstens {euro_words(high)}.", "maximum"
    elif isinstance(low, int):
        yield f"U krijgt minstens {euro_words(low)}.", "minimum"
    yield from _unknown_limits(of)
    if of.percentage is not None:
        yield _share(of.percentage), "percentage"


def _share(percentage: int | Unknown) -> str:
    if isinstance(percentage, Unknown):
        return "Welk deel van de kosten wij betalen, is niet bekend."
    if percentage == _ALL:
        return "Wij kunnen alle kosten betalen."
    return f"Wij betalen hoogstens {percentage}% van de kosten."


def _unknown_limits(of: Amounts | Activity) -> Iterator[tuple[str, str]]:
    names = {"minimum": of.minimum, "maximum": of.maximum}
    keys = [key for key, value in names.items() if isinstance(value, Unknown)]
    if keys:
        much = joined([_LIMITS[key] for key in keys])
        yield f"Hoeveel u {much} krijgt, is niet bekend.", " ".join(keys)


def _has_no_limit(definition: Definition) -> bool:
    amounts = definition.amounts
    found = [amounts.maximum, amounts.fixed]
    found.extend(each.maximum for each in definition.activities)
    found.extend(each.maximum for each in definition.territory.regions)
    return all(each is None for each in found) and not amounts.tiers


def _tiers(amounts: Amounts) -> Iterator[Say]:
    before: int | None = None
    for tier in amounts.tiers:
        if tier.up_to is not None:
            costs = f"tot en met {euro_words(tier.up_to)}"
        else:
            costs = "van elke hoogte" if before is None else f"van meer dan {euro_words(before)}"
        before = tier.up_to
        yield say(f"bij kosten {costs}: hoogstens {euro_words(tier.maximum)}.", "amounts.tiers")


def _regions(definition: Definition) -> Iterator[Say]:
    for region in definition.territory.regions:
        path = f"territory.regions.{region.code}.maximum"
        if isinstance(region.maximum, int):
            yield say(f"In {region.name} is het hoogstens {euro_words(region.maximum)}.", path)
        elif isinstance(region.maximum, Unknown):
            yield say(f"Hoeveel het in {region.name} hoogstens is, is niet bekend.", path)


def _limits_beside_each_other(definition: Definition) -> bool:
    amounts = definition.amounts
    own = [amounts.maximum, amounts.percentage, amounts.tiers or None]
    others = [each for activity in definition.activities for each in _limits_of(activity)]
    known = sum(each is not None and not isinstance(each, Unknown) for each in own)
    return known + min(1, len(others)) >= _NUMBER_OF_LIMITS


def _limits_of(activity: Activity) -> list[int]:
    found = (activity.maximum, activity.percentage, activity.fixed)
    return [each for each in found if isinstance(each, int)]


def _others(amounts: Amounts) -> Iterator[Say]:
    own = amounts.own_contribution
    if isinstance(own, Unknown):
        text = "Welk deel van de kosten u zelf betaalt of van anderen krijgt, is niet bekend."
        yield say(text, "amounts.own_contribution")
    elif own:
        text = f"Minstens {own}% van de kosten betaalt u zelf, of krijgt u van anderen."
        yield say(text, "amounts.own_contribution")
    together = amounts.cumulation
    if isinstance(together, int):
        text = f"Alle subsidies voor uw plan zijn samen hoogstens {euro_words(together)}."
        yield say(text, "amounts.cumulation")
    elif isinstance(together, Unknown):
        text = "Hoeveel alle subsidies voor uw plan samen mogen zijn, is niet bekend."
        yield say(text, "amounts.cumulation")


def _costs(costs: Costs) -> Iterator[Told]:
    path = "amounts.costs"
    if costs.only_payable is True:
        told = any("vrijwilliger" in each for each in costs.excluded)
        hours = "" if told or costs.own_labour_rate is not None else _NO_HOURS
        yield say(f"Alleen kosten die u echt betaalt, tellen mee.{hours}", f"{path}.only_payable")
    elif isinstance(costs.only_payable, Unknown):
        text = "Of ook uren van vrijwilligers meetellen, is niet bekend."
        yield say(text, f"{path}.only_payable")
    if costs.own_labour_rate is not None:
        rate = euro_words(costs.own_labour_rate)
        yield say(f"Uw eigen werk telt mee voor {rate} per uur.", f"{path}.own_labour_rate")
    vat = "Of btw meetelt, is niet bekend."
    yield say(vat if isinstance(costs.vat, Unknown) else _VAT[costs.vat], f"{path}.vat")
    if len(costs.excluded) > 1:
        items = (say(each, f"{path}.excluded") for each in costs.excluded)
        yield Several("Niet alle kosten tellen mee:", tuple(items))
    else:
        yield from (say(each, f"{path}.excluded") for each in costs.excluded)


def pot(definition: Definition) -> Iterator[Told]:
    """How much there is for everybody together and for each part, and what becomes of the rest."""
    ceilings = definition.ceilings
    if isinstance(ceilings, Unknown):
        yield say("Hoeveel geld er is, is niet bekend.", "ceilings")
    parts = []
    total = next((e for e in listed(ceilings) if e.scope is CeilingScope.TOTAL), None)
    for each in listed(ceilings):
        path = f"ceilings.{each.code or each.scope}"
        around = tuple(_around(each))
        if each.scope is CeilingScope.TOTAL:
            yield say(_total(each), f"{path}.amount")
            yield from (say(text, f"{path}.{key}") for text, key in around)
        else:
            name = ceiling_name(each, definition).removeprefix("het plafond ")
            amount = "niet bekend" if isinstance(each.amount, Unknown) else euro_words(each.amount)
            same = total is not None and each.published_on == total.published_on
            rest = [text for text, key in around if not (same and key == "published_on")]
            words = " ".join((f"{name}: {amount}.", *rest))
            parts.append(say(words, path))
    yield Several("Daarvan is dit apart gehouden:", tuple(parts))
    if definition.release is Release.RETURNS:
        yield say("Komt er later geld vrij? Dan kan een ander het nog krijgen.", "release")
    elif definition.release is Release.LAPSES:
        yield say("Komt er later geld vrij? Dan wordt dat niet meer verdeeld.", "release")


def _total(ceiling: Ceiling) -> str:
    if isinstance(ceiling.amount, Unknown):
        return "Hoeveel geld er is, is niet bekend."
    if not ceiling.amount:
        return f"Er is nu geen geld ({euro_words(0)}): de regeling is gesloten."
    return f"Er is {euro_words(ceiling.amount)} te verdelen."


def _around(ceiling: Ceiling) -> Iterator[tuple[str, str]]:
    """When it was made known, what it became later, and how long the rest is kept."""
    if isinstance(ceiling.published_on, date):
        where = _in(ceiling.publication)
        day = day_words(ceiling.published_on)
        yield f"Dit is bekendgemaakt op {day}{where}.", "published_on"
    for step in ceiling.changes:
        where = _in(step.publication)
        day = day_words(step.published_on)
        yield f"Op {day} is dit veranderd in {euro_words(step.amount)}{where}.", "changes"
    if isinstance(ceiling.carry_over_years, int):
        years = count_words(ceiling.carry_over_years, "jaar", "jaar")
        yield f"Wat over is, mag nog {years} worden bewaard.", "carry_over_years"
    elif isinstance(ceiling.carry_over_years, Unknown):
        yield "Hoelang wat over is bewaard blijft, is niet bekend.", "carry_over_years"


def _in(publication: str | Unknown) -> str:
    return f" ({publication})" if isinstance(publication, str) and publication else ""
