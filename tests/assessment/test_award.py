"""From frozen rules, count and facts to a problem; and a ranking that two officials fix."""

from __future__ import annotations

import json
from typing import Any

import pytest

from applications.states import State
from assessment.domain import award
from assessment.domain.allocation import TOTAL, Outcome, Row, allocate
from assessment.domain.allocation_text import inputs_text, outcome_of, problem_of
from assessment.domain.calculation import printed
from assessment.domain.ranking import confirm_outcome, rank_round
from assessment.domain.reasons import sentence, tell_row, told_step
from assessment.domain.tally import Counted
from assessment.models import CountEntry, Departure, OptionWithdrawal, Ranking, RankingRow
from regeling.domain import ledger
from regeling.models import Ceiling
from tests.factories.applications import as_actor
from tests.factories.assessment import Election, states
from tests.factories.votes import open_round_of
from timeline import clock
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused

AWARD = {
    "rule": "greedy",
    "on_misfit": "skip",
    "ceiling_misfit": "",
    "leftover": "none",
    "ties": ["lot"],
    "minimum_votes": 0,
    "minimum_percent": 0,
    "grain": "moment",
    "expert_percent": 0,
    "normalisation": "",
    "step": 0,
    "add1": "",
    "completion": "",
    "comparison": False,
    "floor": 0,
    "cap": 0,
}


def rules(**changes: Any) -> dict[str, Any]:
    return {
        "vote": {"kind": "approval"},
        "panels": [{"name": "Panel", "weight": [1, 1]}],
        "quorum": {"ballots": 0, "percent": 0, "consequence": ""},
        "award": AWARD | changes.pop("award", {}),
        "options": [
            {"uid": key, "amount": 600, "complete_at": "", "ceilings": [TOTAL], "group": ""}
            for key in "abc"
        ],
        **changes,
    }


def counted(ballots: int = 20, scale: int = 1, **scores: int) -> Counted:
    votes = {key: scores.get(key, 0) for key in "abc"}
    return Counted(ballots, {"Panel": ballots}, votes, votes, scale)


def solved(params: dict[str, Any], count: Counted, **facts: Any) -> Outcome:
    return allocate(award.problem(params, count, {"ceilings": {TOTAL: 1300}, **facts}))


def rows(outcome: Outcome) -> dict[str, Row]:
    return {row.key: row for row in outcome.rows}


class TestProblem:
    count = counted(a=9, b=7, c=5)

    def test_most_votes_first(self) -> None:
        found = rows(solved(rules(), self.count))
        assert [found[key].granted for key in "abc"] == [600, 600, 0]

    def test_who_withdrew_gets_nothing_and_has_no_place(self) -> None:
        found = rows(solved(rules(), self.count, withdrawn=["a"]))
        assert [found[key].granted for key in "abc"] == [0, 600, 600]
        assert [found[key].place for key in "abc"] == [0, 1, 2]
        assert found["a"].code == "withdrawn"

    def test_what_the_decision_maker_fixed_is_taken_first(self) -> None:
        found = rows(solved(rules(), self.count, departures={"c": 500, "a": 0}))
        assert [found[key].granted for key in "abc"] == [0, 600, 500]
        assert [found[key].code for key in "abc"] == [
            "departed_refusal",
            "awarded",
            "departed_award",
        ]
        assert [found[key].place for key in "abc"] == [1, 2, 3]

    def test_more_cannot_be_fixed_than_there_is(self) -> None:
        with pytest.raises(ValueError, match=TOTAL):
            solved(rules(), self.count, departures={"c": 600, "a": 600, "b": 600})

    def test_of_one_group_one_is_funded_and_the_other_knows_by_whom(self) -> None:
        params = rules()
        for option in params["options"][:2]:
            option["group"] = "speeltuin"
        found = rows(solved(params, self.count))
        assert [found[key].code for key in "abc"] == ["awarded", "refused_excluded", "awarded"]
        assert found["b"].rival == "a"
        assert found["b"].votes_needed == 3

    def test_the_problem_tells_the_facts_it_was_made_of(self) -> None:
        facts = {
            "ceilings": {TOTAL: 1300},
            "withdrawn": ["b"],
            "lot": ["c", "a", "b"],
            "departures": {"c": 500},
            "expert": {"a": 3},
            "rights": {"x": 20, "y": 30},
        }
        params = rules(quorum={"ballots": 0, "percent": 10, "consequence": "no_award"})
        made = award.problem(params, self.count, facts)
        read = problem_of(inputs_text(made))
        assert award.problem(params, self.count, award.facts_in(read)) == made


