"""A field of the editor: what the language has at a path, as something one can type into."""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from regeling.conditions import condition_words
from regeling.definition import Definition
from regeling.definition.code_words import code_words
from regeling.definition.expression import Expression, ExpressionError
from regeling.definition.fields import Mark, Text
from regeling.definition.labels import bare, noun
from regeling.definition.shapes import Shape, Slot, slots
from regeling.web.editor.conditions import OPERATORS, Row, names, rows_of
from regeling.web.editor.draft import Draft, shape_of_path
from regeling.words import day_words
from regeling.writing import Tree, tree_of_value
from regeling.writing.tree import State, is_word

NONE_OPTION = "-"
LONG_TEXT = 300
REFERENCES = {
    "activities.applicants": ("applicants.classes", "label"),
    "distribution.tie_criterion": ("criteria", "question"),
    "obligations.tiers": ("tiers", "label"),
}
"""Fields that hold the codes of another list: by path without codes, that list and its names."""
CEILING_PARTS = {
    "region": ("territory.regions", "name"),
    "activity": ("activities", "name"),
    "theme": ("themes", "name"),
    "tier": ("tiers", "label"),
}
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}")
SHORT = ("windows.label", "tiers.label", "letters.heading", "distribution.public_number")
"""Texts that may be long and hardly ever are: a field within the sentence."""
BROAD = ("area", "lines", "checks", "ordered", "condition")


@dataclass(frozen=True, slots=True)
class Control:
    """A field: `value` is what one sees and types, `values` the same of a field with more."""

    path: str
    label: str
    kind: str
    value: str = ""
    values: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    state: State = State.FACT
    may_be_none: bool = False
    before: str = ""
    anew: bool = False
    error: str = ""
    width: int = 0
    rows: tuple[Row, ...] | None = None
    meaning: str = ""
    choices: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None  # why it was assumed, where this very value was

    @property
    def slots(self) -> tuple[str, ...]:
        """The choices of a list in order, with room for one more."""
        return (*self.values, "")[: len(self.options)]

    @property
    def id(self) -> str:
        return "v-" + self.path.replace(".", "-")

    @property
    def is_broad(self) -> bool:
        """Whether it stands on lines of its own rather than within the sentence."""
        return self.kind in BROAD

    @property
    def is_open(self) -> bool:
        """Whether it is marked as something to decide."""
        return self.anew or self.state is State.UNKNOWN

    @property
    def offers_none(self) -> bool:
        """Whether one can tick that there is no such rule."""
        return self.may_be_none and self.state is State.UNKNOWN and self.kind != "select"

    def told(self, error: str, value: str, values: tuple[str, ...]) -> Control:
        """The same field with what was typed and what is wrong with it."""
        return replace(self, error=error, value=value, values=values)


def control(draft: Draft, path: str) -> Control | None:
    """The field at a path; None where the language has no single value there."""
    slot = slot_at(path)
    if slot is None or _is_of_sections(slot.shape):
        return None
    found = draft.value(path)
    shown = found if found is not None else _default(slot)
    kind = kind_of(slot, path)
    own = Control(
        path=path,
        label=_label(path, slot),
        kind=kind,
        state=draft.state(path),
        reason=draft.reason(path),
        may_be_none=slot.shape.may_be_none,
        anew=path in draft.anew,
        before=before_words(draft, path, draft.anew.get(path, "")),
        value="none" if _is_own_none(shown, slot) else _shown(shown, kind),
        values=tuple(_list(shown)) if kind in ("checks", "ordered") else (),
        options=tuple(_options(draft, path, slot)),
        width=_width(kind, slot.shape),
    )
    return _with_rows(own, draft) if kind == "condition" else own


def slot_at(path: str) -> Slot | None:
    """The key of the language at a path."""
    parent, _, key = path.rpartition(".")
    shape = shape_of_path(parent)
    if shape is None or not shape.is_section:
        return None
    return slots(shape.base).get(key)


def kind_of(slot: Slot, path: str) -> str:
    """text, area, money, number, date, time, select, checks, ordered, lines, days or condition."""
    shape = slot.shape
    if _list_of(path) or slot.name == "tie_criterion":
        return "checks" if shape.item is not None else "select"
    if shape.item is not None:
        if issubclass(shape.item.base, Enum):
            return "ordered" if slot.name == "ties" else "checks"
        return "lines"
    if (
        issubclass(shape.base, Enum)
        or shape.base is bool
        or (path.startswith("ceilings.") and (slot.name == "code"))
    ):
        return "select"
    if shape.base is Expression:
        return "condition"
    if shape.base is date:
        return "date"
    if shape.base is int:
        return "money" if shape.has(Mark.EURO) else "number"
    if shape.has(Mark.CLOCK):
        return "time"
    longest = next((each.high for each in shape.marks if isinstance(each, Text)), 0)
    return "area" if longest > LONG_TEXT and shapeless(path) not in SHORT else "text"


def shapeless(path: str) -> str:
    """A path without the codes of items: `obligations.tiers`."""
    steps, found = path.split("."), []
    here = shape_of_path("")
    for step in steps:
        if here is not None and here.item is not None:
            here = here.item
            continue
        found.append(step)
        slot = slots(here.base).get(step) if here is not None and here.is_section else None
        here = slot.shape if slot else None
    return ".".join(found)


