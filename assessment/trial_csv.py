"""A trial as a table for a spreadsheet: UTF-8 with a mark, semicolons, decimal comma."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assessment.domain.simulation.trial import Trial
from assessment.domain.simulation.words import Teller
from documents import cells
from regeling.definition import Definition

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
            cells.text(case.number),
            cells.text(case.title),
            cells.euros(pair.then.asked or pair.now.asked),
            cells.euros(pair.now.granted),
            cells.text(now.sentence(pair.now)),
            cells.euros(pair.then.granted),
            pair.then.place or "",
            cells.text(then.sentence(pair.then)),
            cells.euros(pair.difference),
            pair.change,
        )
