"""Settled as awarded or lower: proposed by one, heard first, signed by another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accountability.domain import hearings, settlements
from accountability.models import Hearing, SettlementProposal
from applications.models import Application, CashEntry
from documents.domain.drafting import decision_basis
from documents.models import Decision, OrderedLetter
from regeling.models import Ceiling
from tests.factories.accountability import (
    Office,
    decided,
    lower_proposal,
    lower_settled,
    office,
    report_asked,
    reported,
    settled,
    sign_and_announce,
)
from tests.factories.applications import PersonFactory, as_actor
from tests.factories.documents import in_review
from timeline import clock
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def ask(at: Office, application: Application, **given: object) -> Hearing:
    return hearings.ask_hearing(
        **{
            "application_id": application.pk,
            "intent": "Een deel ging niet door.",
            "ground": "a",
            "intended_cents": 200_000,
            "actor": as_actor(at.assessor),
            **given,
        }
    )


def lower(at: Office, application: Application, **given: object) -> SettlementProposal:
    return settlements.propose_lower_settlement(
        **{
            "application_id": application.pk,
            "cents": 200_000,
            "reason": "Drie van de vier maaltijden.",
            "proportionality": "De kosten zijn niet gemaakt.",
            "actor": as_actor(at.assessor),
            **given,
        }
    )


def test_a_settlement_as_awarded_pays_the_rest() -> None:
    application = settled(office())

    assert (application.state, application.settled_cents) == ("settled", 300_000)
    payable = CashEntry.objects.filter(application=application, kind="payable").order_by("pk")
    assert list(payable.values_list("cents", flat=True)) == [240_000, 60_000]
    ceiling = Ceiling.objects.get()
    assert (ceiling.open, ceiling.settled) == (0, 300_000)


def test_a_lower_settlement_releases_the_difference_with_its_ground_in_the_letter() -> None:
    application = lower_settled(office(), cents=200_000)

    assert (application.state, application.settled_cents) == ("lower_settled", 200_000)
    ceiling = Ceiling.objects.get()
    assert (ceiling.open, ceiling.settled, ceiling.free) == (0, 200_000, 4_800_000)
    basis = decision_basis(Decision.objects.get(track="settlement"))
    assert basis.ground is not None
    assert basis.ground.article == "artikel 4:46, tweede lid, onder a, van de Awb"
    assert basis.hearing is not None
    assert basis.hearing.answer == "Het regende die dag."
    assert basis.reported == (
        "aantal mensen dat meedeed: 80",
        "uren van vrijwilligers: 120",
        "kosten: €\u00a02.500",
    )
    assert OrderedLetter.objects.get().kind == "intent_notice"


def test_lower_needs_a_hearing_that_is_over() -> None:
    with clock.playing("", DAY):
        at = office(present=False)
        application = reported(at)
        with pytest.raises(Refused, match="zienswijze") as refusal:
            lower(at, application)
        assert refusal.value.article == "Awb 4:12(2)"
        hearing = ask(at, application)
        assert hearing.due_on == date(2026, 3, 24)
        with pytest.raises(Refused, match="zienswijze"):
            lower(at, application)
    last = clock.moment(hearing.due_on, "23:59")
    with clock.playing("", last), pytest.raises(Refused, match="zienswijze"):
        lower(at, application)
    with clock.playing("", clock.moment(hearing.due_on + timedelta(days=1), "00:01")):
        assert lower(at, application).hearing == hearing


def test_lower_is_never_less_than_what_was_put_before_the_applicant() -> None:
    at, person = office(), PersonFactory()
    application = reported(at, person=person)
    hearing = ask(at, application)
    hearings.respond(hearing_id=hearing.pk, response="Regen.", actor=as_actor(person))
    given = {"reply": "Er was een zaal."}

    with pytest.raises(Refused, match="voornemen") as refusal:
        lower(at, application, cents=199_999, **given)
    assert refusal.value.field == "cents"
    with pytest.raises(Refused, match="lager dan verleend"):
        lower(at, application, cents=300_000, **given)
    with pytest.raises(Refused, match="Antwoord op de zienswijze"):
        lower(at, application)
    assert lower(at, application, cents=250_000, **given).settled_cents == 250_000


@pytest.mark.parametrize("missing", ["reason", "proportionality"])
def test_a_lower_settlement_gives_its_reasons(missing: str) -> None:
    at, person = office(), PersonFactory()
    application = reported(at, person=person)
    hearing = ask(at, application)
    hearings.respond(hearing_id=hearing.pk, response="Regen.", actor=as_actor(person))

    with pytest.raises(Refused) as refusal:
        lower(at, application, reply="Ja.", **{missing: "  "})

    assert refusal.value.field == missing
    assert not SettlementProposal.objects.exists()


@pytest.mark.both
def test_the_database_itself_knows_no_lower_settlement_without_a_hearing() -> None:
    at = office()
    application = reported(at)
    proposal = settlements.propose_settlement(
        application_id=application.pk, actor=as_actor(at.assessor)
    )

    with pytest.raises(DatabaseError, match="as they were written"), transaction.atomic():
        SettlementProposal.objects.update(reason="anders")
    proposal.pk, proposal.kind, proposal.settled_cents = None, "lower_settlement", 5
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.save(force_insert=True)


def test_there_is_one_proposal_at_a_time_and_the_proposer_does_not_sign() -> None:
    at = office()
    application = reported(at)
    actor = as_actor(at.assessor)
    proposal = settlements.propose_settlement(application_id=application.pk, actor=actor)

    with pytest.raises(Conflict):
        settlements.propose_settlement(application_id=application.pk, actor=actor)
    decision = Decision.objects.get(uid=proposal.decision_uid)
    assert (decision.state, decision.drafted_by_id) == ("proposed", at.assessor.pk)
    assert sign_and_announce(at, decision).state == "settled"


def test_without_a_report_one_settles_only_after_its_last_day() -> None:
    with clock.playing("", DAY):
        at = office(present=False)
        application = report_asked(at)
        with pytest.raises(Conflict, match="verslag"):
            settlements.propose_settlement(
                application_id=application.pk, actor=as_actor(at.assessor)
            )
    assert application.report_due_on is not None
    with clock.playing("", clock.moment(application.report_due_on + timedelta(days=1))):
        proposal = settlements.propose_settlement(
            application_id=application.pk, actor=as_actor(at.assessor)
        )
        basis = decision_basis(Decision.objects.get(uid=proposal.decision_uid))
        assert basis.reported_on is None
        assert "ambtshalve" in basis.attention[0]


def test_only_who_judges_asks_and_proposes() -> None:
    at, person = office(), PersonFactory()
    application = reported(at, person=person)

    for other in (person, at.payer, at.auditor, PersonFactory()):
        with pytest.raises(NotAllowed):
            ask(at, application, actor=as_actor(other))
        with pytest.raises(NotAllowed):
            settlements.propose_settlement(application_id=application.pk, actor=as_actor(other))


def test_a_hearing_is_answered_once_by_the_applicant_or_taken_down_for_her() -> None:
    at, person = office(), PersonFactory()
    application = reported(at, person=person)
    hearing = ask(at, application)
    with pytest.raises(NotAllowed):
        hearings.respond(hearing_id=hearing.pk, response="x", actor=as_actor(PersonFactory()))
    with pytest.raises(Refused) as refusal:
        hearings.respond(hearing_id=hearing.pk, response=" ", actor=as_actor(person))
    assert refusal.value.field == "response"
    with pytest.raises(Conflict, match="loopt nog"):
        ask(at, application)

    row = hearings.respond(
        hearing_id=hearing.pk, response="Telefonisch: het regende.", actor=as_actor(at.assessor)
    )

    event = Event.objects.get(type="accountability.hearing_answered")
    assert event.facts["hash"] == row.hash
    assert "regende" not in event.text
    with pytest.raises(Conflict):
        hearings.respond(hearing_id=hearing.pk, response="Nog eens", actor=as_actor(person))


@pytest.mark.slow
def test_a_hearing_is_asked_where_something_can_be_settled() -> None:
    at = office()

    for application in (in_review(at.call), decided(at), settled(at)):
        with pytest.raises(Conflict):
            ask(at, application)
    for wrong, field in (
        ({"ground": "e"}, "ground"),
        ({"intended_cents": 300_000}, "intended_cents"),
    ):
        with pytest.raises(Refused) as refusal:
            ask(at, reported(at), **wrong)
        assert refusal.value.field == field


@pytest.mark.both
def test_what_was_asked_and_answered_stays() -> None:
    at, person = office(), PersonFactory()
    lower_proposal(at, reported(at, person=person), cents=200_000, person=person)

    for change in ({"intent": "x"}, {"response": "x"}, {"due_on": date(2030, 1, 1)}):
        with pytest.raises(DatabaseError, match="as they were written"), transaction.atomic():
            Hearing.objects.update(**change)
