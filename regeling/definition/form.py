"""The form that applicants fill in (4:4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated

from regeling.definition.codes import Column, QuestionKind
from regeling.definition.expression import Expression
from regeling.definition.fields import Cents, Code, Line, Name, Remark, Whole


@dataclass(frozen=True, kw_only=True)
class Choice:
    code: Code
    label: Line
    help: Remark = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of the form. The answer's shape follows from `kind` (see `answers.py`)."""

    code: Code
    kind: QuestionKind
    label: Name
    help: Remark = ""
    required: bool = True
    when: Expression | None = None  # asked only where this holds
    fills: Column | None = None
    personal: bool = False  # personal data: not in events, exports or public pages
    # Months after the dossier is closed; None: as long as the dossier.
    retention: Annotated[int | None, Whole(0, 600)] = None
    public: bool = False  # shown on the ballot and the results page
    choices: tuple[Choice, ...] = ()  # for `choice`; `fills: activity` takes the activities
    minimum: int | None = None  # for `number`
    maximum: int | None = None
    minimum_amount: Cents | None = None  # for `money`
    maximum_amount: Cents | None = None
    shortest: Annotated[int | None, Whole(0, 20_000)] = None  # characters
    longest: Annotated[int | None, Whole(1, 20_000)] = None
    earliest: date | None = None
    latest: date | None = None
    most_files: Annotated[int, Whole(1, 20)] = 1


@dataclass(frozen=True, kw_only=True)
class FormStep:
    """One page of the form."""

    code: Code
    title: Name
    intro: Remark = ""
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Form:
    steps: tuple[FormStep, ...]

    # Asked for many times for each application: kept beside the fields, which never change.
    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for step in self.steps for question in step.questions)

    @cached_property
    def _by_column(self) -> dict[Column, Question]:
        return {each.fills: each for each in reversed(self.questions) if each.fills is not None}

    def question(self, code: str) -> Question | None:
        return next((each for each in self.questions if each.code == code), None)

    def filling(self, column: Column) -> Question | None:
        """The question that fills a standard column, if any."""
        return self._by_column.get(column)
