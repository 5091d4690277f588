"""Unlinking: after the objections are over, nobody can lead a code to a ballot any more."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.domain.peppers import destroy_secret, files_of
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import BallotBox, VoteRight, VoteRound
from timeline.actor import Actor
from timeline.refusal import Conflict

COPIES = ("keys_backup", "wal_archive", "base_backup", "logical_dump", "letter_file")
"""What else may still hold a link, by code: people destroy it, a program cannot reach it."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The files that were destroyed here, and the copies elsewhere that somebody must destroy."""

    round: VoteRound
    files: tuple[str, ...]
    copies: tuple[str, ...]


def unlink_round(*, round_id: int, actor: Actor) -> Unlinked:
    """Make the box of a decided round anonymous: for good.

    Every ballot key becomes a random number of no origin, the same for all revisions of one
    ballot, so that the box can still be counted; what voters called their own is emptied; then the
    file with the secret is destroyed. Leaves, roots and chain stay as they were: a leaf can no
    longer be made from its row, a root still from its leaves. Refuses a round that is not decided,
    or that was unlinked. The objection term is for ``actor`` to know: it runs from the letters.
    """
    with transaction.atomic():
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        if round_.state != VoteRound.State.DECIDED:
            raise Conflict(
                _("Ontkoppelen kan één keer, nadat over de stemming is besloten."), code="state"
            )
        # The state first: only an unlinked box lets its keys change.
        round_.state = VoteRound.State.UNLINKED
        VoteRound.objects.filter(pk=round_.pk).update(state=round_.state)
        rows = list(BallotBox.objects.filter(round=round_).order_by("leaf"))
        fresh = {key: secrets.token_hex(32) for key in {row.ballot_key for row in rows}}
        for row in rows:
            row.ballot_key = fresh[row.ballot_key]
        BallotBox.objects.bulk_update(rows, ["ballot_key"], batch_size=200)
        VoteRight.objects.filter(round=round_).exclude(own="[]").update(own="[]")
        uid = str(round_.uid)
        files = files_of(uid)
        tell(round_, "round_unlinked", actor, files=list(files), copies=list(COPIES))
        # After the commit: a transaction that fails leaves a box that can still be opened.
        transaction.on_commit(lambda: destroy_secret(uid))
        return Unlinked(round_, files, COPIES)
