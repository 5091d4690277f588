"""A single value of a definition in Dutch words, with its unit."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from regeling.conditions import condition_words
from regeling.definition import (
    AmountTier,
    Assumption,
    Ceiling,
    CeilingScope,
    CeilingStep,
    Definition,
    Due,
    Expression,
    Mandate,
    Unknown,
    listed,
)
from regeling.definition.code_words import code_words
from regeling.definition.fields import Mark
from regeling.definition.labels import path_words
from regeling.definition.shapes import Shape, Slot
from regeling.words import count_words, day_words, euro_words, joined

NOT_KNOWN = "niet bekend"
NONE = "geen"

_UNITS = {
    "ballots": ("stem", "stemmen"),
    "carry_over_years": ("jaar", "jaar"),
    "days": ("dag", "dagen"),
    "keep_months": ("maand", "maanden"),
    "lead_days": ("dag", "dagen"),
    "longest": ("teken", "tekens"),
    "minimum_age": ("jaar", "jaar"),
    "minimum_members": ("lid", "leden"),
    "minimum_present": ("lid", "leden"),
    "minimum_votes": ("stem", "stemmen"),
    "months": ("maand", "maanden"),
    "most": ("punt", "punten"),
    "most_files": ("bestand", "bestanden"),
    "most_per_option": ("punt", "punten"),
    "panel_size": ("mens", "mensen"),
    "points": ("punt", "punten"),
    "retention": ("maand", "maanden"),
    "shortest": ("teken", "tekens"),
    "signatories": ("mens", "mensen"),
    "spot_check_months": ("maand", "maanden"),
    "support_gate": ("mens", "mensen"),
    "times": ("keer", "keer"),
}
_PERCENT = (
    "advance_percentage",
    "expert_percent",
    "minimum_percent",
    "own_contribution",
    "percent",
    "percentage",
)
_NOTHING_AT_ZERO = (
    "advance_percentage",
    "amount",
    "ballots",
    "budget",
    "cap",
    "expert_percent",
    "floor",
    "minimum_age",
    "minimum_percent",
    "minimum_score",
    "minimum_votes",
    "most_per_option",
    "percent",
    "points",
    "spot_check_months",
    "step",
)
"""Keys of which zero says that there is no such rule (a ceiling's own amount is told apart)."""


def value_words(value: Any, slot: Slot, definition: Definition) -> str:
    """What stands at `slot`, as in "€ 2.000", "acht weken" or "Noord en Zuid".

    Texts come as they are. Not for sections, except the few that read as one value.
    """
    if isinstance(value, Unknown):
        return NOT_KNOWN
    if value is None or value in ("", ()):
        return NONE
    if isinstance(value, tuple):
        return _list_words(value, slot, definition)
    return _one(value, slot, slot.shape, definition)


def _list_words(values: tuple[Any, ...], slot: Slot, definition: Definition) -> str:
    shape = slot.shape.item or slot.shape
    found = [_one(each, slot, shape, definition) for each in values]
    sentences = all(each[-1] in ".?!" for each in found)
    return " ".join(found) if sentences else joined(found)


def _one(value: Any, slot: Slot, shape: Shape, definition: Definition) -> str:
    match value:
        case bool():
            return "ja" if value else "nee"
        case int():
            return _number(value, slot.name, money=shape.has(Mark.EURO))
        case Enum():
            return code_words(value)
        case date():
            return day_words(value)
        case Expression():
            return condition_words(value, definition)
        case str():
            return _text(value, slot.name, shape, definition)
    return section_words(value) or NONE


def _number(value: int, key: str, *, money: bool) -> str:
    if not value and key in _NOTHING_AT_ZERO:
        return NONE
    if money:
        return euro_words(value)
    if key in _PERCENT:
        return f"{value}%"
    if key.endswith("weeks"):
        return count_words(value, "week", "weken")
    if key in _UNITS:
        return count_words(value, *_UNITS[key])
    return str(value)


def _text(value: str, key: str, shape: Shape, definition: Definition) -> str:
    if shape.has(Mark.CLOCK):
        return f"{value.replace(':', '.')} uur"
    if key == "path":
        return path_words(value)
    return names_of(definition).get(key, {}).get(value, value)


def names_of(definition: Definition) -> dict[str, dict[str, str]]:
    """The names behind the codes that a key may hold: applicants, tiers, criteria."""
    return {
        "applicants": {each.code: each.label for each in definition.applicants.classes},
        "tiers": {each.code: each.label or each.code for each in listed(definition.tiers)},
        "tie_criterion": {each.code: each.question for each in listed(definition.criteria)},
    }


def ceiling_name(ceiling: Ceiling, definition: Definition) -> str:
    """As in "het hele subsidieplafond" or "het plafond voor Noord"."""
    if ceiling.scope is CeilingScope.TOTAL:
        return "het subsidieplafond"
    names = {
        CeilingScope.REGION: {each.code: each.name for each in definition.territory.regions},
        CeilingScope.ACTIVITY: {each.code: each.name for each in definition.activities},
        CeilingScope.THEME: {each.code: each.name for each in definition.themes},
        CeilingScope.TIER: names_of(definition)["tiers"],
    }[ceiling.scope]
    name = names.get(ceiling.code)
    if name is None:
        return f"het plafond voor {code_words(ceiling.scope)}"
    return f"het plafond voor {name if ceiling.scope is CeilingScope.REGION else f'“{name}”'}"


def section_words(section: Any) -> str:
    """A small section as one value; empty for the others."""
    match section:
        case Due():
            return due_words(section)
        case AmountTier(up_to=up_to, maximum=maximum):
            return f"{euro_words(maximum)} bij {_up_to(up_to, 'kosten')}"
        case CeilingStep(amount=amount, published_on=day):
            return f"{euro_words(amount)}, bekendgemaakt op {day_words(day)}"
        case Mandate(up_to=up_to, body=body):
            name = NOT_KNOWN if isinstance(body, Unknown) else body
            return f"{name} bij {_up_to(up_to, 'een bedrag')}"
        case Assumption(path=path):
            return path_words(path)
    return ""


def _up_to(cents: int | None, what: str) -> str:
    return f"{what} tot en met {euro_words(cents)}" if cents is not None else f"elk hoger {what}"


def due_words(due: Due) -> str:
    """As in "op 1 juli 2026" or "binnen acht weken na het einde"."""
    if due.on is not None:
        return f"op {day_words(due.on)}"
    if due.after is None:
        return "meteen"
    anchor = code_words(due.after)
    counts = (
        (due.months, "maand", "maanden"),
        (due.weeks, "week", "weken"),
        (due.days, "dag", "dagen"),
    )
    parts = [count_words(number, one, more) for number, one, more in counts if number]
    return f"binnen {joined(parts)} na {anchor}" if parts else f"bij {anchor}"
