"""An answer as people read it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from applications.domain.queries.form import Row
from regeling.definition import Definition, QuestionKind
from regeling.definition.facts import choices_of
from regeling.words import day_words, euro_words


def shown(definition: Definition, row: Row) -> Any:
    """Text for most kinds; for a budget its lines with sums in cents; None where there is none."""
    question, answer = row.question, row.answer
    if answer in (None, "", [], {}):
        return None
    match question.kind:
        case QuestionKind.BUDGET:
            return [_half(answer, "costs"), _half(answer, "funding")]
        case QuestionKind.MONEY:
            return euro_words(answer)
        case QuestionKind.DATE:
            return day_words(date.fromisoformat(answer))
        case QuestionKind.YES_NO:
            return _("Ja") if answer else _("Nee")
        case QuestionKind.IBAN:
            return _("Rekening die eindigt op %(last4)s") % {"last4": answer["last4"]}
        case QuestionKind.CHOICE:
            return _label(definition, row)
    return str(answer)


def _half(answer: dict[str, Any], half: str) -> dict[str, Any]:
    lines = answer.get(half) or []
    return {
        "title": _("Kosten") if half == "costs" else _("Andere inkomsten"),
        "lines": lines,
        "total": sum(line["cents"] for line in lines),
    }


def _label(definition: Definition, row: Row) -> str:
    names = {code: name for code, name, _why in choices_of(definition, row.question)}
    return names.get(row.answer, str(row.answer))
