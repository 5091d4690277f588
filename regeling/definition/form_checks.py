"""Whether the form and the rules over its answers fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from regeling.definition.codes import Column, QuestionKind
from regeling.definition.expression import Expression, ExpressionError, Kind
from regeling.definition.expression_types import problems
from regeling.definition.facts import FACTS, kinds_of, options_of
from regeling.definition.model import Definition, Question

Complaint = tuple[str, str]

FILLED_BY: dict[Column, tuple[QuestionKind, ...]] = {
    Column.TITLE: (QuestionKind.TEXT,),
    Column.SUMMARY: (QuestionKind.LONG_TEXT, QuestionKind.TEXT),
    Column.AMOUNT_ASKED: (QuestionKind.MONEY,),
    Column.ACTIVITY: (QuestionKind.CHOICE,),
    Column.MUNICIPALITY: (QuestionKind.MUNICIPALITY,),
    Column.REGION: (QuestionKind.CHOICE,),
    Column.PLACE: (QuestionKind.PLACE, QuestionKind.TEXT),
    Column.START_DATE: (QuestionKind.DATE,),
    Column.END_DATE: (QuestionKind.DATE,),
    Column.BUDGET: (QuestionKind.BUDGET,),
    Column.IBAN: (QuestionKind.IBAN,),
    Column.THEME: (QuestionKind.CHOICE,),
    Column.OWN_HOURS: (QuestionKind.NUMBER,),
}

COMPULSORY = (Column.TITLE, Column.MUNICIPALITY, Column.AMOUNT_ASKED, Column.IBAN)
"""What no dossier can do without."""


def check(definition: Definition) -> Iterator[Complaint]:
    """Complaints about the form's questions, their conditions, and the rules over them."""
    counted = Counter(question.code for question in definition.form.questions)
    filled = Counter(question.fills for question in definition.form.questions if question.fills)
    for path, question in _paths(definition).items():
        if counted[question.code] > 1:
            yield path, f"de code '{question.code}' komt meer dan één keer voor in het formulier"
        if question.code in FACTS and _fact_column(question.code) is not question.fills:
            yield path, f"'{question.code}' is de naam van een feit; kies een andere code"
        if question.fills and filled[question.fills] > 1:
            yield f"{path}.fills", f"meer dan één vraag vult '{question.fills}'"
        yield from _question(question, path)
    for column in COMPULSORY:
        fixed = column is Column.AMOUNT_ASKED and _is_fixed(definition)
        if not filled[column] and not fixed:
            yield "form", f"geen vraag vult '{column}'; zet 'fills: {column}' bij een vraag"
    if filled[Column.OWN_HOURS] and definition.amounts.costs.own_labour_rate is None:
        yield (
            "amounts.costs.own_labour_rate",
            "een vraag telt eigen uren; noem wat een uur telt, of laat 'fills: own_hours' weg",
        )
    yield from _conditions(definition)


def _is_fixed(definition: Definition) -> bool:
    """Whether nobody has to say how much: the regulation does, or each of its activities."""
    activities = [each.fixed is not None for each in definition.activities]
    return definition.amounts.fixed is not None or (bool(activities) and all(activities))


def _paths(definition: Definition) -> dict[str, Question]:
    return {
        f"form.steps.{step.code}.questions.{question.code}": question
        for step in definition.form.steps
        for question in step.questions
    }


def _fact_column(code: str) -> Column | None:
    return FACTS[code].column


def _question(question: Question, path: str) -> Iterator[Complaint]:
    kind = question.kind
    if question.fills and kind not in FILLED_BY[question.fills]:
        wanted = " of ".join(FILLED_BY[question.fills])
        yield f"{path}.kind", f"'{question.fills}' wordt gevuld door een vraag van soort {wanted}"
    if question.retention is not None and not question.personal:
        yield (
            f"{path}.retention",
            "een eigen bewaartijd is er voor persoonsgegevens; zet 'personal: yes' of laat dit weg",
        )
    closed = question.fills in (Column.ACTIVITY, Column.REGION, Column.THEME)
    if kind is QuestionKind.CHOICE and not closed and len(question.choices) < 2:
        yield f"{path}.choices", "een keuzevraag heeft minstens twee antwoorden nodig"
    if question.choices and (kind is not QuestionKind.CHOICE or closed):
        yield f"{path}.choices", "bij deze vraag horen geen eigen antwoorden"
    if len({choice.code for choice in question.choices}) < len(question.choices):
        yield f"{path}.choices", "twee antwoorden hebben dezelfde code"
    for name, kinds in _LIMITS.items():
        if getattr(question, name) is not None and kind not in kinds:
            yield f"{path}.{name}", f"'{name}' hoort niet bij een vraag van soort {kind}"
    for low, high in (
        ("minimum", "maximum"),
        ("minimum_amount", "maximum_amount"),
        ("shortest", "longest"),
        ("earliest", "latest"),
    ):
        least, most = getattr(question, low), getattr(question, high)
        if least is not None and most is not None and least > most:
            yield f"{path}.{low}", f"'{low}' gaat boven '{high}' uit"


_TEXTS = (QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.PLACE)
_LIMITS: Mapping[str, tuple[QuestionKind, ...]] = {
    "minimum": (QuestionKind.NUMBER,),
    "maximum": (QuestionKind.NUMBER,),
    "minimum_amount": (QuestionKind.MONEY,),
    "maximum_amount": (QuestionKind.MONEY,),
    "shortest": _TEXTS,
    "longest": _TEXTS,
    "earliest": (QuestionKind.DATE,),
    "latest": (QuestionKind.DATE,),
}


def _conditions(definition: Definition) -> Iterator[Complaint]:
    kinds, options = kinds_of(definition), options_of(definition)
    earlier: dict[str, Kind] = {name: fact.kind for name, fact in FACTS.items()}
    for path, question in _paths(definition).items():
        if question.when is not None:
            yield from _condition(question.when, f"{path}.when", kinds, options)
            for name in sorted(_names(question.when) - set(earlier)):
                if name in kinds:
                    yield f"{path}.when", f"'{name}' wordt pas later gevraagd; zet die vraag eerder"
        if question.code in kinds:
            earlier[question.code] = kinds[question.code]
    for rule in definition.eligibility:
        path = f"eligibility.{rule.code}"
        yield from _condition(rule.require, f"{path}.require", kinds, options)
        if rule.when is not None:
            yield from _condition(rule.when, f"{path}.when", kinds, options)


def _names(expression: Expression) -> frozenset[str]:
    try:
        return expression.names
    except ExpressionError:
        return frozenset()


def _condition(
    expression: Expression,
    path: str,
    kinds: Mapping[str, Kind],
    options: Mapping[str, tuple[str, ...]],
) -> Iterator[Complaint]:
    for sentence in problems(expression, kinds, options):
        yield path, sentence
    for name in sorted(_names(expression) - set(kinds)):
        near = get_close_matches(name, list(kinds), n=1)
        hint = f"bedoelt u '{near[0]}'?" if near else f"feiten zijn: {', '.join(FACTS)}"
        yield path, f"'{name}' is geen feit en geen vraag om mee te vergelijken; {hint}"