def _list_of(path: str) -> bool:
    return shapeless(path) in REFERENCES and not path.endswith("tie_criterion")


def _is_of_sections(shape: Shape) -> bool:
    return shape.is_section or bool(shape.item and shape.item.is_section)


def _default(slot: Slot) -> Tree | None:
    if slot.default is MISSING:
        return None
    found = tree_of_value(slot.default, slot.shape)
    return None if is_word(found, "unknown") else found


def _shown(value: Tree | None, kind: str) -> str:
    """A value of the text as one reads and types it."""
    if value is None or isinstance(value, dict) or is_word(value, "unknown"):
        return ""
    if is_word(value, "none") and kind != "select":
        return ""
    if isinstance(value, list):
        return "\n".join(_day(str(each)) for each in value if isinstance(each, str))
    if kind == "select" and is_word(value, "none"):
        return NONE_OPTION
    return shown_money(str(value)) if kind == "money" else str(value)


def before_words(draft: Draft, path: str, text: str) -> str:
    """An older value of the text in Dutch: "€ 25.000", "9 maart 2023", or the words themselves."""
    slot = slot_at(path)
    if slot is None or not text:
        return text
    kind = kind_of(slot, path)
    if kind == "money":
        return f"€ {shown_money(text)}"
    if kind == "condition":
        return _meaning(" ".join(text.split()), draft.definition) or text
    return _DAYS.sub(lambda found: _day_words(found[0]), text.removeprefix(">-").strip("'\"\n "))


def _day_words(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text


def _is_own_none(value: Tree | None, slot: Slot) -> bool:
    """Whether `none` is here a word of the closed list: `leftover: none` says something."""
    words = {each.value for each in slot.shape.base} if issubclass(slot.shape.base, Enum) else ()
    return "none" in words and not slot.shape.may_be_none and is_word(value, "none")


def shown_money(text: str) -> str:
    """An amount of the text as one reads it: "25.000"; empty stays empty."""
    whole, _, cents = text.removeprefix("EUR").strip().partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") if whole.isdecimal() else whole
    return f"{grouped},{cents}" if cents else grouped


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d-%m-%Y}"
    except ValueError:
        return text


def _list(value: Tree | None) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _options(draft: Draft, path: str, slot: Slot) -> list[tuple[str, str]]:
    shape = slot.shape.item or slot.shape
    name = shapeless(path)
    if name in REFERENCES:
        return [*_empty(slot), *_named(draft, *REFERENCES[name])]
    if path.startswith("ceilings.") and slot.name == "code":
        scope = str(draft.value(f"{path.rpartition('.')[0]}.scope"))
        listed = CEILING_PARTS.get(scope)
        return [("", "het geheel"), *(_named(draft, *listed) if listed else [])]
    if issubclass(shape.base, Enum):
        words = [(str(each.value), code_words(each)) for each in shape.base]
        if slot.shape.item is not None:
            return words
        own = [each for each in words if each[0] != "none" or not slot.shape.may_be_none]
        return [*_empty(slot), *own]
    if shape.base is bool:
        return [*_empty(slot), ("yes", "ja"), ("no", "nee")]
    return []


def _empty(slot: Slot) -> list[tuple[str, str]]:
    found = []
    if slot.shape.item is None and (slot.shape.may_be_unknown or slot.default is MISSING):
        found.append(("", "nog te beslissen"))
    if slot.shape.item is None and slot.shape.may_be_none:
        found.append((NONE_OPTION, "geen"))
    return found


def _named(draft: Draft, listed: str, key: str) -> list[tuple[str, str]]:
    items = draft.value(listed)
    return [
        (str(each.get("code", "")), str(each.get(key) or each.get("code", "")))
        for each in (items if isinstance(items, list) else [])
        if isinstance(each, dict)
    ]


def _width(kind: str, shape: Shape) -> int:
    """Characters that a field is wide."""
    longest = next((each.high for each in shape.marks if isinstance(each, Text)), 60)
    return {"money": 9, "number": 5, "text": min(max(longest // 4, 16), 40)}.get(kind, 0)


def _label(path: str, slot: Slot) -> str:
    section = shape_of_path(path.rpartition(".")[0])
    words = bare(noun(section.base.__name__, slot.name)) if section else slot.name
    return words[:1].upper() + words[1:]


def _with_rows(own: Control, draft: Draft) -> Control:
    """The rows from which a condition is put together, and what it says in Dutch."""
    rows = rows_of(own.value)
    known: Definition | None = draft.definition
    choices = {"names": names(known), "operators": list(OPERATORS.items())} if known else {}
    return replace(
        own,
        rows=None if rows is None or known is None else (*rows, Row()),
        meaning=_meaning(own.value, known),
        choices=choices,
    )


def _meaning(text: str, definition: Definition | None) -> str:
    if definition is None or not text:
        return ""
    try:
        words = condition_words(Expression(text), definition)
    except (ExpressionError, KeyError):
        return ""
    return words[:1].upper() + words[1:] + "."
