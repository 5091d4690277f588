"""A stamp of what a form showed, for rows that carry no version of their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from timeline.canon import canonical, sha256
from timeline.refusal import Conflict


def stamp(row: models.Model, fields: Iterable[str]) -> str:
    """A short mark that changes when one of these fields does."""
    shown = {name: str(getattr(row, name)) for name in fields}
    return sha256(canonical(shown))[:16]


def refuse_stale(row: models.Model, fields: Iterable[str], seen: str) -> None:
    """Raise ``Conflict`` when the row is no longer what the page showed."""
    if stamp(row, fields) != seen:
        raise Conflict(
            _(
                "Iemand anders heeft deze gegevens intussen gewijzigd. Wat u hebt ingevuld staat "
                "er nog. Kijk het na en sla het opnieuw op."
            ),
            code="changed",
        )
