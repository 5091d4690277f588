"""What an application can get, and the way to that amount."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regeling.calculation import amount
from regeling.definition import DefinitionError, Rounding, UnknownValueError, parse
from tests.regeling.samples import ACTIVE, SMALL, changed, read, small


def answers(asked: int, costs: int) -> dict[str, Any]:
    return {
        "gemeente": "Noordstad",
        "bedrag": asked,
        "begroting": {"costs": [{"label": "Alles", "cents": costs}], "funding": []},
    }


def granted(extra: str, asked: int, costs: int, **given: Any) -> int:
    text = SMALL.replace("  article: artikel 4\n", f"  article: artikel 4\n{extra}")
    return amount(parse(text, file="x"), answers(asked, costs), **given).granted


def test_without_limits_the_amount_asked_is_granted() -> None:
    outcome = amount(small(), answers(50_000, 80_000))
    assert (outcome.granted, outcome.reduced) == (50_000, False)
    assert [line.code for line in outcome.lines] == ["asked", "maximum", "costs", "granted"]


def test_the_lowest_limit_holds_and_is_named() -> None:
    outcome = amount(small(), answers(90_000, 40_000))
    assert (outcome.granted, outcome.maximum) == (40_000, 40_000)
    assert outcome.lines[-1].sentence == "Dat wordt €\u00a0400."


@pytest.mark.parametrize(
    ("extra", "asked", "costs", "outcome"),
    [
        ("  percentage: 50\n", 60_000, 100_000, 50_000),
        ("  percentage: 50\n", 40_000, 100_000, 40_000),
        ("  percentage: 33\n  rounding: euro_down\n", 90_000, 100_001, 33_000),
        ("  percentage: 33\n  rounding: euro_up\n", 90_000, 100_001, 33_000),
        ("  percentage: 33\n  rounding: euro_up\n", 90_000, 100_300, 33_100),
        ("  percentage: 33\n  rounding: euro_nearest\n", 90_000, 100_250, 33_100),
        (
            "  tiers:\n    - up_to: 500\n      maximum: 200\n    - maximum: 600\n",
            90_000,
            50_000,
            20_000,
        ),
        (
            "  tiers:\n    - up_to: 500\n      maximum: 200\n    - maximum: 600\n",
            90_000,
            90_000,
            60_000,
        ),
        ("  percentage: 10\n", 90_000, 50_000, 0),
    ],
)
def test_percentages_tiers_and_rounding(extra: str, asked: int, costs: int, outcome: int) -> None:
    assert granted(extra, asked, costs) == outcome


def test_corrected_costs_replace_the_budget() -> None:
    assert granted("  percentage: 50\n", 90_000, 100_000, eligible_costs=60_000) == 30_000


def test_less_than_the_minimum_is_nothing_and_says_so() -> None:
    outcome = amount(small(), answers(90_000, 9_000))
    assert outcome.granted == 0
    assert "Wij geven geen bedragen onder €\u00a0100." in [line.sentence for line in outcome.lines]


def test_the_regions_own_maximum_counts() -> None:
    text = SMALL.replace("      name: Noord\n", "      name: Noord\n      maximum: 400\n")
    assert amount(parse(text, file="x"), answers(90_000, 90_000)).granted == 40_000


def test_an_unknown_limit_is_never_taken_for_none() -> None:
    with pytest.raises(UnknownValueError, match=r"amounts\.maximum"):
        amount(parse(changed(maximum="unknown"), file="x"), answers(1, 1))


def test_a_fixed_amount_is_the_amount() -> None:
    text = changed(minimum="none").replace("  maximum: 1000\n", "  maximum: 1000\n  fixed: 250\n")
    assert amount(parse(text, file="x"), answers(1, 90_000)).granted == 25_000


@given(
    asked=st.integers(1, 500_000),
    costs=st.integers(1, 500_000),
    percentage=st.integers(1, 100),
    rounding=st.sampled_from(list(Rounding)),
)
def test_never_more_than_asked_than_costs_or_than_the_maximum(
    asked: int, costs: int, percentage: int, rounding: Rounding
) -> None:
    extra = f"  percentage: {percentage}\n  rounding: {rounding}\n"
    outcome = granted(extra, asked, costs)
    assert 0 <= outcome <= min(asked, 100_000)
    assert outcome <= -(-costs // 100) * 100
    assert outcome == 0 or outcome >= 10_000


@given(st.integers(1, 200_000), st.integers(0, 50_000))
def test_more_costs_never_mean_less_money(costs: int, more: int) -> None:
    extra = "  percentage: 60\n"
    assert granted(extra, 90_000, costs) <= granted(extra, 90_000, costs + more)


class TestActivity:
    """An activity's own limits hold beside those of the regulation; the lowest counts."""

    @pytest.mark.parametrize(
        ("activity", "asked", "costs", "outcome", "codes"),
        [
            ("samen", 90_000, 200_000, 60_000, {"activity_maximum", "activity_percentage"}),
            ("samen", 90_000, 100_000, 50_000, {"activity_maximum", "activity_percentage"}),
            ("samen", 19_999, 100_000, 0, {"minimum"}),
            ("anders", 90_000, 100_000, 90_000, {"maximum"}),
            ("anders", 19_999, 100_000, 19_999, {"maximum"}),
            ("alleen", 90_000, 100_000, 25_000, {"maximum"}),
        ],
    )
    def test_it_limits(
        self, activity: str, asked: int, costs: int, outcome: int, codes: set[str]
    ) -> None:
        found = amount(read(ACTIVE), {**answers(asked, costs), "activiteit": activity})
        assert found.granted == outcome
        assert codes <= {line.code for line in found.lines}

    def test_its_article_stands_with_its_line(self) -> None:
        lines = amount(read(ACTIVE), {**answers(90_000, 100_000), "activiteit": "samen"}).lines
        told = {line.code: line for line in lines}
        assert told["activity_maximum"].article == "artikel 7"
        assert told["activity_maximum"].sentence == ("Voor Samen doen is het hoogstens €\u00a0600.")
        assert told["maximum"].article == "artikel 4"

    def test_an_unknown_limit_is_not_computed_with(self) -> None:
        text = ACTIVE.replace("    maximum: 600\n", "    maximum: unknown\n")
        with pytest.raises(UnknownValueError) as caught:
            amount(read(text), {**answers(90_000, 100_000), "activiteit": "samen"})
        assert caught.value.path == "activities.samen.maximum"


