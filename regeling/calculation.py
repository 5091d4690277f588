"""How much an application can get: asked, what limits it, and what remains. Pure, in cents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regeling import limits
from regeling.answers import Answers, amount_asked, costs_total, values_of
from regeling.definition import Amounts, Definition, Rounding, Unknown, known
from regeling.limits import Limit, Values
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
    lowest of all limits holds, also of those of the activity; less than a minimum gives nothing.
    Raises `UnknownValueError`
    where a limit is unknown, and `ValueError` where no amount is asked.
    """
    asked = amount_asked(definition, answers)
    if asked is None:
        raise ValueError("no amount is asked")
    values = values_of(definition, answers, {})
    amounts = definition.amounts
    article = "" if isinstance(amounts.article, Unknown) else amounts.article
    costs = eligible_costs if eligible_costs is not None else costs_total(definition, answers)
    lines = [Line("asked", "Gevraagd", asked, f"U vraagt {euro_words(asked)}.")]
    holding = [*_maxima(definition, values), *_by_costs(definition, values, costs, article)]
    lines += holding
    maximum = min((line.cents for line in holding), default=None)
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
    for limit in sorted(limits.minima(definition, values), key=_set, reverse=True):
        if granted < _set(limit):
            sentence = f"Wij geven geen bedragen onder {euro_words(_set(limit))}."
            lines.append(Line("minimum", "Te weinig", 0, sentence, limit.article))
            granted = 0
            break
    lines.append(Line("granted", "Uitkomst", granted, f"Dat wordt {euro_words(granted)}."))
    return Calculation(asked, maximum, granted, tuple(lines))


def _maxima(definition: Definition, values: Values) -> Iterator[Line]:
    for limit in limits.maxima(definition, values):
        cents = _set(limit)
        if limit.path.startswith("activities."):
            sentence = f"Voor {limit.whose} is het hoogstens {euro_words(cents)}."
            label = f"Maximum voor {limit.whose}"
            yield Line("activity_maximum", label, cents, sentence, limit.article)
        else:
            sentence = f"Per aanvraag is het hoogstens {euro_words(cents)}."
            yield Line("maximum", "Maximum", cents, sentence, limit.article)


def _by_costs(
    definition: Definition, values: Values, costs: int | None, article: str
) -> Iterator[Line]:
    """Limits that follow from the eligible costs."""
    if costs is None:
        return
    sentence = f"De kosten die meetellen zijn {euro_words(costs)}; meer dan dat geven wij niet."
    yield Line("costs", "Kosten die meetellen", costs, sentence, article)
    for limit in limits.percentages(definition, values):
        percentage = _set(limit)
        share = costs * percentage // 100
        of_activity = limit.path.startswith("activities.")
        whose = f" bij {limit.whose}" if of_activity else ""
        sentence = f"Wij betalen{whose} {percentage}% van de kosten: {euro_words(share)}."
        code = "activity_percentage" if of_activity else "percentage"
        yield Line(code, f"{percentage}% van de kosten", share, sentence, limit.article)
    yield from _own_contribution(definition.amounts, costs, article)
    yield from _tier(definition.amounts, costs, article)


def _own_contribution(amounts: Amounts, costs: int, article: str) -> Iterator[Line]:
    """What the applicant or others bring is not paid; rounded in the regulation's favour."""
    if amounts.own_contribution is None:
        return
    own = known(amounts.own_contribution, "amounts.own_contribution")
    rest = costs * (100 - own) // 100
    sentence = (
        f"U of anderen betalen zelf minstens {own}% van de kosten."
        f" Er blijft {euro_words(rest)} over."
    )
    yield Line("own_contribution", f"Na {own}% eigen bijdrage", rest, sentence, article)


def _tier(amounts: Amounts, costs: int, article: str) -> Iterator[Line]:
    for tier in amounts.tiers:
        if tier.up_to is None or costs <= tier.up_to:
            sentence = f"Bij deze kosten is het hoogstens {euro_words(tier.maximum)}."
            yield Line("tier", "Maximum bij deze kosten", tier.maximum, sentence, article)
            return


def _set(limit: Limit) -> int:
    return known(limit.value, limit.path)


def _rounded(cents: int, rounding: Rounding) -> int:
    match rounding:
        case Rounding.EURO_DOWN:
            return cents // 100 * 100
        case Rounding.EURO_UP:
            return -(-cents // 100) * 100
        case Rounding.EURO_NEAREST:
            return (cents + 50) // 100 * 100
    return cents
