"""Forms about people and those for whom they act."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.nl import postcode

from accounts.models import Party


class Address(forms.Form):
    """Where somebody can be reached."""

    phone = forms.CharField(
        label=_("Telefoonnummer"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    street = forms.CharField(
        label=_("Straat en huisnummer"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=10,
        required=False,
        help_text=_("Bijvoorbeeld: 8101 AB"),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    place = forms.CharField(
        label=_("Plaats"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )

    def clean_postcode(self) -> str:
        """A Dutch postcode as "8101 AB"; anything else is told at the field."""
        written: str = self.cleaned_data["postcode"]
        if not written:
            return ""
        try:
            compact = postcode.validate(written)
        except BadNumber:
            raise forms.ValidationError(
                _("Dit is geen postcode. Schrijf vier cijfers en twee letters, zoals 8101 AB.")
            ) from None
        return f"{compact[:4]} {compact[4:]}"


class Details(Address):
    """Name and address of a person."""

    name = forms.CharField(
        label=_("Naam"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ["name"]


class OrganisationDetails(Address):
    """Name and address of an organisation or a group."""

    name = forms.CharField(
        label=_("Naam"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        required=False,
        help_text=_("Van de organisatie zelf."),
    )
    field_order = ["name", "email"]


class NewOrganisation(OrganisationDetails):
    """An organisation with the first person who acts for it."""

    kvk_number = forms.CharField(
        label=_("KvK-nummer"),
        required=False,
        help_text=_("Acht cijfers. U vindt het op uw uittreksel van de Kamer van Koophandel."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    function = forms.CharField(
        label=_("Wat doet u bij deze organisatie?"),
        max_length=80,
        help_text=_("Bijvoorbeeld: voorzitter of penningmeester."),
    )
    field_order = ["name", "kvk_number", "function", "email"]

    def clean_kvk_number(self) -> str:
        """Eight digits, or nothing."""
        digits = re.sub(r"[\s.]", "", self.cleaned_data["kvk_number"])
        if digits and not re.fullmatch(r"\d{8}", digits):
            raise forms.ValidationError(_("Een KvK-nummer heeft acht cijfers."))
        return digits


class Invite(forms.Form):
    """Somebody who is asked to join."""

    name = forms.CharField(label=_("Naam"), max_length=200)
    email = forms.EmailField(label=_("E-mailadres"), max_length=254)
    function = forms.CharField(
        label=_("Functie"), max_length=80, help_text=_("Bijvoorbeeld: secretaris.")
    )
    may_sign = forms.BooleanField(label=_("Mag namens de organisatie ondertekenen"), required=False)

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if party.kind == Party.Kind.GROUP:
            del self.fields["function"], self.fields["may_sign"]
