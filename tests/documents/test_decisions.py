"""From a draft to an announced decision: who may, what changes, what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.roles import Role
from applications.facts import Missing
from applications.lifecycle import move
from applications.models import Application, CashEntry
from documents.basis import Basis
from documents.domain.drafting import change_draft, draft_decision, propose
from documents.domain.signing import move_announcement, sign
from documents.domain.taking_back import take_back
from documents.facts import decision_hash, facts_from
from documents.letters.facts import Missing as Lacks
from documents.models import Decision, Document
from regeling.domain.ledger import CeilingExceeded, reserved_for
from regeling.models import Ceiling
from tests.documents.test_batches import work
from tests.factories.applications import PersonFactory, as_actor, submitted, with_role
from tests.factories.documents import Desk, desk, drafted, in_review, proposed, signed
from timeline import clock
from timeline.actor import SYSTEM
from timeline.canon import sha256
from timeline.deliver import claim, deliver
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def test_a_draft_moves_the_dossier_and_there_is_only_one() -> None:
    at = desk()
    decision = drafted(at)

    assert Application.objects.get(pk=decision.application_id).state == "decision_draft"
    with pytest.raises(Conflict):
        drafted(at, application=decision.application)


def test_a_draft_that_somebody_changed_is_not_changed_again() -> None:
    at = desk()
    decision = drafted(at)
    actor = as_actor(at.assessor)
    change_draft(decision_id=decision.pk, actor=actor, seen_version=1, explanation="Mooi plan.")

    with pytest.raises(Conflict):
        change_draft(decision_id=decision.pk, actor=actor, seen_version=1, explanation="Ander.")


def test_a_rejection_needs_a_reason_and_an_award_an_amount() -> None:
    at = desk()
    application = in_review(at.call)
    given: dict[str, Any] = {
        "application_id": application.pk,
        "basis": Basis(),
        "actor": as_actor(at.assessor),
    }

    with pytest.raises(Refused, match="reden"):
        draft_decision(kind="rejection", amount_cents=0, **given)
    with pytest.raises(Refused, match="bedrag"):
        draft_decision(kind="direct_settlement", amount_cents=0, **given)
    with pytest.raises(Refused, match="bedrag"):
        draft_decision(kind="direct_settlement", amount_cents=application.amount_asked + 1, **given)
    with pytest.raises(Refused, match="andere soort"):
        draft_decision(kind="award", amount_cents=1000, **given)


def test_signing_freezes_what_was_seen_and_reserves_the_money() -> None:
    at = desk()
    decision = proposed(at)
    seen = decision_hash(decision.pk)

    row = sign(decision_id=decision.pk, actor=as_actor(at.signer), seen_hash=seen)

    assert row.state == "signed"
    assert sha256(row.snapshot) == row.hash
    facts = facts_from(row.snapshot)
    assert facts.signature is not None
    assert facts.signature.name == "Anna de Groot"
    assert row.mandate == "decision_maker:voorbeeldstad:every-kind"
    assert reserved_for(application_uid=row.application.uid) == row.amount_cents
    assert row.announce_at is not None
    assert row.announce_at.astimezone(clock.AMSTERDAM).hour == 9


def test_the_drafter_does_not_sign_her_own_proposal() -> None:
    at = desk()
    with_role(at.assessor, Role.DECISION_MAKER, at.call)
    decision = proposed(at)

    with pytest.raises(NotAllowed, match="zelf voorbereid"):
        sign(
            decision_id=decision.pk,
            actor=as_actor(at.assessor),
            seen_hash=decision_hash(decision.pk),
        )


def test_a_mandate_ends_at_its_region_and_amount() -> None:
    at = desk()
    decision = proposed(at)
    elsewhere = with_role(PersonFactory(), Role.DECISION_MAKER, at.call, region="zuid")
    poor = with_role(PersonFactory(), Role.DECISION_MAKER, at.call)
    poor.grants.update(limit_cents=decision.amount_cents - 1)
    seen = decision_hash(decision.pk)

    for person in (elsewhere, poor, PersonFactory()):
        with pytest.raises(NotAllowed):
            sign(decision_id=decision.pk, actor=as_actor(person), seen_hash=seen)
    poor.grants.update(limit_cents=decision.amount_cents)
    assert sign(decision_id=decision.pk, actor=as_actor(poor), seen_hash=seen).state == "signed"


def test_what_changed_after_it_was_read_is_not_signed() -> None:
    at = desk()
    decision = proposed(at)
    seen = decision_hash(decision.pk)
    change_draft(
        decision_id=decision.pk,
        actor=as_actor(at.assessor),
        seen_version=decision.version,
        amount_cents=decision.amount_cents - 100,
    )
    propose(decision_id=decision.pk, actor=as_actor(at.assessor))

    with pytest.raises(Conflict):
        sign(decision_id=decision.pk, actor=as_actor(at.signer), seen_hash=seen)


def test_beyond_the_ceiling_nothing_is_signed() -> None:
    at = desk()
    decision = proposed(at)
    Ceiling.objects.filter(call=at.call).update(amount=decision.amount_cents - 1)

    with pytest.raises(CeilingExceeded):
        sign(
            decision_id=decision.pk,
            actor=as_actor(at.signer),
            seen_hash=decision_hash(decision.pk),
        )
    decision.refresh_from_db()
    assert decision.state == "proposed"


def test_taking_back_sets_the_money_free_and_leaves_room_for_another_draft() -> None:
    at = desk()
    decision = signed(at)

    take_back(decision_id=decision.pk, actor=as_actor(at.signer), reason="Bedrag klopt niet.")

    assert reserved_for(application_uid=decision.application.uid) == 0
    assert Application.objects.get(pk=decision.application_id).state == "decision_draft"
    again = drafted(at, application=Application.objects.get(pk=decision.application_id), cents=0)
    assert again.origin == "in_review"
    with pytest.raises(Refused, match="reden"):
        take_back(decision_id=again.pk, actor=as_actor(at.signer), reason=" ")


def test_before_its_moment_nobody_hears_of_it() -> None:
    decision = signed(desk())

    work()

    decision.refresh_from_db()
    assert decision.state == "signed"
    assert not Document.objects.filter(decision=decision).exists()


def test_at_its_moment_letter_terms_money_and_state_come_together() -> None:
    at = desk()
    decision = signed(at)
    assert decision.announce_at is not None

    with clock.playing("", decision.announce_at):
        work()

    decision.refresh_from_db()
    application = Application.objects.get(pk=decision.application_id)
    day = clock.day(decision.announce_at)
    document = Document.objects.get(decision=decision)
    ceiling = Ceiling.objects.get(call=at.call)
    payable = CashEntry.objects.get(application=application)
    assert (decision.state, application.state) == ("announced", "directly_settled")
    assert decision.sent_on == application.decided_on == document.sent_on == day
    assert decision.objection_until
    assert decision.objection_until >= day + timedelta(weeks=6)
    assert (ceiling.reserved, ceiling.settled) == (0, decision.amount_cents)
    assert (payable.kind, payable.cents) == ("payable", decision.amount_cents)
    assert payable.due_on
    assert payable.due_on >= day + timedelta(weeks=6)
    assert application.settled_cents == decision.amount_cents


def test_a_rejection_frees_what_was_reserved() -> None:
    at = desk()
    decision = signed(at, cents=0)
    assert decision.announce_at is not None

    with clock.playing("", decision.announce_at):
        work()

    application = Application.objects.get(pk=decision.application_id)
    assert application.state == "rejected"
    assert not CashEntry.objects.filter(application=application).exists()


def test_a_later_moment_holds_and_an_earlier_one_does_not_wait() -> None:
    at = desk()
    decision = signed(at)
    first = decision.announce_at
    assert first is not None
    soon = clock.now() + timedelta(minutes=5)
    move_announcement(decision_id=decision.pk, announce_at=soon, actor=as_actor(at.signer))

    with clock.playing("", soon):
        work()
    decision.refresh_from_db()
    assert decision.state == "announced"
    with clock.playing("", first):
        work()
    assert Document.objects.filter(decision=decision).count() == 1


def test_an_announced_decision_is_not_taken_back() -> None:
    at = desk()
    decision = signed(at)
    assert decision.announce_at is not None
    with clock.playing("", decision.announce_at):
        work()

    with pytest.raises(Conflict, match="Verstuurd"):
        take_back(decision_id=decision.pk, actor=as_actor(at.signer), reason="Te laat.")


def test_a_letter_that_cannot_be_stored_announces_nothing_and_says_why(
    settings: Any, tmp_path: Path
) -> None:
    at = desk()
    decision = signed(at)
    assert decision.announce_at is not None
    full = tmp_path / "full"
    full.write_text("no folder")
    settings.MEDIA_ROOT = full

    with clock.playing("", decision.announce_at):
        while delivery := claim(handlers=("documents.announce",)):
            deliver(delivery)

    decision.refresh_from_db()
    assert decision.state == "signed"
    assert "NotADirectoryError" in decision.problem
    assert Application.objects.get(pk=decision.application_id).state == "decision_draft"
    assert not Document.objects.filter(decision=decision).exists()


def unanswered(at: Desk, *, asked: date) -> Decision:
    """A proposal not to treat an application that was not supplemented."""
    application = submitted(at.call)
    due_on = asked + timedelta(weeks=2)
    move(application_id=application.pk, transition="start_completeness_check", actor=SYSTEM)
    move(
        application_id=application.pk,
        transition="ask_supplement",
        actor=as_actor(at.assessor),
        fact=Missing(items=("offerte",), due_on=due_on, request="1"),
    )
    decision = draft_decision(
        application_id=application.pk,
        kind="not_processed",
        amount_cents=0,
        basis=Basis(missing=(Lacks(what="Een offerte"),), asked_on=asked, deliver_by=due_on),
        actor=as_actor(at.assessor),
    )
    return propose(decision_id=decision.pk, actor=as_actor(at.assessor))


def test_not_treating_is_announced_within_four_weeks_or_not_at_all() -> None:
    at = desk()
    decision = unanswered(at, asked=clock.today() - timedelta(weeks=7))

    with pytest.raises(Refused, match="Beslis nu op de inhoud") as late:
        sign(
            decision_id=decision.pk,
            actor=as_actor(at.signer),
            seen_hash=decision_hash(decision.pk),
        )
    assert late.value.article == "Awb 4:5, vierde lid"


def test_not_treating_in_time_has_its_own_letter() -> None:
    at = desk()
    decision = unanswered(at, asked=clock.today() - timedelta(weeks=3))
    row = sign(
        decision_id=decision.pk,
        actor=as_actor(at.signer),
        seen_hash=decision_hash(decision.pk),
    )
    assert row.announce_at

    with clock.playing("", row.announce_at):
        work()

    document = Document.objects.get(decision=decision)
    assert document.subject == "Wij behandelen uw aanvraag niet"
    assert Application.objects.get(pk=decision.application_id).state == "not_processed"
