"""The form of one step, generated from the definition; and what was posted, read back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from applications.answers import Answers, drafted
from applications.models import Application, Attachment
from applications.web.fields import field_for
from regeling.definition import Definition, FormStep, QuestionKind
from timeline.canon import canonical, sha256

PREFIX = "v"  # keeps the codes of questions apart from the names of buttons


class StepForm(forms.Form):
    """The questions of a step, drawn with answers and with what was told about them.

    It is never bound: posted values come in as ``answers`` as well, so that what is drawn after a
    refusal is the same as after an opening, with the refused words in their place.
    """

    use_required_attribute = False

    def __init__(
        self,
        definition: Definition,
        step: FormStep,
        answers: Answers,
        *,
        files: Mapping[str, tuple[Attachment, ...]] | None = None,
        told: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(initial=dict(answers), prefix=PREFIX)
        for question in step.questions:
            self.fields[question.code] = field_for(
                definition,
                question,
                attachments=(files or {}).get(question.code, ()),
                answer=answers.get(question.code),
            )
        errors = ErrorDict()
        for code, sentence in (told or {}).items():
            if code in self.fields:
                errors[code] = self.error_class([sentence])
        self._errors = errors


@dataclass(frozen=True, slots=True)
class Posted:
    """What came in: answers that can be read, sentences about what cannot, and the raw words.

    A question whose field was not in the post at all is in none of them; an account number left
    empty is in none either, since the stored one is never drawn.
    """

    answers: dict[str, Any]
    unreadable: dict[str, str]
    raw: dict[str, Any]


def read(definition: Definition, step: FormStep, data: Mapping[str, Any]) -> Posted:
    """Read the post of a step."""
    answers: dict[str, Any] = {}
    unreadable: dict[str, str] = {}
    raw: dict[str, Any] = {}
    for question in step.questions:
        field = field_for(definition, question)
        name = f"{PREFIX}-{question.code}"
        closed = isinstance(
            field.widget, forms.RadioSelect
        )  # posts nothing while nothing is chosen
        if question.kind is QuestionKind.FILE or (
            not closed and field.widget.value_omitted_from_data(data, {}, name)
        ):
            continue
        typed = field.widget.value_from_datadict(data, {}, name)
        if question.kind is QuestionKind.IBAN and not typed:
            continue
        raw[question.code] = typed
        try:
            answers[question.code] = field.clean(typed)
        except ValidationError as error:
            unreadable[question.code] = " ".join(error.messages)
    return Posted(answers, unreadable, raw)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page showed: per question the version of its answer and a digest of that answer.

    It travels in the page as one hidden field. With it two tabs that write different questions
    never stand in each other's way, and two that write the same one are told.
    """

    questions: dict[str, tuple[int, str]]
    hidden: frozenset[str] = frozenset()

    @classmethod
    def now(cls, application: Application, step: FormStep, *, hidden: Iterable[str] = ()) -> Seen:
        """What a page shows that is drawn now."""
        known = drafted(application)
        return cls(
            {
                question.code: (
                    known.get(question.code, (None, 0))[1],
                    _digest(known, question.code),
                )
                for question in step.questions
            },
            frozenset(hidden),
        )

    @classmethod
    def read(cls, text: str) -> Seen:
        """Read the hidden field; a broken one saw nothing."""
        try:
            told = json.loads(text)
            return cls(
                {str(code): (int(at), str(digest)) for code, (at, digest) in told["seen"].items()},
                frozenset(str(code) for code in told["hidden"]),
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls({})

    def text(self) -> str:
        """The hidden field."""
        return json.dumps(
            {"seen": self.questions, "hidden": sorted(self.hidden)}, separators=(",", ":")
        )

    def stale(self, application: Application, code: str) -> bool:
        """Was this question answered anew since the page showed it?"""
        at, _digest_then = self.questions.get(code, (0, ""))
        return drafted(application).get(code, (None, 0))[1] > at

    def untouched(self, code: str, answer: Any) -> bool:
        """Does the post say what the page showed?"""
        return digest_of(answer) == self.questions.get(code, (0, ""))[1]


def digest_of(answer: Any) -> str:
    """A short name for an answer, to see whether it changed."""
    return "" if answer is None else sha256(canonical(answer))[:12]


def _digest(known: dict[str, tuple[Any, int]], code: str) -> str:
    return digest_of(known.get(code, (None, 0))[0])
