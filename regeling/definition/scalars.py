"""Single values of a definition, read from the text of a YAML scalar."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from difflib import get_close_matches
from enum import Enum
from typing import Any

from regeling.definition.codes import UNKNOWN
from regeling.definition.expression import Expression
from regeling.definition.fields import Mark, Text, Whole
from regeling.definition.shapes import Shape

LONGEST_TEXT = 5_000
CODE = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
LONGEST_CODE = 60
LONGEST_WORD = 40
"""Of a wrong value, what a message repeats: enough to recognise it."""
_EUROS = re.compile(r"(?:EUR )?(\d{1,10})(?:\.(\d{2}))?")


class ScalarError(ValueError):
    """The text is not a value of the kind asked; the message is a Dutch sentence with the cure."""


def read_scalar(text: str, shape: Shape, *, quoted: bool = False) -> Any:
    """The value that `text` gives for `shape`. Raises `ScalarError`.

    Unquoted `unknown` and `none` are the language's own words, where the field allows them.
    """
    if not quoted and text == "unknown":
        if not shape.may_be_unknown:
            raise ScalarError("dit mag niet onbekend zijn")
        return UNKNOWN
    if not quoted and text in ("none", "null", "~", "") and not _is_word(text, shape):
        if not shape.may_be_none:
            raise ScalarError("hier ontbreekt een waarde")
        return None
    return _plain(text, shape)


def _is_word(text: str, shape: Shape) -> bool:
    """Whether a closed list has this very word: `leftover: none` says something."""
    return issubclass(shape.base, Enum) and text in {each.value for each in shape.base}


def _plain(text: str, shape: Shape) -> Any:
    if issubclass(shape.base, Enum):
        return _word(text, shape.base)
    if shape.base is bool:
        return _yes_or_no(text)
    if shape.base is int:
        return _euros(text) if shape.has(Mark.EURO) else _whole(text, shape)
    if shape.base is date:
        return _day(text)
    if shape.base is Expression:
        return Expression(" ".join(text.split()))
    return _text(text, shape)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_WORD else f"{text[:LONGEST_WORD]}…"


def _word(text: str, words: type[Enum]) -> Enum:
    allowed = [str(each.value) for each in words]
    if text in allowed:
        return words(text)
    near = get_close_matches(text[:LONGEST_WORD], allowed, n=1)
    hint = f"bedoelt u '{near[0]}'?" if near else f"kies uit: {', '.join(allowed)}"
    raise ScalarError(f"'{_short(text)}' kan hier niet; {hint}")


def _yes_or_no(text: str) -> bool:
    if text in ("yes", "true"):
        return True
    if text in ("no", "false"):
        return False
    raise ScalarError(f"'{_short(text)}' is geen yes of no")


def _euros(text: str) -> int:
    match = _EUROS.fullmatch(text)
    if match is None:
        raise ScalarError(
            f"'{_short(text)}' is geen bedrag; schrijf hele euro's zonder punten (25000)"
            " of met centen na een punt (25000.50)"
        )
    return int(match[1]) * 100 + int(match[2] or 0)


def _whole(text: str, shape: Shape) -> int:
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise ScalarError(f"'{_short(text)}' is geen heel getal")
    number = int(text)
    for mark in shape.marks:
        if isinstance(mark, Whole) and not mark.low <= number <= mark.high:
            raise ScalarError(f"{number} ligt niet tussen {mark.low} en {mark.high}")
    return number


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ScalarError(f"'{_short(text)}' is geen dag; schrijf jaar-maand-dag, zoals 2026-11-30")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ScalarError(f"{text} bestaat niet op de kalender") from error


def _text(text: str, shape: Shape) -> str:
    # An amount must not fall apart at the end of a line, wherever the text comes to stand.
    clean = unicodedata.normalize("NFC", text.strip()).replace("€ ", "€\u00a0")
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in clean):
        raise ScalarError("de tekst bevat een teken dat niet te tonen is")
    if shape.has(Mark.CODE) and not (len(clean) <= LONGEST_CODE and re.fullmatch(CODE, clean)):
        raise ScalarError(
            f"'{_short(clean)}' is geen code; gebruik kleine letters, cijfers en streepjes"
        )
    if shape.has(Mark.CLOCK):
        return _clock(clean)
    low, high = next(
        ((mark.low, mark.high) for mark in shape.marks if isinstance(mark, Text)), (0, LONGEST_TEXT)
    )
    if len(clean) < low:
        raise ScalarError(f"de tekst is te kort: minstens {low} tekens")
    if len(clean) > high:
        raise ScalarError(f"de tekst is te lang: hoogstens {high} tekens, dit zijn er {len(clean)}")
    return clean


def _clock(text: str) -> str:
    try:
        return time.fromisoformat(text).strftime("%H:%M") if len(text) == 5 else _no_clock(text)
    except ValueError:
        return _no_clock(text)


def _no_clock(text: str) -> str:
    raise ScalarError(
        f"'{_short(text)}' is geen tijd; schrijf uren en minuten tussen aanhalingstekens: '17:00'"
    )
