"""The budget of an application: cost lines and other income, which balance with what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from regeling.words import euro_words

MOST_LINES = 100
"""Lines in one half."""
MOST_CENTS = 100_000_000_00


def total(budget: Any, half: str) -> int | None:
    """The sum of `costs` or `funding` in cents; None where the budget cannot be read."""
    lines = (budget.get(half) or []) if isinstance(budget, Mapping) else None
    if not isinstance(lines, list):
        return None
    cents = [line.get("cents") if isinstance(line, Mapping) else None for line in lines]
    whole = [each for each in cents if isinstance(each, int) and not isinstance(each, bool)]
    return sum(whole) if len(whole) == len(cents) else None


def line_problems(budget: Any) -> Iterator[str]:
    """What is wrong with the lines, as sentences."""
    if not isinstance(budget, Mapping) or set(budget) - {"costs", "funding"}:
        yield _("Deze begroting is niet te lezen.")
        return
    for half in ("costs", "funding"):
        lines = budget.get(half) or []
        if not isinstance(lines, list) or len(lines) > MOST_LINES:
            yield _("Gebruik hoogstens %(most)s regels.") % {"most": MOST_LINES}
            continue
        for number, line in enumerate(lines, start=1):
            yield from _line(line, number, half)
    if not (budget.get("costs") or []):
        yield _("Vul minstens één kostenpost in.")


def _line(line: Any, number: int, half: str) -> Iterator[str]:
    names = {"half": _("Kosten") if half == "costs" else _("Inkomsten"), "number": number}
    if not isinstance(line, Mapping) or not isinstance(line.get("label"), str):
        yield _("%(half)s, regel %(number)s: deze regel is niet te lezen.") % names
        return
    if not 1 <= len(line["label"].strip()) <= 200:
        yield _("%(half)s, regel %(number)s: zet erbij waar het bedrag voor is.") % names
    cents = line.get("cents")
    if not isinstance(cents, int) or isinstance(cents, bool) or not 0 < cents <= MOST_CENTS:
        yield _("%(half)s, regel %(number)s: vul een bedrag in dat meer is dan nul.") % names


def difference_sentence(budget: Any, asked: int) -> Iterator[str]:
    """Why costs differ from the amount asked and the other income together; nothing if they fit."""
    costs, funding = total(budget, "costs"), total(budget, "funding")
    if costs is None or funding is None or costs == asked + funding:
        return
    names = {
        "costs": euro_words(costs),
        "income": euro_words(asked + funding),
        "difference": euro_words(abs(costs - asked - funding)),
    }
    if costs > asked + funding:
        yield (
            _(
                "De kosten zijn %(costs)s."
                " Wat u vraagt en uw andere inkomsten zijn samen %(income)s."
                " Er ontbreekt nog %(difference)s."
            )
            % names
        )
    else:
        yield (
            _(
                "De kosten zijn %(costs)s."
                " Wat u vraagt en uw andere inkomsten zijn samen %(income)s."
                " Dat is %(difference)s te veel."
            )
            % names
        )
