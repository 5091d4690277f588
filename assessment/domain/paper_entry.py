"""Votes at the desk and on paper. A form is typed by two people who do not see each other's work.

Between the two, nothing is kept of what a form says: only hashes that need the code on the form
itself. It is cast in the transaction of the second entry, through the same door as every other
ballot, so that paper and online cannot both count.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Literal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assessment.domain import codes
from assessment.domain.casting import Receipt, UnknownCode, cast, checked_marks
from assessment.domain.marks import Marks
from assessment.domain.rights import register_key
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import DeskTally, PaperBatch, PaperEntry, VoteRight, VoteRound
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.refusal import Conflict, NotAllowed, Refused

Entered = Literal["first", "mismatch", "cast", "rejected", "voted_already"]
EMPTY = "empty"
"""What two people type for a form that is blank or cannot be read."""


def make_batch(*, round_id: int, name: str, forms: int, actor: Actor) -> PaperBatch:
    """Begin a pile of ``forms`` paper ballots, counted by hand. Refuses a name that is there."""
    with transaction.atomic():
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        person_id = _somebody(actor)
        if round_.state != VoteRound.State.OPEN:
            raise Conflict(_("De stemming is niet open."), code="state")
        if not name.strip():
            raise Refused(_("Geef de stapel een naam."), field="name")
        if forms < 1:
            raise Refused(_("Tel eerst de formulieren."), field="forms")
        if PaperBatch.objects.filter(round=round_, name=name.strip()).exists():
            raise Refused(_("Er is al een stapel met deze naam."), field="name")
        batch = PaperBatch.objects.create(
            round=round_, name=name.strip(), forms=forms, made_by_id=person_id, made_at=clock.now()
        )
        tell(round_, "paper_begun", actor, batch=str(batch.uid), forms=forms)
        return batch


def enter_form(*, batch_id: int, code: str, marks: Marks | None, actor: Actor) -> Entered:
    """Type one form: the code on it and the marks, or None for a blank or unreadable one.

    ``first``: another person types it next, without seeing this. Equal: ``cast``, or ``rejected``
    when both found it blank. ``mismatch``: a third person types it, and decides by being equal to
    one of the two. ``voted_already``: this code voted before, so the form counts as rejected.

    Raises ``UnknownCode``; ``BadBallot`` for marks that the rules do not allow; ``Conflict`` for
    the same person twice (``second_person``) and a full or closed pile.
    """
    typed = codes.read(code)
    if typed is None:
        raise UnknownCode
    person_id = _somebody(actor)
    with transaction.atomic():
        batch = _open_batch(batch_id, actor)
        right = VoteRight.objects.filter(
            round=batch.round,
            register_key=register_key(batch.round, typed),
            status__in=[VoteRight.Status.ISSUED, VoteRight.Status.VOTED],
        ).first()
        if right is None:
            raise UnknownCode
        entry_key = _keyed(typed, "entry", str(batch.uid))
        entries = PaperEntry.objects.filter(batch=batch, entry_key=entry_key)
        if right.status == VoteRight.Status.VOTED:
            entries.delete()
            _finish(batch, "rejected")
            return "voted_already"
        text = EMPTY if marks is None else checked_marks(batch.round, marks)
        marks_key = _keyed(typed, "marks", f"{batch.uid}|{text}")
        others = list(entries)
        if any(each.person_id == person_id for each in others):
            raise Conflict(
                _("U hebt dit formulier al getypt. Nu is een ander aan de beurt."),
                code="second_person",
            )
        if not any(hmac.compare_digest(each.marks_key, marks_key) for each in others):
            PaperEntry.objects.create(
                batch=batch, entry_key=entry_key, marks_key=marks_key, person_id=person_id
            )
            return "mismatch" if others else "first"
        entries.delete()
        if marks is None:
            _finish(batch, "rejected")
            return "rejected"
        cast(
            round_uid=str(batch.round.uid),
            code=typed,
            marks=marks,
            channel=VoteRight.Channel.PAPER,
            once=True,
        )
        _finish(batch, "cast")
        return "cast"


def reject_form(*, batch_id: int, actor: Actor) -> PaperBatch:
    """Count a form on which no code can be read, or an unknown one, as rejected."""
    _somebody(actor)
    with transaction.atomic():
        batch = _open_batch(batch_id, actor)
        _finish(batch, "rejected")
        return batch


def close_batch(*, batch_id: int, actor: Actor) -> PaperBatch:
    """Close a pile when every form is cast or rejected. Refuses while one is still to be done."""
    with transaction.atomic():
        batch = _open_batch(batch_id, actor)
        if batch.cast + batch.rejected != batch.forms:
            raise Conflict(
                _("Er zijn %(n)s formulieren nog niet klaar.")
                % {"n": batch.forms - batch.cast - batch.rejected},
                code="unfinished",
            )
        batch.closed_at = clock.now()
        batch.save(update_fields=["closed_at"])
        people = PaperEntry.objects.filter(batch=batch)
        people.delete()  # a form that was typed once under a wrong code
        tell(
            batch.round,
            "paper_closed",
            actor,
            batch=str(batch.uid),
            forms=batch.forms,
            cast=batch.cast,
            rejected=batch.rejected,
        )
        return batch


def cast_at_desk(
    *,
    round_uid: str,
    code: str,
    marks: Marks,
    own: Sequence[str] = (),
    proxy: bool = False,
    actor: Actor,
) -> Receipt:
    """Cast for somebody who stands at the desk, or for another with her letter and consent
    (``proxy``).

    The clerk's tally of the day counts first ballots only, and in a transaction of its own: beside
    a right it would tell who was there when. Raises what ``casting.cast`` raises.
    """
    person_id = _somebody(actor)
    round_ = VoteRound.objects.select_related("call__revision__regulation").get(uid=round_uid)
    refuse_stranger(round_.call, actor)
    receipt = cast(
        round_uid=round_uid, code=code, marks=marks, own=own, channel=VoteRight.Channel.DESK
    )
    if receipt.first:
        _count_at_desk(round_, person_id, proxy=proxy)
    return receipt


def _count_at_desk(round_: VoteRound, person_id: int, *, proxy: bool) -> None:
    day = clock.today()
    with transaction.atomic():
        DeskTally.objects.get_or_create(round=round_, person_id=person_id, day=day)
        DeskTally.objects.filter(round=round_, person_id=person_id, day=day).update(
            votes=F("votes") + 1, proxies=F("proxies") + int(proxy)
        )


def _open_batch(batch_id: int, actor: Actor) -> PaperBatch:
    batch = lock_one(
        PaperBatch.objects.filter(pk=batch_id).select_related(
            "round__call__revision__regulation__authority"
        )
    )
    refuse_stranger(batch.round.call, actor)
    if batch.closed_at is not None:
        raise Conflict(_("Deze stapel is al gesloten."), code="closed_batch")
    return batch


def _finish(batch: PaperBatch, what: Literal["cast", "rejected"]) -> None:
    if batch.cast + batch.rejected >= batch.forms:
        raise Conflict(
            _("Alle %(n)s formulieren van deze stapel zijn al gedaan.") % {"n": batch.forms},
            code="full",
        )
    setattr(batch, what, getattr(batch, what) + 1)
    batch.save(update_fields=[what])


def _keyed(code: str, what: str, text: str) -> str:
    """A hash that nobody makes or checks without the code on the form."""
    return hmac.new(code.encode(), f"paper-{what}|{text}".encode(), hashlib.sha256).hexdigest()


def _somebody(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowed(_("Dit doet een mens, onder eigen naam."))
    return actor.person_id
