"""What somebody types and what an answer is: amounts, days and numbers, there and back. Pure."""

from __future__ import annotations

import re
from datetime import date

from regeling.words import euro_words

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            ("januari", "jan"),
            ("februari", "feb"),
            ("maart", "mrt"),
            ("april", "apr"),
            ("mei",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("augustus", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "okt"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](?P<rest>\d{1,2}|-))?")
_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]+)\.?[-/ ]+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
LARGEST = 100_000_000_000  # cents; more is a slip of the keyboard


def cents(text: str) -> int | None:
    """Read an amount in euros as cents: "1.250", "€ 1250,50" and "1250.50" alike.

    None when it is not an amount of nought or more, or larger than a thousand million euros.
    """
    plain = re.sub(r"[\s\u00a0€]|euro|EUR", "", text, flags=re.IGNORECASE)
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return None
    rest = (found["rest"] or "0").replace("-", "0")
    amount = int(found["whole"].replace(".", "")) * 100 + int(rest.ljust(2, "0"))
    return amount if amount <= LARGEST else None


def amount_text(amount: int | None) -> str:
    """An amount in cents as somebody types it: "1.250" or "1.250,50"."""
    return "" if amount is None else euro_words(amount).replace("€", "").strip()


def day(text: str) -> date | None:
    """Read a day: "24-3-2026", "24 maart 2026" or "2026-03-24". None when there is no such day."""
    plain = text.strip().lower()
    if iso := _ISO.fullmatch(plain):
        year, month, number = (int(part) for part in iso.groups())
    elif found := _DAY.fullmatch(plain):
        number, year = int(found[1]), int(found[3])
        month = int(found[2]) if found[2].isdigit() else _MONTHS.get(found[2], 0)
    else:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def day_text(iso: str | None) -> str:
    """A day of an answer ("2026-03-24") as somebody types it: "24-03-2026"."""
    return date.fromisoformat(iso).strftime("%d-%m-%Y") if iso else ""


def whole(text: str) -> int | None:
    """Read a whole number, with or without points between the thousands; None when it is none."""
    plain = text.strip()
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        plain = plain.replace(".", "")
    return int(plain) if re.fullmatch(r"-?\d{1,9}", plain) else None
