"""One trial: a round by its own text, beside another text or other values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessment.domain.allocation_model import TOTAL
from assessment.domain.simulation.carry import carried
from assessment.domain.simulation.cases import CannotSimulate, Stock, unknown_words
from assessment.domain.simulation.change import Changes, changed
from assessment.domain.simulation.compare import Comparison, compare
from assessment.domain.simulation.problems import ceilings_in
from assessment.domain.simulation.run import Run, simulate
from regeling.definition import Definition, UnknownValueError


@dataclass(frozen=True, slots=True)
class Trial:
    """What came out: the round by its own text (``now``), and as it would be (``then``).

    ``text`` is the definition that was tried, with the changed values in it. ``apart`` are cases
    (uid) that in reality got another amount than their own text gives: somebody decided apart.
    """

    text: Definition
    now: Run
    then: Run
    found: Comparison
    apart: frozenset[str] = frozenset()


def attempt(
    own: Definition,
    stock: Stock,
    *,
    text: Definition | None = None,
    changes: Changes | None = None,
    seed: str = "",
    told: Mapping[str, int] | None = None,
) -> Trial:
    """Run the round by its ``own`` definition and ceilings, and by ``text`` (None: its own) with
    ``changes``.

    Another text brings its own ceilings; the round's own text keeps those that it really had.
    ``told`` are the amounts that people really got, in cents by uid. Raises ``CannotSimulate``.
    """
    changes = changes or Changes()
    made = changed(text or own, changes)
    try:
        there = stock.ceilings or ceilings_in(own)
        ceilings = dict(there)
        if text is not None and text != own:
            ceilings = ceilings_in(text, total=changes.ceiling)
    except UnknownValueError as unknown:
        raise CannotSimulate(unknown_words(unknown)) from unknown
    if changes.ceiling is not None:
        ceilings[TOTAL] = changes.ceiling
    now = simulate(own, stock, ceilings=there, seed="" if stock.lot else seed)
    # Other ceilings than the round had were never lowered.
    same = stock if ceilings == dict(there) else replace(stock, lowered={})
    then = simulate(
        made,
        carried(same, own, made),
        ceilings=ceilings,
        seed=seed,
        over_maximum=changes.over_maximum,
    )
    apart = frozenset(
        result.case.uid
        for result in now.results
        if told is not None and told.get(result.case.uid, 0) != result.granted
    )
    return Trial(made, now, then, compare(now, then), apart)
