"""Sealing: the inbox becomes a batch in the box, under a root that is chained, signed and told.

A row in the box shares its transaction with its whole batch, and lies in order of leaf: neither
tells when it was cast. The rows that lay in the inbox are cleaned away from the disk afterwards.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import connection, transaction
from django.db.models import Max

from accounts import keys
from assessment.domain import ballot, merkle
from assessment.domain.stewards import locked, tell
from assessment.models import BallotBox, BallotInbox, VoteBatch, VoteRight, VoteRound
from timeline import clock
from timeline.actor import Actor

KEY = "seal"
FEWEST = 10
SMALL = 100
QUARTER = timedelta(minutes=15)


def is_due(*, waiting: int, rights: int, last: datetime, now: datetime) -> bool:
    """Whether ballots are sealed now, while the vote runs.

    Never fewer than ten ``waiting`` ballots, who would stand in one batch as if alone in a room. A
    round of fewer than a hundred ``rights`` seals at most once a day (Europe/Amsterdam), any other
    every quarter of an hour, counted from ``last``: the batch before, or the opening.
    """
    if waiting < FEWEST:
        return False
    if rights < SMALL:
        return clock.day(now) > clock.day(last)
    return now - last >= QUARTER


def seal_if_due(*, round_id: int, actor: Actor) -> VoteBatch | None:
    """Seal what lies in the inbox of an open round, when it is time; the batch, or None."""
    with transaction.atomic():
        round_ = locked(round_id)
        if round_.state != VoteRound.State.OPEN:
            return None
        sealed_at = VoteBatch.objects.filter(round=round_).aggregate(at=Max("sealed_at"))["at"]
        if not is_due(
            waiting=BallotInbox.objects.filter(round=round_).count(),
            rights=VoteRight.objects.filter(
                round=round_, status__in=[VoteRight.Status.ISSUED, VoteRight.Status.VOTED]
            ).count(),
            last=sealed_at or round_.opens_at,
            now=clock.now(),
        ):
            return None
        return seal(round_, actor)


def seal(round_: VoteRound, actor: Actor) -> VoteBatch:
    """Move the inbox of a locked round into the box as one batch, in order of leaf.

    The inbox is read shuffled and the box written sorted, so that neither the order nor the
    transaction of a row in the box tells when it was cast. The cleaning follows the commit.
    """
    rows = list(BallotInbox.objects.filter(round=round_).select_related("panel"))
    secrets.SystemRandom().shuffle(rows)
    leaves = sorted(((leaf_of(round_, row.panel.name, row), row) for row in rows), key=_by_leaf)
    top = merkle.root([leaf for leaf, _row in leaves])
    last = VoteBatch.objects.filter(round=round_).order_by("-seq").first()
    seq = last.seq + 1 if last else 1
    previous = last.chain_hash if last else round_.params_hash
    link = merkle.chain(bytes.fromhex(previous), seq, len(leaves), top)
    batch = VoteBatch.objects.create(
        round=round_,
        seq=seq,
        n=len(leaves),
        merkle_root=top.hex(),
        prev_hash=previous,
        chain_hash=link.hex(),
        sealed_at=clock.now(),
        signature=sign("batch", link),
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
    tell(
        round_,
        "batch_sealed",
        actor,
        seq=batch.seq,
        ballots=batch.n,
        merkle_root=batch.merkle_root,
        chain_hash=batch.chain_hash,
        signature=batch.signature,
    )
    return batch


def leaf_of(round_: VoteRound, panel: str, row: BallotInbox | BallotBox) -> bytes:
    """The leaf under which this ballot is sealed."""
    return ballot.leaf(
        params_hash=round_.params_hash,
        panel=panel,
        ballot_key=row.ballot_key,
        revision=row.revision,
        choices=row.choices,
        nonce=bytes.fromhex(row.nonce),
    )


def sign(what: str, data: bytes) -> str:
    """The Ed25519 signature (hex) of this installation over ``what`` ("batch" or "ballot"), a bar
    and the hash."""
    private = Ed25519PrivateKey.from_private_bytes(keys.key(KEY))
    return private.sign(what.encode() + b"|" + data).hex()


def public_key() -> str:
    """The key (hex) with which anybody checks those signatures; published with every round."""
    private = Ed25519PrivateKey.from_private_bytes(keys.key(KEY))
    return private.public_key().public_bytes_raw().hex()


def signed_by(public: str, what: str, data: bytes, signature: str) -> bool:
    """Whether ``signature`` is that of the holder of ``public`` (both hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            bytes.fromhex(signature), what.encode() + b"|" + data
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def clean_disk(*, box: bool = False) -> None:
    """Let nothing of ballots that were moved remain where they lay: call outside a transaction.

    On PostgreSQL dead rows of inbox and register go (they share the number of the transaction that
    cast them); with ``box`` the box is written anew as well, without the keys it had. On SQLite the
    file is written anew; what was deleted is zeroes (``secure_delete``), and the log of earlier
    pages is emptied.
    """
    if connection.in_atomic_block:
        raise RuntimeError("the disk is cleaned after the commit, not within a transaction")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM assessment_ballotinbox, assessment_voteright")
            if box:
                cursor.execute("VACUUM FULL assessment_ballotbox")
        else:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _by_leaf(pair: tuple[bytes, BallotInbox]) -> bytes:
    return pair[0]
