"""A vote from the first ballot to the fixed ranking."""

from __future__ import annotations

import base64
import json
from itertools import permutations

import pytest

from applications.domain.submission import withdraw
from applications.models import Application
from applications.states import State
from assessment.domain.closing import close_round, count_round
from assessment.domain.lots import enter_lot
from assessment.domain.ranking import rank_round
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
from tests.factories.applications import as_actor
from tests.factories.assessment import Election, election, follow, states
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
