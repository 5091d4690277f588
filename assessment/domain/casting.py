"""Cast a ballot: one right, one ballot, whatever happens at the same moment.

Nothing here reads or writes a session, an event or a log; what links a right to a ballot is the
code alone, and the code is in the voter's hands.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from assessment.domain import ballot, brake, codes
from assessment.domain.frozen import rules_of
from assessment.domain.marks import BadBallot, Marks, canonical, named
from assessment.domain.peppers import Peppers, peppers_of
from assessment.domain.sealing import leaf_of, sign
from assessment.models import BallotBox, BallotInbox, OptionWithdrawal, Panel, VoteRound
from timeline import clock
from timeline.refusal import Conflict, Refused

# Plain SQL on the way that every ballot takes: in the last hour its milliseconds are the queue.
# The round is held open until this ballot is in: closing waits for every ballot under way. Django
# has no FOR SHARE; SQLite has one writer at a time, which is stronger.
# Only what is needed, in the order of the model.
_FIELDS = (
    "id",
    "uid",
    "state",
    "opens_at",
    "closes_at",
    "extended_until",
    "paused_at",
    "params_hash",
)
_ROUND = f"""
SELECT {", ".join(_FIELDS)},
  EXISTS (SELECT 1 FROM assessment_optionwithdrawal w JOIN assessment_voteoption o
          ON o.id = w.option_id WHERE o.round_id = r.id) AS some_withdrawn
FROM assessment_voteround r WHERE uid = %s"""  # noqa: S608  the names above
_SHARE = {"postgresql": " FOR SHARE OF r", "sqlite": ""}
# A rival with the same code waits for this row and then finds the condition false.
_USE = """
UPDATE assessment_voteright SET status = 'voted', voted_on = %s, own = %s,
  channel = CASE WHEN %s = '' THEN channel ELSE %s END
WHERE round_id = %s AND register_key = %s AND NOT (register_key = '') AND status = 'issued'
RETURNING panel_id"""
_USED = """
UPDATE assessment_voteright SET own = %s
WHERE round_id = %s AND register_key = %s AND NOT (register_key = '') AND status = 'voted'
RETURNING panel_id"""
_ADD = """
INSERT INTO assessment_ballotinbox
  (id, round_id, panel_id, ballot_key, revision, choices, nonce)
VALUES (%s, %s, %s, %s, %s, %s, %s)"""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the voter keeps. It does not show what she chose.

    ``leaf`` (hex) is what ``text`` begins; ``first`` is True for the click that used the right.
    """

    text: str
    round_uid: str
    revision: int
    leaf: str
    first: bool = field(default=False, compare=False)

    @property
    def signature(self) -> str:
        """This installation's signature over the leaf: a ballot that vanishes can be proved."""
        return sign("ballot", bytes.fromhex(self.leaf))


@dataclass(frozen=True, slots=True)
class _Frozen:
    """What casting needs of the rules, by the hash of which they are known."""

    vote: Mapping[str, Any]
    amounts: Mapping[str, int]
    change: bool
    panels: Mapping[int, str]


class UnknownCode(Refused):
    """One answer for every code that cannot vote: never given out, replaced, void."""

    def __init__(self) -> None:
        super().__init__(
            _("Met deze code kunt u niet stemmen. Kijk of u hem goed hebt overgetypt."),
            field="code",
            code="unknown_code",
        )


def cast(
    *,
    round_uid: str,
    code: str,
    marks: Marks,
    own: Sequence[str] = (),
    channel: str = "",
    address: str = "",
    once: bool = False,
) -> Receipt:
    """Cast a ballot with a code. The same marks again give the same receipt; others replace the
    ballot where the rules of the round allow that.

    ``marks`` as in ``marks.canonical``; ``own`` the options that are the voter's own, her family's
    or her club's: closed to her, kept with the right and never with the ballot. ``channel`` (desk,
    paper) stands in for the channel of the right, ``address`` is the client's, for the brake, and
    ``once`` refuses a code that voted before.

    Raises ``UnknownCode`` (``brake.Slow`` after too many from one network); ``BadBallot``;
    ``Refused`` outside the hours of the vote (``closed``, ``not_open_yet``) and while it is paused
    (``paused``); ``Conflict`` (``already_voted``); ``KeyAway``.
    """
    typed, uid = codes.read(code), _uid(round_uid)
    if typed is None or uid is None:
        raise UnknownCode
    peppers = peppers_of(str(uid))
    try:
        for last_try in (False, True):
            try:
                with transaction.atomic():
                    return _cast(peppers, uid, typed, marks, sorted(set(own)), channel, once=once)
            except IntegrityError:
                # Somebody wrote the next revision of this ballot first.
                if last_try:
                    raise _already() from None
    except UnknownCode:
        brake.wrong(address)
        raise
    raise AssertionError("either cast or refused")


def _cast(
    peppers: Peppers,
    uid: UUID,
    code: str,
    marks: Marks,
    own: list[str],
    channel: str,
    *,
    once: bool,
) -> Receipt:
    round_, some_withdrawn = _held_open(uid)
    now = clock.now()  # after the lock: whoever waited for it is weighed at the moment she got it
    refuse_outside(round_, now)
    rules = _frozen(round_)
    gone = _withdrawn(round_) if some_withdrawn else []
    choices = _checked(rules, marks, own, gone)
    register_key, ballot_key = peppers.register_key(code), peppers.ballot_key(code)
    mine = json.dumps(own, separators=(",", ":"))
    with connection.cursor() as cursor:
        today = connection.ops.adapt_datefield_value(clock.day(now))
        cursor.execute(_USE, [today, mine, channel, channel, round_.pk, register_key])
        used = cursor.fetchall()
        if not used:
            cursor.execute(_USED, [mine, round_.pk, register_key])
            found = cursor.fetchall()
    row: BallotInbox | BallotBox
    if used:
        row = _add(round_, used[0][0], ballot_key, 1, choices)
    elif not found:
        raise UnknownCode
    else:
        row = _again(round_, rules, found[0][0], ballot_key, choices, once=once)
    panel = rules.panels[row.panel_id]
    return receipt_of(round_, panel, row, first=bool(used))


