"""Which limits hold for one application: those of the regulation, of its region and its activity.

Pure. `values` are those of `regeling.answers.values_of`; amounts are cents. A limit that is unknown
is left out here; `regeling.calculation` refuses to compute with one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from regeling.definition import Activity, Definition, Unknown
from regeling.definition.expression import Value

Values = Mapping[str, Value | None]
Cents = int | Unknown | None


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: whose it is (empty: the regulation's own), its value and the article behind it.

    `path` is where it stands in the definition.
    """

    path: str
    value: int | Unknown
    whose: str = ""
    article: str = ""


def activity_of(definition: Definition, values: Values) -> Activity | None:
    """The activity that is applied for, once it is known."""
    code = values.get("activity")
    return next((each for each in definition.activities if each.code == code), None)


def maxima(definition: Definition, values: Values) -> tuple[Limit, ...]:
    """The most that can be given. A region's own takes the place of the regulation's.

    While it is not known where it is, the most of any region that has its own holds.
    """
    amounts, municipality = definition.amounts, values.get("municipality")
    article = _text(amounts.article)
    general = tuple(_limit("amounts.maximum", amounts.maximum, "", article))
    regional = {
        region.code: Limit(
            f"territory.regions.{region.code}.maximum", region.maximum, region.name, article
        )
        for region in definition.territory.regions
        if region.maximum is not None
    }
    if isinstance(municipality, str):
        region = definition.territory.region_of(municipality)
        own = (regional[region.code],) if region and region.code in regional else general
    else:
        own = _most((*general, *regional.values())) if general else ()
    return (*own, *_of_activity(definition, values, "maximum"))


def _most(several: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """The highest; nothing where one of them is unknown."""
    amounts = [each.value for each in several if isinstance(each.value, int)]
    if len(amounts) < len(several):
        return ()
    return tuple(each for each in several if each.value == max(amounts))[:1]


def minima(definition: Definition, values: Values) -> tuple[Limit, ...]:
    """The least that is given."""
    amounts = definition.amounts
    own = _limit("amounts.minimum", amounts.minimum, "", _text(amounts.article))
    return (*own, *_of_activity(definition, values, "minimum"))


def percentages(definition: Definition, values: Values) -> tuple[Limit, ...]:
    """Parts of the eligible costs, in percent."""
    amounts = definition.amounts
    own = _limit("amounts.percentage", amounts.percentage, "", _text(amounts.article))
    return (*own, *_of_activity(definition, values, "percentage"))


def fixed(definition: Definition, values: Values) -> int | None:
    """The amount where nobody has to ask for one; the lower where there are two."""
    activity = activity_of(definition, values)
    amounts = (definition.amounts.fixed, activity.fixed if activity else None)
    return min((each for each in amounts if isinstance(each, int)), default=None)


def lowest(limits: tuple[Limit, ...]) -> int | None:
    """The lowest of the limits that are known."""
    return min((each.value for each in limits if isinstance(each.value, int)), default=None)


def highest(limits: tuple[Limit, ...]) -> int | None:
    """The highest of the limits that are known."""
    return max((each.value for each in limits if isinstance(each.value, int)), default=None)


def _of_activity(definition: Definition, values: Values, name: str) -> Iterator[Limit]:
    activity = activity_of(definition, values)
    if activity is not None:
        path = f"activities.{activity.code}.{name}"
        yield from _limit(path, getattr(activity, name), activity.name, _text(activity.article))


def _limit(path: str, value: Cents, whose: str, article: str) -> Iterator[Limit]:
    if value is not None:
        yield Limit(path, value, whose, article)


def _text(article: str | Unknown) -> str:
    return "" if isinstance(article, Unknown) else article
