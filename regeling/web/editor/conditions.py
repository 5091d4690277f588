"""A condition as rows of fields (what, how, which value), and rows as a condition.

Only conditions that say "this, and this, and this" have rows; any other stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from regeling.definition import Definition
from regeling.definition.expression import Expression, ExpressionError
from regeling.definition.expression_nodes import All, Compare, Kind, Literal, Name, Node, Not
from regeling.definition.facts import FACTS, kinds_of, options_of
from regeling.writing.values import euros

OPERATORS = {
    "=": "is",
    "!=": "is niet",
    ">=": "is minstens (of niet eerder dan)",
    "<=": "is hoogstens (of niet later dan)",
    ">": "is meer (of later) dan",
    "<": "is minder (of eerder) dan",
}
_FACT_WORDS = {
    "activity": "de activiteit",
    "amount_asked": "het gevraagde bedrag",
    "applicant": "de soort aanvrager",
    "costs": "de kosten samen",
    "earlier_applications": "het aantal eerdere aanvragen",
    "end_date": "de einddatum",
    "municipality": "de gemeente",
    "organisations": "het aantal organisaties",
    "other_income": "het geld van anderen",
    "persons": "het aantal inwoners",
    "received_on": "de dag van ontvangst",
    "region": "de regio",
    "start_date": "de begindatum",
    "theme": "het thema",
}
_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


@dataclass(frozen=True, slots=True)
class Row:
    """`name` of a question or fact, an operator, and the value as one types it."""

    name: str = ""
    operator: str = "="
    value: str = ""


def names(definition: Definition) -> list[tuple[str, str]]:
    """What a condition can speak of, with Dutch words: questions first."""
    kinds = kinds_of(definition)
    asked = [(each.code, f"“{each.label}”") for each in definition.form.questions]
    return [
        *((code, words) for code, words in asked if code in kinds),
        *((name, _FACT_WORDS.get(name, name)) for name in FACTS),
    ]


def rows_of(text: str) -> list[Row] | None:
    """The rows of a condition; None where it says more than rows can."""
    if not text.strip():
        return []
    try:
        tree = Expression(" ".join(text.split())).tree
    except ExpressionError:
        return None
    found = [_row(each) for each in (tree.items if isinstance(tree, All) else (tree,))]
    return [each for each in found if each] if all(found) else None


def _row(node: Node) -> Row | None:
    match node:
        case Compare(operator, Name(name), Literal(value, kind)):
            return Row(name, operator, _shown(value, kind))
        case Compare(operator, Name(name), Name(other)):
            return Row(name, operator, _FACT_WORDS.get(other, other))
        case Name(name):
            return Row(name, "=", "ja")
        case Not(Name(name)):
            return Row(name, "=", "nee")
    return None


def _shown(value: object, kind: Kind) -> str:
    match kind, value:
        case Kind.MONEY, int(cents):
            return euros(cents).replace(".", ",")
        case Kind.YES_NO, bool(yes):
            return "ja" if yes else "nee"
        case Kind.DATE, date() as day:
            return f"{day:%d-%m-%Y}"
    return str(value)


def written(rows: list[Row], definition: Definition) -> str:
    """The condition that the rows say, in the language's own text."""
    kinds, options = kinds_of(definition), options_of(definition)
    found = [
        f"{row.name} {row.operator} {_literal(row, kinds, options, definition)}"
        for row in rows
        if row.name and row.value.strip()
    ]
    return " and ".join(found)


def _literal(
    row: Row, kinds: dict[str, Kind], options: dict[str, tuple[str, ...]], definition: Definition
) -> str:
    text = _named(row.value.strip())
    if (
        text in kinds
        and kinds[text] is kinds.get(row.name)
        and text not in options.get(row.name, ())
    ):
        return text
    match kinds.get(row.name):
        case Kind.MONEY:
            return "EUR " + text.removeprefix("€").replace(".", "").replace(",", ".").strip()
        case Kind.YES_NO:
            return {"ja": "yes", "nee": "no"}.get(text.casefold(), text)
        case Kind.DATE:
            return day_of(text)
        case Kind.NUMBER:
            return text
    chosen = _coded(text, row.name, options, definition).replace("'", "")
    return f"'{chosen}'"


def _named(text: str) -> str:
    """The name of a fact that was typed in words."""
    return next((name for name, words in _FACT_WORDS.items() if words == text.casefold()), text)


def _coded(
    text: str, name: str, options: dict[str, tuple[str, ...]], definition: Definition
) -> str:
    """The code of an option that was typed by its label."""
    question = definition.form.question(name)
    labels = {each.label.casefold(): each.code for each in question.choices} if question else {}
    labels |= {each.label.casefold(): each.code for each in definition.applicants.classes}
    known = options.get(name, ())
    same = next((each for each in known if each.casefold() == text.casefold()), "")
    return same or labels.get(text.casefold(), text)


def day_of(text: str) -> str:
    """ "16-04-2027" as "2027-04-16"; anything else as it is."""
    match = _DAY.fullmatch(text.strip())
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else text.strip()
