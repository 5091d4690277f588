"""Assigning and completeness: what may not be, what changes, what is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

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
from assessment.domain.interests import state_interest
from assessment.domain.proposals import proposal_for
from assessment.domain.queries.worklist import why_assigned
from assessment.models import CompletenessItem, SupplementRequest
from documents.models import OrderedLetter
from regeling.models import Call
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    draft,
    group_of,
    sign_all,
    submitted,
)
from tests.factories.assessment import (
    assessor_of,
    checked,
    cleared,
    completed,
    follow,
    refreshed,
)
from timeline import clock
from timeline.actor import SYSTEM
from timeline.refusal import NotAllowed, Refused

pytestmark = [pytest.mark.django_db]


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
