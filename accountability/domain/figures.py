"""The figures of a monitor from plain facts: no database, no clock, integer cents.

Euros of awards, settlements and releases come from the ledger; numbers, states and what was asked
or refused come from the decisions themselves. The two are told apart on purpose, so that
``reconciliation`` can lay them beside each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Literal

Outcome = Literal["pending", "withdrawn", "not_processed", "rejected", "awarded"]
TOTAL = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One application as its events tell it, up to a day. Amounts are cents."""

    application: str
    region: str
    municipality: str
    asked: int
    outcome: Outcome = "pending"
    awarded: int = 0
    settled: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Cents that moved between two balances of a total ceiling, under the codes of the posting."""

    application: str
    region: str
    municipality: str
    source: str
    target: str
    cents: int


@dataclass(frozen=True, slots=True)
class Cash:
    """The sum of one kind of cash (payable, paid, receivable) of one application."""

    application: str
    kind: str
    cents: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything from which figures are made; ``ceiling`` is the sum of the total ceilings."""

    cases: tuple[Case, ...]
    moves: tuple[Move, ...]
    cash: tuple[Cash, ...]
    ceiling: int


@dataclass(frozen=True, slots=True)
class Sum:
    """So many applications, so many cents."""

    number: int = 0
    cents: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.number + other.number, self.cents + other.cents)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one region or municipality, or of all of them.

    ``rejected`` counts whole refusals with what they asked; ``reduced`` counts awards that gave
    less than was asked, with the difference. ``released`` is what a settlement took out of an
    award.
    """

    code: str
    label: str
    applied: Sum = Sum()
    pending: Sum = Sum()
    withdrawn: Sum = Sum()
    not_processed: Sum = Sum()
    rejected: Sum = Sum()
    reduced: Sum = Sum()
    awarded: Sum = Sum()
    open: Sum = Sum()
    settled: Sum = Sum()
    released: Sum = Sum()
    payable: Sum = Sum()
    paid: Sum = Sum()
    receivable: Sum = Sum()
    reserved: Sum = Sum()
    lapsed: Sum = Sum()


MEASURES = tuple(each.name for each in fields(Row) if each.name not in ("code", "label"))


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows per region or municipality, and the total with the ceiling and what is free of it."""

    rows: tuple[Row, ...]
    total: Row
    ceiling: int
    free: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """Cents of one application under a measure; ``counts`` says whether it is a number there."""

    measure: str
    application: str
    place: str
    cents: int
    counts: bool = True


@dataclass
class _Tally:
    """Per measure: the applications that count, and cents."""

    applications: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cents: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, entry: _Entry) -> None:
        self.cents[entry.measure] += entry.cents
        if entry.counts:
            self.applications[entry.measure].add(entry.application)

    def row(self, code: str, label: str) -> Row:
        sums = {name: Sum(len(self.applications[name]), self.cents[name]) for name in MEASURES}
        return Row(code, label, **sums)


def figures(
    facts: Facts, *, by: Literal["region", "municipality"], labels: dict[str, str]
) -> Figures:
    """Count and add up ``facts`` per region or municipality and in total.

    ``labels`` gives codes their names and the rows their order; a code that it lacks comes behind
    with itself as name, the empty code as "onbekend". The total is counted by itself, so that a
    reconciliation can compare it with the sum of the rows.
    """
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    total = _Tally()
    places = {case.application: getattr(case, by) for case in facts.cases}
    for entry in _entries(facts, by, places):
        tallies[entry.place].add(entry)
        total.add(entry)
    codes = [*labels, *sorted(code for code in tallies if code not in labels)]
    rows = tuple(tallies[code].row(code, labels.get(code, code or "onbekend")) for code in codes)
    spent = sum(
        move.cents * ((move.source == "free") - (move.target == "free")) for move in facts.moves
    )
    return Figures(rows, total.row(TOTAL, "Totaal"), facts.ceiling, facts.ceiling - spent)


def _entries(facts: Facts, by: str, places: dict[str, str]) -> Iterable[_Entry]:
    for case in facts.cases:
        for measure, cents in _of_case(case):
            yield _Entry(measure, case.application, getattr(case, by), cents)
    for application, place, balances in _balances(facts.moves, by):
        for measure, cents in balances.items():
            # How many were awarded and settled is the decisions' to tell.
            counts = measure not in ("awarded", "settled")
            if cents:
                yield _Entry(measure, application, place, cents, counts)
    for entry in facts.cash:
        if entry.cents:
            place = places.get(entry.application, "")
            yield _Entry(entry.kind, entry.application, place, entry.cents)


def _of_case(case: Case) -> Iterable[tuple[str, int]]:
    yield "applied", case.asked
    if case.outcome == "awarded":
        if case.awarded < case.asked:
            yield "reduced", case.asked - case.awarded
        yield "awarded", 0  # the euros of an award are the ledger's
        if case.settled is not None:
            yield "settled", 0
    else:
        yield case.outcome, case.asked


def _balances(moves: Iterable[Move], by: str) -> Iterable[tuple[str, str, dict[str, int]]]:
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for move in moves:
        here = sums[move.application, getattr(move, by)]
        for balance, cents in ((move.source, -move.cents), (move.target, move.cents)):
            if balance in ("reserved", "open", "settled", "lapsed"):
                here[balance] += cents
        if move.source == "reserved" and move.target in ("open", "settled"):
            here["awarded"] += move.cents
        if move.source in ("open", "settled") and move.target in ("free", "lapsed"):
            here["released"] += move.cents
    for (application, place), balances in sums.items():
        yield application, place, balances
