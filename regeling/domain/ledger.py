"""The ledger: cents move between the balances of every ceiling that applies, or nothing moves.

Balances are disjoint: free, reserved, open (awarded, not yet settled), settled, lapsed. One
posting a legal act; a line for each ceiling. The database refuses what exceeds a ceiling (Awb
4:25); the conditional update gives the refusal its figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from regeling.definition import Release
from regeling.domain.lowering import close_room, free_for, make_room, overrun
from regeling.models import Call, Ceiling, Posting, PostingLine
from timeline.actor import Actor
from timeline.locks import lock
from timeline.record import record
from timeline.refusal import Refused

Balance = PostingLine.Balance
SPENT = F("reserved") + F("open") + F("settled") + F("lapsed")


class CeilingExceeded(Refused):
    """The ceiling has less left than is asked (Awb 4:25); ``left`` says how much, in cents."""

    def __init__(self, ceiling: Ceiling, left: int) -> None:
        super().__init__(
            _("Het subsidieplafond laat dit niet toe."), article="Awb 4:25", code="ceiling"
        )
        self.ceiling = ceiling
        self.left = left


@dataclass(frozen=True, slots=True)
class Booking:
    """To what a posting belongs: the application, and the codes by which it is reported.

    ``received_at`` says which ceiling is hers where one was lowered during the call.
    """

    call_id: int
    application_uid: UUID
    region: str
    activity: str
    municipality: str = ""
    tier: str = ""
    theme: str = ""
    received_at: datetime | None = None

    @property
    def codes(self) -> dict[str, str]:
        """Its own code by scope of a ceiling; the total has none."""
        return {
            Ceiling.Scope.TOTAL: "",
            Ceiling.Scope.REGION: self.region,
            Ceiling.Scope.ACTIVITY: self.activity,
            Ceiling.Scope.TIER: self.tier,
            Ceiling.Scope.THEME: self.theme,
        }


@dataclass(frozen=True, slots=True)
class Move:
    """So many cents from one balance to another."""

    source: str
    target: str
    cents: int


def reserve(*, booking: Booking, cents: int, day: date, actor: Actor) -> Posting:
    """Set money apart. Raises ``CeilingExceeded`` when one of the ceilings has less left.

    Who was received before a ceiling was lowered is held to the ceiling of that day (4:27).
    """
    _in_transaction()
    make_room(
        _ceilings(booking),
        cents=cents,
        received_at=booking.received_at,
        application=booking.application_uid,
        day=day,
        actor=actor,
    )
    return _post(booking, Posting.Act.RESERVED, day, actor, (_move("free", "reserved", cents),))


def unreserve(*, booking: Booking, cents: int, day: date, actor: Actor) -> Posting:
    """Give reserved money back: a withdrawal, a refusal, a decision that was taken back."""
    return _post(booking, Posting.Act.UNRESERVED, day, actor, (_move("reserved", "free", cents),))


def award(*, booking: Booking, cents: int, day: date, actor: Actor) -> Posting:
    """An award was announced (4:29): reserved becomes open."""
    return _post(booking, Posting.Act.AWARDED, day, actor, (_move("reserved", "open", cents),))


def settle_directly(*, booking: Booking, cents: int, day: date, actor: Actor) -> Posting:
    """A subsidy was settled without an award before (4:42): reserved becomes settled."""
    return _post(booking, Posting.Act.SETTLED, day, actor, (_move("reserved", "settled", cents),))


def settle(*, booking: Booking, awarded: int, settled: int, day: date, actor: Actor) -> None:
    """A settlement was announced (4:46): open becomes settled; the rest is released.

    Released money returns or lapses as the definition of the call says. Raises ``ValueError`` when
    more is settled than was awarded.
    """
    if not 0 <= settled <= awarded:
        raise ValueError("a settlement lies between nothing and the award")
    if settled:
        moves = (_move("open", "settled", settled),)
        _post(booking, Posting.Act.SETTLED, day, actor, moves)
    if awarded > settled:
        call = Call.objects.select_related("revision").get(pk=booking.call_id)
        returns = call.revision.definition.release is Release.RETURNS
        moves = (_move("open", "free" if returns else "lapsed", awarded - settled),)
        _post(booking, Posting.Act.RELEASED, day, actor, moves)


def left(*, call_id: int, region: str = "", activity: str = "", tier: str = "") -> int:
    """What can still be promised there, in cents: the least that any ceiling that applies has."""
    codes = {"total": "", "region": region, "activity": activity, "tier": tier}
    rows = Ceiling.objects.filter(call_id=call_id)
    return min(row.free for row in rows if codes.get(row.scope) == row.code)


def left_for(*, booking: Booking) -> int:
    """What can still be promised to this one, in cents; a later lowering does not touch it."""
    rows = Ceiling.objects.filter(call_id=booking.call_id)
    return min(free_for(row, booking.received_at) for row in rows if _applies(row, booking))


def reserved_for(*, application_uid: UUID) -> int:
    """What is reserved for an application at this moment, in cents (lines of the total ceiling)."""
    lines = PostingLine.objects.filter(
        posting__application_uid=application_uid, ceiling__scope=Ceiling.Scope.TOTAL
    ).values_list("source", "target", "cents")
    return sum(
        cents * ((target == Balance.RESERVED) - (source == Balance.RESERVED))
        for source, target, cents in lines
    )


def widen(*, booking: Booking, cents: int, ground: str, day: date, actor: Actor) -> None:
    """Let ``cents`` for this booking pass the ceilings below the total that have less left.

    Each of them gets what it is short of as overrun, and the act names its ``ground``: money from a
    pool that the regulation keeps for what is left over is granted whatever the region or theme.
    The total is never widened (4:25).
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a ceiling is widened in the transaction of the act")
    ceilings = lock(Ceiling.objects.filter(call_id=booking.call_id))
    short = [
        (row, cents - row.free)
        for row in ceilings
        if row.scope != Ceiling.Scope.TOTAL and _applies(row, booking) and row.free < cents
    ]
    if not short:
        return
    overrun(
        ceilings,
        short,
        act="ceiling_widened",
        ground=ground,
        application=booking.application_uid,
        day=day,
        actor=actor,
    )


