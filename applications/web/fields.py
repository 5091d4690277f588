"""A field for every kind of question: what is posted becomes an answer, an answer is drawn again.

A field raises ``ValidationError`` only for what cannot be read as an answer at all; whether an
answer keeps within the limits of the regulation is asked of ``regeling.answers.validate``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from applications.models import Attachment
from applications.web import parsing
from applications.web.budget import BudgetField
from regeling.answers import LONGEST, iban_problem
from regeling.definition import Definition, Question, QuestionKind
from regeling.definition.facts import choices_of

FEW = 6  # more choices than this go into a list that folds out


class AnswerField(forms.Field):
    """One typed answer. ``read`` turns text into the answer, ``show`` the answer into text."""

    def __init__(
        self,
        read: Callable[[str], Any],
        *,
        show: Callable[[Any], str] = str,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.read = read
        self.show = show

    def clean(self, value: Any) -> Any:
        """The answer, or None where nothing was typed."""
        text = str(value or "").replace("\r\n", "\n").strip()
        if any(ord(char) < 32 and char not in "\n\t" for char in text):
            raise ValidationError(
                _("Er staat een teken in dat niet te tonen is. Typ de tekst opnieuw.")
            )
        return self.read(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else self.show(value)


class FilesField(forms.Field):
    """The files with a question. They travel on their own and are never part of what is typed."""

    def clean(self, value: Any) -> Any:
        return None


class LongText(forms.Textarea):
    """A text of several lines that counts what was typed against its limit."""

    template_name = "applications/widgets/long_text.html"

    def __init__(self, limit: int) -> None:
        super().__init__(attrs={"rows": 10 if limit > 1500 else 5 if limit > 400 else 3})
        self.limit = limit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["limit"] = self.limit
        return context


class Files(forms.Widget):
    """What is there with a question, and room for one more."""

    template_name = "applications/widgets/files.html"
    needs_multipart_form = True

    def __init__(self, question: Question, attachments: tuple[Attachment, ...]) -> None:
        super().__init__()
        self.question = question
        self.attachments = attachments

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["question"] = self.question
        context["attachments"] = self.attachments
        context["room"] = len(self.attachments) < self.question.most_files
        return context


def field_for(
    definition: Definition,
    question: Question,
    *,
    attachments: tuple[Attachment, ...] = (),
    answer: Any = None,
) -> forms.Field:
    """The field of a question, with its label, its help and whether it is compulsory."""
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": _help(question, answer),
        "required": question.required,
    }
    match question.kind:
        case QuestionKind.BUDGET:
            return BudgetField(**common)
        case QuestionKind.FILE:
            return FilesField(widget=Files(question, attachments), **common)
        case QuestionKind.LONG_TEXT:
            limit = question.longest or LONGEST[QuestionKind.LONG_TEXT]
            return AnswerField(str, widget=LongText(limit), **common)
        case QuestionKind.YES_NO:
            return AnswerField(
                _yes_no, show=_yes_no_text, widget=forms.RadioSelect(choices=_yes_or_no()), **common
            )
        case QuestionKind.CHOICE | QuestionKind.MUNICIPALITY:
            choices = options(definition, question)
            return AnswerField(_one_of(choices), widget=_chooser(choices), **common)
        case QuestionKind.MONEY:
            return AnswerField(
                _money,
                show=_as_typed(parsing.amount_text),
                widget=_line("decimal", size=14),
                **common,
            )
        case QuestionKind.NUMBER:
            return AnswerField(_number, widget=_line("numeric", size=10), **common)
        case QuestionKind.DATE:
            return AnswerField(_day, show=_day_as_typed, widget=_line("numeric", size=12), **common)
        case QuestionKind.IBAN:
            return AnswerField(_iban, show=_iban_as_typed, widget=_line("text", size=34), **common)
    return AnswerField(str, widget=_line("text"), **common)


def options(definition: Definition, question: Question) -> list[tuple[str, str | SafeString]]:
    """The choices of a closed question: code and label, with the explanation of each."""
    if question.kind is QuestionKind.MUNICIPALITY:
        return [(name, name) for name in sorted(definition.territory.all_municipalities)]
    return [(code, _explained(name, why)) for code, name, why in choices_of(definition, question)]


def _explained(label: str, help_text: str) -> str | SafeString:
    if not help_text:
        return label
    return format_html(
        '<span><strong>{}</strong><span class="sve-choice-help">{}</span></span>', label, help_text
    )


def _chooser(choices: list[tuple[str, str | SafeString]]) -> forms.Widget:
    if len(choices) <= FEW:
        return forms.RadioSelect(choices=choices)
    return forms.Select(choices=[("", _("Kies…")), *choices])


def _line(mode: str, *, size: int | None = None) -> forms.TextInput:
    attrs: dict[str, Any] = {"inputmode": mode, "autocomplete": "off"}
    if size:
        attrs["size"] = size
    return forms.TextInput(attrs=attrs)


def _help(question: Question, answer: Any) -> SafeString:
    """The help of the definition and how to type it, as safe text."""
    lines = [question.help] if question.help else []
    match question.kind:
        case QuestionKind.DATE:
            lines.append(_("Dag, maand en jaar, bijvoorbeeld 24-3-2027."))
        case QuestionKind.IBAN if isinstance(answer, dict):
            lines.append(
                _(
                    "Bewaard: het nummer dat eindigt op %(last4)s. Vul alleen iets in als u een"
                    " ander nummer wilt."
                )
                % {"last4": answer["last4"]}
            )
        case QuestionKind.IBAN:
            lines.append(_("Bijvoorbeeld NL91 ABNA 0417 1643 00. Wij bewaren het versleuteld."))
    return mark_safe("<br>".join(escape(line) for line in lines))  # noqa: S308  each line escaped


def _as_typed(show: Callable[[int], str]) -> Callable[[Any], str]:
    return lambda value: show(value) if isinstance(value, int) else str(value)


def _day_as_typed(value: str) -> str:
    return parsing.day_text(value) if len(value) == 10 and value[4:5] == "-" else value


def _iban_as_typed(value: Any) -> str:
    """A stored number is never drawn; what was typed and refused is."""
    return value if isinstance(value, str) else ""


def _yes_or_no() -> list[tuple[str, str]]:
    return [("ja", _("Ja")), ("nee", _("Nee"))]


def _yes_no_text(value: Any) -> str:
    return {True: "ja", False: "nee"}.get(value, str(value))


def _yes_no(text: str) -> bool:
    if text not in ("ja", "nee"):
        raise ValidationError(_("Kies ja of nee."))
    return text == "ja"


def _one_of(choices: list[tuple[str, str | SafeString]]) -> Callable[[str], str]:
    codes = {code for code, _label in choices}

    def read(text: str) -> str:
        if text not in codes:
            raise ValidationError(_("Kies een van de antwoorden."))
        return text

    return read


def _money(text: str) -> int:
    amount = parsing.cents(text)
    if amount is None:
        raise ValidationError(_("Vul een bedrag in euro in, zoals 750 of 750,50."))
    return amount


def _number(text: str) -> int:
    number = parsing.whole(text)
    if number is None:
        raise ValidationError(_("Vul een heel getal in."))
    return number


def _day(text: str) -> str:
    found = parsing.day(text)
    if found is None:
        raise ValidationError(
            _("Deze datum bestaat niet. Vul een dag, maand en jaar in, zoals 24-3-2027.")
        )
    return found.isoformat()


def _iban(text: str) -> str:
    problem = iban_problem(text)
    if problem:
        raise ValidationError(problem)
    return text
