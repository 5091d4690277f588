"""A trial as a table for a spreadsheet: UTF-8 with a mark, semicolons, decimal comma."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessment.domain.simulation.trial import Trial
from assessment.domain.simulation.words import Teller
from regeling.definition import Definition

# What a spreadsheet program reads as the start of a formula, plain or full-width, or trims away
# before it looks (OWASP, CSV injection).
FORMULA = "=+-@\t\r＝＋－＠"  # noqa: RUF001  # the full-width signs are meant
MARK = "\ufeff"
"""Tells a spreadsheet that the text is UTF-8."""
HEAD = (
    *("dossier", "initiatief", "gevraagd_euro", "nu_euro", "nu_reden"),
    *("dan_euro", "dan_plaats", "dan_reden", "verschil_euro", "verandering"),
)


def rows_of(trial: Trial, own: Definition) -> Iterator[tuple[Any, ...]]:
    """The table of a trial, with its head; text never starts a formula."""
    titles = {pair.now.case.uid: pair.now.case.title for pair in trial.found.pairs}
    now, then = Teller(own, trial.now, titles), Teller(trial.text, trial.then, titles)
    yield HEAD
    for pair in trial.found.pairs:
        case = pair.now.case
        yield (
            plain(case.number),
            plain(case.title),
            euros(pair.then.asked or pair.now.asked),
            euros(pair.now.granted),
            plain(now.sentence(pair.now)),
            euros(pair.then.granted),
            pair.then.place or "",
            plain(then.sentence(pair.then)),
            euros(pair.difference),
            pair.change,
        )


def plain(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    bare = text.lstrip(" \u00a0")
    return f"'{text}" if bare.startswith(tuple(FORMULA)) else text


def euros(cents: int) -> str:
    """Cents as euros with a comma and two decimals, without thousands: "1234,56"."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole},{rest:02d}"
