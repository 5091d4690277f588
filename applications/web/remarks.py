"""What the broker remarked, by question."""

from __future__ import annotations

from applications.models import Application, Remark


def open_remarks(application: Application) -> dict[str, list[Remark]]:
    """Remarks that the initiator has not answered; those at no field under the empty code."""
    return _by_question(application, answer=Remark.Answer.OPEN)


def all_remarks(application: Application) -> dict[str, list[Remark]]:
    """Every remark, oldest first."""
    return _by_question(application)


def _by_question(application: Application, **chosen: str) -> dict[str, list[Remark]]:
    found: dict[str, list[Remark]] = {}
    rows = Remark.objects.filter(application=application, **chosen).select_related("author")
    for row in rows.order_by("pk"):
        found.setdefault(row.question, []).append(row)
    return found
