"""The standard columns that a regulation's own questions fill."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.search import plain
from applications.models import Application
from regeling.definition import Column, Definition


def columns_from(definition: Definition, answers: dict[str, Any]) -> dict[str, Any]:
    """Title, region, municipality, activity, amount and dates as the answers give them.

    Amounts in cents, dates as days. A question that is not answered leaves its column empty.
    """

    def answer(column: Column) -> Any:
        question = definition.form.filling(column)
        return answers.get(question.code) if question else None

    municipality = answer(Column.MUNICIPALITY) or ""
    region = definition.territory.region_of(municipality) if municipality else None
    title = answer(Column.TITLE) or ""
    activities = definition.activities
    only = activities[0].code if len(activities) == 1 else ""
    return {
        "title": title[:900],
        "municipality": municipality[:100],
        "region": region.code if region else "",
        "activity": answer(Column.ACTIVITY) or only,
        "amount_asked": answer(Column.AMOUNT_ASKED) or 0,
        "start_date": _day(answer(Column.START_DATE)),
        "end_date": _day(answer(Column.END_DATE)),
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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
