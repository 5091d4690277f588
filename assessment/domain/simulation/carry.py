"""Answers that were given to one text, as they would have been given to another.

A question keeps its answer when it has the same code and kind; else the answer to the question that
fills the same column. What the other text asks and nobody answered stays open, and a rule about it
undecided: that refuses nobody, and the run tells how often it was so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assessment.domain.simulation.cases import Case, Stock
from regeling.definition import ApplicantClass, Definition, Question, QuestionKind
from regeling.definition.expression import Value

CHOSEN = (QuestionKind.CHOICE, QuestionKind.TEXT)


def carried(stock: Stock, given: Definition, other: Definition) -> Stock:
    """The round with every case's answers and applicant in terms of ``other``; the same round
    where the two are one text."""
    if given == other:
        return stock
    pairs = _pairs(given, other)
    classes = _classes(given, other)
    return replace(stock, cases=tuple(_case(case, pairs, classes) for case in stock.cases))


def _case(case: Case, pairs: Mapping[str, str], classes: Mapping[str, str]) -> Case:
    answers: dict[str, Any] = {
        code: case.answers[own] for code, own in pairs.items() if own in case.answers
    }
    facts: dict[str, Value | None] = dict(case.facts)
    applicant = facts.get("applicant")
    if isinstance(applicant, str):
        facts["applicant"] = classes.get(applicant, applicant)
    return replace(case, answers=answers, facts=facts)


def _pairs(given: Definition, other: Definition) -> dict[str, str]:
    """For every question of ``other`` the question of ``given`` whose answer it takes."""
    own = {question.code: question for question in given.form.questions}
    found = {}
    for question in other.form.questions:
        same = own.get(question.code)
        if same is None or same.kind is not question.kind:
            same = given.form.filling(question.fills) if question.fills else None
        if same is not None and _fits(same, question):
            found[question.code] = same.code
    return found


def _fits(own: Question, question: Question) -> bool:
    return own.kind is question.kind or {own.kind, question.kind} <= set(CHOSEN)


def _classes(given: Definition, other: Definition) -> dict[str, str]:
    """What a kind of applicant is called in ``other``: the same code, else the only class of the
    same sort (persons, groups of such members, organisations)."""
    codes = {each.code for each in other.applicants.classes}
    found = {}
    for own in given.applicants.classes:
        alike = [each for each in other.applicants.classes if _sort(each) == _sort(own)]
        if own.code not in codes and len(alike) == 1:
            found[own.code] = alike[0].code
    return found


def _sort(each: ApplicantClass) -> tuple[str, str]:
    return str(each.kind), str(each.member_kind)
