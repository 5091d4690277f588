"""A vote from the first ballot to the fixed ranking."""

from __future__ import annotations

import base64
import json
from itertools import permutations
from typing import Any

import pytest

from applications.domain.submission import withdraw
from applications.models import Application
from applications.states import State
from assessment.domain import codes
from assessment.domain.casting import UnknownCode, cast
from assessment.domain.closing import close_round, count_round
from assessment.domain.looking import look_up
from assessment.domain.lots import enter_lot
from assessment.domain.marks import BadBallot
from assessment.domain.ranking import rank_round
from assessment.domain.rights import fresh_code
from assessment.domain.running import pause_round
from assessment.domain.sealing import seal_if_due
from assessment.domain.tally import from_text
from assessment.models import (
    BallotBox,
    BallotInbox,
    OptionWithdrawal,
    Ranking,
    RankingRow,
    VoteBatch,
    VoteRight,
)
from regeling.domain import ledger
from tests.factories.applications import as_actor, open_example_call
from tests.factories.assessment import Election, election, follow, states
from tests.factories.votes import KINDS, open_round_of
from timeline.actor import SYSTEM
from timeline.canon import canonical, sha256
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


def played(*ballots: tuple[int, ...], **given: object) -> Election:
    """A counted round in which voter n chose ``ballots[n]``."""
    held = election(voters=len(ballots), **given)  # type: ignore[arg-type]  # passed on by name
    with held.running():
        for voter, numbers in enumerate(ballots):
            held.vote(voter, *numbers)
    held.count()
    return held


@pytest.mark.both
def test_most_votes_get_the_money_and_every_application_a_reason() -> None:
    held = played((0, 1), (0, 1), (0,), (2,), options=3)
    assert held.rank().state == Ranking.State.CALCULATED
    ranking = held.fix()
    assert ranking.state == Ranking.State.FIXED
    rows = list(RankingRow.objects.filter(ranking=ranking).order_by("place"))
    assert [(row.votes, row.granted, row.code) for row in rows] == [
        (3, 100_000, "awarded"),
        (2, 100_000, "awarded"),
        (1, 0, "refused_ceiling"),
    ]
    assert json.loads(rows[2].figures)["left"] == 50_000
    assert json.loads(rows[2].figures)["votes_needed"] == 2
    assert states(held.call) == [State.RANKED] * 3
    assert ledger.left(call_id=held.call.pk) == 50_000
    assert findings() == []


def test_ranking_twice_changes_nothing() -> None:
    held = played((0,), (0,), (1,), options=2)
    with held.over():
        first = rank_round(round_id=held.round.pk, actor=as_actor(held.assessor))
        again = rank_round(round_id=held.round.pk, actor=as_actor(held.second))
    assert first.outcome_hash == again.outcome_hash
    assert Event.objects.filter(type="assessment.ranking_made").count() == 1


class TestTies:
    def tied(self) -> Election:
        held = played((0,), (1,), (2,), options=3)
        with held.over():
            ranking = rank_round(round_id=held.round.pk, actor=as_actor(held.assessor))
        assert ranking.state == Ranking.State.STOPPED
        return held

    def test_equals_that_would_decide_stop_the_ranking(self) -> None:
        held = self.tied()
        outcome = json.loads(Ranking.objects.get().outcome)
        assert sorted(outcome["open_tie"]) == sorted(str(each.uid) for each in held.options)
        assert outcome["needs_lot"]
        assert states(held.call) == [State.VOTING] * 3
        assert ledger.left(call_id=held.call.pk) == 250_000
        assert not RankingRow.objects.exists()

    def test_one_person_cannot_draw_the_lot(self) -> None:
        held = self.tied()
        order = [str(each.uid) for each in held.options]
        for _ in range(2):
            assert (
                enter_lot(round_id=held.round.pk, order=order, actor=as_actor(held.assessor))
                is None
            )

    def test_the_lot_counts_when_two_people_entered_the_same_order(self) -> None:
        held = self.tied()
        order = [str(held.options[number].uid) for number in (2, 0, 1)]
        enter_lot(round_id=held.round.pk, order=order[::-1], actor=as_actor(held.assessor))
        assert enter_lot(round_id=held.round.pk, order=order, actor=as_actor(held.second)) is None
        lot = enter_lot(round_id=held.round.pk, order=order, actor=as_actor(held.assessor))
        assert lot is not None
        assert lot.entered_by_id == held.second.pk
        ranking = held.fix()
        assert ranking.state == Ranking.State.FIXED
        granted = RankingRow.objects.filter(ranking=ranking, granted__gt=0)
        assert sorted(granted.values_list("application__title", flat=True)) == [
            "Initiatief 1",
            "Initiatief 3",
        ]
        assert findings() == []

    def test_the_first_entry_cannot_be_guessed_from_what_is_recorded(self) -> None:
        held = self.tied()
        uids = [str(each.uid) for each in held.options]
        enter_lot(round_id=held.round.pk, order=uids, actor=as_actor(held.assessor))
        told = Event.objects.get(type="assessment.lot_entered").text
        for order in permutations(uids):
            assert sha256(canonical(list(order))) not in told

    def test_a_second_draw_is_refused(self) -> None:
        held = self.tied()
        order = [str(each.uid) for each in held.options]
        enter_lot(round_id=held.round.pk, order=order, actor=as_actor(held.assessor))
        enter_lot(round_id=held.round.pk, order=order, actor=as_actor(held.second))
        for person in (held.assessor, held.second):
            with pytest.raises(Conflict, match="al geloot"):
                enter_lot(round_id=held.round.pk, order=order[::-1], actor=as_actor(person))

    def test_a_lot_is_over_all_options(self) -> None:
        held = self.tied()
        uids = [str(each.uid) for each in held.options]
        for order in (uids[:2], [*uids, uids[0]], [uids[0], uids[0], uids[1]]):
            with pytest.raises(Refused, match="eigen plaats"):
                enter_lot(round_id=held.round.pk, order=order, actor=as_actor(held.assessor))

    def test_no_lot_where_the_ranking_needs_none(self) -> None:
        held = played((0,), (0,), (1,), options=2)
        with held.over():
            rank_round(round_id=held.round.pk, actor=as_actor(held.assessor))
        with pytest.raises(Conflict):
            enter_lot(
                round_id=held.round.pk,
                order=[str(each.uid) for each in held.options],
                actor=as_actor(held.assessor),
            )


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


