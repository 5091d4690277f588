"""What changed between two definitions of a regulation, in words that an official understands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from datetime import date
from typing import Any

from regeling.definition import (
    Ceiling,
    Definition,
    Expression,
    FormStep,
    Question,
    Unknown,
)
from regeling.definition.labels import noun
from regeling.definition.shapes import Slot, slots
from regeling.difference_words import (
    Place,
    capital,
    described,
    item_name,
    keyed,
    said,
    same_but_code,
    titled_by,
)
from regeling.values import NOT_KNOWN, ceiling_name, names_of, section_words, value_words
from regeling.words import joined

LONG = 200
_NOTHING = (None, "", ())


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `path` is for programs; the rest is Dutch.

    `section` is the part of the regulation and `sentence` says the change on its own. `before` and
    `after` hold the whole words, empty where there is nothing on that side.
    """

    path: str
    section: str
    sentence: str
    before: str
    after: str

    @property
    def is_short(self) -> bool:
        """Whether the sentence already holds what stood there and what stands there now."""
        told = f"{self.sentence} {NOT_KNOWN}"
        return all(words.rstrip(".") in told for words in (self.before, self.after))


def differences(before: Definition, after: Definition) -> tuple[Change, ...]:
    """Every difference, in the order of the language; none between equal definitions."""
    return tuple(_Both(before, after).sections(before, after, Place()))


class _Both:
    """Walks two definitions side by side."""

    def __init__(self, before: Definition, after: Definition) -> None:
        self._before = before
        self._after = after

    def sections(self, old: Any, new: Any, place: Place) -> Iterator[Change]:
        kind: type = type(new)
        for slot in slots(kind).values():
            was, now = getattr(old, slot.name), getattr(new, slot.name)
            if was != now:
                yield from self._slot(new, slot, (was, now), place.at(slot.name))

    def _slot(
        self, holder: Any, slot: Slot, values: tuple[Any, Any], place: Place
    ) -> Iterator[Change]:
        old, new = values
        item = slot.shape.item
        if item is not None and item.is_section and Unknown not in (type(old), type(new)):
            yield from self._items(old, new, noun(type(holder).__name__, slot.name), place)
        elif _is_section(old) and _is_section(new) and not section_words(new):
            yield from self.sections(old, new, place)
        else:
            was, now = (self._told(old, slot, self._before), self._told(new, slot, self._after))
            words = self._words(holder, slot, values, (was, now))
            names_it = slot.name == titled_by(type(holder))[1] or _is_amount(holder, slot)
            shown = ("" if old in _NOTHING else was, "" if new in _NOTHING else now)
            yield _change(place, words, *shown, about_item=names_it)

    def _items(
        self, old: tuple[Any, ...], new: tuple[Any, ...], name_of_all: str, place: Place
    ) -> Iterator[Change]:
        """Items are the same where their code is; a code alone that changed is no new item."""
        earlier, later = keyed(old), keyed(new)
        gone = {key: each for key, each in earlier.items() if key not in later}
        for key, each in later.items():
            inside = place.into(_step(key), item_name(each, self._after))
            renamed = next((k for k, was in gone.items() if same_but_code(was, each)), None)
            if key in earlier:
                yield from self.sections(earlier[key], each, inside)
            elif renamed is not None:
                gone.pop(renamed)
                yield _change(
                    inside, f"met een andere interne naam: {inside.item}", about_item=True
                )
            else:
                yield from self._new(each, inside)
        for key, each in gone.items():
            if _question(each, self._after) is None:
                inside = place.into(_step(key), item_name(each, self._before))
                told = described(each, self._before)
                yield _change(inside, f"vervalt: {inside.item}", told, "", about_item=True)
        if [key for key in earlier if key in later] != [key for key in later if key in earlier]:
            yield _change(place, f"in een andere volgorde: {name_of_all}")

    def _new(self, item: Any, place: Place) -> Iterator[Change]:
        """What came; a question that comes from another page only moved."""
        before = _question(item, self._before)
        if before is not None:
            yield _change(place, f"hier staat nu: {place.item}", about_item=True)
            yield from self.sections(before, item, place)
            return
        told = described(item, self._after)
        yield _change(place, f"nieuw: {place.item}", "", told, about_item=True)
        for each in item.questions if isinstance(item, FormStep) else ():
            was = _question(each, self._before)
            if was is not None:
                inside = place.into(each.code, item_name(each, self._after))
                yield from self.sections(was, each, inside)

    def _words(
        self, holder: Any, slot: Slot, values: tuple[Any, Any], told: tuple[str, str]
    ) -> str:
        old, new = values
        was, now = told
        kind, title = titled_by(type(holder))
        name = noun(type(holder).__name__, slot.name)
        if slot.name == title:
            name = kind
        elif _is_amount(holder, slot):
            name = ceiling_name(holder, self._after)
        if isinstance(new, bool):
            return said(type(holder).__name__, slot.name, new)
        if isinstance(old, Unknown):
            return _short(f"nu bekend: {name}", now)
        if isinstance(new, Unknown):
            return _short(f"niet meer bekend: {name}", was)
        if old in _NOTHING:
            return _short(f"nieuw: {name}", now)
        if new in _NOTHING:
            return _short(f"vervallen: {name}", was)
        if slot.name not in names_of(self._after) and _are_texts(old) and _are_texts(new):
            return _list_changed(name, old, new)
        return _changed(name, old, new, told)

    def _told(self, value: Any, slot: Slot, definition: Definition) -> str:
        if _is_section(value):
            return section_words(value) or described(value, definition)
        if isinstance(value, tuple) and value and _is_section(value[0]):
            return " ".join(capital(f"{item_name(each, definition)}.") for each in value)
        return value_words(value, slot, definition)


