"""What the contact of a municipality sees: the applications about which she is asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from applications.rules import asked_of_municipality
from assessment.models import MunicipalRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with the number of its questions that have no answer yet."""

    request: MunicipalRequest
    unanswered: int

    @property
    def waits(self) -> bool:
        """Whether something is still to be answered."""
        return self.unanswered > 0


def asked_of(person_id: int | None, *, uid: UUID | None = None) -> list[Asked]:
    """What is asked of this person's municipality, what is due first on top; ``uid`` names one."""
    rows = MunicipalRequest.objects.filter(
        application__in=asked_of_municipality(person_id)
    ).select_related("application__call", "application__revision", "application__party")
    if uid:
        rows = rows.filter(uid=uid)
    found = []
    for row in rows.prefetch_related("answers").order_by("due_on", "pk"):
        answered = {each.question for each in row.answers.all()}
        codes = {code for code, _text in json.loads(row.questions)}
        found.append(Asked(row, len(codes - answered)))
    return found
