"""Close a round, seal its ballots, and count them from the sealed box alone."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from assessment.domain import merkle, tally
from assessment.domain.casting import leaf_of
from assessment.domain.frozen import rules_of
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import (
    BallotBox,
    BallotInbox,
    Panel,
    VoteBatch,
    VoteRight,
    VoteRound,
)
from timeline import clock
from timeline.actor import Actor
from timeline.refusal import Conflict, Refused

Round = VoteRound.State


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
        if clock.now() < round_.closes_at:
            raise Refused(_("De stemming loopt nog."), field="closes_at", code="running")
        batch = _seal(round_)
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


def _seal(round_: VoteRound) -> VoteBatch:
    """Move the inbox into the box as one batch, in order of leaf.

    The inbox is read shuffled and the box written sorted, so that neither the order nor the
    transaction of a row in the box tells when it was cast.
    """
    rows = list(BallotInbox.objects.filter(round=round_).select_related("panel"))
    secrets.SystemRandom().shuffle(rows)
    leaves = sorted((leaf_of(round_, row.panel.name, row), row) for row in rows)
    top = merkle.root([leaf for leaf, _row in leaves])
    last = VoteBatch.objects.filter(round=round_).order_by("-seq").first()
    seq = last.seq + 1 if last else 1
    previous = last.chain_hash if last else round_.params_hash
    batch = VoteBatch.objects.create(
        round=round_,
        seq=seq,
        n=len(leaves),
        merkle_root=top.hex(),
        prev_hash=previous,
        chain_hash=merkle.chain(bytes.fromhex(previous), seq, len(leaves), top).hex(),
        sealed_at=clock.now(),
    )
    BallotBox.objects.bulk_create(
        (
            BallotBox(
                leaf=leaf.hex(),
                round=round_,
                panel_id=row.panel_id,
                batch=batch,
                ballot_key=row.ballot_key,
                revision=row.revision,
                choices=row.choices,
                nonce=row.nonce,
            )
            for leaf, row in leaves
        ),
        batch_size=500,
    )
    BallotInbox.objects.filter(round=round_).delete()
    return batch


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