def receipt_of(
    round_: VoteRound, panel: str, row: BallotInbox | BallotBox, *, first: bool = False
) -> Receipt:
    """The receipt of a ballot, sealed or not."""
    leaf = leaf_of(round_, panel, row)
    return Receipt(ballot.receipt(leaf), str(round_.uid), row.revision, leaf.hex(), first)


def refuse_outside(round_: VoteRound, now: datetime) -> None:
    """Refuse outside the hours of a round, and while it is paused."""
    if round_.state != VoteRound.State.OPEN or now >= round_.ends_at:
        raise Refused(_("De stemming is gesloten."), code="closed")
    if now < round_.opens_at:
        raise Refused(_("De stemming is nog niet begonnen."), code="not_open_yet")
    if round_.paused_at:
        raise Refused(
            _("De stemming staat even stil: %(reason)s") % {"reason": round_.pause_reason},
            code="paused",
        )


def checked_marks(round_: VoteRound, marks: Marks) -> str:
    """The canonical text of a ballot in this round, as casting would check it. Raises
    ``BadBallot``."""
    return canonical(_frozen(round_).vote, _frozen(round_).amounts, marks)


def last_ballot(round_: VoteRound, ballot_key: str) -> BallotInbox | BallotBox | None:
    """The ballot that counts for this key: its last revision, sealed or not."""
    for source in (BallotInbox, BallotBox):
        rows = source.objects.filter(round=round_, ballot_key=ballot_key)
        row: BallotInbox | BallotBox | None = rows.order_by("-revision").first()
        if row is not None:
            return row
    return None


def _held_open(uid: UUID) -> tuple[VoteRound, bool]:
    """The round, held until this ballot is in, and whether an option was withdrawn from it."""
    given = uid if connection.vendor == "postgresql" else uid.hex
    with connection.cursor() as cursor:
        cursor.execute(_ROUND + _SHARE[connection.vendor], [given])
        found = cursor.fetchone()
    if found is None:
        raise UnknownCode
    *values, some_withdrawn = found
    round_ = VoteRound.from_db(connection.alias, _FIELDS, list(map(_value, _FIELDS, values)))
    return round_, bool(some_withdrawn)


def _withdrawn(round_: VoteRound) -> list[str]:
    gone = OptionWithdrawal.objects.filter(option__round=round_)
    return [str(uid) for uid in gone.values_list("option__uid", flat=True)]


def _value(name: str, value: Any) -> Any:
    """A value of a round; SQLite gives moments (in UTC) without a zone, and a uid as text."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return UUID(value) if name == "uid" and isinstance(value, str) else value


def _checked(rules: _Frozen, marks: Marks, own: list[str], gone: list[str]) -> str:
    """The canonical choices, weighed against the frozen rules before anything is written."""
    closed = dict.fromkeys(own, "own")
    for uid in own:
        if uid not in rules.amounts:
            raise BadBallot("unknown_option", option=uid)
    closed.update(dict.fromkeys(gone, "withdrawn"))
    if not closed:
        return canonical(rules.vote, rules.amounts, marks)
    marks = marks if isinstance(marks, Mapping) else list(marks)
    for uid in named(marks):
        if uid in closed:
            raise BadBallot(closed[uid], option=uid)
    left = {uid: cents for uid, cents in rules.amounts.items() if uid not in closed}
    return canonical(rules.vote, left, marks)


def _again(
    round_: VoteRound,
    rules: _Frozen,
    panel_id: int,
    ballot_key: str,
    choices: str,
    *,
    once: bool,
) -> BallotInbox | BallotBox:
    """The ballot of a code that voted before: the same one, or its next revision."""
    row = last_ballot(round_, ballot_key)
    if row is None or once:
        raise _already()
    if row.choices == choices:
        return row
    if not rules.change:
        raise _already()
    return _add(round_, panel_id, ballot_key, row.revision + 1, choices)


def _add(
    round_: VoteRound, panel_id: int, ballot_key: str, revision: int, choices: str
) -> BallotInbox:
    row = BallotInbox(
        round_id=round_.pk,
        panel_id=panel_id,
        ballot_key=ballot_key,
        revision=revision,
        choices=choices,
        nonce=secrets.token_hex(ballot.NONCE_BYTES),
    )
    values: list[int | str] = [
        row.pk,
        round_.pk,
        panel_id,
        ballot_key,
        revision,
        choices,
        row.nonce,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, values)
    return row


_known: dict[str, _Frozen] = {}
_MOST_KNOWN = 50


def _frozen(round_: VoteRound) -> _Frozen:
    """The rules under this hash, read once by this process: they never change."""
    known = _known.get(round_.params_hash)
    if known is None:
        rules = rules_of(round_)
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        known = _known[round_.params_hash] = _Frozen(
            vote=rules["vote"],
            amounts={option["uid"]: option["amount"] for option in rules["options"]},
            change=rules["change"],
            panels=dict(Panel.objects.filter(round=round_).values_list("pk", "name")),
        )
    return known


def _already() -> Conflict:
    return Conflict(_("Met deze code is al gestemd. Uw eerste stem telt."), code="already_voted")


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
