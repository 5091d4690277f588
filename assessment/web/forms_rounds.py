"""What the steward of a vote round fills in: who votes, reasons of acts, the second count."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.web import parsing
from assessment.domain.member_lists import Voter, read_list
from assessment.models import Panel
from timeline.refusal import Refused

LARGEST_LIST = 2 * 1024 * 1024


class RoundForm(forms.Form):
    """When a vote runs; only for an example or a test, where the regulation's days do not fit."""

    opens_at = forms.DateTimeField(
        label=_("Opent op"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    closes_at = forms.DateTimeField(
        label=_("Sluit op"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )


class PanelForm(forms.Form):
    """A form about one panel of the round; the choice is drawn where there is more than one."""

    panel = forms.ModelChoiceField(
        label=_("Panel"), queryset=Panel.objects.none(), empty_label=None
    )

    def __init__(self, data: Any, *, panels: list[Panel], files: Any = None, prefix: str) -> None:
        super().__init__(data, files, prefix=prefix)
        field = self.fields["panel"]
        field.queryset = Panel.objects.filter(  # type: ignore[attr-defined]  # a ModelChoiceField
            pk__in=[panel.pk for panel in panels]
        ).order_by("name")
        if len(panels) == 1:
            field.initial = panels[0].pk
            field.widget = forms.HiddenInput()


class MemberForm(PanelForm):
    """Somebody who may vote."""

    name = forms.CharField(label=_("Naam"), max_length=200)
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        help_text=_("Zonder adres wordt de code afgedrukt."),
    )


class ListForm(PanelForm):
    """A whole list: pasted, or a file with a line a person."""

    people = forms.CharField(
        label=_("Plak hier de lijst"),
        required=False,
        help_text=_("Op elke regel een naam en een e-mailadres, met een puntkomma ertussen."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        label=_("Of kies een CSV-bestand"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        """The voters that the text or the file names, as ``voters``."""
        given: dict[str, Any] = super().clean() or {}
        try:
            given["voters"] = self._voters(given)
        except Refused as refusal:
            raise ValidationError({"people": refusal.sentence}) from refusal
        return given

    def _voters(self, given: dict[str, Any]) -> list[Voter]:
        upload = given.get("file")
        if upload is None:
            return read_list(given.get("people") or "")
        if upload.size > LARGEST_LIST:
            raise ValidationError({"file": _("Dit bestand is te groot.")})
        data = upload.read()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")  # what a spreadsheet may write
        return read_list(text)


class LettersForm(PanelForm):
    """Letters with a code for whoever gets them."""

    number = forms.IntegerField(
        label=_("Hoeveel brieven erbij?"),
        min_value=1,
        help_text=_("Niemand weet wie welke brief krijgt. Op elke brief staat een nummer."),
    )


class ReasonForm(forms.Form):
    """Why something is done; it is kept, and may be read by others."""

    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=2000,
        error_messages={"required": _("Schrijf op waarom.")},
        help_text=_("Dit wordt bewaard en komt in het proces-verbaal."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExtendForm(ReasonForm):
    """Until when a vote lasts instead, and why."""

    ends_at = forms.DateTimeField(
        label=_("Nieuwe sluiting"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    field_order = ("ends_at", "reason")


class NumberForm(forms.Form):
    """The public number from which the lot follows."""

    number = forms.CharField(label=_("Het gepubliceerde getal"), max_length=100)


class CountForm(forms.Form):
    """What the second official found when she counted for herself."""

    outcome_hash = forms.CharField(
        label=_("Uw vingerafdruk van de verdeling"),
        max_length=100,
        help_text=_("De 64 tekens die het telprogramma bij de verdeling liet zien."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class DepartForm(forms.Form):
    """What an application gets instead, and why."""

    amount = forms.CharField(
        label=_("Welk bedrag krijgt deze aanvraag?"),
        help_text=_("In euro's. Schrijf 0 om de aanvraag af te wijzen."),
        error_messages={"required": _("Vul een bedrag in, bijvoorbeeld 1.250 of 1250,50.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Waarom wijkt u af?"),
        max_length=4000,
        error_messages={"required": _("Schrijf op waarom u afwijkt.")},
        help_text=_("Dit staat letterlijk in de brief, in het proces-verbaal en op de lijst."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_amount(self) -> int:
        """Cents."""
        cents = parsing.cents(self.cleaned_data["amount"])
        if cents is None:
            raise ValidationError(_("Vul een bedrag in, bijvoorbeeld 1.250 of 1250,50."))
        return cents


class UnlinkForm(forms.Form):
    """That somebody knows what unlinking means."""

    term = forms.BooleanField(
        label=_("De termijn voor bezwaar en beroep is voor alle besluiten van deze ronde voorbij."),
        error_messages={"required": _("Zet een vinkje als dat zo is.")},
    )
    sure = forms.BooleanField(
        label=_("Ik weet dat dit niet terug kan, en dat de kopieën hieronder ook weg moeten."),
        error_messages={"required": _("Zet een vinkje als u dat weet.")},
    )
