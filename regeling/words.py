"""Dutch words for days and amounts, as sentences of rules and reasons use them."""

from __future__ import annotations

from datetime import date

NBSP = "\u00a0"
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_NUMBERS = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")


def day_words(day: date) -> str:
    """As in "24 maart 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday_words(day: date) -> str:
    """As in "dinsdag 24 maart 2026"."""
    return f"{_DAYS[day.weekday()]} {day_words(day)}"


def clock_words(clock: str) -> str:
    """As in "9.00 uur" for `09:00`."""
    hours, _, minutes = clock.partition(":")
    return f"{int(hours)}.{minutes} uur"


def euro_words(cents: int) -> str:
    """As in "€ 2.000", or "€ 2.000,50" where there are cents; the space does not break."""
    euros, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    whole = f"{euros:,}".replace(",", ".")
    return f"{sign}€{NBSP}{whole}" + (f",{rest:02d}" if rest else "")


def number_words(number: int) -> str:
    """As in "drie" up to ten; figures above."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def count_words(number: int, one: str, more: str) -> str:
    """As in "één week" and "zes weken"."""
    return f"{number_words(number)} {one if number == 1 else more}"


def joined(words: tuple[str, ...] | list[str], last: str = "en") -> str:
    """As in "Deventer, Olst-Wijhe en Raalte"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
