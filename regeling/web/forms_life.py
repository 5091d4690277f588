"""Forms of the life of a text: checking, publishing, withdrawing, amending, sharing, remarks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regeling.models import Finding, Revision
from timeline import clock


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, as the browser asks it."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def long_text(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CheckText(forms.Form):
    """What a colleague found of the text."""

    approved = forms.ChoiceField(
        label=gettext_lazy("Wat vindt u van deze tekst?"),
        choices=[
            ("yes", gettext_lazy("Goed: deze tekst kan worden vastgesteld")),
            ("no", gettext_lazy("Er moet nog iets anders")),
        ],
        widget=forms.RadioSelect,
    )
    remarks = long_text(
        gettext_lazy("Wat u de schrijver wilt zeggen"),
        gettext_lazy("Moet er iets anders, schrijf dan op wat."),
        required=False,
    )


class PublishText(forms.Form):
    """From when the text is in force, and where it was announced."""

    in_force_on = day_field(
        gettext_lazy("Vanaf welke dag geldt de tekst?"),
        gettext_lazy("Laat leeg als hij meteen geldt."),
        required=False,
    )
    reference = forms.CharField(
        label=gettext_lazy("Waar is hij bekendgemaakt?"),
        help_text=gettext_lazy("Bijvoorbeeld Provinciaal Blad 2027, nummer 12."),
        max_length=200,
        required=False,
    )

    def in_force_at(self) -> datetime | None:
        """The first moment; None is at once."""
        return first_moment(self.cleaned_data["in_force_on"])


class WithdrawText(forms.Form):
    """Which text, from when, and why."""

    revision = forms.ChoiceField(label=gettext_lazy("Welke tekst?"), widget=forms.RadioSelect)
    from_on = day_field(
        gettext_lazy("Vanaf welke dag?"),
        gettext_lazy("Laat leeg als het meteen geldt."),
        required=False,
    )
    reason = long_text(gettext_lazy("Waarom? Dit staat op de pagina van de regeling."))

    def __init__(self, revisions: list[Revision], data: Any = None) -> None:
        super().__init__(data)
        choices = [
            (
                str(each.number),
                _("Tekst %(number)s, geldt vanaf %(day)s")
                % {
                    "number": each.number,
                    "day": clock.day(each.publication.in_force_at).strftime("%d-%m-%Y"),
                },
            )
            for each in revisions
        ]
        field = self.fields["revision"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]

    def from_at(self) -> datetime | None:
        """The first moment without it; None is at once."""
        return first_moment(self.cleaned_data["from_on"])


class ShareText(forms.Form):
    """For whom a link is, and until when it works."""

    label = forms.CharField(
        label=gettext_lazy("Voor wie is de link?"),
        help_text=gettext_lazy("Bijvoorbeeld: de dorpsraden van Salland."),
        max_length=200,
    )
    until = day_field(gettext_lazy("Tot en met welke dag werkt hij?"))

    def ends_at(self) -> datetime:
        """The first moment on which it no longer works."""
        day: date = self.cleaned_data["until"]
        return clock.moment(day + timedelta(days=1))


class RemarkForm(forms.Form):
    """What a reader thinks of one part."""

    text = long_text(gettext_lazy("Uw opmerking"))
    name = forms.CharField(
        label=gettext_lazy("Uw naam"),
        help_text=gettext_lazy("Mag leeg blijven."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AnswerForm(forms.Form):
    """The answer to a remark."""

    answer = long_text(gettext_lazy("Uw antwoord"))


class ReasonForm(forms.Form):
    """Why one part changes, and which finding it answers (where there are findings)."""

    path = forms.CharField(widget=forms.HiddenInput, max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Waarom?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    finding = forms.ChoiceField(
        label=gettext_lazy("Op welke bevinding is dit het antwoord?"), required=False
    )

    def __init__(self, findings: list[Finding], **settings: Any) -> None:
        super().__init__(**settings)
        field = self.fields["finding"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Geen")), *((str(each.pk), str(each)) for each in findings)]
        if not findings:
            del self.fields["finding"]


def first_moment(day: date | None) -> datetime | None:
    """The first moment of a day; None for today and for no day: at once."""
    return None if day is None or day == clock.today() else clock.moment(day)
