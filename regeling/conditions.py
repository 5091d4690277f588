"""A condition of a regulation as a Dutch clause, for people who do not read the language."""

from __future__ import annotations

from datetime import date

from regeling.definition import Definition, Expression, QuestionKind
from regeling.definition.expression_nodes import (
    All,
    Any,
    Compare,
    Count,
    Kind,
    Literal,
    Name,
    Node,
    Not,
    OneOf,
    Share,
    Shift,
    Sum,
    Unit,
    Value,
)
from regeling.definition.facts import FACTS, kinds_of
from regeling.words import count_words, day_words, euro_words, joined, number_words

_FACTS = {
    "activity": "de activiteit",
    "amount_asked": "het bedrag dat u vraagt",
    "applicant": "de aanvrager",
    "costs": "het totaal van de kosten",
    "earlier_applications": "het aantal eerdere aanvragen",
    "end_date": "de dag waarop u klaar bent",
    "municipality": "de gemeente",
    "organisations": "het aantal organisaties",
    "other_income": "het geld dat u van anderen krijgt",
    "persons": "het aantal inwoners",
    "received_on": "de dag waarop wij de aanvraag krijgen",
    "region": "de streek",
    "start_date": "de dag waarop u begint",
    "theme": "het thema",
}
_ORDER = {
    "=": "is",
    "!=": "is niet",
    "<": "is minder dan",
    "<=": "is hoogstens",
    ">": "is meer dan",
    ">=": "is minstens",
}
_DAYS = {
    "=": "is",
    "!=": "is niet",
    "<": "is vóór",
    "<=": "is niet na",
    ">": "is na",
    ">=": "is niet vóór",
}
_UNITS = {
    Unit.DAYS: ("dag", "dagen"),
    Unit.WEEKS: ("week", "weken"),
    Unit.MONTHS: ("maand", "maanden"),
    Unit.YEARS: ("jaar", "jaar"),
}


def condition_words(expression: Expression, definition: Definition) -> str:
    """As in "het aantal inwoners is minstens drie, of het aantal organisaties is minstens twee"."""
    return _Words(definition).clause(expression.tree)


class _Words:
    """Knows the questions, the choices and the names that a condition may speak of."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._kinds = kinds_of(definition)

    def clause(self, node: Node) -> str:
        match node:
            case Compare(operator, Count(items), right):
                several = "; ".join(self.clause(each) for each in items)
                number = f"{_ORDER[operator].removeprefix('is ')} {self._thing(right)}"
                return f"van deze punten klopt {number}: {several}"
            case Compare(operator, left, right):
                words = _DAYS if Kind.DATE in (self._kind(left), self._kind(right)) else _ORDER
                return f"{self._thing(left)} {words[operator]} {self._value(right, left)}"
            case OneOf(left, options):
                values = joined([self._value(each, left) for each in options], "of")
                return f"{self._thing(left)} is {values}"
            case Not(Compare("=", left, right)):
                return self.clause(Compare("!=", left, right))
            case Not(item):
                return f"het is niet zo dat {self.clause(item)}"
            case All(items):
                return " en ".join(self._part(each) for each in items)
            case Any(items):
                return ", of ".join(self._part(each) for each in items)
        return f"{self._thing(node)} is ja"

    def _part(self, node: Node) -> str:
        """A part that is itself a choice is told as one thing."""
        if isinstance(node, Any):
            return f"minstens één hiervan klopt: {self.clause(node)}"
        return self.clause(node)

    def _thing(self, node: Node) -> str:
        match node:
            case Name(name) if name in FACTS:
                return _FACTS[name]
            case Name(name):
                question = self._definition.form.question(name)
                return f"het antwoord op “{question.label if question else name}”"
            case Literal(value, kind):
                return _literal(value, kind)
            case Sum(items):
                return f"{joined([self._thing(each) for each in items])} samen"
            case Count(items):
                return f"het aantal dat klopt van {'; '.join(self.clause(each) for each in items)};"
            case Share(percent, item):
                return f"{percent}% van {self._thing(item)}"
            case Shift(item, number, unit):
                much = count_words(abs(number), *_UNITS[unit])
                return f"{much} {'na' if number >= 0 else 'vóór'} {self._thing(item)}"
        return self.clause(node)

    def _value(self, node: Node, beside: Node) -> str:
        """A value as it is called beside what it is compared with: a choice has a name."""
        if isinstance(node, Literal) and node.kind is Kind.TEXT and isinstance(beside, Name):
            return self._option(str(node.value), beside.name)
        return self._thing(node)

    def _option(self, code: str, name: str) -> str:
        definition = self._definition
        named = {
            "applicant": {each.code: each.label for each in definition.applicants.classes},
            "activity": {each.code: each.name for each in definition.activities},
            "region": {each.code: each.name for each in definition.territory.regions},
            "theme": {each.code: each.name for each in definition.themes},
        }.get(name)
        question = definition.form.question(name)
        if named is None and question is not None and question.kind is QuestionKind.CHOICE:
            named = {each.code: each.label for each in question.choices}
            named |= {each.code: each.name for each in definition.activities}
            named |= {each.code: each.name for each in definition.themes}
        return f"“{(named or {}).get(code, code)}”"

    def _kind(self, node: Node) -> Kind | None:
        match node:
            case Literal(_, kind):
                return kind
            case Name(name):
                return self._kinds.get(name)
            case Shift():
                return Kind.DATE
        return None


def _literal(value: Value, kind: Kind) -> str:
    if isinstance(value, date):
        return day_words(value)
    if kind is Kind.YES_NO:
        return "ja" if value else "nee"
    if kind is Kind.MONEY and isinstance(value, int):
        return euro_words(value)
    if isinstance(value, int):
        return number_words(value)
    return f"“{value}”"
