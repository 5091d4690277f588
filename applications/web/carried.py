"""Answers that somebody gave in "Mag ik aanvragen?", carried into the form."""

from __future__ import annotations

from typing import Any

from accounts.access import Request
from regeling.answers import validate
from regeling.definition import Column, Definition
from regeling.domain.queries.governing import governing
from regeling.models import Call

KEY = "check_answers"
_COLUMNS = (
    Column.MUNICIPALITY,
    Column.ACTIVITY,
    Column.AMOUNT_ASKED,
    Column.START_DATE,
    Column.END_DATE,
)


def answers(request: Request, call: Call) -> dict[str, Any]:
    """What the check left for this call, as answers to its form; nothing that is wrong.

    The check speaks of questions by code or of standard facts by name ("municipality").
    """
    given = _given(request, call)
    definition = governing(call).definition
    found = {code: value for code, value in given.items() if definition.form.question(code)}
    for column in _COLUMNS:
        question = definition.form.filling(column)
        if question and column.value in given:
            found.setdefault(question.code, given[column.value])
    return {code: value for code, value in found.items() if _fits(definition, code, value)}


def applicant_class(request: Request, call: Call) -> str:
    """Which kind of applicant she said she is; empty when the check did not ask."""
    return str(_given(request, call).get("applicant", ""))


def forget(request: Request) -> None:
    """Once carried, they are the draft's."""
    request.session.pop(KEY, None)


def _given(request: Request, call: Call) -> dict[str, Any]:
    kept = request.session.get(KEY) or {}
    return dict(kept.get("answers") or {}) if kept.get("slug") == call.slug else {}


def _fits(definition: Definition, code: str, value: Any) -> bool:
    return not validate(definition, {code: value}, final=False)
