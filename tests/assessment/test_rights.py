"""A round in concept, who may vote in it, and the codes that go out once it is open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from assessment.domain.casting import UnknownCode
from assessment.domain.looking import look_up
from assessment.domain.rights import fresh_code, print_codes, replace_right
from assessment.domain.rounds import add_member, make_round, open_round
from assessment.models import VoteRight
from tests.factories.applications import PersonFactory, as_actor, open_example_call
from tests.factories.assessment import assessor_of, election, follow
from timeline import clock
from timeline.refusal import Conflict, NotAllowed, Refused

# Each test plays a call or a round from its first application on, which takes a while when
# other tests use the machine.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class TestCodes:
    def test_each_member_gets_a_mail_with_a_code_that_works(self) -> None:
        held = election(voters=2)
        assert follow("assessment.mail_code") == 2
        mails = [each for each in mail.outbox if each.to == ["kiezer1@example.org"]]
        code = next(line.strip() for line in mails[0].body.splitlines() if line.startswith("    "))
        with held.running():
            assert look_up(code) is not None
            assert look_up(held.codes[0]) is None  # the later mail replaced the earlier code

    def test_after_the_vote_no_new_code_is_made(self) -> None:
        held = election()
        right = VoteRight.objects.filter(round=held.round).order_by("member__pk")[0]
        with held.running():
            held.vote(0, 0)
        assert fresh_code(right_id=str(right.pk)) is None
        with pytest.raises(Conflict, match="al gestemd"):
            replace_right(right_id=str(right.pk), actor=as_actor(held.assessor))

    def test_a_replaced_code_stops_working(self) -> None:
        held = election()
        right = VoteRight.objects.filter(round=held.round).order_by("member__pk")[0]
        fresh = replace_right(right_id=str(right.pk), actor=as_actor(held.assessor))
        code = fresh_code(right_id=str(fresh.pk))
        with held.running():
            with pytest.raises(UnknownCode):
                held.vote(0, 0)
            held.codes[0] = str(code)
            held.vote(0, 0)

    def test_codes_for_paper_are_given_once(self) -> None:
        call = open_example_call("by-vote")
        person = assessor_of(call)
        held = election(call=call, voters=1)
        VoteRight.objects.update(channel="letter", register_key="")
        actor = as_actor(person)
        printed = print_codes(round_id=held.round.pk, actor=actor)
        assert [line.name for line in printed] == ["Kiezer 1"]
        with held.running():
            assert look_up(printed[0].code) is not None
        with pytest.raises(Conflict, match="al afgedrukt"):
            print_codes(round_id=held.round.pk, actor=actor)


class TestConcept:
    def test_only_an_assessor_of_the_regulation_runs_a_round(self) -> None:
        call = open_example_call("by-vote")
        with pytest.raises(NotAllowed):
            make_round(call_id=call.pk, actor=as_actor(PersonFactory()))

    def test_a_regulation_without_a_vote_has_no_round(self) -> None:
        call = open_example_call("every-kind")
        with pytest.raises(Refused, match="niet gestemd"):
            make_round(call_id=call.pk, actor=as_actor(assessor_of(call)))

    def test_it_does_not_close_before_it_opens(self) -> None:
        call = open_example_call("by-vote")
        days = (clock.now(), clock.now() - timedelta(days=1))
        with pytest.raises(Refused) as refused:
            make_round(call_id=call.pk, actor=as_actor(assessor_of(call)), days=days)
        assert refused.value.field == "closes_at"

    def test_it_does_not_open_without_options_or_voters(self) -> None:
        call = open_example_call("by-vote")
        actor = as_actor(assessor_of(call))
        days = (clock.now(), clock.now() + timedelta(days=1))
        made = make_round(call_id=call.pk, actor=actor, days=days)
        with pytest.raises(Refused) as refused:
            open_round(round_id=made.pk, actor=actor)
        assert refused.value.code == "options"

    def test_once_open_nothing_changes_any_more(self) -> None:
        held = election()
        panel = held.round.panels.get()
        with pytest.raises(Conflict, match="vastgezet"):
            add_member(panel_id=panel.pk, name="Te laat", actor=as_actor(held.assessor))
        with pytest.raises(Conflict, match="vastgezet"):
            open_round(round_id=held.round.pk, actor=as_actor(held.assessor))

    def test_who_judges_does_not_vote(self) -> None:
        call = open_example_call("by-vote")
        person = assessor_of(call)
        made = make_round(
            call_id=call.pk,
            actor=as_actor(person),
            days=(clock.now(), clock.now() + timedelta(days=1)),
        )
        with pytest.raises(Refused, match="stemt niet mee"):
            add_member(
                panel_id=made.panels.get().pk,
                name=person.name,
                person_id=person.pk,
                actor=as_actor(person),
            )
