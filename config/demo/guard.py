"""The demo and a real call never share a database."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from regeling.models import Call


def real_calls() -> bool:
    """Is there a real call in this database?"""
    return Call.objects.filter(kind=Call.Kind.REAL).exists()


def refuse_real() -> None:
    """Raise ``ImproperlyConfigured`` when this database has a real call."""
    if real_calls():
        raise ImproperlyConfigured(
            "This database has a real call: the demo and its example rounds do not touch it."
        )
