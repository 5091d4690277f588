"""Sign, move or take back the decisions of a whole round, each item in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.domain.people import actor_for
from documents.domain.queries.batches import batch_hash, item_hashes
from documents.domain.signing import mandates, move_announcement, sign
from documents.domain.taking_back import take_back
from documents.models import BatchItem, Decision, DecisionBatch
from regeling.models import Call
from regeling.terms import next_announcement
from timeline import clock
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import Conflict, NotAllowed, Refused

State = Decision.State


def create_batch(
    *, call_id: int, title: str, decision_ids: Iterable[int], actor: Actor
) -> DecisionBatch:
    """Put proposals of one call together, in the order given.

    Raises ``Refused`` for an empty batch and for a decision that is no proposal of this call, and
    ``Conflict`` for one that lies in another batch.
    """
    ids = list(dict.fromkeys(decision_ids))
    if not ids:
        raise Refused(_("Kies ten minste één voorstel."), field="decisions")
    with transaction.atomic():
        call = lock_one(Call.objects.filter(pk=call_id))
        found = set(
            Decision.objects.filter(
                pk__in=ids, application__call=call, state=State.PROPOSED
            ).values_list("pk", flat=True)
        )
        if found != set(ids):
            raise Refused(_("Alleen voorstellen van deze openstelling kunnen in de stapel."))
        batch = DecisionBatch.objects.create(
            call=call, title=title.strip(), made_by_id=actor.person_id, made_at=clock.now()
        )
        try:
            with transaction.atomic():
                BatchItem.objects.bulk_create(
                    BatchItem(batch=batch, decision_id=pk, position=position)
                    for position, pk in enumerate(ids, start=1)
                )
        except IntegrityError:
            raise Conflict(_("Een van deze voorstellen ligt al in een andere stapel.")) from None
        _tell(batch, "made", actor, decisions=len(ids))
        return batch


def sign_batch(
    *, batch_id: int, actor: Actor, seen_hash: str, announce_at: datetime | None = None
) -> DecisionBatch:
    """Sign everything that the page showed; the worker signs the items one by one.

    ``seen_hash`` names all items with the facts of their letters; when one of them changed, nothing
    is signed and ``Conflict`` is raised. What one item refuses stops only that item. Signing again
    goes on with the items that are not signed. Raises ``NotAllowed`` without a mandate in the call.
    """
    with transaction.atomic():
        batch = lock_one(DecisionBatch.objects.filter(pk=batch_id))
        _refuse_signer(batch, actor)
        if batch_hash(batch_id) != seen_hash:
            raise Conflict(
                _("Er is iets veranderd nadat u deze stapel las. Bekijk hem opnieuw en teken dan."),
                code="stale_batch",
            )
        for item_id, digest in item_hashes(batch_id):
            BatchItem.objects.filter(pk=item_id).update(seen_hash=digest, error="")
        now = clock.now()
        batch.signed_by_id = actor.person_id
        batch.signed_at = now
        batch.announce_at = announce_at or next_announcement(now)
        _save(batch)
        _tell(batch, "signed", actor, seen=seen_hash, announce_at=batch.announce_at)
        return batch


def sign_items(*, batch_uid: str) -> None:
    """Sign the items that wait, each on its own; a killed worker goes on where it stopped."""
    batch = DecisionBatch.objects.select_related("signed_by").get(uid=batch_uid)
    if batch.signed_by is None:
        raise ValueError("nobody signed this batch")
    actor = actor_for(batch.signed_by)
    waiting = batch.items.filter(decision__state=State.PROPOSED).order_by("position")
    for item in waiting:
        try:
            sign(
                decision_id=item.decision_id,
                actor=actor,
                seen_hash=item.seen_hash,
                announce_at=batch.announce_at,
            )
        except Refused as refusal:
            BatchItem.objects.filter(pk=item.pk).update(error=refusal.sentence)
        else:
            BatchItem.objects.filter(pk=item.pk).update(error="")


def move_batch(*, batch_id: int, announce_at: datetime, actor: Actor) -> DecisionBatch:
    """Choose another moment for every letter of the batch that has not gone out.

    What an item refuses (a term that would be over, a mandate that is too small) stands with it.
    """
    with transaction.atomic():
        batch = lock_one(DecisionBatch.objects.filter(pk=batch_id))
        _refuse_signer(batch, actor)
        batch.announce_at = announce_at
        _save(batch)
        _tell(batch, "moved", actor, announce_at=announce_at)
    for item in batch.items.filter(decision__state=State.SIGNED).order_by("position"):
        try:
            move_announcement(decision_id=item.decision_id, announce_at=announce_at, actor=actor)
        except Refused as refusal:
            BatchItem.objects.filter(pk=item.pk).update(error=refusal.sentence)
        else:
            BatchItem.objects.filter(pk=item.pk).update(error="")
    return batch


def take_back_batch(*, batch_id: int, actor: Actor, reason: str) -> DecisionBatch:
    """Take back every item that was not announced, with one reason; the worker does them."""
    if not reason.strip():
        raise Refused(_("Geef een reden om de stapel terug te nemen."), field="reason")
    with transaction.atomic():
        batch = lock_one(DecisionBatch.objects.filter(pk=batch_id))
        _refuse_signer(batch, actor)
        batch.taken_back_by_id = actor.person_id
        batch.taken_back_reason = reason.strip()
        _save(batch)
        _tell(batch, "taken_back", actor)
        return batch


def take_back_items(*, batch_uid: str) -> None:
    """Take back the items that were not announced, each on its own."""
    batch = DecisionBatch.objects.select_related("taken_back_by").get(uid=batch_uid)
    if batch.taken_back_by is None:
        raise ValueError("nobody took this batch back")
    actor = actor_for(batch.taken_back_by)
    open_items = batch.items.filter(decision__state__in=(State.PROPOSED, State.SIGNED))
    for item in open_items.order_by("position"):
        try:
            take_back(decision_id=item.decision_id, actor=actor, reason=batch.taken_back_reason)
        except Refused as refusal:
            BatchItem.objects.filter(pk=item.pk).update(error=refusal.sentence)


def _refuse_signer(batch: DecisionBatch, actor: Actor) -> None:
    """Somebody with a mandate in this call; whether it covers an item is asked item by item."""
    first = batch.items.select_related(
        "decision__application__call__revision__regulation__authority"
    ).first()
    if first is None or not mandates(actor.person_id, first.decision.application):
        raise NotAllowed(_("U heeft geen mandaat voor besluiten over deze regeling."))


def _save(batch: DecisionBatch) -> None:
    batch.version = F("version") + 1
    batch.save()
    batch.refresh_from_db()


def _tell(batch: DecisionBatch, what: str, actor: Actor, **facts: object) -> None:
    record(
        stream=("decision_batch", str(batch.uid)),
        type=f"documents.batch_{what}",
        facts={"batch": str(batch.uid), **facts},
        actor=actor,
    )
