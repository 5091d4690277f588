"""What was typed into a field, as the language writes it."""

from __future__ import annotations

import re
from dataclasses import MISSING

from django.http import QueryDict
from django.utils.translation import gettext as _

from regeling.definition import Definition
from regeling.definition.scalars import ScalarError, read_scalar
from regeling.definition.shapes import Shape, Slot
from regeling.web.editor.conditions import Row, day_of, written
from regeling.web.editor.controls import NONE_OPTION, Control, slot_at
from regeling.writing import Tree, Word
from regeling.writing.tree import NONE, UNKNOWN

_EUROS = re.compile(r"€?\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{2}))?")


def word(post: QueryDict, name: str) -> str:
    """What was posted under a name; empty where nothing was."""
    found = post.get(name, "")
    return found if isinstance(found, str) else ""


def words(post: QueryDict, name: str) -> tuple[str, ...]:
    """Everything that was posted under a name, but for what is empty."""
    return tuple(each for each in post.getlist(name) if isinstance(each, str) and each)


class Leave:
    """Nothing was changed in this field."""


LEAVE = Leave()


def typed(control: Control, post: QueryDict) -> tuple[str, tuple[str, ...]]:
    """What stands in the field, to show it again."""
    return _clean(word(post, control.path)), words(post, control.path)


def read(control: Control, post: QueryDict, definition: Definition | None) -> Tree | Leave | None:
    """The value for the text; None takes the key away, `LEAVE` leaves it as it is.

    Raises `ScalarError` with a sentence for what cannot be read.
    """
    slot = slot_at(control.path)
    if slot is None or control.path not in post:
        return LEAVE
    if word(post, f"{control.path}~geen"):
        return NONE
    if control.kind in ("checks", "ordered"):
        return _several(control, slot, post)
    text = _clean(word(post, control.path))
    if control.kind == "condition":
        text = _condition(control, post, definition, text)
    if text == control.value:
        return LEAVE
    return _value(control, slot, text)


def _value(control: Control, slot: Slot, text: str) -> Tree | None:
    if not text:
        return _empty(slot)
    if control.kind == "select" and text == NONE_OPTION:
        return NONE
    if control.kind == "lines":
        shape = slot.shape.item or slot.shape
        return [_one(each, shape, "") for each in text.split("\n") if each.strip()]
    return _one(text, slot.shape, control.kind)


def _one(text: str, shape: Shape, kind: str) -> Tree:
    text = text.strip()
    if kind == "money":
        text = _in_euros(text)
    elif shape.base.__name__ == "date":
        text = day_of(text)
    read_scalar(text, shape, quoted=shape.base is str)
    return text if shape.base is str or kind == "condition" else Word(text)


def _in_euros(text: str) -> str:
    match = _EUROS.fullmatch(text)
    if match is None:
        raise ScalarError(
            _("'%(text)s' is geen bedrag; schrijf 1.000 of 1.000,50") % {"text": text}
        )
    whole = match[1].replace(".", "")
    return f"{whole}.{match[2]}" if match[2] and match[2] != "00" else whole


def _empty(slot: Slot) -> Tree | None:
    """What an emptied field says: the language's default, else none, else unknown."""
    if slot.default is None or slot.default == "" or slot.default == ():
        return None
    if slot.shape.may_be_none:
        return NONE
    if slot.shape.may_be_unknown:
        return UNKNOWN
    if slot.default is not MISSING:
        return None
    raise ScalarError(_("vul dit in"))


def _several(control: Control, slot: Slot, post: QueryDict) -> Tree | Leave | None:
    chosen = tuple(dict.fromkeys(words(post, control.path)))
    if control.kind == "checks":
        order = [code for code, _label in control.options]
        chosen = tuple(sorted(chosen, key=lambda each: order.index(each) if each in order else 0))
    if chosen == control.values:
        return LEAVE
    shape = slot.shape.item or slot.shape
    for each in chosen:
        read_scalar(each, shape)
    if not chosen and slot.default is not MISSING:
        return None
    return [Word(each) for each in chosen]


def _condition(control: Control, post: QueryDict, definition: Definition | None, text: str) -> str:
    """What the rows say where they were changed; else the text."""
    if control.rows is None or definition is None or text != control.value:
        return text
    rows = [
        Row(
            name,
            word(post, f"{control.path}~op{n}") or "=",
            word(post, f"{control.path}~waarde{n}"),
        )
        for n in range(len(control.rows))
        for name in [word(post, f"{control.path}~naam{n}")]
    ]
    before = [each for each in control.rows if each.name]
    after = [each for each in rows if each.name and each.value.strip()]
    return text if after == before else written(after, definition)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
