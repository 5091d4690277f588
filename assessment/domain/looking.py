"""What the holder of a code can see: her round, and afterwards that her ballot is in the box."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from assessment.domain import brake, codes, merkle
from assessment.domain.casting import UnknownCode, last_ballot, receipt_of
from assessment.domain.peppers import KeyAway, peppers_of
from assessment.domain.sealing import leaf_of, public_key, sign
from assessment.models import BallotBox, BallotInbox, VoteRight, VoteRound
from timeline import clock

State, Status = VoteRound.State, VoteRight.Status
PROOF_VERSION = 1


@dataclass(frozen=True, slots=True)
class Found:
    """The round of a code. ``phase``: not_begun, open, paused or closed; ``own`` as she ticked."""

    round: VoteRound
    code: str
    phase: str
    panel: str
    voted: bool
    voted_on: date | None
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """What lies in the box for a code. ``choices`` is the canonical text and empty once the vote is
    over; ``batch`` is the number of the sealed batch, ``proof`` what a program can check."""

    choices: str
    revision: int
    receipt: str
    batch: int | None
    proof: dict[str, Any]


def look_up(typed: str, address: str = "") -> Found | None:
    """The round in which a code votes, or voted; None for a code that is none.

    A slip of the pen is told by the check character and counts as no guess. Whatever the code, the
    same work is done over all rounds that are not unlinked. Too many wrong codes from one network
    (``address``) raise ``brake.Slow``; a code that is right always passes.
    """
    code = codes.read(typed)
    if code is None:
        return None
    wanted, away = Q(pk__in=[]), None
    for pk, uid in _rounds():
        try:
            wanted |= Q(round_id=pk, register_key=peppers_of(uid).register_key(code))
        except KeyAway as missing:
            away = missing
    rights = VoteRight.objects.filter(wanted, status__in=[Status.ISSUED, Status.VOTED])
    right = rights.exclude(register_key="").select_related("round__call", "panel").first()
    if right is not None:
        return _found(right, code)
    if away is not None:
        raise away
    brake.wrong(address)
    return None


def present(*, round_uid: str, code: str) -> Present:
    """What lies in the box for this code, so that its holder can look after her vote.

    While the vote runs with her choices, afterwards without: nobody can be asked to show them.
    Raises ``UnknownCode`` when nothing lies there.
    """
    typed = codes.read(code)
    round_ = VoteRound.objects.filter(uid=round_uid).first()
    if typed is None or round_ is None or round_.state == State.UNLINKED:
        raise UnknownCode
    row = last_ballot(round_, peppers_of(str(round_.uid)).ballot_key(typed))
    if row is None:
        raise UnknownCode
    running = round_.state == State.OPEN and clock.now() < round_.ends_at
    receipt = receipt_of(round_, row.panel.name, row)
    return Present(
        choices=row.choices if running else "",
        revision=row.revision,
        receipt=receipt.text,
        batch=row.batch.seq if isinstance(row, BallotBox) else None,
        proof=proof_of(round_, row),
    )


def proof_of(round_: VoteRound, row: BallotInbox | BallotBox) -> dict[str, Any]:
    """A ballot's proof as plain values (hashes as hex), without what was chosen.

    Always the leaf with this installation's signature over it; once sealed the inclusion path from
    the leaf to the root of its batch, and the link of the chain with its signature.
    """
    leaf = leaf_of(round_, row.panel.name, row)
    proof: dict[str, Any] = {
        "version": PROOF_VERSION,
        "round": str(round_.uid),
        "params_hash": round_.params_hash,
        "panel": row.panel.name,
        "revision": row.revision,
        "leaf": leaf.hex(),
        "leaf_signature": sign("ballot", leaf),
        "key": public_key(),
    }
    if isinstance(row, BallotBox):
        batch = row.batch
        rows = BallotBox.objects.filter(batch=batch).order_by("leaf")
        leaves = [bytes.fromhex(each) for each in rows.values_list("leaf", flat=True)]
        index = leaves.index(leaf)
        proof["sealed"] = {
            "batch": batch.seq,
            "index": index,
            "size": len(leaves),
            "path": [each.hex() for each in merkle.path(leaves, index)],
            "root": batch.merkle_root,
            "previous": batch.prev_hash,
            "chain": batch.chain_hash,
            "signature": batch.signature,
        }
    return proof


def _rounds() -> Iterable[tuple[int, str]]:
    rounds = VoteRound.objects.exclude(state__in=[State.CONCEPT, State.UNLINKED]).order_by("pk")
    return [(pk, str(uid)) for pk, uid in rounds.values_list("pk", "uid")]


def _found(right: VoteRight, code: str) -> Found:
    round_, now = right.round, clock.now()
    if round_.state != State.OPEN or now >= round_.ends_at:
        phase = "closed"
    elif now < round_.opens_at:
        phase = "not_begun"
    else:
        phase = "paused" if round_.paused_at else "open"
    return Found(
        round=round_,
        code=code,
        phase=phase,
        panel=right.panel.name,
        voted=right.status == Status.VOTED,
        voted_on=right.voted_on,
        own=tuple(json.loads(right.own)),
    )
