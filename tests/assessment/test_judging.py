"""Completeness, review, hearing and proposal: what may not be, what changes, what is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from accounts.models import Person
from applications.answers import content_hash
from applications.domain.signing import sign, signable_text
from applications.domain.submission import submit, supplement
from applications.models import Application, Involvement, Suspension
from applications.states import State
from assessment.domain.assigning import assign, assign_to, choose
from assessment.domain.completeness import (
    ask_supplement,
    complete,
    mark_items,
    resume_check,
    start_check,
)
from assessment.domain.hearings import answer_hearing, ask_hearing, reply_to_hearing
from assessment.domain.interests import state_interest
from assessment.domain.proposals import draft_proposal, proposal_for
from assessment.domain.queries.worklist import why_assigned
from assessment.domain.ranking import rank_round
from assessment.domain.reviews import FEAR, admit, advice_of, submit_review
from assessment.models import CompletenessItem, SupplementRequest
from documents.models import OrderedLetter
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    group_of,
    open_example_call,
    sign_all,
    signed_draft,
    submitted,
)
from tests.factories.assessment import (
    assessor_of,
    checked,
    cleared,
    completed,
    election,
    follow,
    judgement,
    refreshed,
    reviewed,
)
from timeline import clock
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.refusal import NotAllowed, Refused

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def person() -> Person:
    return assessor_of(open_example_call("by-vote"))


@pytest.fixture
def application(person: Person) -> Application:
    assert person.grants.exists()
    return submitted(Call.objects.get(), person=PersonFactory(name="Aanvrager"))


def missing(application: Application, person: Person, note: str = "Stuur het nog.") -> None:
    """Every item is there but the first."""
    cleared(application, person)
    start_check(application_id=application.pk, actor=as_actor(person))
    items = list(CompletenessItem.objects.filter(application=application).order_by("pk"))
    marks = {item.pk: ("present", "") for item in items[1:]} | {items[0].pk: ("missing", note)}
    mark_items(application_id=application.pk, marks=marks, actor=as_actor(person))


def applicant_of(application: Application) -> Person:
    return Person.objects.get(pk=application.party_id)


class TestAssigning:
    def test_the_unbiased_one_with_the_fewest_open(
        self, person: Person, application: Application
    ) -> None:
        second = assessor_of(application.call, "Pieter Bakker")
        third = assessor_of(application.call, "Anna de Groot")
        given = [assign(application_id=application.pk, actor=SYSTEM)]
        for _ in range(3):
            one = submitted(application.call, person=PersonFactory())
            given.append(assign(application_id=one.pk, actor=SYSTEM))
        assert [each.assessor_id for each in given if each] == [
            person.pk,
            second.pk,
            third.pk,
            person.pk,
        ]
        assert given[3] is not None
        assert why_assigned(given[3].reason) == (
            "Had de minste open dossiers (1) van 3 die kunnen."
        )

    def test_never_who_coached_or_has_an_interest(
        self, person: Person, application: Application
    ) -> None:
        coach = assessor_of(application.call, "Pieter Bakker")
        Involvement.objects.create(
            application=application,
            person=coach,
            kind="coach",
            since=clock.now(),
            until=clock.now(),
        )
        biased = assessor_of(application.call, "Anna de Groot")
        state_interest(application_id=application.pk, has_interest=True, actor=as_actor(biased))
        found = choose(refreshed(application))
        assert [pk for pk, _load in found.candidates] == [person.pk]
        assert (found.coached, found.interested) == (1, 1)
        for wrong in (coach, biased, PersonFactory()):
            with pytest.raises(Refused) as refused:
                assign_to(
                    application_id=application.pk, assessor_id=wrong.pk, actor=as_actor(person)
                )
            assert refused.value.code == "biased"

    def test_nobody_judges_her_own_application(self, person: Person) -> None:
        own = submitted(Call.objects.get(), person=person)
        assert choose(refreshed(own)).candidates == ()
        assert assign(application_id=own.pk, actor=SYSTEM) is None
        with pytest.raises(NotAllowed):
            state_interest(application_id=own.pk, has_interest=False, actor=as_actor(person))

    def test_what_comes_in_is_assigned_by_itself(
        self, person: Person, application: Application
    ) -> None:
        assert follow("assessment.assign") == 1
        involved = Involvement.objects.get(application=application, kind="assessor", until=None)
        assert involved.person_id == person.pk

    def test_an_interest_cannot_be_taken_back(
        self, person: Person, application: Application
    ) -> None:
        state_interest(application_id=application.pk, has_interest=True, actor=as_actor(person))
        with pytest.raises(Refused, match="blijft zo"):
            state_interest(
                application_id=application.pk, has_interest=False, actor=as_actor(person)
            )

    def test_without_a_statement_nothing_can_be_done(
        self, person: Person, application: Application
    ) -> None:
        with pytest.raises(NotAllowed, match="belang"):
            start_check(application_id=application.pk, actor=as_actor(person))


class TestCompleteness:
    def test_complete_at_is_the_moment_of_receipt_when_nothing_was_missing(
        self, person: Person, application: Application
    ) -> None:
        with clock.playing("", clock.now() + timedelta(days=3)):
            moved = completed(application, person)
        assert moved.complete_at == application.submitted_at

    def test_one_letter_asks_everything_with_a_day_and_the_clock_stands_still(
        self, person: Person, application: Application
    ) -> None:
        missing(application, person, "Vertel wie er meedoet.")
        before = refreshed(application).decision_due
        request = ask_supplement(application_id=application.pk, actor=as_actor(person))
        assert request.due_on > clock.today() + timedelta(days=13)
        waiting = Suspension.objects.get(application=application)
        assert (waiting.asked_on, waiting.due_on) == (clock.today(), request.due_on)
        after = refreshed(application)
        assert after.state == State.AWAITING_SUPPLEMENT
        assert before is not None
        assert after.decision_due is not None
        assert after.decision_due > before
        letter = OrderedLetter.objects.get(application=application, kind="repair_request")
        assert "Vertel wie er meedoet." in letter.facts

    def test_nothing_missing_nothing_asked(self, person: Person, application: Application) -> None:
        checked(application, person)
        with pytest.raises(Refused) as refused:
            ask_supplement(application_id=application.pk, actor=as_actor(person))
        assert refused.value.article == "Awb 4:5(1)"
        assert not SupplementRequest.objects.exists()

    def test_an_item_that_nobody_looked_at_stops_both_ways(
        self, person: Person, application: Application
    ) -> None:
        cleared(application, person)
        start_check(application_id=application.pk, actor=as_actor(person))
        for verb in (complete, ask_supplement):
            with pytest.raises(Refused) as refused:
                verb(application_id=application.pk, actor=as_actor(person))
            assert refused.value.code == "unseen"

    def test_missing_needs_a_word_on_what_should_come(
        self, person: Person, application: Application
    ) -> None:
        with pytest.raises(Refused) as refused:
            missing(application, person, note="  ")
        assert refused.value.code == "note"

    def test_after_a_supplement_complete_at_is_its_moment(
        self, person: Person, application: Application
    ) -> None:
        missing(application, person)
        ask_supplement(application_id=application.pk, actor=as_actor(person))
        later = clock.now() + timedelta(days=2)
        with clock.playing("", later):
            supplement(
                application_id=application.pk,
                changes={"titel": "Met meer uitleg"},
                actor=as_actor(applicant_of(application)),
            )
            sign_all(application)
            assert follow("assessment.supplement_came_in") == 1
        items = CompletenessItem.objects.filter(application=application)
        assert items.filter(status="open").count() == 1
        mark_items(
            application_id=application.pk,
            marks={items.get(status="open").pk: ("present", "")},
            actor=as_actor(person),
        )
        with clock.playing("", later + timedelta(days=1)):
            moved = complete(application_id=application.pk, actor=as_actor(person))
        assert moved.complete_at == later
        assert not SupplementRequest.objects.filter(answered_at=None).exists()

    def test_the_last_signature_makes_it_complete(self, person: Person) -> None:
        lead, member = PersonFactory(), PersonFactory()
        application = draft(Call.objects.get(), person=lead, party=group_of(lead, member))
        digest = content_hash(signable_text(application))
        sign(
            application_id=application.pk,
            party_id=lead.pk,
            actor=as_actor(lead),
            seen_hash=digest,
        )
        submit(application_id=application.pk, actor=as_actor(lead))
        checked(application, person)
        with pytest.raises(Refused) as refused:
            complete(application_id=application.pk, actor=as_actor(person))
        assert refused.value.code == "missing"
        ask_supplement(application_id=application.pk, actor=as_actor(person))
        later = clock.now() + timedelta(days=1)
        with clock.playing("", later):
            sign(
                application_id=application.pk,
                party_id=member.pk,
                actor=as_actor(member),
                seen_hash=content_hash(signable_text(refreshed(application))),
            )
            follow("assessment.signature_came_in")
            assert refreshed(application).state == State.COMPLETENESS_CHECK
            moved = complete(application_id=application.pk, actor=as_actor(person))
        assert moved.complete_at == later
        assert Suspension.objects.get(application=application).ended_on == clock.day(later)


class TestNotProcessed:
    def test_only_after_the_term_and_within_four_weeks(
        self, person: Person, application: Application
    ) -> None:
        missing(application, person)
        request = ask_supplement(application_id=application.pk, actor=as_actor(person))
        with pytest.raises(Refused) as refused:
            proposal_for(application.pk)
        assert refused.value.code == "repair_term"
        with clock.playing("", clock.moment(request.due_on + timedelta(days=1))):
            found = proposal_for(application.pk)
        assert found.kind == "not_processed"
        assert [item.why for item in found.basis.missing] == ["Stuur het nog."]
        with clock.playing("", clock.moment(request.due_on + timedelta(days=40))):
            with pytest.raises(Refused) as refused:
                proposal_for(application.pk)
            assert refused.value.code == "not_processed_term"
            moved = resume_check(application_id=application.pk, actor=as_actor(person))
        assert moved.state == State.COMPLETENESS_CHECK
        assert Suspension.objects.get().ended_on == request.due_on

    def test_going_on_without_it_waits_for_the_term(
        self, person: Person, application: Application
    ) -> None:
        missing(application, person)
        ask_supplement(application_id=application.pk, actor=as_actor(person))
        with pytest.raises(Refused, match="kan nog aanvullen"):
            resume_check(application_id=application.pk, actor=as_actor(person))


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
    with held.over():
        rank_round(round_id=held.round.pk, actor=as_actor(held.assessor))
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
