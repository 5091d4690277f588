"""The lot: one full order over all options, entered by two people who do not see each other's
entry. There is no second draw.

Either a notary draws and the order is typed in, or a public number that was named beforehand is
typed in and the order follows from it, so that anybody can draw it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from assessment.domain.frozen import rules_of
from assessment.domain.lottery import draw, public_seed
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import Lot, LotEntry, Ranking, VoteOption, VoteRound
from timeline import clock
from timeline.actor import Actor
from timeline.canon import canonical, sha256
from timeline.refusal import Conflict, NotAllowed, Refused

LONGEST_NUMBER = 100


def enter_lot(*, round_id: int, order: Sequence[str], actor: Actor) -> Lot | None:
    """Enter the order that a notary drew (uids of all options, first drawn first).

    The first person's entry waits: None. When a second person enters the same order, that is the
    lot of this round for ever. When it differs both look at the minutes and enter again; every
    entry is recorded by its hash. Refuses a round whose regulation does not break ties by lot or
    draws from a public number, one that does not need it, one that was drawn already, and an order
    that is not over all options.
    """
    with transaction.atomic():
        round_ = _to_draw(round_id, actor, source="notary")
        _refuse_partial(round_, order)
        return _entered(round_, tuple(order), actor)


def enter_number(*, round_id: int, number: str, actor: Actor) -> Lot | None:
    """Enter the public number that was announced as the source; the order follows from it.

    The same two entries, and the same refusals, as with a notary.
    """
    with transaction.atomic():
        round_ = _to_draw(round_id, actor, source="public")
        number = " ".join(number.split())
        if not number or len(number) > LONGEST_NUMBER:
            raise Refused(_("Vul het getal in dat is gepubliceerd."), field="number", code="number")
        seed = public_seed(round_.params_hash, round_.root_final, number)
        order = draw(seed, (option["uid"] for option in rules_of(round_)["options"]))
        return _entered(round_, order, actor, number=number, seed=seed)


def entries(round_id: int) -> int:
    """How many people have entered an order; what they entered is shown to nobody."""
    return LotEntry.objects.filter(round_id=round_id).count()


def _to_draw(round_id: int, actor: Actor, *, source: str) -> VoteRound:
    """The locked round, where this person may enter a lot from this source now."""
    round_ = locked(round_id)
    refuse_stranger(round_.call, actor)
    if actor.person_id is None:
        raise NotAllowed(_("Een loting wordt door mensen ingevoerd."))
    if Lot.objects.filter(round=round_).exists():
        raise Conflict(
            _("Er is al geloot. Een tweede loting is niet mogelijk."), code="drawn_already"
        )
    if round_.state not in (VoteRound.State.CLOSED, VoteRound.State.COUNTED):
        raise Conflict(_("Loten kan pas als de stemming is gesloten."), code="state")
    rules = rules_of(round_)
    if rules["award"]["rule"] != "lottery" and "lot" not in rules["award"]["ties"]:
        raise Refused(_("In deze regeling beslist geen loting."), code="no_lot")
    if (rules["lot"]["source"] or "notary") != source:
        raise Refused(_("Deze regeling loot op een andere manier."), code="source")
    ranking = Ranking.objects.filter(round=round_).first()
    if ranking and ranking.state != Ranking.State.STOPPED:
        raise Conflict(_("De rangschikking ligt al vast."), code="fixed")
    return round_


def _entered(
    round_: VoteRound, order: tuple[str, ...], actor: Actor, *, number: str = "", seed: str = ""
) -> Lot | None:
    """Keep this entry; the lot, once two people entered the same."""
    text, person_id = canonical(list(order)), cast(int, actor.person_id)
    # Two numbers can give one order: what two people must agree on is the number.
    typed = canonical([number, *order]) if number else text
    LotEntry.objects.update_or_create(
        round=round_,
        person_id=person_id,
        defaults={"order": typed, "entered_at": clock.now()},
    )
    # Few options have few orders: a bare hash would tell what was typed.
    keyed = keys.keyed_hash(f"vote-{round_.uid}-lot", typed)
    tell(round_, "lot_entered", actor, order_hash=keyed)
    same = (
        LotEntry.objects.filter(round=round_, order=typed)
        .exclude(person_id=person_id)
        .order_by("entered_at", "pk")
        .first()
    )
    if same is None:
        return None
    lot = Lot.objects.create(
        round=round_,
        order=text,
        number=number,
        seed=seed,
        entered_by_id=same.person_id,
        confirmed_by_id=person_id,
        recorded_at=clock.now(),
    )
    tell(
        round_,
        "lot_recorded",
        actor,
        order=list(order),
        order_hash=sha256(text),
        number=number,
        seed=seed,
    )
    return lot


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
