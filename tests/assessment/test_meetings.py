"""A panel that meets: who can be on the agenda, who may judge, what the minutes fix."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from accounts.domain.grants import revoke
from accounts.roles import Role
from applications.facts import Advice
from applications.lifecycle import move
from applications.models import Application, Involvement
from applications.states import State
from assessment.domain import meetings_agenda as agenda
from assessment.domain import meetings_held as held
from assessment.domain.meetings import plan_meeting
from assessment.domain.meetings_follow import follow_minutes
from assessment.domain.meetings_minutes import minutes_text, sign_minutes
from assessment.domain.proposals import proposal_for
from assessment.domain.queries.panels import panel_basis, panel_outcome
from assessment.domain.reviews import admit
from assessment.models import AgendaChange, ItemScore, Meeting, MeetingPaper, RankingRow
from tests.factories.applications import PersonFactory, as_actor, open_example_call, with_role
from tests.factories.assessment import assessor_of, completed, follow
from tests.factories.meetings import members_for, ready_dossier, sitting, submitted
from timeline import clock
from timeline.actor import SYSTEM
from timeline.canon import sha256
from timeline.refusal import Conflict, NotAllowed, Refused
from timeline.verify import checks, findings

# Each test plays a call from its first application on.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
VOTE = """
vote:
  kind: approval
  minimum: 1
  maximum: 3
  electorate: Een panel van inwoners.
  panel_size: none
  opens: 2026-04-20
  closes: 2026-04-30
  closing: before
