"""Casting: what may stand on a ballot, changing it, what is one's own, and every kind of vote."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assessment.domain import codes
from assessment.domain.casting import UnknownCode, cast
from assessment.domain.looking import look_up
from assessment.domain.marks import BadBallot
from assessment.domain.rights import fresh_code
from assessment.domain.running import pause_round
from assessment.domain.sealing import seal_if_due
from assessment.domain.tally import from_text
from assessment.models import (
    BallotBox,
    BallotInbox,
    VoteRight,
)
from tests.factories.applications import as_actor, open_example_call
from tests.factories.assessment import Election, election
from tests.factories.votes import KINDS, open_round_of
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.refusal import Conflict, Refused
from timeline.verify import checks

# Each test plays a call or a round from its first application on, which takes a while when
# other tests use the machine.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def findings() -> list[str]:
    walks = checks()
    return [
        f"{found.place}: {found.sentence}"
        for name in ("vote rounds", "rankings", "streams")
        for found in walks[name]()
    ]


@pytest.mark.both
class TestCasting:
    def test_the_same_choices_again_give_the_same_receipt(self) -> None:
        held = election()
        with held.running():
            first = held.vote(0, 0, 2)
            again = held.vote(0, 2, 0)
        assert first == again
        assert BallotInbox.objects.count() == 1

    def test_other_choices_replace_the_ballot_until_closing(self) -> None:
        held = election()
        with held.running():
            first = held.vote(0, 0)
            again = held.vote(0, 1)
            back = held.vote(0, 1)
        assert (first.revision, again.revision, back.revision) == (1, 2, 2)
        assert (first.first, again.first, back.first) == (True, False, False)
        assert back == again
        rows = BallotInbox.objects.order_by("revision").values_list("choices", flat=True)
        assert list(rows) == [json.dumps([str(held.options[n].uid)]) for n in (0, 1)]
        counted = held.count()
        assert from_text(counted.tally).scores[str(held.options[0].uid)] == 0
        assert from_text(counted.tally).scores[str(held.options[1].uid)] == 1
        assert findings() == []

    def test_a_ballot_that_was_sealed_can_still_be_changed(self) -> None:
        held = election(voters=10)
        with held.running():
            for voter in range(10):
                held.vote(voter, 0)
        with held.running(days=1):
            assert seal_if_due(round_id=held.round.pk, actor=SYSTEM) is not None
            assert not BallotInbox.objects.exists()
            assert held.vote(0, 0).revision == 1
            assert held.vote(0, 1).revision == 2
        counted = from_text(held.count().tally)
        assert [counted.scores[str(each.uid)] for each in held.options] == [9, 1, 0]
        assert BallotBox.objects.count() == 11
        assert findings() == []

    def test_where_the_rules_say_so_the_first_ballot_counts(self) -> None:
        held = open_round_of("approval", vote={"change": False})
        with held.running():
            first = held.vote(0, 0)
            with pytest.raises(Conflict, match="al gestemd"):
                held.vote(0, 1)
            assert held.vote(0, 0) == first
        assert BallotInbox.objects.get().choices == json.dumps([str(held.options[0].uid)])

    def test_a_ballot_must_keep_to_the_rules(self) -> None:
        held = election(options=4)
        uids = [str(each.uid) for each in held.options]
        wrong: dict[str, list[str]] = {
            "number": [],
            "double": [uids[0], uids[0]],
            "unknown_option": ["0" * 8],
        }
        with held.running():
            for code, marks in {**wrong, "number ": uids}.items():
                with pytest.raises(BadBallot) as refused:
                    cast(round_uid=str(held.round.uid), code=held.codes[0], marks=marks)
                assert refused.value.code == code.strip()
        assert not BallotInbox.objects.exists()
        assert not VoteRight.objects.filter(status="voted").exists()

    def test_an_unknown_code_gets_one_neutral_answer(self) -> None:
        held, other = election(), election(call=open_example_call("by-vote", call_slug="other"))
        old = held.codes[0]
        right = VoteRight.objects.filter(round=held.round).order_by("member__pk")[0]
        fresh_code(right_id=str(right.pk))
        sentences = set()
        with held.running():
            for code in (old, other.codes[0], "ABCD", ""):
                held.codes[0] = code
                with pytest.raises(UnknownCode) as refused:
                    held.vote(0, 0)
                sentences.add(refused.value.sentence)
        assert len(sentences) == 1

    def test_before_and_after_its_hours_nothing_comes_in(self) -> None:
        held = election()
        with pytest.raises(Refused) as refused:
            held.vote(0, 0)
        assert refused.value.code == "not_open_yet"
        with held.over(hours=0), pytest.raises(Refused) as refused:
            held.vote(0, 0)
        assert refused.value.code == "closed"
        assert not BallotInbox.objects.exists()

    def test_a_code_finds_its_round_and_what_can_be_done_with_it(self) -> None:
        held = election()
        code = held.codes[0].lower()

        def phase() -> tuple[str, bool]:
            found = look_up(code)
            assert found is not None
            assert found.round == held.round
            return found.phase, found.voted

        assert phase() == ("not_begun", False)
        with held.running():
            assert phase() == ("open", False)
            held.vote(0, 0)
            assert phase() == ("open", True)
            pause_round(round_id=held.round.pk, reason="Storing.", actor=as_actor(held.assessor))
            assert phase() == ("paused", True)
            assert look_up(codes.new_code()) is None
            assert look_up("ABCD-EFGH-JKMN-PQRS-T") is None
        with held.over():
            assert phase() == ("closed", True)
        held.close()
        assert phase() == ("closed", True)

    def test_casting_leaves_no_event_and_no_moment(self) -> None:
        held = election()
        before = Event.objects.count()
        with held.running():
            held.vote(0, 0)
        assert Event.objects.count() == before
        right = VoteRight.objects.get(status="voted")
        row = BallotInbox.objects.get()
        shared = {str(value) for value in vars(right).values()} & {
            str(value) for value in vars(row).values()
        }
        # The panel and the round are all that a right and a ballot have in common.
        assert {held.codes[0], str(right.pk)}.isdisjoint(str(vars(row)))
        assert right.register_key not in str(vars(row))
        assert row.ballot_key not in str(vars(right))
        assert len(shared - {str(right.round_id), str(right.panel_id)}) <= 1


class TestOwn:
    """What is the voter's own is closed on her ballot, and stands with her right alone."""

    def cast(self, held: Election, numbers: tuple[int, ...], own: tuple[int, ...]) -> None:
        uids = [str(each.uid) for each in held.options]
        cast(
            round_uid=str(held.round.uid),
            code=held.codes[0],
            marks=[uids[number] for number in numbers],
            own=[uids[number] for number in own],
        )

    def test_it_is_kept_with_the_right_and_never_with_the_ballot(self) -> None:
        held = open_round_of("approval", vote={"own_text": "Welke zijn van u?"})
        uids = [str(each.uid) for each in held.options]
        with held.running():
            self.cast(held, (0,), own=(2, 1))
            right = VoteRight.objects.get(status="voted")
            assert json.loads(right.own) == sorted([uids[1], uids[2]])
            row = BallotInbox.objects.get()
            assert row.choices == json.dumps([uids[0]])
            self.cast(held, (0, 1), own=(2,))
            found = look_up(held.codes[0])
            assert found is not None
            assert found.own == (uids[2],)
        held.count()
        assert findings() == []

    def test_a_ballot_that_names_it_is_refused_and_uses_nothing(self) -> None:
        held = open_round_of("approval", vote={"own_text": "Welke zijn van u?"})
        with held.running():
            with pytest.raises(BadBallot) as refused:
                self.cast(held, (0, 1), own=(1,))
            assert refused.value.code == "own"
            assert not VoteRight.objects.filter(status="voted").exists()
            self.cast(held, (0,), own=(1,))
            with pytest.raises(BadBallot):
                self.cast(held, (1,), own=(1,))
        assert BallotInbox.objects.count() == 1

    def test_only_options_of_this_round_can_be_own(self) -> None:
        held = election()
        with held.running(), pytest.raises(BadBallot, match="unknown_option"):
            cast(
                round_uid=str(held.round.uid),
                code=held.codes[0],
                marks=[str(held.options[0].uid)],
                own=["00000000-0000-0000-0000-000000000000"],
            )

    def test_who_owns_all_but_one_needs_no_second_choice(self) -> None:
        held = open_round_of("approval", vote={"minimum": 2, "own_text": "Welke zijn van u?"})
        with held.running():
            with pytest.raises(BadBallot, match="number"):
                self.cast(held, (0,), own=())
            self.cast(held, (0,), own=(1, 2))


@pytest.mark.parametrize("kind", KINDS)
def test_a_vote_of_each_kind_runs_from_ballot_to_count(kind: str) -> None:
    held = open_round_of(kind)
    uids = [str(each.uid) for each in held.options]
    numbers = {"points": 2, "score": 5, "household": 2_500}
    marks: Any = {uids[0]: numbers[kind]} if kind in numbers else uids[:1]
    with held.running():
        for code in held.codes:
            cast(round_uid=str(held.round.uid), code=code, marks=marks)
    counted = from_text(held.count().tally)
    worth = {**numbers, "ranking": 3}.get(kind, 1)
    assert [counted.scores[uid] for uid in uids] == [3 * worth, 0, 0]
    assert findings() == []
