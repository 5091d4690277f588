"""A monitor as XLSX, written row by row with flat memory; the same figures give the same bytes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import IO, Any

import xlsxwriter

from accountability.domain.monitor import Monitor
from accountability.exports.table import columns, lines, status
from timeline import clock

OPTIONS = {
    "constant_memory": True,
    # Whatever somebody wrote stays text: no formulas, links or numbers are made of it.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_monitor(made: Monitor, target: IO[bytes]) -> None:
    """Write the workbook into ``target``: one sheet with the table of ``exports.table``."""
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties(
        {
            "title": f"Monitor {made.title}",
            "comments": f"Per {made.as_of.isoformat()}, {status(made)}",
            # A file carries the moment at which its figures were known, not the one of making it.
            "created": _naive(clock.moment(made.known_on + timedelta(days=1))),
        }
    )
    formats = {
        "euro": book.add_format({"num_format": '"€" #,##0.00'}),
        "number": book.add_format({"num_format": "#,##0"}),
        "day": book.add_format({"num_format": "d mmmm yyyy"}),
        "text": book.add_format(),
    }
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Monitor")
    head = columns(made)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 16)
    for place, column in enumerate(head):
        sheet.write_string(0, place, column.heading, bold)
    for number, line in enumerate(lines(made), start=1):
        for place, (column, value) in enumerate(zip(head, line, strict=True)):
            _write(sheet, number, place, column.kind, value, formats[column.kind])
    book.close()


def _write(sheet: Any, row: int, place: int, kind: str, value: Any, shape: Any) -> None:
    if value is None:
        return
    match kind:
        case "euro":
            sheet.write_number(row, place, value / 100, shape)
        case "number":
            sheet.write_number(row, place, value, shape)
        case "day":
            sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), shape)  # noqa: DTZ001  # a cell holds a day without a zone
        case _:
            sheet.write_string(row, place, value, shape)


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