class TestQuorum:
    @pytest.mark.parametrize(
        ("ballots", "percent", "given", "needed"),
        [(20, 0, 50, 20), (0, 20, 51, 11), (20, 20, 50, 10), (20, 20, 500, 20), (0, 0, 50, 0)],
    )
    def test_the_lower_of_the_two_counts_and_a_part_is_rounded_up(
        self, ballots: int, percent: int, given: int, needed: int
    ) -> None:
        params = rules(
            quorum={"ballots": ballots, "percent": percent, "consequence": "advice_only"}
        )
        for cast in (needed - 1, needed, needed + 1):
            found = award.quorum(params, counted(cast), {"p": given - 1, "q": 1})
            assert (found.needed, found.met) == (needed, cast >= needed)

    def test_unmet_without_award_nobody_gets_anything_and_the_figures_say_why(self) -> None:
        params = rules(quorum={"ballots": 21, "percent": 0, "consequence": "no_award"})
        outcome = solved(params, counted(a=9), rights={"p": 80})
        assert {row.code for row in outcome.rows} == {"refused_quorum"}
        assert (outcome.quorum.needed, outcome.quorum.ballots) == (21, 20)
        assert outcome.left == {TOTAL: 1300}

    @pytest.mark.parametrize("consequence", ["advice_only", "committee"])
    def test_unmet_the_outcome_stands_as_advice(self, consequence: str) -> None:
        params = rules(quorum={"ballots": 21, "percent": 0, "consequence": consequence})
        outcome = solved(params, counted(a=9))
        assert rows(outcome)["a"].code == "awarded"
        assert not outcome.quorum.met
        assert outcome.quorum.consequence == consequence


