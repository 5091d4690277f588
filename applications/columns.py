"""The standard columns that a regulation's own questions fill."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.search import plain
from applications.models import Application
from regeling.answers import amount_asked
from regeling.definition import Column, Definition


def columns_from(definition: Definition, answers: dict[str, Any]) -> dict[str, Any]:
    """Title, region, municipality, activity, theme, amount and dates as the answers give them.

    Amounts in cents, dates as days. A question that is not (well) answered leaves its column empty.
    """

    def text(column: Column) -> str:
        question = definition.form.filling(column)
        answer = answers.get(question.code) if question else None
        return answer if isinstance(answer, str) else ""

    municipality = text(Column.MUNICIPALITY)
    region = definition.territory.region_of(municipality) if municipality else None
    activities = definition.activities
    only = activities[0].code if len(activities) == 1 else ""
    return {
        "title": text(Column.TITLE)[:900],
        "municipality": municipality[:100],
        "region": region.code if region else text(Column.REGION)[:80],
        "activity": (text(Column.ACTIVITY) or only)[:80],
        "theme": text(Column.THEME)[:80],
        "amount_asked": max(0, amount_asked(definition, answers) or 0),
        "start_date": _day(text(Column.START_DATE)),
        "end_date": _day(text(Column.END_DATE)),
    }


def search_text(application: Application) -> str:
    """Words by which a dossier is found: number, title, applicant, municipality."""
    words = (
        application.number or "",
        application.title,
        application.party.name,
        application.municipality,
    )
    return " ".join(plain(word) for word in words if word)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # a draft may hold half a date; the form says what is wrong with it
