"""The questions of "Wat past bij mijn idee?", which no regulation asks but all understand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from regeling.definition import PartyKind
from regeling.matching import Idea
from regeling.places import LONGEST, Located, Place

MOST_EUROS = 10_000_000
MOST_PEOPLE = 100_000
NAMES = "plaatsen"
"""The list of names beside the first field; the page has it."""


class FitForm(forms.Form):
    """Where, with whom, for what, how much, when. Nothing is compulsory."""

    def __init__(self, kinds: tuple[str, ...], data: Any = None) -> None:
        super().__init__(data)
        self.fields.update(_fields(kinds))
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("begin"), given.get("klaar")
        if first and last and last < first:
            self.add_error(
                "klaar", _("U bent klaar voordat u begint. Kijk de twee data nog eens na.")
            )
        return given

    def idea(self, located: Located) -> Idea:
        """What is told, with the place that was found for it."""
        given = self.cleaned_data
        place: Place | None = located.place
        return Idea(
            municipality=place.municipality if place else "",
            place=place.name if place else "",
            party=PartyKind(given["wie"]) if given.get("wie") else None,
            persons=given.get("personen"),
            organisations=given.get("organisaties"),
            activity=given.get("soort") or "",
            amount=_cents(given.get("bedrag")),
            costs=_cents(given.get("kosten")),
            starts_on=given.get("begin"),
            ends_on=given.get("klaar"),
        )


def _cents(euros: int | None) -> int | None:
    return None if euros is None else euros * 100


def _fields(kinds: tuple[str, ...]) -> dict[str, forms.Field]:
    return {
        "waar": forms.CharField(
            label=_("Waar gaat u het doen?"),
            help_text=_("Uw dorp, stad of gemeente. Bijvoorbeeld Luttenberg."),
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"list": NAMES, "autocomplete": "off"}),
        ),
        "wie": forms.ChoiceField(
            label=_("Met wie?"),
            choices=[
                (PartyKind.PERSON.value, _("Ik doe het alleen")),
                (PartyKind.GROUP.value, _("Wij zijn een groep")),
                (PartyKind.ORGANISATION.value, _("Wij zijn een vereniging, stichting of bedrijf")),
            ],
            widget=forms.RadioSelect,
        ),
        "personen": _count(_("Met hoeveel mensen bent u?")),
        "organisaties": _count(_("Hoeveel organisaties doen er samen mee?")),
        "soort": forms.ChoiceField(
            label=_("Wat voor idee is het?"),
            help_text=_("Deze soorten komen uit de regelingen zelf."),
            choices=[("", _("Iets anders, of ik weet het nog niet")), *((k, k) for k in kinds)],
        ),
        "bedrag": _euros(_("Hoeveel geld hebt u nodig? (in hele euro's)"), ""),
        "kosten": _euros(
            _("Wat kost het in totaal? (in hele euro's)"),
            _("Ook wat u zelf of anderen betalen."),
        ),
        "begin": _day(_("Wanneer wilt u beginnen?")),
        "klaar": _day(_("Wanneer bent u klaar?")),
    }


def _count(label: str) -> forms.Field:
    return forms.IntegerField(
        label=label, help_text=_("Alleen bij een groep."), min_value=1, max_value=MOST_PEOPLE
    )


def _euros(label: str, help_text: str) -> forms.Field:
    return forms.IntegerField(label=label, help_text=help_text, min_value=1, max_value=MOST_EUROS)


def _day(label: str) -> forms.Field:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))
