"""A monitor as one table: a line per region or municipality and one for the total.

Headings are Dutch whatever language the reader's page has, because the file goes into the planning
and control cycle and the same figures must give the same bytes. The machine's variant has codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from accountability.domain.figures import MEASURES, Row
from accountability.domain.monitor import Monitor

Kind = Literal["text", "number", "euro", "day"]
Value = str | int | date | None

HEADINGS = {
    "applied": "Aangevraagd",
    "pending": "In behandeling",
    "withdrawn": "Ingetrokken",
    "not_processed": "Niet behandeld",
    "rejected": "Afgewezen",
    "reduced": "Minder gegeven dan gevraagd",
    "awarded": "Verleend",
    "open": "Nog niet vastgesteld",
    "settled": "Vastgesteld",
    "released": "Vrijgevallen",
    "payable": "Te betalen (geheel)",
    "paid": "Betaald",
    "receivable": "Terug te ontvangen",
    "reserved": "Gereserveerd",
    "lapsed": "Vervallen",
}
CYCLE = {
    "core_task": "Kerntaak",
    "policy_goal": "Beleidsdoel",
    "performance": "Prestatie",
    "task_field": "Taakveld",
    "product": "Product",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Dutch heading, its code for machines, and what stands in it."""

    heading: str
    code: str
    kind: Kind


def columns(made: Monitor) -> tuple[Column, ...]:
    """The columns of a monitor's table."""
    place = "Regio" if made.by == "region" else "Gemeente"
    return (
        Column("Regeling", "regulation", "text"),
        *(Column(CYCLE[name], name, "text") for name, _label in made.labels),
        Column("Soort", "kind", "text"),
        Column("Peildatum", "as_of", "day"),
        Column("Zoals bekend op", "known_on", "day"),
        Column("Stand", "status", "text"),
        Column("Code", "code", "text"),
        Column(place, made.by, "text"),
        *_measures(),
        Column("Plafond (€)", "ceiling_eur", "euro"),
        Column("Vrij (€)", "free_eur", "euro"),
    )


def lines(made: Monitor) -> Iterator[tuple[Value, ...]]:
    """The lines: each place in the order of the regulation, then the total with the ceiling."""
    for row in made.figures.rows:
        yield (*_about(made), *_row(row), None, None)
    figures = made.figures
    yield (*_about(made), *_row(figures.total), figures.ceiling, figures.free)


def status(made: Monitor) -> str:
    """Whether these figures are fixed for ever ("definitief") or not yet ("voorlopig")."""
    return "definitief" if made.final else "voorlopig"


def _about(made: Monitor) -> tuple[Value, ...]:
    kind = {"real": "echt", "example": "voorbeeld", "test": "test"}[made.kind]
    labels = tuple(label for _name, label in made.labels)
    return (made.title, *labels, kind, made.as_of, made.known_on, status(made))


def _row(row: Row) -> tuple[Value, ...]:
    sums = (getattr(row, name) for name in MEASURES)
    return (row.code, row.label, *(part for each in sums for part in (each.number, each.cents)))


def _measures() -> Iterator[Column]:
    for name in MEASURES:
        yield Column(f"{HEADINGS[name]} (aantal)", f"{name}_number", "number")
        yield Column(f"{HEADINGS[name]} (€)", f"{name}_eur", "euro")
