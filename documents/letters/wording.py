"""How a letter writes amounts, days and lists: Dutch, B1, the same everywhere."""

import datetime as dt
from collections.abc import Iterable

from documents.letters.facts import Known
from regeling.words import day_words, joined, weekday_words

UNKNOWN = "niet bekend (voorbeeld)"

NBSP = "\N{NO-BREAK SPACE}"


class IncompleteFactsError(Exception):
    """A real letter would have to name something that nobody knows."""


def euro(cents: int, *, always_cents: bool = False) -> str:
    """ "€ 2.000" or "€ 2.000,50" for an amount in cents; a minus stands before the sign."""
    whole, rest = divmod(abs(cents), 100)
    written = f"{whole:,}".replace(",", ".") + (f",{rest:02}" if rest or always_cents else "")
    return f"{'-' + NBSP if cents < 0 else ''}€{NBSP}{written}"


def day(value: dt.date) -> str:
    """ "24 maart 2026", kept on one line."""
    return day_words(value).replace(" ", NBSP)


def weekday(value: dt.date) -> str:
    """ "dinsdag 24 maart 2026": how a last day is written."""
    return weekday_words(value).replace(" ", NBSP)


def listed(items: Iterable[str]) -> str:
    """ "een, twee en drie"."""
    return joined(list(items))


def count(amount: int, one: str, more: str) -> str:
    return f"{amount}{NBSP}{one if amount == 1 else more}"


def shortened(text: str, longest: int = 90) -> str:
    """A name or title where a line must stay a line; the whole text stands elsewhere."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def known(value: Known, *, example: bool) -> str:
    """What no source gives, as an example prints it; a real letter raises IncompleteFactsError."""
    if value is not None:
        return value
    if example:
        return UNKNOWN
    raise IncompleteFactsError("this letter needs an article, paragraph or name that is not known")


def full_stop(text: str) -> str:
    """The text as a sentence."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else text + "."