"""


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.code


class TestPlanning:
    def test_in_by_lies_the_lead_days_before_and_the_committee_is_seated(self) -> None:
        at = sitting(dossiers=0, convened=False)
        assert at.meeting.in_by == at.meeting.held_on - timedelta(days=3)
        seats = at.meeting.attendance.order_by("pk")
        assert [seat.role for seat in seats] == ["chair", "member", "member", "secretary"]

    def test_who_is_no_member_does_not_chair_and_a_past_day_is_refused(self) -> None:
        call = open_example_call("by-panel")
        assessor, members = assessor_of(call), members_for(call)
        given = {
            "call_id": call.pk,
            "starts": time(20),
            "place": "Dorpshuis",
            "actor": as_actor(assessor),
        }
        today = clock.today()
        for chair, day, field in (
            (assessor, today, "chair"),
            (members[0], today - timedelta(days=1), "held_on"),
        ):
            with pytest.raises(Refused) as refusal:
                plan_meeting(held_on=day, chair_id=chair.pk, **given)
            assert refusal.value.field == field
        with pytest.raises(NotAllowed):
            plan_meeting(
                **{**given, "actor": as_actor(members[0])}, held_on=today, chair_id=members[0].pk
            )

    def test_a_regulation_without_a_panel_has_no_meetings(self) -> None:
        call = open_example_call("by-vote")
        assessor = assessor_of(call)
        with pytest.raises(Refused) as refusal:
            plan_meeting(
                call_id=call.pk,
                held_on=clock.today(),
                starts=time(20),
                place="x",
                chair_id=1,
                actor=as_actor(assessor),
            )
        assert code_of(refusal) == "route"


class TestAgenda:
    def test_only_what_is_complete_in_time_and_positively_reviewed_is_ready(self) -> None:
        call = open_example_call("by-panel")
        assessor = assessor_of(call)
        ready = ready_dossier(call, assessor)
        completed(submitted(call), assessor)  # complete, and not reviewed
        submitted(call)
        at = sitting(dossiers=0, convened=False, call=call)
        assert [each.pk for each in agenda.ready(at.meeting)] == [ready.pk]
        with clock.playing("", clock.moment(at.meeting.in_by + timedelta(days=1), "00:00")):
            Meeting.objects.filter(pk=at.meeting.pk).update(
                in_by=clock.day(ready.complete_at) - timedelta(days=1)
            )
            assert agenda.ready(at.now) == []
            assert [each.pk for each in agenda.ready(at.now, in_time=False)] == [ready.pk]

    def test_a_change_by_hand_says_why_and_a_convened_agenda_is_fixed(self) -> None:
        at = sitting(dossiers=3, convened=False)
        actor = as_actor(at.assessor)
        agenda.build_agenda(meeting_id=at.meeting.pk, actor=actor)
        first, second, third = at.items
        with pytest.raises(Refused):
            agenda.move_item(item_id=third.pk, position=1, reason=" ", actor=actor)
        agenda.move_item(
            item_id=third.pk, position=1, reason="De aanvrager kan eerst.", actor=actor
        )
        agenda.drop_item(item_id=first.pk, reason="De aanvrager is ziek.", actor=actor)
        assert [item.pk for item in at.items] == [third.pk, second.pk]
        assert [item.position for item in at.items] == [1, 2]
        assert AgendaChange.objects.count() == 2
        with pytest.raises(Conflict):
            agenda.convene(meeting_id=at.meeting.pk, actor=actor, seen_version=1)
        agenda.convene(meeting_id=at.meeting.pk, actor=actor)
        with pytest.raises(Conflict):
            agenda.drop_item(item_id=second.pk, reason="x", actor=actor)
        assert MeetingPaper.objects.filter(meeting=at.meeting).count() == 3

    def test_the_seats_follow_the_roles_until_the_panel_is_called(self) -> None:
        at = sitting(convened=False)
        actor = as_actor(at.assessor)
        agenda.build_agenda(meeting_id=at.meeting.pk, actor=actor)
        fresh = with_role(PersonFactory(name="Zoë Nieuw"), Role.PANEL_MEMBER, at.call)
        revoke(grant_id=at.members[2].grants.get().pk, actor=SYSTEM)
        chair = at.members[0].grants.get()
        with transaction.atomic():
            revoke(grant_id=chair.pk, actor=SYSTEM)
            with pytest.raises(Refused) as refusal:
                agenda.convene(meeting_id=at.meeting.pk, actor=actor)
            assert code_of(refusal) == "chair"
            transaction.set_rollback(True)
        agenda.convene(meeting_id=at.meeting.pk, actor=actor)
        seats = at.meeting.attendance.filter(role__in=["chair", "member"])
        assert set(seats.values_list("person_id", flat=True)) == {
            at.members[0].pk,
            at.members[1].pk,
            fresh.pk,
        }

    def test_held_over_comes_first_at_the_next_meeting(self) -> None:
        at = sitting(dossiers=2)
        first, second = at.items
        with at.on_the_day():
            at.present()
            at.treat(first)
            at.settle(second, "held_over", conclusion="")
            at.sign()
            again = plan_meeting(
                call_id=at.call.pk,
                held_on=clock.today() + timedelta(days=30),
                starts=time(20),
                place="Dorpshuis",
                chair_id=at.members[0].pk,
                actor=as_actor(at.assessor),
            )
            assert [each.pk for each in agenda.ready(again)] == [second.application_id]


class TestInterest:
    def test_who_has_an_interest_leaves_and_gives_no_points(self) -> None:
        at = sitting()
        item = at.items[0]
        with at.on_the_day():
            at.present()
            at.no_interest(item)
            at.score(item, 1, 4)
            at.no_interest(item, 1)
            assert not ItemScore.objects.exists()
            assert Involvement.objects.filter(person=at.members[1], kind="recused").exists()
            with pytest.raises(Refused) as refusal:
                at.score(item, 1, 4)
            assert code_of(refusal) == "interest"
            with pytest.raises(Refused) as refusal:
                at.no_interest(item)  # is not taken back
            assert code_of(refusal) == "interest"
            at.score(item, 0, 4)
            at.score(item, 2, 2)
            at.settle(item)
            text = minutes_text(at.now)
        assert '"left":[{"name":"Ans Lid"' in text
        assert '"total":6' in text

    def test_an_application_of_her_own_is_always_an_interest(self) -> None:
        call = open_example_call("by-panel")
        assessor = assessor_of(call)
        applicant = PersonFactory(name="Dubbele Pet")
        with_role(applicant, Role.PANEL_MEMBER, call)
        ready_dossier(call, assessor, person=applicant)
        at = sitting(dossiers=0, call=call)
        seat = at.meeting.attendance.get(person=applicant)
        with at.on_the_day(), pytest.raises(Refused) as refusal:
            held.state_interests(
                item_id=at.items[0].pk, statements={str(seat.uid): False}, actor=as_actor(assessor)
            )
        assert code_of(refusal) == "interest"

    def test_a_member_says_it_for_herself_only(self) -> None:
        at = sitting()
        item = at.items[0]
        for number, allowed in ((1, True), (2, False)):
            act = held.state_interests
            given = {
                "item_id": item.pk,
                "statements": {str(at.seat(number).uid): False},
                "actor": as_actor(at.members[1]),
            }
            if allowed:
                act(**given)
                continue
            with pytest.raises(NotAllowed):
                act(**given)


class TestConcluding:
    def test_presence_waits_for_the_day(self) -> None:
        at = sitting()
        with pytest.raises(Refused) as refusal:
            at.present()
        assert code_of(refusal) == "too_early"

    def test_without_the_quorum_the_panel_concludes_nothing(self) -> None:
        at = sitting()
        item = at.items[0]
        with at.on_the_day():
            at.present(1, 2)
            at.no_interest(item)
            at.score(item, 0, 3)
            with pytest.raises(Refused) as refusal:
                at.settle(item)
            assert code_of(refusal) == "quorum"
            with pytest.raises(Refused) as refusal:
                held.finish(meeting_id=at.meeting.pk, actor=as_actor(at.assessor))
            assert code_of(refusal) == "open_items"
            at.settle(item, "held_over", reasoning="Er waren te weinig leden.", conclusion="")
            at.sign()
        assert panel_outcome(item.application_id) is None

    def test_a_meeting_to_which_nobody_came_ends_and_its_dossiers_go_on(self) -> None:
        at = sitting()
        item = at.items[0]
        with at.on_the_day():
            with pytest.raises(Refused) as refusal:
                at.settle(item)
            assert code_of(refusal) == "quorum"
            at.settle(item, "held_over", reasoning="Er was niemand: sneeuw.", conclusion="")
            signed = at.sign()
        assert '"present":0' in signed.minutes
        assert signed.state == Meeting.State.SIGNED

    @pytest.mark.parametrize(
        ("missing", "code"), [("interest", "unstated"), ("score", "scores"), ("reason", "refused")]
    )
    def test_a_conclusion_needs_statements_points_and_a_reason(
        self, missing: str, code: str
    ) -> None:
        at = sitting()
        item = at.items[0]
        with at.on_the_day():
            at.present()
            if missing != "interest":
                at.no_interest(item)
                at.score(item, 0, 3)
                at.score(item, 1, 3)
            if missing == "reason":
                at.score(item, 2, 3)
            with pytest.raises(Refused) as refusal:
                at.settle(item, reasoning=" " if missing == "reason" else "Goed plan.")
        assert code_of(refusal) == code

    def test_after_the_meeting_only_words_change_until_the_chair_signs(self) -> None:
        at = sitting()
        item = at.items[0]
        with at.on_the_day():
            at.present()
            at.treat(item)
            held.finish(meeting_id=at.meeting.pk, actor=as_actor(at.assessor))
            seen = sha256(minutes_text(at.now))
            with pytest.raises(Conflict):
                at.settle(item, "negative")
            at.settle(item, reasoning="Beter gezegd.")
            chair = as_actor(at.members[0])
            with pytest.raises(Conflict):
                sign_minutes(meeting_id=at.meeting.pk, seen_hash=seen, actor=chair)
            now = sha256(minutes_text(at.now))
            with pytest.raises(NotAllowed):
                sign_minutes(meeting_id=at.meeting.pk, seen_hash=now, actor=as_actor(at.members[1]))
            signed = sign_minutes(meeting_id=at.meeting.pk, seen_hash=now, actor=chair)
            with pytest.raises(Conflict):
                at.settle(item, reasoning="Nog beter.")
        assert "Beter gezegd." in signed.minutes


class TestAfterwards:
    def test_where_a_vote_follows_the_panel_lets_in_and_nobody_else(self) -> None:
        route = "route: [coaching, completeness, review, panel"
        call = open_example_call(
            "by-panel", more=VOTE, replace=(f"{route}]", f"{route}, vote, ranking]")
        )
        at = sitting(call=call, dossiers=2)
        first, second = at.items
        with pytest.raises(Refused) as refusal:
            admit(application_id=first.application_id, actor=as_actor(at.assessor))
        assert code_of(refusal) == "panel_first"
        with pytest.raises(Refused):
            move(
                application_id=first.application_id,
                transition="admit_to_vote",
                actor=as_actor(at.assessor),
                fact=Advice(positive=True, reviews=("r",)),
            )
        with at.on_the_day():
            at.present()
            at.treat(first)
            at.treat(second, "negative")
            at.sign()
            follow("assessment.follow_minutes")
            follow_minutes(meeting_id=at.meeting.pk)  # a second time changes nothing
            states = [
                Application.objects.get(pk=item.application_id).state for item in (first, second)
            ]
            assert states == [State.ELIGIBLE_FOR_VOTE, State.IN_REVIEW]
            assert proposal_for(second.application_id).kind == "rejection"

    def test_the_order_of_points_divides_the_money(self) -> None:
        """2.500 for three of 1.000: the third by points is refused, whoever was complete first."""
        at = sitting(dossiers=3)
        with at.on_the_day():
            at.present()
            for item, points in zip(at.items, (2, 5, 4), strict=True):
                at.treat(item, points=points)
            follow_minutes(meeting_id=at.sign().pk)
            follow_minutes(meeting_id=at.meeting.pk)  # a second time changes nothing
            rows = RankingRow.objects.order_by("place")
            assert [row.application.title for row in rows] == [
                "Initiatief 2",
                "Initiatief 3",
                "Initiatief 1",
            ]
            assert [row.granted for row in rows] == [100_000, 100_000, 0]
            kinds = [proposal_for(row.application_id).kind for row in rows]
        assert kinds[2] == "rejection"
        assert "rejection" not in kinds[:2]

    def test_a_negative_conclusion_is_refused_with_the_panels_words_and_names(self) -> None:
        at = sitting()
        item = at.items[0]
        with at.on_the_day():
            at.present()
            at.treat(item, "negative")
            follow_minutes(meeting_id=at.sign().pk)
            proposal = proposal_for(item.application_id)
        assert proposal.kind == "rejection"
        assert proposal.basis.advice is not None
        assert proposal.basis.advice.members == ("Co Voorzitter", "Ans Lid", "Ben Lid")
        found = panel_outcome(item.application_id)
        assert found is not None
        reasons, advice = panel_basis(item.application, found)
        assert "negatief" in reasons[0].sentence
        assert advice.text == "De commissie vindt het plan goed doordacht."

    def test_vechtdal_2022_runs_on_consensus_and_decides(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        settings.MEDIA_ROOT = tmp_path / "media"  # verify reads every letter that lies there
        at = sitting("handgeld-vechtdal-2022", dossiers=2)
        first, second = at.items
        with at.on_the_day():
            at.present()
            at.treat(first)
            at.treat(second, "negative")
            at.sign()
            follow("assessment.follow_minutes", "assessment.print_meeting")
            kinds = [proposal_for(item.application_id).kind for item in (first, second)]
            told = [findings(walk) for walk in checks().values()]
        assert kinds[0] in ("award", "direct_settlement")
        assert kinds[1] == "rejection"
        found = panel_outcome(first.application_id)
        assert found is not None
        assert found.decides
        assert first.application.state == State.IN_REVIEW
        assert not [each for found_there in told for each in found_there]
