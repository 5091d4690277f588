"""Do the figures of a monitor agree with each other? What does not is named, with amounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from accountability.domain.figures import MEASURES, Facts, Figures, Row, Sum


@dataclass(frozen=True, slots=True)
class Difference:
    """Two figures that should be equal (cents or numbers) and are not; ``name`` says which."""

    name: str
    left: int
    right: int

    def __str__(self) -> str:
        return f"{self.name}: {self.left} tegenover {self.right}"


def differences(facts: Facts, figures: Figures) -> list[Difference]:
    """Everything in which the figures do not reconcile; empty when they do.

    - applied = pending + withdrawn + not processed + rejected + awarded in numbers; in euros also
      what awards gave less than was asked;
    - awarded = open + settled + released; awarded and settled of the ledger are those of the
      decisions, application by application;
    - ceiling = awarded net of releases + reserved + lapsed + free, and nothing is negative;
    - paid is at most payable; payable less receivable is at most the award, and once a subsidy is
      settled exactly the settlement;
    - the rows add up to the total.
    """
    found = [
        *_asked(figures.total),
        *_ledger(figures),
        *_decisions(facts),
        *_cash(facts),
        *_rows(figures),
    ]
    return [each for each in found if each.left != each.right]


def _asked(total: Row) -> Iterator[Difference]:
    ends = (total.pending, total.withdrawn, total.not_processed, total.rejected)
    numbers = sum(each.number for each in ends) + total.awarded.number
    cents = sum(each.cents for each in ends) + total.reduced.cents + total.awarded.cents
    yield Difference("aantal aangevraagd tegenover alle uitkomsten", total.applied.number, numbers)
    yield Difference("aangevraagd tegenover alle uitkomsten (cent)", total.applied.cents, cents)


def _ledger(figures: Figures) -> Iterator[Difference]:
    total = figures.total
    yield Difference(
        "verleend tegenover openstaand, vastgesteld en vrijgevallen (cent)",
        total.awarded.cents,
        total.open.cents + total.settled.cents + total.released.cents,
    )
    # Released money that did not lapse is free again, so only what lapsed stands beside it.
    yield Difference(
        "plafond tegenover verleend (netto), gereserveerd, vervallen en vrij (cent)",
        figures.ceiling,
        total.awarded.cents
        - total.released.cents
        + total.reserved.cents
        + total.lapsed.cents
        + figures.free,
    )
    balances = {"vrij": figures.free, "gereserveerd": total.reserved.cents}
    balances |= {"openstaand": total.open.cents, "vastgesteld": total.settled.cents}
    for name, cents in balances.items():
        yield Difference(f"{name} is minder dan nul (cent)", min(cents, 0), 0)


def _decisions(facts: Facts) -> Iterator[Difference]:
    booked: dict[str, dict[str, int]] = defaultdict(lambda: {"awarded": 0, "settled": 0})
    for move in facts.moves:
        here = booked[move.application]
        if move.source == "reserved" and move.target in ("open", "settled"):
            here["awarded"] += move.cents
        here["settled"] += move.cents * ((move.target == "settled") - (move.source == "settled"))
    cases = {case.application: case for case in facts.cases}
    for application in sorted({*booked, *cases}):
        case = cases.get(application)
        told = (case.awarded, case.settled or 0) if case else (0, 0)
        sums = booked[application]
        yield Difference(f"verleend aan {application} (cent)", sums["awarded"], told[0])
        yield Difference(f"vastgesteld voor {application} (cent)", sums["settled"], told[1])


def _cash(facts: Facts) -> Iterator[Difference]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in facts.cash:
        sums[entry.application][entry.kind] += entry.cents
    cases = {case.application: case for case in facts.cases}
    for application in sorted({*sums, *cases}):
        cash, case = sums[application], cases.get(application)
        more = max(cash["paid"] - cash["payable"], 0)
        yield Difference(f"meer betaald dan te betalen aan {application} (cent)", more, 0)
        due = cash["payable"] - cash["receivable"]
        if case is not None and case.settled is not None:
            name = f"te betalen tegenover vastgesteld voor {application} (cent)"
            yield Difference(name, due, case.settled)
        else:
            over = max(due - (case.awarded if case else 0), 0)
            yield Difference(f"meer te betalen dan verleend aan {application} (cent)", over, 0)


def _rows(figures: Figures) -> Iterator[Difference]:
    for measure in MEASURES:
        added = sum((getattr(row, measure) for row in figures.rows), Sum())
        total: Sum = getattr(figures.total, measure)
        yield Difference(f"{measure}: som van de regels (cent)", added.cents, total.cents)
        yield Difference(f"{measure}: som van de regels (aantal)", added.number, total.number)
