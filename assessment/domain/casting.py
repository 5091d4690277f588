"""Cast a ballot: one right, one ballot, whatever happens at the same moment.

Nothing here reads or writes a session, an event or a log; what links a right to a ballot is the
code alone, and the code is in the voter's hands.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessment.domain import ballot, codes
from assessment.domain.rights import ballot_key, register_key
from assessment.models import BallotInbox, VoteRight, VoteRound
from timeline import clock
from timeline.refusal import Conflict, Refused

Status = VoteRight.Status
# Django has no FOR SHARE. SQLite has one writer at a time, which is stronger.
_STATE = {
    "postgresql": "SELECT state FROM assessment_voteround WHERE id = %s FOR SHARE",
    "sqlite": "SELECT state FROM assessment_voteround WHERE id = %s",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the voter keeps. It does not show what she chose."""

    text: str
    round_uid: str


class UnknownCode(Refused):
    """One answer for every code that cannot vote: never given out, replaced, void."""

    def __init__(self) -> None:
        super().__init__(
            _("Met deze code kunt u niet stemmen. Kijk of u hem goed hebt overgetypt."),
            field="code",
            code="unknown_code",
        )


def find_round(typed: str) -> tuple[VoteRound, str] | None:
    """The round in which a code votes and the code as it is kept in hand, or None.

    Looks only among rounds that are open for ballots now, in a fixed order, each in the same way.
    """
    code = codes.read(typed)
    if code is None:
        return None
    now = clock.now()
    found = None
    rounds = VoteRound.objects.filter(
        state=VoteRound.State.OPEN, opens_at__lte=now, closes_at__gt=now
    ).order_by("pk")
    for round_ in rounds:
        rights = VoteRight.objects.filter(round=round_, register_key=register_key(round_, code))
        if rights.filter(status__in=[Status.ISSUED, Status.VOTED]).exists():
            found = (round_, code)
    return found


def cast(*, round_uid: str, code: str, options: Sequence[str]) -> Receipt:
    """Cast a ballot with a code. The same choices again give the same receipt.

    Raises ``UnknownCode``; ``Refused`` for too few, too many, doubled or unknown options, or
    outside the hours of the vote; ``Conflict`` when this code already voted otherwise.
    """
    round_ = VoteRound.objects.get(uid=round_uid)
    body = codes.read(code)
    if body is None:
        raise UnknownCode
    right_key, box_key = register_key(round_, body), ballot_key(round_, body)
    with transaction.atomic():
        _refuse_closed(round_)
        choices = _checked(round_, options)
        rights = VoteRight.objects.filter(round=round_, register_key=right_key)
        # A rival with the same code waits for this row and then finds the condition false.
        used = rights.filter(status=Status.ISSUED).update(
            status=Status.VOTED, voted_on=clock.today()
        )
        right = rights.filter(status=Status.VOTED).values("panel_id", "panel__name").first()
        if right is None:
            raise UnknownCode
        if used:
            row = BallotInbox.objects.create(
                round=round_,
                panel_id=right["panel_id"],
                ballot_key=box_key,
                revision=1,
                choices=choices,
                nonce=secrets.token_hex(ballot.NONCE_BYTES),
            )
        else:
            row = _same(round_, box_key, choices)
        return Receipt(ballot.receipt(leaf_of(round_, right["panel__name"], row)), str(round_.uid))


def leaf_of(round_: VoteRound, panel: str, row: BallotInbox) -> bytes:
    """The leaf under which this ballot will be sealed."""
    return ballot.leaf(
        params_hash=round_.params_hash,
        panel=panel,
        ballot_key=row.ballot_key,
        revision=row.revision,
        choices=row.choices,
        nonce=bytes.fromhex(row.nonce),
    )


def _same(round_: VoteRound, box_key: str, choices: str) -> BallotInbox:
    """The ballot that this code cast before, if its choices are the same."""
    rows = BallotInbox.objects.filter(round=round_, ballot_key=box_key).order_by("-revision")
    row = rows.first()
    if row is None or row.choices != choices:
        raise Conflict(_("Met deze code is al gestemd. Uw eerste stem telt."), code="already_voted")
    return row


def _refuse_closed(round_: VoteRound) -> None:
    """Hold the round open until this ballot is in: closing waits for every ballot under way."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE[connection.vendor], [round_.pk])
        state = cursor.fetchone()[0]
    now = clock.now()  # after the lock: whoever waited for it is weighed at the moment she got it
    if state != VoteRound.State.OPEN or now >= round_.closes_at:
        raise Refused(_("De stemming is gesloten."), code="closed")
    if now < round_.opens_at:
        raise Refused(_("De stemming is nog niet begonnen."), code="not_open_yet")


def _checked(round_: VoteRound, options: Sequence[str]) -> str:
    """The canonical choices, weighed against the frozen rules before anything is written."""
    rules = json.loads(round_.params)
    try:
        choices = ballot.canonical_choices(options)
    except ValueError:
        raise Refused(
            _("U kunt een initiatief maar één keer kiezen."), field="choices", code="double"
        ) from None
    if not set(options) <= {option["uid"] for option in rules["options"]}:
        raise Refused(
            _("Dit initiatief staat niet op het stembiljet."),
            field="choices",
            code="unknown_option",
        )
    if not rules["minimum"] <= len(options) <= rules["maximum"]:
        raise Refused(
            _("Kies %(least)s tot %(most)s initiatieven. U koos er %(n)s.")
            % {"least": rules["minimum"], "most": rules["maximum"], "n": len(options)},
            field="choices",
            code="number",
        )
    return choices
