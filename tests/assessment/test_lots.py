"""The lot: two people, one draw, and from a public source an order that anybody can check."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.lots import enter_lot, enter_number, entries
from assessment.domain.lottery import draw, public_seed
from assessment.models import Lot, Ranking, RankingRow
from tests.factories.applications import as_actor
from tests.factories.assessment import Election
from tests.factories.votes import open_round_of
from timeline.models import Event
from timeline.refusal import Conflict, Refused

TIED = {"rule": "votes", "on_misfit": "skip", "ties": ["lot"]}


class TestOrder:
    def test_the_order_is_that_of_the_hashes_and_needs_no_program_of_ours(self) -> None:
        seed = hashlib.sha256(b"aa|bb|Staatsloterij 10-12: 4 8 15").hexdigest()
        assert public_seed("aa", "bb", "  Staatsloterij 10-12:   4 8 15 ") == seed
        by_hand = sorted("abcde", key=lambda key: hashlib.sha256(f"{seed}|{key}".encode()).digest())
        assert list(draw(seed, "edcba")) == by_hand

    @settings(deadline=None)
    @given(st.sets(st.text(max_size=8), max_size=12), st.text(max_size=20))
    def test_everything_is_drawn_once_whatever_order_it_came_in(
        self, keys: set[str], number: str
    ) -> None:
        seed = public_seed("aa", "bb", number)
        order = draw(seed, keys)
        assert sorted(order) == sorted(keys)
        assert draw(seed, sorted(keys, reverse=True)) == order

    def test_everyone_is_first_about_as_often(self) -> None:
        first = Counter(draw(public_seed("aa", "bb", str(n)), "abcd")[0] for n in range(2000))
        assert all(400 < first[key] < 600 for key in "abcd")


def tied(**distribution: object) -> Election:
    """Four options with one vote each, and money for some of them."""
    held = open_round_of("approval", options=4, voters=4, distribution={**TIED, **distribution})
    with held.running():
        for voter in range(4):
            held.vote(voter, voter)
    held.count()
    return held


@pytest.mark.django_db
@pytest.mark.slow
class TestPublicNumber:
    def drawn(self) -> Election:
        return tied(lot_source="public", public_number="Trekking van 10 december")

    def test_two_people_enter_the_number_and_the_order_follows(self) -> None:
        held = self.drawn()
        assert held.rank().state == Ranking.State.STOPPED
        enter = {"round_id": held.round.pk, "number": "4 8 15"}
        assert enter_number(actor=as_actor(held.assessor), **enter) is None
        assert enter_number(actor=as_actor(held.assessor), **enter) is None
        lot = enter_number(round_id=held.round.pk, number=" 4  8 15 ", actor=as_actor(held.second))
        assert lot is not None
        held.round.refresh_from_db()
        seed = public_seed(held.round.params_hash, held.round.root_final, "4 8 15")
        uids = [str(option.uid) for option in held.options]
        assert (lot.seed, lot.number) == (seed, "4 8 15")
        assert tuple(json.loads(lot.order)) == draw(seed, uids)
        assert held.fix().state == Ranking.State.FIXED
        ties = json.loads(Ranking.objects.get().outcome)["ties"]
        assert [(tie["decisive"], tie["decided_by"]) for tie in ties] == [(True, "lot")]
        assert sorted(RankingRow.objects.values_list("place", flat=True)) == [1, 2, 3, 4]

    def test_another_number_waits_until_somebody_enters_the_same(self) -> None:
        held = self.drawn()
        for person, number in ((held.assessor, "4 8 15"), (held.second, "4 8 16")):
            assert (
                enter_number(round_id=held.round.pk, number=number, actor=as_actor(person)) is None
            )
        assert entries(held.round.pk) == 2
        assert not Lot.objects.exists()

    def test_two_numbers_that_give_one_order_are_still_two(self) -> None:
        held = self.drawn()
        held.round.refresh_from_db()
        uids = [str(option.uid) for option in held.options]
        hashes = held.round.params_hash, held.round.root_final
        orders: dict[tuple[str, ...], str] = {}
        for each in range(1000):
            first = orders.setdefault(draw(public_seed(*hashes, str(each)), uids), str(each))
            if first != str(each):
                break
        for person, number in ((held.assessor, first), (held.second, str(each))):
            lot = enter_number(round_id=held.round.pk, number=number, actor=as_actor(person))
            assert lot is None

    def test_it_is_drawn_once(self) -> None:
        held = self.drawn()
        for person in (held.assessor, held.second):
            enter_number(round_id=held.round.pk, number="4 8 15", actor=as_actor(person))
        with pytest.raises(Conflict, match="al geloot"):
            enter_number(round_id=held.round.pk, number="99", actor=as_actor(held.assessor))
        assert Event.objects.filter(type="assessment.lot_recorded").count() == 1

    def test_nobody_types_an_order_where_the_source_is_a_number(self) -> None:
        held = self.drawn()
        order = [str(option.uid) for option in held.options]
        with pytest.raises(Refused, match="andere manier"):
            enter_lot(round_id=held.round.pk, order=order, actor=as_actor(held.assessor))

    @pytest.mark.parametrize("number", ["", "  ", "9" * 101])
    def test_a_number_is_a_number(self, number: str) -> None:
        held = self.drawn()
        with pytest.raises(Refused, match="getal"):
            enter_number(round_id=held.round.pk, number=number, actor=as_actor(held.assessor))


@pytest.mark.django_db
@pytest.mark.slow
def test_a_number_draws_nothing_where_a_notary_does() -> None:
    held = tied()
    with pytest.raises(Refused, match="andere manier"):
        enter_number(round_id=held.round.pk, number="4 8 15", actor=as_actor(held.assessor))