def _move(source: str, target: str, cents: int) -> Move:
    return Move(Balance(source), Balance(target), cents)


def _applies(ceiling: Ceiling, booking: Booking) -> bool:
    return booking.codes[ceiling.scope] == ceiling.code


def _ceilings(booking: Booking) -> list[Ceiling]:
    """The ceilings that apply, locked."""
    return [
        row
        for row in lock(Ceiling.objects.filter(call_id=booking.call_id))
        if _applies(row, booking)
    ]


def _in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a posting is made in the transaction of the act")


def _post(booking: Booking, act: str, day: date, actor: Actor, moves: tuple[Move, ...]) -> Posting:
    _in_transaction()
    if any(move.cents <= 0 for move in moves):
        raise ValueError("a posting moves a positive number of cents")
    ceilings = _ceilings(booking)
    for ceiling in ceilings:
        for move in moves:
            _apply(ceiling, move)
    if any(move.target == Balance.FREE for move in moves):
        close_room(ceilings)
    total = next(row for row in ceilings if row.scope == Ceiling.Scope.TOTAL)
    event = record(
        stream=("ceiling", str(total.uid)),
        type=f"regeling.money_{act}",
        facts={
            "application": str(booking.application_uid),
            "region": booking.region,
            "activity": booking.activity,
            "moves": [[move.source, move.target, move.cents] for move in moves],
            "ceilings": [str(row.uid) for row in ceilings],
        },
        actor=actor,
        counts_for=day,
    )
    posting = Posting.objects.create(
        call_id=booking.call_id,
        application_uid=booking.application_uid,
        act=act,
        region=booking.region,
        municipality=booking.municipality,
        activity=booking.activity,
        day=day,
        book_year=day.year,
        booked_at=event.recorded_at,
    )
    PostingLine.objects.bulk_create(
        PostingLine(
            posting=posting,
            ceiling=ceiling,
            source=move.source,
            target=move.target,
            cents=move.cents,
        )
        for ceiling in ceilings
        for move in moves
    )
    return posting


def _apply(ceiling: Ceiling, move: Move) -> None:
    rows = Ceiling.objects.filter(pk=ceiling.pk)
    change = {}
    if move.source == Balance.FREE:
        rows = rows.filter(amount__gte=SPENT - F("overrun") + move.cents)
    else:
        rows = rows.filter(**{f"{move.source}__gte": move.cents})
        change[move.source] = F(move.source) - move.cents
    if move.target != Balance.FREE:
        change[move.target] = F(move.target) + move.cents
    # The condition is weighed by the database at the moment of the change, not by us before it.
    if not rows.update(**change):
        now = Ceiling.objects.get(pk=ceiling.pk)
        if move.source == Balance.FREE:
            raise CeilingExceeded(now, now.free)
        raise ValueError(f"{ceiling} holds less than {move.cents} cents {move.source}")