class TestExperts:
    def test_votes_and_experts_are_each_measured_by_their_highest(self) -> None:
        params = rules(award={"expert_percent": 25, "normalisation": "highest"})
        count = counted(a=10, b=9, c=1)
        outcome = solved(params, count, expert={"a": 2, "b": 8, "c": 8})
        found = rows(outcome)
        share = {key: found[key].score / outcome.score_scale for key in "abc"}
        assert share == pytest.approx(
            {"a": 0.75 + 0.25 * 2 / 8, "b": 0.75 * 0.9 + 0.25, "c": 0.75 * 0.1 + 0.25}
        )
        assert [found[key].place for key in "abc"] == [2, 1, 3]
        assert [found[key].votes for key in "abc"] == [10, 9, 1]

    def test_by_rank_points_equals_get_the_same(self) -> None:
        params = rules(award={"expert_percent": 50, "normalisation": "rank"})
        outcome = solved(params, counted(a=10, b=9, c=9), expert={"a": 1, "b": 1, "c": 2})
        found = rows(outcome)
        assert [found[key].score * 6 // outcome.score_scale for key in "abc"] == [5, 4, 5]

    def test_votes_needed_reckon_with_the_experts(self) -> None:
        params = rules(award={"expert_percent": 25, "normalisation": "highest"})
        facts = {"expert": {"a": 8, "b": 8, "c": 2}}
        needed = rows(solved(params, counted(a=10, b=9, c=1), **facts))["c"].votes_needed
        assert needed
        enough = rows(solved(params, counted(a=10, b=9, c=1 + needed), **facts))["c"]
        short = rows(solved(params, counted(a=10, b=9, c=needed), **facts))["c"]
        assert (enough.code, short.granted) == ("awarded", 0)


def played(*ballots: tuple[int, ...], options: int = 3, **given: Any) -> Election:
    """A counted round in which voter n chose ``ballots[n]``; the money is EUR 2,500."""
    held = open_round_of("approval", options=options, voters=len(ballots), **given)
    with held.running():
        for voter, numbers in enumerate(ballots):
            held.vote(voter, *numbers)
    held.count()
    return held


def depart(held: Election, number: int, cents: int) -> None:
    Departure.objects.create(
        application=held.options[number].application,
        round=held.round,
        cents=cents,
        reason="Dit past niet bij het beleid.",
        person=held.second,
        recorded_at=clock.now(),
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.django_db
@pytest.mark.slow
class TestTwoOfficials:
    def test_the_same_hash_from_another_person_fixes_the_ranking(self) -> None:
        held = played((0, 1), (0,), (2,))
        made = held.rank()
        assert made.state == Ranking.State.CALCULATED
        assert not RankingRow.objects.exists()
        assert states(held.call) == [State.VOTING] * 3
        with pytest.raises(NotAllowed, match="zelf"):
            confirm_outcome(
                round_id=held.round.pk,
                outcome_hash=made.outcome_hash,
                actor=as_actor(held.assessor),
            )
        spaced = f" {made.outcome_hash[:32].upper()} {made.outcome_hash[32:]}\n"
        with held.over():
            fixed = confirm_outcome(
                round_id=held.round.pk, outcome_hash=spaced, actor=as_actor(held.second)
            )
        assert fixed.state == Ranking.State.FIXED
        assert states(held.call) == [State.RANKED] * 3
        assert RankingRow.objects.filter(fixed=True).count() == 3
        assert ledger.left(call_id=held.call.pk) == 250_000 - 225_000
        assert [entry.agrees for entry in CountEntry.objects.all()] == [True]

    def test_another_hash_is_kept_and_refused(self) -> None:
        held = played((0,), (1,), options=2)
        held.rank()
        for found in ("0" * 64, "f" * 64):
            with pytest.raises(Refused, match="andere"):
                confirm_outcome(
                    round_id=held.round.pk, outcome_hash=found, actor=as_actor(held.second)
                )
        assert [entry.agrees for entry in CountEntry.objects.all()] == [False, False]
        assert Event.objects.filter(type="assessment.outcome_compared").count() == 2
        assert Ranking.objects.get().state == Ranking.State.CALCULATED
        with pytest.raises(Refused, match="64"):
            confirm_outcome(round_id=held.round.pk, outcome_hash="abc", actor=as_actor(held.second))
        assert held.fix().state == Ranking.State.FIXED

    def test_ranking_twice_changes_nothing(self) -> None:
        held = played((0,), (1,), options=2)
        first = held.rank()
        again = rank_round(round_id=held.round.pk, actor=as_actor(held.second))
        assert again.made_by_id == first.made_by_id == held.assessor.pk
        held.fix()
        held.rank()
        assert Event.objects.filter(type="assessment.ranking_made").count() == 1

    def test_a_departure_is_taken_first_and_the_list_below_is_made_again(self) -> None:
        held = played((0, 1, 2), (0, 1, 2), (0, 1), (0, 3), options=4)
        before = outcome_of(held.rank().outcome)
        assert [row.granted for row in before.rows] == [50_000, 75_000, 100_000, 0]
        depart(held, 1, 0)
        with pytest.raises(Conflict, match="opnieuw"):
            confirm_outcome(
                round_id=held.round.pk,
                outcome_hash=Ranking.objects.get().outcome_hash,
                actor=as_actor(held.second),
            )
        ranking = held.fix()
        found = {row.application_id: row for row in RankingRow.objects.filter(ranking=ranking)}
        told = [found[option.application_id] for option in held.options]
        assert [(row.code, row.granted) for row in told] == [
            ("awarded", 50_000),
            ("departed_refusal", 0),
            ("awarded", 100_000),
            ("awarded", 50_000),
        ]

    def test_more_than_the_ceiling_cannot_be_fixed(self) -> None:
        held = played((0,), options=4)
        Ceiling.objects.filter(call=held.call, scope="total").update(amount=60_000)
        for number in (1, 2):
            depart(held, number, 50_000)
        with pytest.raises(Refused, match="plafond"):
            held.rank()

    def test_an_option_taken_out_of_the_vote_gets_no_money_and_a_row_that_says_so(self) -> None:
        held = played((0, 1), (0,), (2,))
        OptionWithdrawal.objects.create(
            option=held.options[0],
            reason="Het plan gaat niet door.",
            person=held.assessor,
            recorded_at=clock.now(),
        )
        ranking = held.fix()
        row = RankingRow.objects.get(ranking=ranking, application_id=held.options[0].application_id)
        assert (row.code, row.place, row.granted) == ("withdrawn", 0, 0)
        assert states(held.call) == [State.RANKED] * 3

    def test_leftover_money_passes_the_ceiling_of_a_theme_but_not_the_total(self) -> None:
        day = {"published_on": "2026-01-05"}
        held = played(
            (0, 2),
            (0, 2),
            (0, 1),
            (1, 3),
            options=4,
            distribution={"leftover": "skip"},
            ceilings=[
                {"scope": "total", "amount": 2500, **day},
                {"scope": "activity", "code": "ontmoeten", "amount": 600, **day},
                {"scope": "activity", "code": "groen", "amount": 1000, **day},
            ],
        )
        ranking = held.fix()
        rows = RankingRow.objects.filter(ranking=ranking).order_by("place")
        told = [(row.granted, row.code, json.loads(row.figures)["phase"]) for row in rows]
        assert sorted(told) == [
            (0, "refused_ceiling", 2),
            (50_000, "awarded", 1),
            (75_000, "awarded", 1),
            (100_000, "awarded", 2),
        ]
        meeting = Ceiling.objects.get(call=held.call, code="ontmoeten")
        assert (meeting.reserved, meeting.overrun, meeting.free) == (150_000, 90_000, 0)
        assert Ceiling.objects.get(call=held.call, scope="total").overrun == 0
        assert Event.objects.filter(type="regeling.ceiling_widened").count() == 1

    def test_the_letter_and_the_page_say_it_in_the_unit_of_the_vote(self) -> None:
        quorum = {"ballots": 9, "consequence": "advice_only"}
        held = played((0, 1), (0,), (2,), vote={"quorum": quorum})
        Ceiling.objects.filter(call=held.call).update(amount=130_500)
        ranking = held.fix()
        rows = {row.code: row for row in RankingRow.objects.filter(ranking=ranking)}
        refused = tell_row(rows["refused_ceiling"])
        assert sentence(rows["awarded"]).startswith("Uw aanvraag kreeg genoeg stemmen")
        assert plain(refused.reasons[0].sentence) == (
            "Er was niet genoeg geld meer toen uw aanvraag aan de beurt was: u vroeg € 1.000 en "
            "er was nog € 805 over."
        )
        assert "3 mensen" in refused.reasons[0].details[-1]
        assert any("advies" in told for told in refused.attention)
        problem, outcome = problem_of(ranking.inputs), outcome_of(ranking.outcome)
        names = {str(option.uid): option.title for option in held.options}
        steps = printed(problem, outcome, names)
        assert plain(told_step(steps[0], problem, held.call)) == (
            "Past in het geld dat over is: € 500 van € 1.305."
        )
