"""Forms of the pages for administrators."""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from accounts.roles import Role
from portal.domain.grants import municipalities_by_regulation, regions_by_regulation
from regeling.models import Regulation

AMOUNT = re.compile(r"€?\s*(\d{1,3}(?:\.?\d{3})*)(?:,(\d{2}))?")


class Give(forms.Form):
    """A role for somebody: where it counts is chosen from what exists."""

    email = forms.EmailField(
        label=_("E-mailadres"), help_text=_("Het adres waarmee deze persoon inlogt.")
    )
    role = forms.ChoiceField(label=_("Rol"), choices=Role.choices)
    authority = forms.ChoiceField(label=_("Overheid"))
    regulation = forms.ChoiceField(label=_("Regeling"), required=False)
    region = forms.ChoiceField(label=_("Gebied"), required=False)
    municipality = forms.ChoiceField(
        label=_("Gemeente"),
        required=False,
        help_text=_("Alleen voor een contactpersoon van de gemeente."),
    )
    limit = forms.CharField(
        label=_("Mag tekenen tot"),
        required=False,
        help_text=_("Een bedrag in euro, alleen voor wie besluiten tekent. Leeg: geen grens."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regulations = Regulation.objects.order_by("title").values_list("slug", "title")
        places = {
            code: name for each in regions_by_regulation().values() for code, name in each.items()
        }
        self._choose("authority", *Authority.objects.order_by("name").values_list("code", "name"))
        self._choose("regulation", ("", _("Alle regelingen")), *regulations)
        self._choose("region", ("", _("Overal")), *sorted(places.items()))
        named = {name for each in municipalities_by_regulation().values() for name in each}
        self._choose("municipality", ("", _("Geen")), *((name, name) for name in sorted(named)))

    def clean_limit(self) -> int | None:
        """Cents, or None for no limit."""
        written = self.cleaned_data["limit"].strip()
        if not written:
            return None
        match = AMOUNT.fullmatch(written)
        if match is None:
            raise forms.ValidationError(_("Schrijf een bedrag, bijvoorbeeld 25.000 of 1.500,50."))
        return int(match[1].replace(".", "")) * 100 + int(match[2] or 0)

    def _choose(self, name: str, *choices: tuple[Any, Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices
