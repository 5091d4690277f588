"""The budget: lines of costs and of other income, which with the amount asked must balance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from applications.web import parsing
from regeling.budgets import MOST_LINES

HALVES = ("costs", "funding")
FEWEST = {"costs": 3, "funding": 2}  # lines that are drawn at least
Line = dict[str, Any]


class Budget(forms.Widget):
    """Two small tables. Works without a script: a button that posts gives one more line."""

    template_name = "applications/widgets/budget.html"
    use_fieldset = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> dict[str, list[Line]]:
        """What was typed: for each half its lines as text; empty ones are left out."""
        return {half: _typed(data, f"{name}-{half}") for half in HALVES}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = value if isinstance(value, dict) else {}
        context["halves"] = [_half(half, name, typed) for half in HALVES]
        return context

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)


class BudgetField(forms.Field):
    """A budget as {"costs": [{"label", "cents"}], "funding": [...]}; None when nothing is there."""

    widget = Budget

    def clean(self, value: Any) -> Any:
        """Read every line; the first line that cannot be read is named."""
        lines = {
            half: [_line(half, n, line) for n, line in _numbered(value[half])] for half in HALVES
        }
        return lines if any(lines.values()) else None


def with_line(value: Any, half: str) -> dict[str, Any]:
    """The same budget with one more line to write on in ``half``."""
    typed = dict(value) if isinstance(value, dict) else {}
    room = max(len(typed.get(half) or []) + 1, FEWEST[half] + 1)
    return {**typed, f"{half}_room": min(room, MOST_LINES)}


def _typed(data: Mapping[str, Any], prefix: str) -> list[Line]:
    found = []
    for number in range(1, MOST_LINES + 1):
        label = str(data.get(f"{prefix}-{number}-label", "")).strip()
        amount = str(data.get(f"{prefix}-{number}-amount", "")).strip()
        if label or amount:
            found.append({"label": label[:200], "amount": amount})
    return found


def _numbered(lines: list[Line]) -> enumerate[Line]:
    return enumerate(lines, start=1)


def _line(half: str, number: int, line: Line) -> Line:
    where = _("Kosten") if half == "costs" else _("Andere inkomsten")
    named = {"half": where, "number": number}
    if not line["label"]:
        raise ValidationError(
            _("%(half)s, regel %(number)s: zet erbij waar het bedrag voor is.") % named
        )
    amount = parsing.cents(line["amount"])
    if not amount:
        raise ValidationError(
            _("%(half)s, regel %(number)s: vul een bedrag in, zoals 750 of 750,50.") % named
        )
    return {"label": line["label"], "cents": amount}


def _half(half: str, name: str, typed: dict[str, Any]) -> dict[str, Any]:
    lines = [
        {
            "label": line["label"],
            "amount": line.get("amount", parsing.amount_text(line.get("cents"))),
            "cents": line.get("cents"),
        }
        for line in typed.get(half) or []
    ]
    known = [line["cents"] for line in lines if line["cents"] is not None]
    room = max(FEWEST[half], len(lines), typed.get(f"{half}_room", 0))
    lines += [{"label": "", "amount": "", "cents": None}] * (room - len(lines))
    return {
        "code": half,
        "prefix": f"{name}-{half}",
        "title": _("Kosten") if half == "costs" else _("Andere inkomsten"),
        "hint": ""
        if half == "costs"
        else _("Eigen geld, of geld van anderen. Wat u van ons vraagt, hoort hier niet bij."),
        "lines": [{**line, "number": number} for number, line in _numbered(lines)],
        "total": sum(known),
    }
