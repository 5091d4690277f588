"""How one value stands in a cell: amounts, days, and text that never starts a formula."""

from __future__ import annotations

from datetime import date

# What a spreadsheet program reads as the start of a formula, plain or full-width, or trims away
# before it looks (OWASP, CSV injection).
STARTS_FORMULA = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001  # the full-width signs are meant
GUARD = "'"
MARK = "\ufeff"
"""Tells a spreadsheet that a file is UTF-8; stands before everything else."""


def text(value: str) -> str:
    """The text, with an apostrophe before what would be a formula, also behind spaces."""
    bare = value.lstrip(" \u00a0")
    return GUARD + value if bare.startswith(tuple(STARTS_FORMULA)) else value


def euros(cents: int, *, point: str = ",") -> str:
    """Cents as euros with two decimals and no thousands: 123456 is "1234,56"."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}{point}{rest:02d}"


def iso(day: date) -> str:
    """2026-03-24: what every program reads as the same day."""
    return day.isoformat()
