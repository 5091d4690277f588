"""What was signed and what was sent stays as it was written, whoever asks the database."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from documents.models import BatchItem, Decision, Document, OrderedLetter
from tests.documents.test_batches import batch_of, work
from tests.factories.applications import submitted
from tests.factories.documents import desk, drafted, proposed, signed
from timeline import clock
from timeline.deliver import run_due

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def refused(change: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()  # type: ignore[operator]  # a function without arguments


def test_a_stored_letter_never_changes() -> None:
    submitted()
    run_due(limit=1000, strict=True)
    rows = Document.objects.all()

    refused(lambda: rows.update(sha256="0" * 64))
    refused(lambda: rows.update(facts="{}"))
    refused(rows.delete)
    assert OrderedLetter.objects.count() == 0


def test_a_signed_decision_keeps_what_was_signed() -> None:
    decision = signed(desk())
    rows = Decision.objects.filter(pk=decision.pk)

    refused(lambda: rows.update(amount_cents=1))
    refused(lambda: rows.update(snapshot="{}"))
    refused(lambda: rows.update(hash="0" * 64))
    refused(lambda: rows.update(basis="{}"))
    refused(rows.delete)


def test_an_announced_decision_is_not_taken_back_behind_our_back() -> None:
    decision = signed(desk())
    assert decision.announce_at
    with clock.playing("", decision.announce_at):
        work()
    rows = Decision.objects.filter(pk=decision.pk)

    refused(lambda: rows.update(state="taken_back", taken_back_reason="x", sent_on=None))
    refused(lambda: rows.update(objection_until=None))


def test_the_database_refuses_one_person_for_two_roles_and_a_second_open_decision() -> None:
    at = desk()
    decision = proposed(at)
    rows = Decision.objects.filter(pk=decision.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(signed_by=decision.drafted_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="signed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            application=decision.application,
            track="award",
            kind="rejection",
            drafted_at=clock.now(),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(kind="rejection")


def test_a_decision_lies_in_one_batch() -> None:
    at = desk()
    decision = proposed(at)
    batch = batch_of(at, decision)

    with pytest.raises(IntegrityError), transaction.atomic():
        BatchItem.objects.create(batch=batch, decision=decision, position=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchItem.objects.create(batch=batch, decision=drafted(at), position=1)


def test_announcing_works_on_this_engine() -> None:
    decision = signed(desk())
    assert decision.announce_at
    with clock.playing("", decision.announce_at):
        work()

    decision.refresh_from_db()
    assert decision.state == "announced"
