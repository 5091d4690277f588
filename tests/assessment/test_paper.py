"""Paper ballots typed twice without seeing each other's work, and votes at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from assessment.domain import codes
from assessment.domain.casting import UnknownCode
from assessment.domain.electorate import add_profiles, drop_rights, make_rights
from assessment.domain.looking import look_up
from assessment.domain.marks import BadBallot
from assessment.domain.paper_entry import (
    cast_at_desk,
    close_batch,
    enter_form,
    make_batch,
    reject_form,
)
from assessment.domain.rights import print_codes, replace_right
from assessment.domain.rounds import make_round, open_round
from assessment.domain.tally import from_text
from assessment.models import (
    BallotInbox,
    DeskTally,
    PanelMember,
    PaperBatch,
    PaperEntry,
    VoteRight,
)
from tests.factories.applications import PersonFactory, as_actor
from tests.factories.assessment import Election, assessor_of, election, ready_for_vote
from tests.factories.votes import call_of
from timeline import clock
from timeline.refusal import Conflict, NotAllowed, Refused
from timeline.verify import checks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Pile:
    """A pile of forms and the three people who type it."""

    def __init__(self, held: Election, forms: int = 3) -> None:
        self.held = held
        third = assessor_of(held.call, "Fatima Aydin")
        self.people = [as_actor(each) for each in (held.assessor, held.second, third)]
        self.options = [str(each.uid) for each in held.options]
        self.pk = make_batch(
            round_id=held.round.pk, name="Brievenbus A", forms=forms, actor=self.people[0]
        ).pk

    def type(self, person: int, voter: int, *numbers: int) -> str:
        marks = [self.options[number] for number in numbers] or None
        code = codes.display(self.held.codes[voter]).lower()
        return enter_form(batch_id=self.pk, code=code, marks=marks, actor=self.people[person])

    @property
    def row(self) -> PaperBatch:
        return PaperBatch.objects.get(pk=self.pk)


class TestPaper:
    @pytest.mark.both
    def test_a_form_counts_when_two_people_typed_the_same(self) -> None:
        held = election()
        with held.running():
            pile = Pile(held)
            assert pile.type(0, 0, 1, 2) == "first"
            assert not BallotInbox.objects.exists()
            assert pile.type(1, 0, 2, 1) == "cast"
        assert BallotInbox.objects.count() == 1
        assert not PaperEntry.objects.exists()
        assert VoteRight.objects.get(status="voted").channel == "paper"
        assert (pile.row.cast, pile.row.rejected) == (1, 0)

    def test_the_same_person_is_no_second_pair_of_eyes(self) -> None:
        held = election()
        with held.running():
            pile = Pile(held)
            pile.type(0, 0, 1)
            with pytest.raises(Conflict) as refused:
                pile.type(0, 0, 1)
            assert refused.value.code == "second_person"
        assert not BallotInbox.objects.exists()

    def test_a_third_person_decides_by_being_equal_to_one_of_the_two(self) -> None:
        held = election()
        with held.running():
            pile = Pile(held)
            assert pile.type(0, 0, 1) == "first"
            assert pile.type(1, 0, 2) == "mismatch"
            assert not BallotInbox.objects.exists()
            assert pile.type(2, 0, 2) == "cast"
        held.count()
        held.round.refresh_from_db()
        scores = from_text(held.round.tally).scores
        assert [scores[uid] for uid in pile.options] == [0, 0, 1]

    def test_a_form_whose_code_voted_online_is_rejected_and_counted(self) -> None:
        held = election()
        with held.running():
            pile = Pile(held)
            pile.type(0, 0, 1)
            held.vote(0, 2)
            assert pile.type(1, 0, 1) == "voted_already"
        assert BallotInbox.objects.count() == 1
        assert (pile.row.cast, pile.row.rejected) == (0, 1)
        assert not PaperEntry.objects.exists()

    def test_blank_forms_are_rejected_by_two_and_unreadable_codes_by_one(self) -> None:
        held = election()
        with held.running():
            pile = Pile(held, forms=3)
            assert pile.type(0, 0) == "first"
            assert pile.type(1, 0) == "rejected"
            with pytest.raises(UnknownCode):
                enter_form(
                    batch_id=pile.pk, code=codes.new_code(), marks=None, actor=pile.people[0]
                )
            with pytest.raises(BadBallot, match="double"):
                pile.type(0, 1, 1, 1)
            reject_form(batch_id=pile.pk, actor=pile.people[0])
            with pytest.raises(Conflict, match="niet klaar"):
                close_batch(batch_id=pile.pk, actor=pile.people[0])
            pile.type(0, 1, 1)
            pile.type(2, 1, 1)
            closed = close_batch(batch_id=pile.pk, actor=pile.people[0])
            assert (closed.forms, closed.cast, closed.rejected) == (3, 1, 2)
            with pytest.raises(Conflict, match="al gesloten"):
                pile.type(0, 2, 1)

    def test_no_more_forms_than_were_counted_by_hand(self) -> None:
        held = election()
        with held.running():
            pile = Pile(held, forms=1)
            reject_form(batch_id=pile.pk, actor=pile.people[0])
            pile.type(0, 0, 1)
            with pytest.raises(Conflict, match="al gedaan"):
                pile.type(1, 0, 1)
        assert not BallotInbox.objects.exists()
        assert not VoteRight.objects.filter(status="voted").exists()

    def test_an_entry_says_nothing_without_the_code_on_the_form(self) -> None:
        held = election()
        with held.running():
            pile = Pile(held)
            pile.type(0, 0, 1)
            pile.type(0, 1, 1)
        one, other = PaperEntry.objects.all()
        assert one.marks_key != other.marks_key  # the same marks, another code
        for entry in (one, other):
            kept = {entry.entry_key, entry.marks_key}
            rights = VoteRight.objects.values_list("register_key", flat=True)
            assert kept.isdisjoint(rights)

    def test_only_people_of_this_regulation_enter_paper(self) -> None:
        held = election()
        with held.running():
            pile = Pile(held)
            pile.people[0] = as_actor(PersonFactory())
            with pytest.raises(NotAllowed):
                pile.type(0, 0, 1)
            with pytest.raises(NotAllowed):
                make_batch(round_id=held.round.pk, name="B", forms=1, actor=pile.people[0])


class TestDesk:
    def test_votes_and_proxies_are_counted_by_clerk_and_day_and_never_beside_a_right(self) -> None:
        held = election()
        uid = str(held.round.uid)
        chosen = [str(held.options[0].uid)]

        def at_desk(voter: int, **given: Any) -> None:
            cast_at_desk(
                round_uid=uid,
                code=held.codes[voter],
                marks=chosen,
                actor=as_actor(held.second),
                **given,
            )

        with held.running():
            at_desk(0)
            at_desk(0)  # a double click
            at_desk(1, proxy=True)
            day = clock.today()
        tally = DeskTally.objects.get()
        assert (tally.person_id, tally.day, tally.votes, tally.proxies) == (
            held.second.pk,
            day,
            2,
            1,
        )
        assert set(VoteRight.objects.filter(status="voted").values_list("channel", flat=True)) == {
            "desk"
        }
        pointing = {
            field.related_model
            for field in apps.get_model("assessment", "DeskTally")._meta.get_fields()
            if field.is_relation
        }
        assert VoteRight not in pointing

    def test_a_refused_vote_is_not_counted(self) -> None:
        held = election()
        with held.running(), pytest.raises(UnknownCode):
            cast_at_desk(
                round_uid=str(held.round.uid),
                code=codes.new_code(),
                marks=[str(held.options[0].uid)],
                actor=as_actor(held.second),
            )
        assert not DeskTally.objects.exists()


class TestLetters:
    def concept(self, **given: Any) -> tuple[Any, Any]:
        call = call_of("approval", **given)
        person = assessor_of(call)
        ready_for_vote(call, person, PersonFactory())
        ready_for_vote(call, person, PersonFactory())
        start = clock.now() + timedelta(days=1)
        made = make_round(
            call_id=call.pk, actor=as_actor(person), days=(start, start + timedelta(days=7))
        )
        return made, as_actor(person)

    def test_letters_have_a_number_and_a_code_that_works_once_printed(self) -> None:
        made, actor = self.concept()
        panel = made.panels.get()
        assert make_rights(panel_id=panel.pk, number=50, actor=actor) == 50
        drop_rights(round_id=made.pk, actor=actor)
        assert make_rights(panel_id=panel.pk, number=2, actor=actor) == 2
        assert make_rights(panel_id=panel.pk, number=1, actor=actor) == 3
        opened = open_round(round_id=made.pk, actor=actor)
        lines = print_codes(round_id=opened.pk, actor=actor)
        assert [(line.name, line.reference) for line in lines] == [
            ("", "00001"),
            ("", "00002"),
            ("", "00003"),
        ]
        found = look_up(lines[0].shown)
        assert found is not None
        with pytest.raises(Conflict):
            print_codes(round_id=opened.pk, actor=actor)
        old = VoteRight.objects.get(reference="00001")
        replace_right(right_id=str(old.pk), actor=actor)
        assert look_up(lines[0].code) is None
        again = print_codes(round_id=opened.pk, actor=actor)
        assert [line.reference for line in again] == ["00001"]
        assert look_up(again[0].code) is not None
        assert list(checks()["vote rounds"]()) == []
        with pytest.raises(Conflict, match="vastgezet"):
            make_rights(panel_id=panel.pk, number=1, actor=actor)

    def test_a_number_that_cannot_be(self) -> None:
        made, actor = self.concept()
        for number in (0, -1, 100_001):
            with pytest.raises(Refused):
                make_rights(panel_id=made.panels.get().pk, number=number, actor=actor)

    def test_everybody_with_a_profile_in_the_region_comes_in_at_once(self) -> None:
        territory = {
            "name": "Het land",
            "article": "artikel 2",
            "regions": [
                {"code": "noord", "name": "Noord", "municipalities": ["Oudkerk"]},
                {"code": "zuid", "name": "Zuid", "municipalities": ["Zuiderdam"]},
            ],
        }
        made, actor = self.concept(territory=territory)
        panel = made.panels.get()
        there = PersonFactory(municipality="Oudkerk")
        PersonFactory(municipality="Zuiderdam")
        PersonFactory(municipality="Elders")
        PersonFactory(municipality="Oudkerk", login=False)
        judge = assessor_of(made.call, "Rechter")
        type(judge).objects.filter(pk=judge.pk).update(municipality="Oudkerk")
        assert add_profiles(panel_id=panel.pk, actor=actor, regions=["noord"]) == 1
        assert PanelMember.objects.get(panel=panel).person_id == there.pk
        assert add_profiles(panel_id=panel.pk, actor=actor) == 1
        assert add_profiles(panel_id=panel.pk, actor=actor) == 0


class TestPanels:
    def test_panels_and_weights_come_from_the_definition(self) -> None:
        call = call_of(
            "approval",
            vote={
                "panels": [
                    {"name": "Bewoners"},
                    {"name": "Jongeren", "weight_numerator": 3, "weight_denominator": 2},
                ]
            },
        )
        person = assessor_of(call)
        start = clock.now() + timedelta(days=1)
        made = make_round(
            call_id=call.pk, actor=as_actor(person), days=(start, start + timedelta(days=7))
        )
        rows = made.panels.order_by("name").values_list("name", "weight_num", "weight_den")
        assert list(rows) == [("Bewoners", 1, 1), ("Jongeren", 3, 2)]
