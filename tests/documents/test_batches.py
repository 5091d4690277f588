"""A round of decisions at once: everything or nothing is seen, every item stands alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.roles import Role
from documents.domain.batches import (
    create_batch,
    move_batch,
    sign_batch,
    take_back_batch,
)
from documents.domain.drafting import change_draft, propose
from documents.domain.queries.batches import batch_hash, overview
from documents.domain.taking_back import take_back
from documents.models import BatchItem, Decision, DecisionBatch, Document
from regeling.models import Ceiling
from tests.factories.applications import PersonFactory, as_actor, with_role
from tests.factories.documents import Desk, desk, drafted, proposed
from timeline import clock
from timeline.deliver import claim, deliver
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def work() -> None:
    """Do what is due for decisions; letters of receipt and the like can wait."""
    handlers = ("documents.sign_batch", "documents.take_back_batch", "documents.announce")
    while delivery := claim(handlers=handlers):
        deliver(delivery, strict=True)


def batch_of(at: Desk, *decisions: Decision) -> DecisionBatch:
    return create_batch(
        call_id=at.call.pk,
        title="Ronde 1",
        decision_ids=[row.pk for row in decisions],
        actor=as_actor(at.assessor),
    )


def sign_whole(at: Desk, batch: DecisionBatch) -> DecisionBatch:
    row = sign_batch(batch_id=batch.pk, actor=as_actor(at.signer), seen_hash=batch_hash(batch.pk))
    work()
    return row


def states(batch: DecisionBatch) -> list[str]:
    return list(batch.items.order_by("position").values_list("decision__state", flat=True))


def test_a_batch_holds_proposals_of_one_call_once() -> None:
    at = desk()
    one, two = proposed(at), proposed(at)
    batch_of(at, one)

    with pytest.raises(Conflict):
        batch_of(at, one, two)
    with pytest.raises(Refused):
        batch_of(at, drafted(at))
    with pytest.raises(Refused):
        batch_of(at)


def test_first_what_deserves_a_look_and_the_sums_against_the_ceiling() -> None:
    at = desk()
    whole, reduced = proposed(at), proposed(at, cents=50_000)
    batch = batch_of(at, whole, reduced)

    view = overview(batch.pk)

    assert [item.decision for item in view.first] == [reduced]
    assert view.first[0].looks == ("Het bedrag is lager dan gevraagd.",)
    assert [item.decision for item in view.others] == [whole]
    (total,) = view.sums
    assert total.in_batch == whole.amount_cents + 50_000
    assert total.left == total.amount - total.in_batch
    assert total.fits


def test_signing_a_batch_signs_every_item_as_it_was_seen() -> None:
    at = desk()
    batch = batch_of(at, proposed(at), proposed(at, cents=0))

    sign_whole(at, batch)

    assert states(batch) == ["signed", "signed"]
    moments = {row.announce_at for row in Decision.objects.all()}
    batch.refresh_from_db()
    assert moments == {batch.announce_at}


def test_a_batch_that_changed_after_it_was_read_is_not_signed() -> None:
    at = desk()
    one = proposed(at)
    batch = batch_of(at, one, proposed(at))
    seen = batch_hash(batch.pk)
    actor = as_actor(at.assessor)
    change_draft(decision_id=one.pk, actor=actor, seen_version=one.version, explanation="Nieuw.")
    propose(decision_id=one.pk, actor=actor)

    with pytest.raises(Conflict):
        sign_batch(batch_id=batch.pk, actor=as_actor(at.signer), seen_hash=seen)
    assert states(batch) == ["proposed", "proposed"]


def test_an_item_that_is_refused_stops_only_itself_and_can_be_signed_later() -> None:
    at = desk()
    one, two = proposed(at), proposed(at)
    batch = batch_of(at, one, two)
    Ceiling.objects.filter(call=at.call).update(amount=one.amount_cents)

    sign_whole(at, batch)

    assert states(batch) == ["signed", "proposed"]
    assert "plafond" in BatchItem.objects.get(decision=two).error
    Ceiling.objects.filter(call=at.call).update(amount=one.amount_cents + two.amount_cents)
    sign_whole(at, batch)
    assert states(batch) == ["signed", "signed"]
    assert BatchItem.objects.get(decision=two).error == ""


def test_without_a_mandate_in_the_call_nobody_signs_the_batch() -> None:
    at = desk()
    batch = batch_of(at, proposed(at))
    seen = batch_hash(batch.pk)

    for person in (at.assessor, PersonFactory()):
        with pytest.raises(NotAllowed):
            sign_batch(batch_id=batch.pk, actor=as_actor(person), seen_hash=seen)


def test_the_drafter_of_an_item_does_not_sign_it_in_a_batch_either() -> None:
    at = desk()
    with_role(at.assessor, Role.DECISION_MAKER, at.call)
    batch = batch_of(at, proposed(at))

    sign_batch(batch_id=batch.pk, actor=as_actor(at.assessor), seen_hash=batch_hash(batch.pk))
    work()

    assert states(batch) == ["proposed"]
    assert "zelf voorbereid" in batch.items.get().error


def test_one_item_or_all_can_be_taken_back_until_the_letters_go() -> None:
    at = desk()
    one, two, three = proposed(at), proposed(at), proposed(at, cents=0)
    batch = batch_of(at, one, two, three)
    sign_whole(at, batch)
    ceiling = Ceiling.objects.get(call=at.call)
    assert ceiling.reserved == one.amount_cents + two.amount_cents

    take_back(decision_id=one.pk, actor=as_actor(at.signer), reason="Nog eens bekijken.")
    take_back_batch(batch_id=batch.pk, actor=as_actor(at.signer), reason="Fout in de tekst.")
    work()

    assert states(batch) == ["taken_back"] * 3
    ceiling.refresh_from_db()
    assert ceiling.reserved == 0
    with clock.playing("", clock.now() + timedelta(days=14)):
        work()
    assert not Document.objects.filter(decision__isnull=False).exists()


def test_the_moment_of_a_batch_can_be_moved() -> None:
    at = desk()
    batch = batch_of(at, proposed(at), proposed(at))
    sign_whole(at, batch)
    later = clock.now() + timedelta(days=10)

    move_batch(batch_id=batch.pk, announce_at=later, actor=as_actor(at.signer))

    with clock.playing("", later - timedelta(minutes=1)):
        work()
        assert states(batch) == ["signed", "signed"]
    with clock.playing("", later):
        work()
        assert states(batch) == ["announced", "announced"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_batch_asks_as_much_for_three_as_for_one(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries, request: Any
) -> None:
    at = desk()
    batch = batch_of(at, *(proposed(at) for _ in range(rows)))

    with django_assert_num_queries(4):
        overview(batch.pk)