class TestOwnHours:
    TEXT = SMALL.replace(
        "  maximum: 1000\n", "  maximum: 1000\n  costs:\n    own_labour_rate: 25\n"
    ).replace(
        "        - code: bedrag\n",
        "        - code: uren\n          kind: number\n          label: Hoeveel uren zelf?\n"
        "          fills: own_hours\n          required: no\n        - code: bedrag\n",
        1,
    )

    @pytest.mark.parametrize(("hours", "outcome"), [(None, 40_000), (0, 40_000), (8, 60_000)])
    def test_they_count_as_costs(self, hours: int | None, outcome: int) -> None:
        given = {**answers(90_000, 40_000), "uren": hours}
        assert amount(read(self.TEXT), given).granted == outcome

    def test_without_a_rate_they_count_for_nothing(self) -> None:
        with pytest.raises(DefinitionError, match="noem wat een uur telt"):
            read(self.TEXT.replace("  costs:\n    own_labour_rate: 25\n", ""))


class TestOwnContribution:
    def test_what_others_bring_is_not_paid(self) -> None:
        text = SMALL.replace("  maximum: 1000\n", "  maximum: 1000\n  own_contribution: 30\n")
        found = amount(read(text), answers(90_000, 100_001))
        assert found.granted == 70_000
        line = next(each for each in found.lines if each.code == "own_contribution")
        assert (line.cents, line.article) == (70_000, "artikel 4")
        assert line.sentence == (
            "U of anderen betalen zelf minstens 30% van de kosten. Er blijft €\u00a0700 over."
        )

    def test_unknown_is_not_nothing(self) -> None:
        text = SMALL.replace("  maximum: 1000\n", "  maximum: 1000\n  own_contribution: unknown\n")
        with pytest.raises(UnknownValueError):
            amount(read(text), answers(90_000, 100_000))
