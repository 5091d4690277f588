"""How much an application can get: asked, what limits it, and what remains. Pure, in cents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regeling.answers import Answers, amount_asked, costs_total, values_of
from regeling.definition import Amounts, Definition, Rounding, Unknown, UnknownValueError
from regeling.words import euro_words


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what it is, the amount it comes to in cents, and why."""

    code: str
    label: str
    cents: int
    sentence: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """`granted` is never more than `asked`; `lines` tell the way from the one to the other.

    `maximum` is the lowest limit that the regulation sets here, None where it sets none.
    """

    asked: int
    maximum: int | None
    granted: int
    lines: tuple[Line, ...]

    @property
    def reduced(self) -> bool:
        return self.granted < self.asked


def amount(
    definition: Definition, answers: Answers, *, eligible_costs: int | None = None
) -> Calculation:
    """Compute the amount for a set of answers.

    `eligible_costs` (cents) stands in for the budget's total after corrections by an assessor. The
    lowest of all limits holds; less than the minimum gives nothing. Raises `UnknownValueError`
    where a limit is unknown, and `ValueError` where no amount is asked.
    """
    asked = amount_asked(definition, answers)
    if asked is None:
        raise ValueError("no amount is asked")
    amounts = definition.amounts
    article = "" if isinstance(amounts.article, Unknown) else amounts.article
    costs = eligible_costs if eligible_costs is not None else costs_total(definition, answers)
    lines = [Line("asked", "Gevraagd", asked, f"U vraagt {euro_words(asked)}.")]
    limits = list(_limits(definition, answers, costs, article))
    lines += limits
    maximum = min((line.cents for line in limits), default=None)
    granted = asked if maximum is None else min(asked, maximum)
    rounded = _rounded(granted, amounts.rounding)
    if rounded != granted:
        granted = min(rounded, asked)
        lines.append(
            Line(
                "rounding",
                "Afgerond",
                granted,
                "Het bedrag wordt afgerond op hele euro's.",
                article,
            )
        )
    minimum = _set(amounts.minimum, "amounts.minimum")
    if minimum is not None and granted < minimum:
        sentence = f"Wij geven geen bedragen onder {euro_words(minimum)}."
        lines.append(Line("minimum", "Te weinig", 0, sentence, article))
        granted = 0
    lines.append(Line("granted", "Uitkomst", granted, f"Dat wordt {euro_words(granted)}."))
    return Calculation(asked, maximum, granted, tuple(lines))


def _limits(
    definition: Definition, answers: Answers, costs: int | None, article: str
) -> Iterator[Line]:
    amounts = definition.amounts
    maximum = _maximum(definition, answers)
    if maximum is not None:
        sentence = f"Per aanvraag is het hoogstens {euro_words(maximum)}."
        yield Line("maximum", "Maximum", maximum, sentence, article)
    if costs is None:
        return
    sentence = f"De kosten die meetellen zijn {euro_words(costs)}; meer dan dat geven wij niet."
    yield Line("costs", "Kosten die meetellen", costs, sentence, article)
    percentage = _set(amounts.percentage, "amounts.percentage")
    if percentage is not None:
        share = costs * percentage // 100
        sentence = f"Wij betalen {percentage}% van de kosten: {euro_words(share)}."
        yield Line("percentage", f"{percentage}% van de kosten", share, sentence, article)
    yield from _tier(amounts, costs, article)


def _tier(amounts: Amounts, costs: int, article: str) -> Iterator[Line]:
    for tier in amounts.tiers:
        if tier.up_to is None or costs <= tier.up_to:
            sentence = f"Bij deze kosten is het hoogstens {euro_words(tier.maximum)}."
            yield Line("tier", "Maximum bij deze kosten", tier.maximum, sentence, article)
            return


def _maximum(definition: Definition, answers: Answers) -> int | None:
    municipality = values_of(definition, answers, {}).get("municipality")
    region = definition.territory.region_of(str(municipality)) if municipality else None
    if region is not None and region.maximum is not None:
        return _set(region.maximum, f"territory.regions.{region.code}.maximum")
    return _set(definition.amounts.maximum, "amounts.maximum")


def _set(value: int | Unknown | None, path: str) -> int | None:
    if isinstance(value, Unknown):
        raise UnknownValueError(path)
    return value


def _rounded(cents: int, rounding: Rounding) -> int:
    match rounding:
        case Rounding.EURO_DOWN:
            return cents // 100 * 100
        case Rounding.EURO_UP:
            return -(-cents // 100) * 100
        case Rounding.EURO_NEAREST:
            return (cents + 50) // 100 * 100
    return cents
