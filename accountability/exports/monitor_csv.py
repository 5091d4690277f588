"""A monitor as CSV: for a Dutch spreadsheet, or for a program."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date

from accountability.domain.monitor import Monitor
from accountability.exports.table import Column, Value, columns, lines
from documents import cells

MARK = "\ufeff"  # tells Excel that the text is UTF-8


class _Echo:
    """A file that gives back what is written to it, so that a row can be sent at once."""

    def write(self, text: str) -> str:
        return text


def monitor_csv(made: Monitor, *, machine: bool = False) -> Iterator[bytes]:
    """The monitor row by row, in UTF-8.

    For people: marked as UTF-8, semicolons and a decimal comma. ``machine``: no mark, commas, a
    decimal point and the codes of the columns as heading. Days are ISO in both.
    """
    written = csv.writer(_Echo(), delimiter="," if machine else ";", lineterminator="\r\n")
    head = columns(made)
    yield ("" if machine else MARK).encode()
    yield written.writerow([each.code if machine else each.heading for each in head]).encode()
    for line in lines(made):
        row = [_cell(column, value, machine) for column, value in zip(head, line, strict=True)]
        yield written.writerow(row).encode()


def _cell(column: Column, value: Value, machine: bool) -> str:
    match value:
        case None:
            return ""
        case date():
            return cells.iso(value)
        case int() if column.kind == "euro":
            return cells.euros(value, point="." if machine else ",")
        case int():
            return str(value)
    return cells.text(value)
