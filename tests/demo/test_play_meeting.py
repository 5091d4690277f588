"""A year in which a panel met, played to its end: Noordwest 2019 and Vechtdal 2022."""

from __future__ import annotations

import pytest

from applications.models import Application
from applications.states import State
from assessment.models import AgendaItem, Meeting, MunicipalRequest
from config.demo.play.outcome import figures_of
from config.demo.play.round import play_round
from timeline import verify
from timeline.models import Delivery

NOORDWEST = "initiatieven-sociale-kwaliteit-noordwest-2019"
VECHTDAL = "handgeld-vechtdal-2022"


def quiet(_line: str) -> None:
    """Nobody watches a test."""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("slug", [NOORDWEST, VECHTDAL])
def test_a_year_of_meetings_ends_with_every_letter_sent(slug: str) -> None:
    play = play_round(slug=slug, applications=6, seed=1, say=quiet)
    held = Meeting.objects.exclude(state=Meeting.State.PLANNED)
    assert held.exists()
    assert set(held.values_list("state", flat=True)) == {Meeting.State.SIGNED}
    outcomes = set(AgendaItem.objects.values_list("outcome", flat=True))
    assert {"positive", "negative"} <= outcomes
    states = set(Application.objects.values_list("state", flat=True))
    assert states <= {State.CLOSED, State.WITHDRAWN}
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()
    assert [each for walk in verify.checks().values() for each in verify.findings(walk)] == []
    assert figures_of(play).figures.total.awarded.cents > 0
    assert MunicipalRequest.objects.exists() == (slug == NOORDWEST)