@pytest.mark.both
class TestClosing:
    def test_closing_seals_everything_in_order_of_leaf(self) -> None:
        held = election(voters=5)
        with held.running():
            receipts = {held.vote(voter, voter % 3).text for voter in range(5)}
        closed = held.close()
        assert not BallotInbox.objects.exists()
        leaves = list(BallotBox.objects.values_list("leaf", flat=True))
        assert len(leaves) == 5
        batch = VoteBatch.objects.get()
        assert (batch.n, batch.prev_hash, batch.chain_hash) == (
            5,
            closed.params_hash,
            closed.root_final,
        )
        starts = {base64.b32encode(bytes.fromhex(leaf)).decode()[:20] for leaf in leaves}
        assert {text.replace("-", "") for text in receipts} == starts
        assert findings() == []

    def test_it_closes_by_itself_and_not_before(self) -> None:
        held = election()
        with held.running():
            held.vote(0, 0)
            with pytest.raises(Refused, match="loopt nog"):
                close_round(round_id=held.round.pk, actor=as_actor(held.assessor))
            assert follow("assessment.close_round") == 0
        held.round.refresh_from_db()
        assert held.round.state == "open"
        with held.over():
            assert follow("assessment.close_round") == 1
        held.round.refresh_from_db()
        assert held.round.state == "closed"

    def test_an_empty_round_closes_and_counts_too(self) -> None:
        held = election()
        counted = held.count()
        assert json.loads(counted.tally)["ballots"] == 0
        assert findings() == []

    def test_counting_refuses_while_rights_and_ballots_differ(self) -> None:
        held = election()
        with held.running():
            held.vote(0, 0)
        held.close()
        right = VoteRight.objects.filter(status="issued").first()
        assert right
        VoteRight.objects.filter(pk=right.pk).update(status="voted", voted_on="2026-01-01")
        with pytest.raises(Refused, match="uitgezocht"):
            held.count()
        assert any("2 rights used, 1 ballots" in sentence for sentence in findings())

    def test_nothing_is_counted_before_closing(self) -> None:
        held = election()
        with held.running():
            held.vote(0, 0)
            with pytest.raises(Conflict, match="gesloten"):
                count_round(round_id=held.round.pk, actor=as_actor(held.assessor))


def test_a_withdrawn_option_takes_no_part_in_the_ranking() -> None:
    held = election(options=3, voters=3)
    with held.running():
        held.vote(0, 0)
        held.vote(1, 0, 1)
        held.vote(2, 0, 1, 2)
        first = Application.objects.select_related("party__person").order_by("pk")[0]
        withdraw(application_id=first.pk, actor=as_actor(first.party.person))
        follow("assessment.withdraw_option")
    assert OptionWithdrawal.objects.get().option == held.options[0]
    held.count()
    ranking = held.fix()
    rows = RankingRow.objects.filter(ranking=ranking).order_by("place")
    assert [(row.code, row.votes, row.granted) for row in rows] == [
        ("withdrawn", 3, 0),
        ("awarded", 2, 100_000),
        ("awarded", 1, 100_000),
    ]
    assert findings() == []
