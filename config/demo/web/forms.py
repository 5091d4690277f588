"""Forms of the demo's pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PostFilter(forms.Form):
    """Whose post, and words in it."""

    to = forms.CharField(label=_("Aan (e-mailadres)"), required=False, max_length=254)
    words = forms.CharField(label=_("Woorden"), required=False, max_length=100)


class ClockForm(forms.Form):
    """A day to which the clock moves."""

    to = forms.DateField(label=_("Naar"), widget=forms.DateInput(attrs={"type": "date"}))