def _changed(name: str, old: Any, new: Any, told: tuple[str, str]) -> str:
    """What stood there and what stands there now, both known."""
    was, now = told
    if was == now:
        return f"anders opgeschreven, met dezelfde betekenis: {name}"
    if max(len(was), len(now)) > LONG:
        return f"herschreven: {name}"
    if isinstance(new, date) or (isinstance(new, int) and isinstance(old, int)):
        return f"{name} gaat van {was} naar {now}"
    if type(new) is str:
        stop = "" if now[-1] in ".?!" else "."
        return f"{name} luidt nu: “{now}”{stop} Eerst: “{was}”"
    return f"anders: {name}. Eerst: {was.rstrip('.')}. Nu: {now}"


def _list_changed(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> str:
    """What came and what went, where that fits in a sentence."""
    came = [each for each in new if each not in old]
    went = [each for each in old if each not in new]
    if not came and not went:
        return f"in een andere volgorde: {name}"
    told = [("Erbij", came), ("Weg", went)]
    words = ". ".join(f"{what}: {_row(texts)}" for what, texts in told if texts)
    return f"anders: {name}. {words}" if len(words) <= LONG else f"herschreven: {name}"


def _are_texts(value: Any) -> bool:
    """A list of texts for people; words of a closed list have a name of their own."""
    return isinstance(value, tuple) and all(type(each) is str for each in value)


def _row(texts: list[str]) -> str:
    return joined([each.rstrip(".") for each in texts])


def _short(words: str, value: str) -> str:
    """The value with it, where it is short enough for one sentence."""
    return f"{words} ({value.rstrip('.')})" if len(value) <= LONG else words


def _is_amount(holder: Any, slot: Slot) -> bool:
    """The amount of a ceiling: the ceiling itself goes up or down."""
    return isinstance(holder, Ceiling) and slot.name == "amount"


def _is_section(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, Expression)


def _question(item: Any, definition: Definition) -> Question | None:
    """The question of the same code, on whatever page."""
    return definition.form.question(item.code) if isinstance(item, Question) else None


def _step(key: tuple[str, ...]) -> str:
    return next((each for each in reversed(key[:-1]) if each), key[-1])


def _change(
    place: Place, words: str, before: str = "", after: str = "", *, about_item: bool = False
) -> Change:
    sentence = place.sentence(words, about_item=about_item)
    return Change(".".join(place.path), place.heading, sentence, before, after)
