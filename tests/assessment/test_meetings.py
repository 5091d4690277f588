"""A panel that meets: who can be on the agenda, who may judge, what the minutes fix."""

from __future__ import annotations

import pytest

from applications.states import State
from assessment.domain.meetings_follow import follow_minutes
from assessment.domain.queries.panels import panel_basis, panel_outcome
from assessment.models import RankingRow
from tests.factories.meetings import sitting
from timeline.verify import checks, findings

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_from_agenda_to_signed_minutes() -> None:
    at = sitting(dossiers=2)
    first, second = at.items
    with at.on_the_day():
        at.present()
        at.treat(first)
        at.treat(second, "negative")
        signed = at.sign()
        follow_minutes(meeting_id=signed.pk)
    found = panel_outcome(first.application_id)
    assert found is not None
    assert found.positive
    assert found.decides
    assert found.members == ("Co Voorzitter", "Ans Lid", "Ben Lid")
    reasons, advice = panel_basis(first.application, found)
    assert "positief" in reasons[0].sentence
    assert advice.text == first.reasoning or advice.text
    row = RankingRow.objects.get()
    assert (row.application_id, row.code) == (first.application_id, "awarded")
    assert row.application.state == State.IN_REVIEW
    assert not [each for walk in checks().values() for each in findings(walk)]
