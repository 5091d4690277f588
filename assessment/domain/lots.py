"""The lot: one draw of a full order over all options, typed in by two people who do not see each
other's entry. There is no second draw."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import Lot, LotEntry, Ranking, VoteOption, VoteRound
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, sha256
from timeline.refusal import Conflict, NotAllowed, Refused


def enter_lot(*, round_id: int, order: Sequence[str], actor: Actor) -> Lot | None:
    """Enter the drawn order (uids of all options, first drawn first).

    The first person's entry waits: None. When a second person enters the same order, that is the
    lot of this round for ever. When it differs both look at the minutes and enter again; every
    entry is recorded by its hash. Refuses a round whose regulation does not break ties by lot, one
    that does not need it, one that was drawn already, and an order that is not over all options.
    """
    with transaction.atomic():
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        if actor.person_id is None:
            raise NotAllowed(_("Een loting wordt door mensen ingevoerd."))
        _refuse_needless(round_)
        _refuse_partial(round_, order)
        text = canonical(list(order))
        LotEntry.objects.update_or_create(
            round=round_,
            person_id=actor.person_id,
            defaults={"order": text, "entered_at": clock.now()},
        )
        # Few options have few orders: a bare hash would tell what was typed.
        keyed = keys.keyed_hash(f"vote-{round_.uid}-lot", text)
        tell(round_, "lot_entered", actor, order_hash=keyed)
        same = (
            LotEntry.objects.filter(round=round_, order=text)
            .exclude(person_id=actor.person_id)
            .order_by("entered_at", "pk")
            .first()
        )
        if same is None:
            return None
        lot = Lot.objects.create(
            round=round_,
            order=text,
            entered_by_id=same.person_id,
            confirmed_by_id=actor.person_id,
            recorded_at=clock.now(),
        )
        tell(round_, "lot_recorded", actor, order=list(order), order_hash=sha256(text))
        return lot


def entries(round_id: int) -> int:
    """How many people have entered an order; what they entered is shown to nobody."""
    return LotEntry.objects.filter(round_id=round_id).count()


def _refuse_needless(round_: VoteRound) -> None:
    if Lot.objects.filter(round=round_).exists():
        raise Conflict(
            _("Er is al geloot. Een tweede loting is niet mogelijk."), code="drawn_already"
        )
    if round_.state not in (VoteRound.State.CLOSED, VoteRound.State.COUNTED):
        raise Conflict(_("Loten kan pas als de stemming is gesloten."), code="state")
    if "lot" not in json.loads(round_.params)["ties"]:
        raise Refused(_("In deze regeling beslist geen loting."), code="no_lot")
    ranking = Ranking.objects.filter(round=round_).first()
    if ranking and ranking.state != Ranking.State.STOPPED:
        raise Conflict(_("De rangschikking ligt al vast."), code="fixed")


def _refuse_partial(round_: VoteRound, order: Sequence[str]) -> None:
    options = {
        str(uid) for uid in VoteOption.objects.filter(round=round_).values_list("uid", flat=True)
    }
    if len(order) != len(options) or set(order) != options:
        raise Refused(
            _("Geef elk initiatief een eigen plaats in de volgorde van de loting."),
            field="order",
            code="partial",
        )
