"""Ballots: an inbox while the vote is open, and the sealed box that alone is counted.

Nothing here leads to a person, a right, a moment or a place in a queue.
"""

from __future__ import annotations

import secrets

from django.db import models

from assessment.models.votes import Panel, VoteRound


def random_key() -> int:
    """A random 63-bit key. On SQLite it is the row's place in the file as well, so that not even
    that tells who cast before whom."""
    return secrets.randbits(63)


class BallotInbox(models.Model):
    """A ballot that was cast and not sealed yet."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="+")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    ballot_key = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    choices = models.TextField()  # canonical JSON, see assessment.domain.marks
    nonce = models.CharField(max_length=64)  # 32 bytes as hex

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "ballot_key", "revision"], name="ballot_inbox_once"
            )
        ]


class VoteBatch(models.Model):
    """Ballots that were sealed together: their Merkle root, chained to the batch before."""

    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="batches")
    seq = models.PositiveIntegerField()
    n = models.PositiveIntegerField()
    merkle_root = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    # Ed25519 over the chain hash, hex.
    signature = models.CharField(max_length=128, blank=True, db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "seq"], name="vote_batch_once")]


class BallotBox(models.Model):
    """A sealed ballot under its leaf. Rows are written in order of leaf, and never changed."""

    leaf = models.CharField(primary_key=True, max_length=64)
    round = models.ForeignKey(VoteRound, on_delete=models.PROTECT, related_name="+")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(VoteBatch, on_delete=models.PROTECT, related_name="ballots")
    ballot_key = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    choices = models.TextField()
    nonce = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "ballot_key", "revision"], name="ballot_box_once"
            )
        ]
