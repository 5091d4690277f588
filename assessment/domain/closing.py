"""Close a round, seal its ballots, and count them from the sealed box alone."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from assessment.domain import tally
from assessment.domain.frozen import rules_of
from assessment.domain.sealing import seal
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import (
    BallotBox,
    BallotInbox,
    Panel,
    VoteRight,
    VoteRound,
)
from timeline import clock
from timeline.actor import Actor
from timeline.refusal import Conflict, Refused

Round = VoteRound.State
FEW = 10
"""Below this many used rights a number would point at people."""


def close_round(*, round_id: int, actor: Actor) -> VoteRound:
    """Close a round whose time is over, and seal what lies in the inbox. Twice changes nothing.

    The row lock waits for every ballot under way: what got its receipt is in the box, and nothing
    comes in afterwards. The root is published here, before anybody counts.
    """
    with transaction.atomic():
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        if round_.state not in (Round.CONCEPT, Round.OPEN):
            return round_
        if round_.state == Round.CONCEPT:
            raise Conflict(_("De stemming is nog niet geopend."), code="state")
        now = clock.now()
        if now < round_.ends_at:
            raise Refused(_("De stemming loopt nog."), field="closes_at", code="running")
        batch = seal(round_, actor)
        round_.state, round_.root_final = Round.CLOSED, batch.chain_hash
        VoteRound.objects.filter(pk=round_.pk).update(
            state=round_.state, root_final=round_.root_final
        )
        tell(
            round_,
            "round_closed",
            actor,
            batch=batch.seq,
            ballots=batch.n,
            merkle_root=batch.merkle_root,
            chain_hash=batch.chain_hash,
            turnout=[[panel, used] for panel, used, _given in turnout(round_)],
            differences=[list(line) for line in differences(round_)],
            days=_days_blurred(round_, clock.day(now)),
        )
        return round_


def count_round(*, round_id: int, actor: Actor) -> VoteRound:
    """Count the box of a closed round. Twice changes nothing.

    Refuses when, in any panel, rights used and ballots differ: then somebody has to look first.
    """
    with transaction.atomic():
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        if round_.state in (Round.COUNTED, Round.DECIDED, Round.UNLINKED):
            return round_
        if round_.state != Round.CLOSED:
            raise Conflict(_("Tellen kan pas als de stemming is gesloten."), code="state")
        _refuse_difference(round_)
        box = BallotBox.objects.filter(round=round_)
        rows = box.values_list("ballot_key", "revision", "panel__name", "choices")
        counted = tally.count(rules_of(round_), tally.latest(rows))
        round_.tally = tally.as_text(counted)
        round_.state = Round.COUNTED
        VoteRound.objects.filter(pk=round_.pk).update(tally=round_.tally, state=round_.state)
        tell(round_, "round_counted", actor, ballots=counted.ballots, root=round_.root_final)
        return round_


def turnout(round_: VoteRound) -> list[tuple[str, int, int]]:
    """Per panel: its name, rights used, rights given out."""
    rows = VoteRight.objects.filter(round=round_).values_list("panel__name", "status")
    counted: dict[str, list[int]] = {
        name: [0, 0] for name in Panel.objects.filter(round=round_).values_list("name", flat=True)
    }
    for name, status in rows:
        counted[name][0] += status == VoteRight.Status.VOTED
        counted[name][1] += status in (VoteRight.Status.VOTED, VoteRight.Status.ISSUED)
    return [(name, used, given) for name, (used, given) in sorted(counted.items())]


def differences(round_: VoteRound) -> list[tuple[str, int, int]]:
    """Panels in which rights used and ballot keys differ: (name, rights used, ballots)."""
    keys: dict[int, int] = {}
    for source in (BallotInbox, BallotBox):
        rows = source.objects.filter(round=round_).values_list("panel_id")
        for panel_id, number in rows.annotate(n=Count("ballot_key", distinct=True)):
            keys[panel_id] = keys.get(panel_id, 0) + number
    used = dict(
        VoteRight.objects.filter(round=round_, status=VoteRight.Status.VOTED)
        .values_list("panel_id")
        .annotate(n=Count("pk"))
    )
    names = dict(Panel.objects.filter(round=round_).values_list("pk", "name"))
    return [
        (names[pk], used.get(pk, 0), keys.get(pk, 0))
        for pk in sorted(names)
        if used.get(pk, 0) != keys.get(pk, 0)
    ]


def _days_blurred(round_: VoteRound, today: date) -> list[list[str | int]]:
    """How many rights were used on each day, and from now on only that they were: the last batch
    can be small, and beside a day it would tell who lies in it."""
    voted = VoteRight.objects.filter(round=round_, status=VoteRight.Status.VOTED)
    days = voted.order_by("voted_on").values_list("voted_on").annotate(n=Count("pk"))
    told: list[list[str | int]] = [[str(day), n] for day, n in days if n >= FEW]
    # One transaction for all of them: also the database's own numbering tells no order any more.
    voted.update(voted_on=today)
    return told


def _refuse_difference(round_: VoteRound) -> None:
    for name, used, ballots in differences(round_):
        raise Refused(
            _(
                "In panel %(panel)s zijn %(used)s stemrechten gebruikt en liggen %(ballots)s "
                "stembiljetten. Er wordt niet geteld voordat dit is uitgezocht."
            )
            % {"panel": name, "used": used, "ballots": ballots},
            code="difference",
        )
