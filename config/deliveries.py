"""What follows for the interface for programs: answers about dossiers that are gone go as well."""

from __future__ import annotations

import json

from applications.models import Application
from config.models import RepeatableRequest
from timeline.deliveries import handles
from timeline.models import Event


@handles("config.forget_answers", "regeling.test_call_removed")
def forget_answers(event: Event) -> None:
    """Remove the answers to repeatable requests that hold a dossier of the removed call."""
    for row in RepeatableRequest.objects.filter(body__contains=f'"{event.facts["slug"]}"'):
        uid = _dossier(row.body)
        if uid and not Application.objects.filter(uid=uid).exists():
            row.delete()


def _dossier(body: str) -> str:
    """The dossier that an answer is about; empty for another answer."""
    told = json.loads(body)
    return str(told["uid"]) if isinstance(told, dict) and {"uid", "call"} <= told.keys() else ""
