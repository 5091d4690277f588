"""Review, hearing and proposal: what may not be, what changes, what is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from accounts.models import Person
from applications.domain.submission import submit
from applications.models import Application, Involvement
from assessment.domain.hearings import answer_hearing, ask_hearing, reply_to_hearing
from assessment.domain.proposals import draft_proposal, proposal_for
from assessment.domain.reviews import FEAR, admit, advice_of, submit_review
from documents.models import OrderedLetter
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    signed_draft,
)
from tests.factories.assessment import (
    assessor_of,
    cleared,
    completed,
    election,
    follow,
    judgement,
    reviewed,
)
from timeline import clock
from timeline.models import Event
from timeline.refusal import NotAllowed, Refused

pytestmark = [pytest.mark.django_db]


def applicant_of(application: Application) -> Person:
    return Person.objects.get(pk=application.party_id)


class TestReview:
    @pytest.mark.parametrize(
        ("own", "field"),
        [
            ({"answers": {}}, "answer_nieuw"),
            ({"answers": {"nieuw": ("yes", "Ja."), "samen": ("9", "Veel.")}}, "answer_samen"),
            ({"answers": {"nieuw": ("yes", " "), "samen": ("5", "Ja.")}}, "argument_nieuw"),
            ({"conclusion": ""}, "conclusion"),
            ({"conclusion": "negative", "grounds": ()}, "grounds"),
            ({"grounds": ("verzonnen",)}, "grounds"),
            ({"answers": {"nieuw": ("no", "Nee."), "samen": ("5", "Ja.")}}, "conclusion"),
            ({"answers": {"ander": ("yes", "Ja.")}}, "ander"),
        ],
    )
    def test_what_a_review_may_not_leave_out(
        self, person: Person, application: Application, own: dict[str, object], field: str
    ) -> None:
        completed(application, person)
        given = judgement(application, str(own.pop("conclusion", "positive")), **own)
        with pytest.raises(Refused) as refused:
            submit_review(application_id=application.pk, judgement=given, actor=as_actor(person))
        assert refused.value.field == field

    def test_the_initiator_reads_the_conversation_and_not_the_advice(
        self, person: Person, application: Application
    ) -> None:
        completed(application, person)
        reviewed(application, person)
        follow("assessment.mail_review")
        message = next(each for each in mail.outbox if "dachten mee" in each.subject)
        assert "Bel morgen de zaal." in message.body
        assert "Een mooi plan." not in message.body

    def test_who_coached_does_not_count_alone(
        self, person: Person, application: Application
    ) -> None:
        Involvement.objects.create(
            application=application,
            person=person,
            kind="coach",
            since=clock.now(),
            until=clock.now(),
        )
        completed(application, person)
        reviewed(application, person)
        assert advice_of(application.pk) is None
        with pytest.raises(Refused) as refused:
            admit(application_id=application.pk, actor=as_actor(person))
        assert refused.value.code == "second_review"

    def test_one_negative_review_makes_the_advice_negative(
        self, person: Person, application: Application
    ) -> None:
        completed(application, person)
        second = assessor_of(application.call, "Pieter Bakker")
        cleared(application, second)
        reviewed(application, person)
        reviewed(application, second, "negative", grounds=("geld-elders",))
        advice = advice_of(application.pk)
        assert advice is not None
        assert not advice.positive
        with pytest.raises(Refused):
            admit(application_id=application.pk, actor=as_actor(person))
        found = proposal_for(application.pk)
        assert found.kind == "rejection"
        assert found.basis.reasons[0].article == "3.4"

    def test_no_text_of_a_review_is_in_an_event(
        self, person: Person, application: Application
    ) -> None:
        completed(application, person)
        reviewed(application, person)
        texts = " ".join(Event.objects.values_list("text", flat=True))
        assert "Bel morgen" not in texts
        assert "Een mooi plan" not in texts
        assert person.name not in texts


class TestHearing:
    def feared(self, person: Person, application: Application) -> Application:
        completed(application, person)
        return reviewed(application, person, "negative", grounds=(FEAR,))

    def test_fear_is_no_ground_before_the_applicant_was_heard(
        self, person: Person, application: Application
    ) -> None:
        self.feared(person, application)
        with pytest.raises(Refused) as refused:
            draft_proposal(application_id=application.pk, actor=as_actor(person))
        assert refused.value.code == "hearing_first"
        assert "4:12" in refused.value.article

    def test_intent_answer_reply_decision(self, person: Person, application: Application) -> None:
        self.feared(person, application)
        request = ask_hearing(application_id=application.pk, actor=as_actor(person))
        assert OrderedLetter.objects.filter(kind="intent_notice").exists()
        with pytest.raises(Refused) as refused:
            proposal_for(application.pk)
        assert refused.value.code == "hearing_term"
        with pytest.raises(NotAllowed):
            answer_hearing(application_id=application.pk, answer="Ik?", actor=as_actor(person))
        answer_hearing(
            application_id=application.pk,
            answer="Wij hebben nu een zaal.",
            actor=as_actor(applicant_of(application)),
        )
        reply_to_hearing(
            application_id=application.pk, reply="De zaal is te klein.", actor=as_actor(person)
        )
        decision = draft_proposal(application_id=application.pk, actor=as_actor(person))
        assert "Wij hebben nu een zaal." in decision.basis
        assert "De zaal is te klein." in decision.basis
        assert request.due_on >= clock.today() + timedelta(days=14)

    def test_silence_ends_with_the_term(self, person: Person, application: Application) -> None:
        self.feared(person, application)
        request = ask_hearing(application_id=application.pk, actor=as_actor(person))
        with clock.playing("", clock.moment(request.due_on + timedelta(days=1))):
            assert proposal_for(application.pk).kind == "rejection"

    def test_no_hearing_without_a_negative_review(
        self, person: Person, application: Application
    ) -> None:
        completed(application, person)
        reviewed(application, person)
        with pytest.raises(Refused, match="negatieve"):
            ask_hearing(application_id=application.pk, actor=as_actor(person))


def test_late_leads_to_a_rejection_that_tells_both_moments(person: Person) -> None:
    call = Call.objects.get()
    assert call.closes_at is not None
    applicant = PersonFactory()
    ready = signed_draft(call, person=applicant)
    with clock.playing("", call.closes_at + timedelta(hours=2)):
        late = submit(application_id=ready.pk, actor=as_actor(applicant), although_late=True)
        found = proposal_for(late.pk)
    assert found.kind == "rejection"
    assert "te laat" in found.basis.reasons[0].sentence
    assert len(found.basis.reasons[0].details) == 2


def test_every_ranked_application_gets_a_proposal_with_its_reason() -> None:
    held = election(options=3, voters=3)
    with held.running():
        held.vote(0, 0, 1)
        held.vote(1, 0, 1)
        held.vote(2, 0, 2)
    held.count()
    held.fix()
    found = [
        proposal_for(pk)
        for pk in Application.objects.filter(call=held.call)
        .order_by("pk")
        .values_list("pk", flat=True)
    ]
    assert [(each.kind, each.cents) for each in found] == [
        ("direct_settlement", 100_000),
        ("direct_settlement", 100_000),
        ("rejection", 0),
    ]
    place, ceiling = found[2].basis.place, found[2].basis.ceiling
    assert place is not None
    assert (place.rank, place.of, place.votes, place.lowest_funded_votes) == (3, 3, 1, 2)
    assert ceiling is not None
    assert (ceiling.ceiling_cents, ceiling.awarded_before_cents) == (250_000, 200_000)
    assert "Met 2 stemmen meer" in found[2].basis.reasons[0].details[0]
