"""Lines and values of a Pabulib file, exactly as written. Pure: standard library only, no float."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

SECTIONS = ("META", "PROJECTS", "VOTES")
LONGEST_FIELD_LINES = 40

Rows = list[tuple[int, list[str]]]
"""Numbers of lines with their fields."""


class PabulibError(ValueError):
    """The text is no Pabulib file; the message names the line."""


def sections(text: str) -> dict[str, Rows]:
    """Lines with their numbers and fields by section, the header first."""
    found: dict[str, Rows] = {}
    rows: Rows | None = None
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for number, fields in _lines(plain.split("\n")):
        title = fields[0].strip().upper()
        if title in SECTIONS and not any(field.strip() for field in fields[1:]):
            if title in found:
                raise PabulibError(f"line {number}: {title} stands in the file twice")
            rows = found.setdefault(title, [])
        elif rows is None:
            raise PabulibError(f"line {number}: a file begins with META")
        else:
            rows.append((number, fields))
    for title in SECTIONS:
        if not found.get(title):
            raise PabulibError(f"the file has no {title}, or no header in it")
    return found


def _lines(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Fields of each line that is not empty. A field in quotes may run over several lines; a quote
    that is never closed is a character like any other."""
    place = 0
    while place < len(lines):
        line, number = lines[place], place + 1
        place += 1
        if '"' not in line:
            if line and not line.isspace():
                yield number, line.split(";")
            continue
        end, fields = place, _quoted(line)
        while fields is None and end < min(len(lines), place + LONGEST_FIELD_LINES):
            end += 1
            fields = _quoted("\n".join(lines[number - 1 : end]))
        if fields is None:
            yield number, line.split(";")
        else:
            place = end
            yield number, fields


def _quoted(text: str) -> list[str] | None:
    """The fields of one record; None while a field in quotes is still open at its end."""
    rows = list(csv.reader([text + "\n", "."], delimiter=";", skipinitialspace=True))
    return rows[0] if len(rows) > 1 else None


def header(rows: Rows, title: str, needed: Sequence[str]) -> list[str]:
    """The names of the columns, in small letters. Raises where a needed one is missing."""
    number, fields = rows[0]
    names = [field.strip().lower() for field in fields]
    for name in needed:
        if name not in names:
            raise PabulibError(f"line {number}: {title} has no column {name}")
    return names


def amount(text: str, where: str) -> Decimal:
    """A number that is not below zero, exactly as written."""
    value = points_of(text, where)
    if value < 0:
        raise PabulibError(f"{where}: {text!r} is below zero")
    return value


def points_of(text: str, where: str) -> Decimal:
    """A number, exactly as written, of at most 28 figures."""
    cleaned = text.strip().replace("\u00a0", "").replace(" ", "")
    try:
        value = Decimal(cleaned)
    except InvalidOperation:
        raise PabulibError(f"{where}: {text!r} is no number") from None
    if not value.is_finite() or abs(value.adjusted()) > 28 or len(value.as_tuple().digits) > 28:
        raise PabulibError(f"{where}: {text!r} is no number to reckon with")
    return value


def finest(value: Decimal) -> int:
    """The power of ten that makes it whole, as short as it can be written."""
    exponent = value.normalize().as_tuple().exponent
    return 10 ** max(0, -int(exponent))


def in_units(value: Decimal, scale: int) -> int:
    """The value in units of ``1 / scale``; exact where the scale is fine enough."""
    numerator, denominator = value.as_integer_ratio()
    return numerator * scale // denominator


def listed_names(text: str) -> list[str]:
    """Names between commas; a name that holds one stands in quotes."""
    found = next(csv.reader([text], skipinitialspace=True), [])
    return [name.strip() for name in found if name.strip()]
