"""The calls of the present: two applications in every state, codes that wait, a batch to sign."""

from __future__ import annotations

from collections import Counter

import pytest

from applications.models import Application
from applications.states import State
from assessment.models import VoteRight
from config.demo.models import SentMail
from config.demo.play.present import play_present
from config.demo.tour import DECIDING_CALL, OPEN_CALL, VOTING_CALL, stops
from documents.models import DecisionBatch
from regeling.models import Call
from timeline import clock, verify
from timeline.domain.roots import make_daily_root
from timeline.models import Delivery


def quiet(_line: str) -> None:
    """Nobody watches a test."""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_present_has_something_to_do_for_everybody() -> None:
    make_daily_root()  # as the worker does, which starts first

    play = play_present(say=quiet)

    states = Counter(Application.objects.values_list("state", flat=True))
    assert [state for state in State if states[state] < 2] == []
    closes_at = Call.objects.get(slug=OPEN_CALL).closes_at
    assert closes_at is not None
    assert (clock.day(closes_at) - clock.today()).days == 21
    rights = VoteRight.objects.filter(round__call__slug=VOTING_CALL)
    assert set(rights.values_list("status", flat=True)) == {VoteRight.Status.ISSUED}
    for right in rights.select_related("member"):
        assert right.member is not None
        mails = SentMail.objects.filter(to=right.member.email)
        assert mails.filter(subject__startswith="Uw code om te stemmen").exists()
    waiting = DecisionBatch.objects.filter(call__slug=DECIDING_CALL, signed_at=None)
    assert waiting.get().items.count() >= 2
    assert all(stop.url for stop in stops())

    # What is still to come lies on the clock that everybody sees, where the worker finds it.
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exclude(track="").exists()
    assert not Delivery.objects.filter(state=Delivery.State.PENDING, due__lte=clock.now()).exists()
    found = [each for walk in verify.checks().values() for each in verify.findings(walk)]
    assert found == []
    assert play_present(say=quiet).done == play.done
