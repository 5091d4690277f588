"""What people type about money, days and numbers; empty is None."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.web import parsing


class EuroField(forms.CharField):
    """An amount in euros as people type it; gives cents, or None for an empty field."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        cents = parsing.cents(text)
        if cents is None:
            raise ValidationError(_("Vul een bedrag in, bijvoorbeeld 1.250 of 1250,50."))
        return cents

    def prepare_value(self, value: Any) -> Any:
        return parsing.amount_text(value) if isinstance(value, int) else value


class WholeField(forms.CharField):
    """A whole number of nought or more; None for an empty field."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        number = parsing.whole(text)
        if number is None or number < 0:
            raise ValidationError(_("Vul een heel getal in, bijvoorbeeld 25."))
        return number


class DayField(forms.CharField):
    """A day, typed or chosen; None for an empty field."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        day = parsing.day(text)
        if day is None:
            raise ValidationError(_("Vul een dag in, bijvoorbeeld 24-3-2026."))
        return day
