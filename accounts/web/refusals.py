"""How a verb's refusal comes back in the form that caused it, with nothing lost."""

from __future__ import annotations

from django import forms

from timeline.refusal import Refused


def tell(form: forms.BaseForm, refusal: Refused) -> None:
    """Put the sentence at the field that it names, or above the form."""
    field = refusal.field if refusal.field in form.fields else None
    article = f" ({refusal.article})" if refusal.article else ""
    form.add_error(field, f"{refusal.sentence}{article}")
