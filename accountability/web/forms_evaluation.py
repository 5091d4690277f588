"""Forms of an evaluation: start one, ask a question, send the list, write a finding down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accountability.models import EvaluationQuestion, Group
from regeling.models import Regulation

GROUPS = [
    (Group.AWARDED, _("Wie subsidie kreeg")),
    (Group.REFUSED, _("Wie werd afgewezen")),
    (Group.DROPPED, _("Wie begon en niet indiende")),
    (Group.BROKER, _("Makelaars")),
    (Group.PANEL, _("Panel")),
]


def day(label: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class StartForm(forms.Form):
    """Which regulation, over which period."""

    regulation = forms.ModelChoiceField(
        label=_("Regeling"), queryset=Regulation.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("Naam van de evaluatie"), max_length=200)
    first_day = day(_("Eerste dag van de periode"))
    last_day = day(_("Laatste dag van de periode"))

    def __init__(self, regulations: QuerySet[Regulation], data: Any = None) -> None:
        super().__init__(data)
        chosen: Any = self.fields["regulation"]
        chosen.queryset = regulations


class QuestionForm(forms.Form):
    """One more question."""

    text = forms.CharField(label=_("Vraag"), max_length=300)
    kind = forms.ChoiceField(
        label=_("Wat voor antwoord?"),
        choices=[
            (EvaluationQuestion.Kind.OPEN, _("Eigen woorden")),
            (EvaluationQuestion.Kind.SCALE, _("Een cijfer van 1 tot en met 5")),
            (EvaluationQuestion.Kind.CHOICE, _("Kiezen uit antwoorden")),
        ],
        widget=forms.RadioSelect,
    )
    choices = forms.CharField(
        label=_("De antwoorden"),
        help_text=_("Alleen bij kiezen. Elk antwoord op een eigen regel."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    groups = forms.MultipleChoiceField(
        label=_("Voor wie?"),
        help_text=_("Niets aangekruist: voor iedereen."),
        choices=GROUPS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_choices(self) -> list[str]:
        """The answers, one a line."""
        return [line for line in self.cleaned_data["choices"].splitlines() if line.strip()]


class SendForm(forms.Form):
    """Until when people can answer."""

    ends_on = day(_("Laatste dag om te antwoorden"))


class FindingForm(forms.Form):
    """What was found."""

    text = forms.CharField(label=_("Wat vonden wij?"), widget=forms.Textarea(attrs={"rows": 4}))
    article = forms.CharField(label=_("Over welk artikel?"), max_length=100, required=False)
    path = forms.CharField(
        label=_("Over welk deel van de regeling?"),
        help_text=_("Zoals het in de tekst heet, bijvoorbeeld: amounts.maximum"),
        max_length=200,
        required=False,
    )
    proposal = forms.CharField(
        label=_("Wat stellen wij voor?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
