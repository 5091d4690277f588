"""The facts that a rule may speak of, beside the answers of the form."""

from __future__ import annotations

from dataclasses import dataclass

from regeling.definition.codes import Column, QuestionKind
from regeling.definition.expression import Kind
from regeling.definition.model import Definition, Question


@dataclass(frozen=True, slots=True)
class Fact:
    """`question` is how "Mag ik aanvragen?" asks for it; empty where it is worked out."""

    name: str
    kind: Kind
    question: str = ""
    column: Column | None = None  # worked out from the question that fills this column


FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("applicant", Kind.TEXT, "Wie vraagt aan?"),
        Fact("persons", Kind.NUMBER, "Met hoeveel inwoners bent u?"),
        Fact("organisations", Kind.NUMBER, "Met hoeveel organisaties bent u?"),
        Fact("region", Kind.TEXT),
        Fact("municipality", Kind.TEXT, column=Column.MUNICIPALITY),
        Fact("activity", Kind.TEXT, column=Column.ACTIVITY),
        Fact("theme", Kind.TEXT, column=Column.THEME),
        Fact("amount_asked", Kind.MONEY, column=Column.AMOUNT_ASKED),
        Fact("costs", Kind.MONEY, column=Column.BUDGET),
        Fact("other_income", Kind.MONEY, column=Column.BUDGET),
        Fact("start_date", Kind.DATE, column=Column.START_DATE),
        Fact("end_date", Kind.DATE, column=Column.END_DATE),
        Fact("received_on", Kind.DATE),
        Fact("earlier_applications", Kind.NUMBER),
    )
}

ANSWER_KINDS: dict[QuestionKind, Kind] = {
    QuestionKind.TEXT: Kind.TEXT,
    QuestionKind.LONG_TEXT: Kind.TEXT,
    QuestionKind.NUMBER: Kind.NUMBER,
    QuestionKind.CHOICE: Kind.TEXT,
    QuestionKind.MONEY: Kind.MONEY,
    QuestionKind.DATE: Kind.DATE,
    QuestionKind.YES_NO: Kind.YES_NO,
    QuestionKind.MUNICIPALITY: Kind.TEXT,
    QuestionKind.PLACE: Kind.TEXT,
}
"""Questions that a condition can compare; a budget, a file and an IBAN it cannot."""


def kinds_of(definition: Definition) -> dict[str, Kind]:
    """The type of every name that a condition of this regulation may use."""
    answers = {
        question.code: ANSWER_KINDS[question.kind]
        for question in definition.form.questions
        if question.kind in ANSWER_KINDS
    }
    return answers | {fact.name: fact.kind for fact in FACTS.values()}


def choices_of(definition: Definition, question: Question) -> tuple[tuple[str, str, str], ...]:
    """What a choice question offers: code, name and explanation of each."""
    match question.fills:
        case Column.ACTIVITY:
            return tuple((each.code, each.name, each.description) for each in definition.activities)
        case Column.THEME:
            return tuple((each.code, each.name, each.description) for each in definition.themes)
        case Column.REGION:
            return tuple((each.code, each.name, "") for each in definition.territory.regions)
    return tuple((each.code, each.label, each.help) for each in question.choices)


def options_of(definition: Definition) -> dict[str, tuple[str, ...]]:
    """The texts that a name can have, for the names that have a closed list."""
    municipalities = definition.territory.all_municipalities
    found: dict[str, tuple[str, ...]] = {
        "applicant": tuple(each.code for each in definition.applicants.classes),
        "region": tuple(each.code for each in definition.territory.regions),
        "municipality": municipalities,
        "activity": tuple(each.code for each in definition.activities),
        "theme": tuple(each.code for each in definition.themes),
    }
    if not municipalities:  # they are unknown yet
        del found["municipality"]
    for question in definition.form.questions:
        if question.kind is QuestionKind.MUNICIPALITY:
            found[question.code] = municipalities
        elif question.kind is QuestionKind.CHOICE:
            found[question.code] = tuple(
                code for code, _name, _why in choices_of(definition, question)
            )
    return found
