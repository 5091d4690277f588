"""Rounds that might be: exact chance, the same from the same seed, and every day of the law."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.forecast.assumptions import MINUTES, Assumptions, CannotForecast
from assessment.domain.forecast.dates import closed_on, dates_of
from assessment.domain.forecast.draws import ONE, binomial, chance, multinomial
from assessment.domain.forecast.field import field_of
from assessment.domain.forecast.outlook import outlook, spread
from assessment.domain.forecast.play import play
from assessment.domain.simulation.change import Changes
from regeling.definition import UNKNOWN, Definition, DistributionRule, Grain, parse
from regeling.delivered import source
from tests.factories.applications import ROOT
from tests.factories.votes import KINDS, definition_of


def text_of(kind: str = "approval", **given: Any) -> Definition:
    return parse(definition_of(kind, **given), file=f"{kind}.yaml")


def receipt() -> Definition:
    file = ROOT / "tests" / "factories" / "every-kind.yaml"
    return parse(file.read_text(), file=file.name)


FEW = Assumptions(12, voters=30, rounds=8)


class TestChance:
    """Draws in whole numbers."""

    @settings(deadline=None)
    @given(st.integers(0, 10**6), st.integers(0, 300), st.integers(0, ONE))
    def test_never_more_than_there_are(self, seed: int, number: int, likely: int) -> None:
        assert 0 <= binomial(Random(seed), number, likely) <= number
        assert binomial(Random(seed), number, ONE) == number
        assert binomial(Random(seed), number, 0) == 0

    @settings(deadline=None)
    @given(st.integers(0, 10**6), st.integers(0, 300), st.lists(st.integers(1, 9), min_size=1))
    def test_everything_falls_somewhere(self, seed: int, number: int, weights: list[int]) -> None:
        found = multinomial(Random(seed), number, weights)
        assert len(found) == len(weights)
        assert sum(found) == number
        assert min(found) >= 0

    def test_as_often_as_it_should(self) -> None:
        dice, likely = Random(1), chance(3, 10)
        drawn = [binomial(dice, 1000, likely) for _ in range(2000)]
        mean = sum(drawn) / len(drawn)
        variance = sum((each - mean) ** 2 for each in drawn) / len(drawn)
        assert 299 < mean < 301
        assert 190 < variance < 230  # 1000 x 0.3 x 0.7
        shares = Counter[int]()
        for _ in range(500):
            for at, each in enumerate(multinomial(dice, 100, [1, 2, 7])):
                shares[at] += each
        assert all(abs(shares[at] / 50_000 - share) < 0.01 for at, share in ((0, 0.1), (2, 0.7)))

    @given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60))
    def test_figures_of_a_row_lie_in_it_and_in_order(self, values: list[int]) -> None:
        found = spread(values)
        assert min(values) <= found.p10 <= found.p50 <= found.p90 <= max(values)
        assert abs(found.mean * len(values) - sum(values)) * 2 <= len(values)


class TestRounds:
    """One round, and many."""

    @pytest.mark.parametrize("kind", sorted(KINDS))
    @pytest.mark.parametrize("rule", ["votes", "equal_shares", "pro_rata", "lottery", "receipt"])
    def test_every_kind_of_vote_under_every_rule(self, kind: str, rule: str) -> None:
        text, asked = text_of(kind), Changes(rule=DistributionRule(rule))
        if (kind, rule) == ("choose_one", "equal_shares"):
            with pytest.raises(CannotForecast, match="één initiatief"):
                outlook(text, FEW, seed=1, changes=asked)
            return
        found = outlook(text, FEW, seed=1, changes=asked)
        total = 250_000
        assert 0 < found.granted.mean <= total
        assert found.left.p90 <= total
        assert found.funded.p90 <= 12

    def test_equal_shares_play_fewer_rounds_and_say_so(self) -> None:
        asked = Changes(rule=DistributionRule.EQUAL_SHARES)
        given_ = Assumptions(3, voters=5, rounds=1000)
        found = outlook(text_of(), given_, seed=1, changes=asked)
        assert found.rounds == 500
        assert any("hoogstens 500 rondes" in each for each in found.assumed)

    @pytest.mark.parametrize("rule", ["score", "receipt"])
    def test_without_a_vote(self, rule: str) -> None:
        route = tuple(step for step in text_of().route if step != "vote")
        text = replace(text_of(), route=route, vote=None)
        found = outlook(text, FEW, seed=1, changes=Changes(rule=DistributionRule(rule)))
        assert 0 < found.granted.mean <= 250_000
        assert any("punten" in each for each in found.assumed) == (rule == "score")

    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 10**6), st.integers(1, 30), st.integers(1, 200), st.integers(0, 100))
    def test_money_and_numbers_add_up(
        self, seed: int, applications: int, voters: int, fall_off: int
    ) -> None:
        given_ = Assumptions(applications, voters=voters, fall_off=fall_off)
        field = field_of(text_of(), given_)
        found = play(field, given_, Random(seed))
        assert found.granted + found.left == 250_000
        assert found.granted <= found.asked
        assert found.funded <= applications
        assert sum(found.arrivals) == applications
        assert len(found.arrivals) == field.weeks

    def test_more_equal_votes_more_lots(self) -> None:
        """With four voters equals decide far more often than with four thousand."""
        few = outlook(text_of(), Assumptions(20, voters=4, rounds=60), seed=1)
        many = outlook(text_of(), Assumptions(20, voters=4000, rounds=60), seed=1)
        assert few.lot > 30 > many.lot
        assert few.draws
        assert few.lot_per_thousand == (2000 * few.lot + 60) // 120

    def test_a_day_makes_equals_where_a_moment_does_not(self) -> None:
        moment = receipt()
        assert moment.distribution is not UNKNOWN
        day = replace(moment, distribution=replace(moment.distribution, grain=Grain.DAY))  # type: ignore[type-var]  # known
        given_ = Assumptions(60, rounds=40)
        assert outlook(moment, given_, seed=1).lot == 0
        assert outlook(day, given_, seed=1).lot > 5

    @pytest.mark.slow
    def test_the_same_seed_gives_the_same_also_in_another_process(self) -> None:
        code = (
            "import os, sys, json, django; django.setup()\n"
            "from dataclasses import asdict\n"
            "from tests.assessment.test_forecast import FEW, text_of\n"
            "from assessment.domain.forecast.outlook import outlook\n"
            "print(json.dumps(asdict(outlook(text_of(), FEW, seed=7)), default=str))"
        )
        found = [json.dumps(asdict(outlook(text_of(), FEW, seed=7)), default=str)]
        for number in ("0", "42"):
            # Another hash seed is another order of every set.
            known = {
                **os.environ,
                "PYTHONHASHSEED": number,
                "SVE_TEST_DIR": os.environ["SVE_TEST_DIR"],
            }
            run = subprocess.run(
                [sys.executable, "-c", code],
                env=known,
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
            found.append(run.stdout.strip())
        assert len(set(found)) == 1
        other = outlook(text_of(), FEW, seed=8)
        assert json.dumps(asdict(other), default=str) != found[0]

    def test_a_quorum_of_ballots_can_be_missed(self) -> None:
        quorum = {"ballots": 100, "consequence": "no_award"}
        text = text_of(vote={"quorum": quorum})
        assert outlook(text, FEW, seed=1).few == FEW.rounds
        assert outlook(text, replace(FEW, voters=200), seed=1).few == 0


class TestWork:
    """Minutes by broker and week."""

    def test_all_minutes_are_somewhere(self) -> None:
        minutes = dict.fromkeys(MINUTES, 0) | {"review": 100}
        found = outlook(text_of(), replace(FEW, brokers=1, minutes=minutes), seed=1)
        assert sum(week.minutes.mean for week in found.weeks) == pytest.approx(1200, abs=30)
        half = outlook(text_of(), replace(FEW, brokers=2, minutes=minutes), seed=1)
        assert sum(week.minutes.mean for week in half.weeks) == pytest.approx(600, abs=30)

    def test_decisions_about_a_vote_come_when_it_is_over(self) -> None:
        minutes = dict.fromkeys(MINUTES, 0) | {"decision": 10}
        found = outlook(text_of(), replace(FEW, minutes=minutes), seed=1)
        busy = [week.starts for week in found.weeks if week.minutes.mean]
        assert len(busy) == 1
        assert busy[0] is not None
        assert busy[0] > date(2026, 4, 20)  # the day on which the vote has closed

    def test_nonsense_is_refused(self) -> None:
        for wrong in (
            {"applications": 0},
            {"brokers": 0},
            {"fall_off": 101},
            {"minutes": {"x": 1}},
        ):
            with pytest.raises(ValueError, match=r"a forecast|a percentage|minutes"):
                Assumptions(**{"applications": 1, **wrong})


class TestUnknown:
    """What the text does not say is named, or given for the occasion."""

    def test_named(self) -> None:
        with pytest.raises(CannotForecast, match="hoeveel mensen er stemmen"):
            outlook(text_of(), Assumptions(12), seed=1)
        unknown = replace(text_of(), ceilings=UNKNOWN)
        with pytest.raises(CannotForecast, match="plafond"):
            outlook(unknown, FEW, seed=1)
        assert outlook(unknown, FEW, seed=1, changes=Changes(ceiling=90_000)).left.p90 <= 90_000
        text = parse(source("krachtvansalland-cheque-2019"), file="kvs.yaml")
        with pytest.raises(CannotForecast, match="verdeling"):
            outlook(text, FEW, seed=1)
        asked = Changes(rule=DistributionRule.RECEIPT)
        assert outlook(text, FEW, seed=1, changes=asked).funded.mean > 0


class TestDays:
    """Every day that the law or the text sets."""

    def test_in_order_with_weekends_and_holidays_marked(self) -> None:
        days = dates_of(text_of())
        assert [each.day for each in days] == sorted(each.day for each in days if each.day)
        told = {each.label: each for each in days}
        assert told["Laatste dag om te stemmen"].closed == "zondag"
        assert told["Laatste dag om aan te vragen"].day == date(2026, 3, 31)
        # Eight weeks from the last day is Tuesday 26 May, the day after Whit Monday.
        assert told["Laatste dag om te beslissen"].day == date(2026, 5, 26)
        assert "8" not in told["Laatste dag om te beslissen"].closed

    def test_holidays_in_the_time_to_apply_are_named(self) -> None:
        windows = [
            {"code": "ronde", "kind": "fixed", "opens": "2026-04-20", "closes": "2026-05-20",
             "closing": "up_to_and_including"}
        ]  # fmt: skip
        days = dates_of(
            text_of(windows=windows, vote={"opens": "2026-06-01", "closes": "2026-06-08"})
        )
        free = {each.day: each.closed for each in days if each.label.startswith("Vrije dag")}
        assert free[date(2026, 4, 27)] == "Koningsdag"
        assert free[date(2026, 5, 14)] == "Hemelvaartsdag"
        assert date(2026, 5, 15) in free  # equated with a holiday by decree

    def test_what_is_unknown_comes_last(self) -> None:
        text = text_of()
        terms = replace(text.terms, decision_weeks=UNKNOWN)
        days = dates_of(replace(text, terms=terms))
        assert days[-1].day is None
        assert days[-1].label == "Laatste dag om te beslissen"

    def test_a_working_day_is_not_marked(self) -> None:
        assert closed_on(date(2026, 11, 20)) == ""
        assert closed_on(date(2026, 12, 25)) == "Eerste Kerstdag"
        assert closed_on(date(2026, 11, 21)) == "zaterdag"
