"""A worker looks after the boxes of open rounds: rights used and ballots agree, the key is there,
and what it is time for is sealed."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.domain.closing import differences
from assessment.domain.peppers import missing_file
from assessment.domain.running import pause
from assessment.domain.sealing import seal_if_due
from assessment.domain.stewards import locked
from assessment.models import VoteRound
from timeline import clock
from timeline.actor import SYSTEM
from timeline.models import Delivery

log = logging.getLogger(__name__)


def look_after_boxes() -> None:
    """Check every open round of this clock, and seal what it is time for. One that fails does not
    keep the others waiting."""
    # On whose clock a round runs stands with the closing that is still to come.
    closings = Delivery.objects.filter(
        handler="assessment.close_round", track=clock.track(), stream__kind="vote_round"
    ).exclude(state=Delivery.State.DONE)
    uids = list(closings.values_list("stream__uid", flat=True))
    rounds = VoteRound.objects.filter(state=VoteRound.State.OPEN, uid__in=uids)
    for pk in rounds.order_by("pk").values_list("pk", flat=True):
        try:
            if check_box(round_id=pk):
                seal_if_due(round_id=pk, actor=SYSTEM)
        except Exception:
            log.exception("the box of round %s could not be looked after", pk)


def check_box(*, round_id: int) -> bool:
    """Whether in every panel rights used and ballots agree and the secret of the round is there.

    If not, such as after a backup was put back during the vote, the round is paused with the
    reason: casting on would mix what can no longer be told apart. Ballots under way are waited for.
    """
    with transaction.atomic():
        round_ = locked(round_id)
        if round_.state != VoteRound.State.OPEN:
            return True
        wrong = differences(round_)
        away = missing_file(str(round_.uid))
        if not wrong and not away:
            return True
        if round_.paused_at is None:
            pause(
                round_,
                _("Er is een storing. Wij zoeken uit wat er is gebeurd."),
                SYSTEM,
                why="difference" if wrong else "key_away",
            )
        for name, used, ballots in wrong:
            log.error("round %s, panel %s: %s rights, %s ballots", round_id, name, used, ballots)
        return False
