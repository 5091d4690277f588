"""Forms of regulations' pages: the check before an account, and opening a call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regeling.budgets import total
from regeling.definition import Column, Definition, PartyKind, Question, QuestionKind, listed
from regeling.definition.expression import Value
from regeling.definition.facts import FACTS, choices_of
from regeling.matching import COSTS_LINE
from regeling.models import Call
from timeline import clock

MOST_EUROS = 10_000_000
EMPTY = "---"


class CheckForm(forms.Form):
    """For "Mag ik aanvragen?": who, where, how much, and the questions that rules ask beforehand.

    Nothing is compulsory: what is left open stays undecided in the answer.
    """

    def __init__(self, definition: Definition, data: Any = None) -> None:
        super().__init__(data)
        self.definition = definition
        for name, field in _fields(definition).items():
            field.required = False
            self.fields[name] = field

    def answers(self) -> dict[str, Any]:
        """The answers by question code, in the shapes of a draft."""
        found: dict[str, Any] = {}
        for question in _questions(self.definition):
            value = _answer(question, self.cleaned_data.get(question.code))
            if value is not None:
                found[question.code] = value
        return found

    def facts(self) -> dict[str, Value | None]:
        """The facts about the applicant."""
        facts: dict[str, Value | None] = {"received_on": clock.today()}
        for name in ("applicant", "persons", "organisations"):
            facts[name] = self.cleaned_data.get(name) or None
        return facts


def as_query(
    definition: Definition, answers: Mapping[str, Any], facts: Mapping[str, Value | None]
) -> dict[str, str] | None:
    """What somebody would have typed in the check to give these answers and facts.

    None where the check cannot ask it: a part of a euro.
    """
    who = ("applicant", "persons", "organisations")
    typed: dict[str, Any] = {name: facts.get(name) or None for name in who}
    for question in _questions(definition):
        answer = answers.get(question.code)
        if question.kind is QuestionKind.BUDGET:
            answer = facts.get("costs") or total(answer, "costs")
        if question.kind in (QuestionKind.BUDGET, QuestionKind.MONEY) and answer is not None:
            if answer % 100:
                return None
            answer //= 100
        typed[question.code] = answer
    words = {True: "yes", False: "no"}
    return {
        name: words[value] if isinstance(value, bool) else str(value)
        for name, value in typed.items()
        if value not in (None, "")
    }


def asks(definition: Definition) -> frozenset[str]:
    """The facts and questions that the check asks for, by every name that they have."""
    names = {"applicant", "persons", "organisations"}
    for question in _questions(definition):
        names.add(question.code)
        if question.kind is QuestionKind.BUDGET:
            names.add("costs")
        elif question.fills:
            names.add(question.fills.value)
    return frozenset(names)


def _fields(definition: Definition) -> dict[str, forms.Field]:
    classes = definition.applicants.classes
    fields: dict[str, forms.Field] = {
        "applicant": forms.ChoiceField(
            label=FACTS["applicant"].question,
            choices=[(each.code, _capital(each.label)) for each in classes],
            widget=forms.RadioSelect,
        )
    }
    if any(each.kind is PartyKind.GROUP for each in classes):
        kinds = {each.member_kind for each in classes if each.kind is PartyKind.GROUP}
        for name, kind in (("persons", "person"), ("organisations", "organisation")):
            if kinds & {kind, "any"}:
                fields[name] = forms.IntegerField(
                    label=FACTS[name].question, min_value=1, max_value=100_000
                )
    for question in _questions(definition):
        fields[question.code] = _field(definition, question)
    return fields


def _questions(definition: Definition) -> list[Question]:
    """Where and how much, and what the rules of the check look at, in the order of the form."""
    names = {name for rule in definition.eligibility if rule.asked_before for name in _seen(rule)}
    columns = {FACTS[name].column for name in names if name in FACTS}
    columns |= {Column.MUNICIPALITY, Column.AMOUNT_ASKED}
    return [
        question
        for question in definition.form.questions
        if question.code in names or (question.fills and question.fills in columns)
    ]


def _seen(rule: Any) -> frozenset[str]:
    names: frozenset[str] = rule.require.names
    return names | rule.when.names if rule.when else names


def _field(definition: Definition, question: Question) -> forms.Field:
    label, help_text = question.label, question.help
    match question.kind:
        case QuestionKind.MUNICIPALITY:
            names = sorted(definition.territory.all_municipalities)
            choices = [("", EMPTY), *((name, name) for name in [*names, _("Een andere gemeente")])]
            return forms.ChoiceField(label=label, choices=choices)
        case QuestionKind.MONEY | QuestionKind.BUDGET:
            if question.kind is QuestionKind.BUDGET:
                label, help_text = _("Wat kost het in totaal?"), ""
            return forms.IntegerField(
                label=_("%(question)s (in hele euro's)") % {"question": label},
                help_text=help_text,
                min_value=1,
                max_value=MOST_EUROS,
            )
        case QuestionKind.YES_NO:
            choices = [("yes", _("Ja")), ("no", _("Nee"))]
            return forms.ChoiceField(
                label=label, help_text=help_text, choices=choices, widget=forms.RadioSelect
            )
        case QuestionKind.DATE:
            return forms.DateField(
                label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"})
            )
        case QuestionKind.CHOICE:
            return forms.ChoiceField(
                label=label, help_text=help_text, choices=_choices(definition, question)
            )
        case QuestionKind.NUMBER:
            return forms.IntegerField(label=label, help_text=help_text)
    return forms.CharField(label=label, help_text=help_text, max_length=300)


def _choices(definition: Definition, question: Question) -> list[tuple[str, str]]:
    options = choices_of(definition, question)
    return [("", EMPTY), *((code, name) for code, name, _why in options)]


def _answer(question: Question, value: Any) -> Any:
    if value is None or value == "":
        return None
    match question.kind:
        case QuestionKind.MONEY:
            return value * 100
        case QuestionKind.BUDGET:
            return {"costs": [{"label": COSTS_LINE, "cents": value * 100}]}
        case QuestionKind.YES_NO:
            return value == "yes"
        case QuestionKind.DATE:
            return value.isoformat()
    return value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class OpenCall(forms.Form):
    """Open a call. Days are only for an example or a test; a real call follows the regulation."""

    field_order = ("kind", "title", "slug", "window", "opens_on", "closes_on")

    kind = forms.ChoiceField(
        label=gettext_lazy("Wat voor openstelling?"),
        choices=[
            (Call.Kind.EXAMPLE, gettext_lazy("Voorbeeld")),
            (Call.Kind.TEST, gettext_lazy("Test")),
            (Call.Kind.REAL, gettext_lazy("Echt")),
        ],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=gettext_lazy("Naam van de openstelling"), max_length=200)
    slug = forms.SlugField(
        label=gettext_lazy("Adres van de pagina"),
        max_length=100,
        help_text=gettext_lazy("Kleine letters, cijfers en streepjes."),
    )
    opens_on = forms.DateField(
        label=gettext_lazy("Eerste dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Alleen bij een voorbeeld of test. Leeg: zoals de regeling zegt."),
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Laatste dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, definition: Definition, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["window"] = forms.ChoiceField(
            label=_("Periode uit de regeling"),
            required=False,
            choices=[(each.code, each.label or each.code) for each in listed(definition.windows)],
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if last and not first:
            self.add_error("opens_on", _("Vul ook de eerste dag in."))
        elif first and last and last < first:
            self.add_error("closes_on", _("De laatste dag ligt vóór de eerste."))
        return cleaned

    def days(self) -> tuple[datetime, datetime | None] | None:
        """The chosen days as moments, half open; None where the regulation's own count."""
        first: date | None = self.cleaned_data.get("opens_on")
        last: date | None = self.cleaned_data.get("closes_on")
        if first is None:
            return None
        return clock.moment(first), clock.moment(last + timedelta(days=1)) if last else None
