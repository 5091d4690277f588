"""The account to which a dossier is paid: its uid and last four, as the last snapshot names it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db.models import F, Max

from applications.models import Application, Snapshot
from regeling.definition import Column, Definition


def iban_of(application: Application) -> dict[str, str]:
    """``uid`` and ``last4`` of the account; empty where the form asks for none."""
    return ibans_of([application]).get(application.pk, {})


def ibans_of(applications: Iterable[Application]) -> dict[int, dict[str, str]]:
    """The accounts of several dossiers (with their revision loaded), in one query."""
    rows = {application.pk: application for application in applications}
    last = (
        Snapshot.objects.filter(application__in=rows)
        .annotate(newest=Max("application__snapshots__number"))
        .filter(number=F("newest"))
        .values_list("application_id", "text")
    )
    found = {}
    for pk, text in last:
        account = _account(rows[pk].revision.definition, text)
        if account:
            found[pk] = account
    return found


def _account(definition: Definition, text: str) -> dict[str, str]:
    question = definition.form.filling(Column.IBAN)
    told = json.loads(text)["answers"].get(question.code) if question else None
    return told or {}
