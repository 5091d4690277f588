"""A text over cases: money never over a ceiling, the same in gives the same out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.scoring import committee_points, enough_points, with_bonus
from assessment.domain.simulation.carry import carried
from assessment.domain.simulation.cases import (
    ALL,
    CannotSimulate,
    Case,
    OverMaximum,
    Poll,
    Standing,
    Stock,
)
from assessment.domain.simulation.change import Changes, changed
from assessment.domain.simulation.compare import compare, in_order
from assessment.domain.simulation.run import Run, simulate
from assessment.domain.simulation.trial import attempt
from assessment.domain.simulation.words import Teller
from assessment.domain.tally import Counted
from regeling.definition import (
    UNKNOWN,
    Ceiling,
    CeilingScope,
    CeilingStep,
    Definition,
    DistributionRule,
    OnMisfit,
    parse,
)
from tests.factories.votes import definition_of

RULES = tuple(rule for rule in DistributionRule if rule is not DistributionRule.COMMITTEE)


def text_of(**given: Any) -> Definition:
    """An invented regulation with a vote, three places, two themes and a maximum of EUR 1,000."""
    return parse(definition_of("approval", **given), file="approval.yaml")


TEXT = text_of()


def case_of(number: int, cents: int = 50_000, **given: Any) -> Case:
    answers = {
        "titel": f"Initiatief {number}",
        "bedrag": cents,
        "gemeente": "Voorbeeldstad",
        "soort": "groen",
        "startdatum": "2026-05-01",
        "einddatum": "2026-06-01",
    }
    return Case(
        uid=f"{number:04d}",
        number=f"V2026-{number:06d}",
        title=f"Initiatief {number}",
        answers={**answers, **given.pop("answers", {})},
        facts={"applicant": "inwoner"},
        complete_at=given.pop("complete_at", f"2026-03-01T10:{number:02d}:00Z"),
        **given,
    )


def stock_of(cases: list[Case], votes: list[int] | None = None) -> Stock:
    """Cases with as many votes as are given, each of another voter."""
    scores = {case.uid: 0 for case in cases}
    scores |= {case.uid: number for case, number in zip(cases, votes or [], strict=False)}
    profile = tuple(sorted((number, ((uid, 1),)) for uid, number in scores.items() if number))
    number = sum(scores.values())
    counted = Counted(number, {"": number}, scores, scores, profile=profile)
    return Stock(tuple(cases), Poll(counted, {"kind": "approval"}))


@st.composite
def stocks(draw: st.DrawFn) -> Stock:
    """Up to nine cases of every standing, with votes, points, groups and equal moments."""
    standing = st.sampled_from([Standing.IN] * 6 + list(Standing))
    cases = [
        case_of(
            number,
            draw(st.integers(1, 30)) * 5_000,
            standing=draw(standing),
            complete_at=f"2026-03-01T10:0{draw(st.integers(0, 3))}:00Z",
            marks={"a": {ALL: draw(st.integers(0, 9))}},
            group=draw(st.sampled_from(["", "", "plein"])),
            answers={"soort": draw(st.sampled_from(["groen", "ontmoeten"]))},
        )
        for number in range(draw(st.integers(1, 9)))
    ]
    return stock_of(cases, draw(st.lists(st.integers(0, 6), min_size=9, max_size=9)))


changes = st.builds(
    Changes,
    ceiling=st.integers(0, 60).map(lambda euros: euros * 10_000),
    maximum=st.none() | st.integers(1, 20).map(lambda each: each * 10_000),
    rule=st.sampled_from(RULES),
    on_misfit=st.sampled_from(OnMisfit),
    minimum_votes=st.none() | st.integers(0, 4),
    minimum_score=st.none() | st.integers(0, 6),
    over_maximum=st.sampled_from(OverMaximum),
)


def play(stock: Stock, asked: Changes, seed: str = "1") -> Run:
    return attempt(TEXT, replace(stock, ceilings={"total": 0}), changes=asked, seed=seed).then


@settings(max_examples=150, deadline=None)
@given(stocks(), changes)
def test_money_is_never_over_a_ceiling_and_nobody_gets_more_than_the_rules_allow(
    stock: Stock, asked: Changes
) -> None:
    run = play(stock, asked)
    assert run.granted + run.left["total"] == asked.ceiling == run.ceilings["total"]
    assert all(left >= 0 for left in run.left.values())
    for result in run.results:
        assert 0 <= result.granted <= result.amount <= max(result.asked, 0)
        assert result.granted == 0 or (result.eligible and not result.refusals)
        assert result.eligible == (result.row is not None)
        assert result.case.standing is Standing.IN or result.granted == 0
        assert asked.maximum is None or result.granted <= asked.maximum
    assert not run.is_open
    assert [result.case for result in run.results] == list(stock.cases)


@settings(max_examples=60, deadline=None)
@given(stocks(), changes, st.randoms(use_true_random=False))
def test_the_same_in_whatever_order_gives_the_same_out(
    stock: Stock, asked: Changes, dice: Any
) -> None:
    shuffled = list(stock.cases)
    dice.shuffle(shuffled)
    one = {each.case.uid: each for each in play(stock, asked).results}
    other = {
        each.case.uid: each for each in play(replace(stock, cases=tuple(shuffled)), asked).results
    }
    assert one == other


@settings(max_examples=80, deadline=None)
@given(stocks(), changes, st.integers(1, 30))
def test_more_money_in_order_of_receipt_takes_nobodys_award(
    stock: Stock, asked: Changes, more: int
) -> None:
    stopping = replace(asked, rule=DistributionRule.RECEIPT, on_misfit=OnMisfit.STOP)
    before = play(stock, stopping)
    after = play(stock, replace(stopping, ceiling=(asked.ceiling or 0) + more * 10_000))
    found = compare(before, after)
    assert found.number("loses", "less") == 0
    assert found.then.granted >= found.now.granted


@settings(max_examples=80, deadline=None)
@given(stocks(), changes)
def test_every_result_has_a_sentence(stock: Stock, asked: Changes) -> None:
    run = play(stock, asked)
    teller = Teller(TEXT, run, {case.uid: case.title for case in stock.cases})
    assert all(teller.sentence(result) for result in run.results)


@settings(max_examples=50, deadline=None)
@given(stocks(), changes)
def test_what_changes_adds_up(stock: Stock, asked: Changes) -> None:
    found = attempt(
        TEXT, replace(stock, ceilings={"total": 100_000}), changes=asked, seed="1"
    ).found
    difference = sum(pair.difference for pair in found.pairs)
    assert difference == found.then.granted - found.now.granted
    names = ("gains", "loses", "more", "less", "same", "open")
    assert sum(found.number(name) for name in names) == len(stock.cases)
    assert sorted(id(pair) for pair in in_order(found.pairs)) == sorted(map(id, found.pairs))


class TestRules:
    """One case by hand for what each rule goes by."""

    def cases(self) -> list[Case]:
        points = [3, 9, 5]
        return [case_of(n, 50_000, marks={"a": {ALL: points[n]}}) for n in range(3)]

    def first(self, rule: DistributionRule, votes: list[int], **more: Any) -> str:
        text = changed(TEXT, Changes(rule=rule, **more))
        run = simulate(text, stock_of(self.cases(), votes), ceilings={"total": 50_000}, seed="1")
        return next(each.case.uid for each in run.results if each.granted == 50_000)

    def test_receipt_goes_by_completeness(self) -> None:
        assert self.first(DistributionRule.RECEIPT, [0, 1, 9]) == "0000"

    def test_score_goes_by_points(self) -> None:
        assert self.first(DistributionRule.SCORE, [0, 1, 9]) == "0001"

    def test_votes_go_by_votes(self) -> None:
        assert self.first(DistributionRule.VOTES, [0, 1, 9]) == "0002"

    def test_too_few_points_fall_off_also_by_receipt(self) -> None:
        for rule in (DistributionRule.RECEIPT, DistributionRule.SCORE, DistributionRule.VOTES):
            assert self.first(rule, [9, 1, 2], minimum_score=6) == "0001"

    def test_pro_rata_divides_by_votes(self) -> None:
        text = changed(TEXT, Changes(rule=DistributionRule.PRO_RATA))
        run = simulate(text, stock_of(self.cases(), [1, 2, 1]), ceilings={"total": 40_000})
        assert [each.granted for each in run.results] == [10_000, 20_000, 10_000]

    def test_a_text_that_shares_without_a_vote_goes_by_what_is_asked(self) -> None:
        route = tuple(step for step in TEXT.route if step != "vote")
        text = replace(changed(TEXT, Changes(rule=DistributionRule.PRO_RATA)), route=route)
        cases = [case_of(0, 30_000), case_of(1, 90_000)]
        run = simulate(text, Stock(tuple(cases)), ceilings={"total": 40_000})
        assert [each.granted for each in run.results] == [10_000, 30_000]

    def test_without_seed_or_lot_equals_stay_open(self) -> None:
        run = simulate(TEXT, stock_of(self.cases(), [2, 2, 2]), ceilings={"total": 50_000})
        assert run.is_open
        assert {each.code for each in run.results} == {"tied"}

    def test_the_lot_that_was_drawn_counts_before_the_seed(self) -> None:
        stock = replace(stock_of(self.cases(), [2, 2, 2]), lot=("0002", "0000", "0001"))
        for seed in ("1", "2", "3"):
            run = simulate(TEXT, stock, ceilings={"total": 50_000}, seed=seed)
            assert [each.granted for each in run.results] == [0, 0, 50_000]

    def test_nobody_who_was_not_on_the_ballots_gets_votes(self) -> None:
        stock = stock_of(self.cases(), [1, 2, 3])
        late = replace(stock, cases=(*stock.cases, case_of(8)))
        run = simulate(TEXT, late, ceilings={"total": 900_000}, seed="1")
        assert run.results[-1].code == "not_voted"
        assert run.funded == 3

    def test_what_the_board_set_apart_stays(self) -> None:
        cases = [
            replace(case, fixed=20_000) if n == 0 else case for n, case in enumerate(self.cases())
        ]
        run = simulate(TEXT, stock_of(cases, [0, 5, 4]), ceilings={"total": 70_000})
        assert [each.granted for each in run.results] == [20_000, 50_000, 0]
        with pytest.raises(CannotSimulate, match="apart vaststelde"):
            simulate(TEXT, stock_of(cases, [0, 5, 4]), ceilings={"total": 10_000})


class TestCannot:
    """What the round or the text lacks is said, and never made up."""

    def test_no_points_no_order_no_ballots(self) -> None:
        stock = Stock((case_of(0), case_of(1)))
        for rule, said in (
            (DistributionRule.SCORE, "gaf niemand punten"),
            (DistributionRule.VOTES, "niet gestemd"),
            (DistributionRule.EQUAL_SHARES, "niet gestemd"),
            (DistributionRule.PRO_RATA, "niet gestemd"),
        ):
            with pytest.raises(CannotSimulate, match=said):
                simulate(changed(TEXT, Changes(rule=rule)), stock, ceilings={"total": 1})
        route = tuple(step for step in TEXT.route if step != "vote")
        committee = replace(changed(TEXT, Changes(rule=DistributionRule.COMMITTEE)), route=route)
        with pytest.raises(CannotSimulate, match="commissie"):
            simulate(committee, stock, ceilings={"total": 1})
        counted = Counted(3, {}, {"0000": 1, "0001": 2}, {"0000": 1, "0001": 2})
        sums_only = replace(stock, poll=Poll(counted, {"kind": "approval"}))
        shares = changed(TEXT, Changes(rule=DistributionRule.EQUAL_SHARES))
        with pytest.raises(CannotSimulate, match="stembiljetten zelf"):
            simulate(shares, sums_only, ceilings={"total": 1})

        one_each = replace(stock, poll=Poll(counted, {"kind": "choose_one"}))
        with pytest.raises(CannotSimulate, match="stembiljetten zelf"):
            simulate(shares, one_each, ceilings={"total": 1})
        kept = replace(counted, profile=((1, (("0000", 1),)), (2, (("0001", 1),))))
        one_each = replace(stock, poll=Poll(kept, {"kind": "choose_one"}))
        with pytest.raises(CannotSimulate, match="één initiatief"):
            simulate(shares, one_each, ceilings={"total": 1})

    def test_an_unknown_is_named_unless_another_value_stands_in(self) -> None:
        stock = stock_of([case_of(0)], [1])
        unknown = replace(TEXT, amounts=replace(TEXT.amounts, maximum=UNKNOWN))
        with pytest.raises(CannotSimulate, match="maximum"):
            attempt(TEXT, stock, text=unknown)
        assert (
            attempt(TEXT, stock, text=unknown, changes=Changes(maximum=10_000)).then.granted
            == 10_000
        )
        closed = replace(TEXT, ceilings=UNKNOWN)
        with pytest.raises(CannotSimulate, match="plafond"):
            attempt(TEXT, stock, text=closed)
        assert (
            attempt(TEXT, stock, text=closed, changes=Changes(ceiling=70_000)).then.granted
            == 50_000
        )
        how = replace(TEXT, distribution=UNKNOWN)
        with pytest.raises(CannotSimulate):
            attempt(TEXT, stock, text=how, changes=Changes(on_misfit=OnMisfit.SKIP))
        tried = attempt(TEXT, stock, text=how, changes=Changes(rule=DistributionRule.VOTES))
        assert tried.then.granted == 50_000

    def test_parts_of_the_ceiling_and_later_publications_count(self) -> None:
        total = TEXT.ceilings[0]  # type: ignore[index]  # it is known
        assert isinstance(total, Ceiling)
        step = CeilingStep(amount=30_000, published_on=total.published_on)
        theme = replace(total, scope=CeilingScope.ACTIVITY, code="groen", amount=60_000)
        text = replace(TEXT, ceilings=(replace(total, changes=(step,)), theme))
        stock = stock_of([case_of(0, 20_000), case_of(1, 20_000)], [2, 1])
        assert simulate(text, stock).ceilings == {"total": 30_000, "activity:groen": 60_000}
        assert [each.granted for each in simulate(text, stock).results] == [20_000, 0]


def test_a_lowering_stands_in_the_way_of_later_ones_only() -> None:
    """Awb 4:27, second paragraph: who was in before keeps the ceiling of that day."""
    text = changed(TEXT, Changes(rule=DistributionRule.RECEIPT))
    cases = tuple(case_of(number, 50_000) for number in range(4))
    held = {case.uid: 200_000 if number < 2 else 120_000 for number, case in enumerate(cases)}
    stock = Stock(cases, ceilings={"total": 120_000}, lowered={"total": held})
    own = attempt(text, stock)
    assert [each.granted for each in own.now.results] == [50_000, 50_000, 0, 0]
    assert not own.found.changed
    assert own.found.now.left == 20_000
    more = attempt(text, stock, changes=Changes(ceiling=150_000))
    assert [each.granted for each in more.then.results] == [50_000, 50_000, 50_000, 0]


class TestOtherText:
    """Answers of one form in terms of another."""

    def test_answers_move_by_code_or_by_column(self) -> None:
        source = definition_of("approval").replace("code: bedrag", "code: gevraagd")
        other = parse(source, file="other.yaml")
        stock = carried(Stock((case_of(0),)), TEXT, other)
        assert stock.cases[0].answers["gevraagd"] == 50_000
        assert "bedrag" not in stock.cases[0].answers
        assert carried(stock, other, other) is stock

    def test_the_same_sort_of_applicant_under_another_name(self) -> None:
        source = definition_of("approval").replace("code: inwoner", "code: bewoner")
        other = parse(source, file="other.yaml")
        stock = carried(Stock((case_of(0),)), TEXT, other)
        assert stock.cases[0].facts["applicant"] == "bewoner"
        run = simulate(other, stock_of(list(stock.cases), [1]), seed="1")
        assert run.funded == 1

    def test_what_was_not_asked_then_refuses_nobody_and_is_counted(self) -> None:
        rule = {
            "code": "afstand",
            "require": "afstand <= 5",
            "sentence": "Het is te ver.",
            "article": "3.9",
        }
        source = definition_of("approval", eligibility=[rule])
        source = source.replace(
            "    - code: iban",
            "    - code: afstand\n      kind: number\n      label: Hoe ver?\n    - code: iban",
        )
        other = parse(source, file="other.yaml")
        tried = attempt(TEXT, stock_of([case_of(0)], [1]), text=other)
        assert tried.then.funded == 1
        assert (tried.found.now.undecided, tried.found.then.undecided) == (0, 1)
        far = case_of(0, answers={"afstand": 9})
        run = simulate(other, stock_of([far], [1]))
        assert (run.results[0].code, run.funded) == ("not_eligible", 0)
        assert Teller(other, run, {}).sentence(run.results[0]) == "Het is te ver."
        excused = replace(far, excused=frozenset({"afstand"}))
        assert simulate(other, stock_of([excused], [1])).funded == 1


class TestScoring:
    """Points of a committee, and what votes add."""

    @given(
        st.dictionaries(st.text("abc", min_size=1), st.integers(0, 50), max_size=6),
        st.integers(1, 6),
        st.dictionaries(st.text("abc", min_size=1), st.integers(-3, 40), max_size=6),
        st.integers(0, 9),
    )
    def test_votes_add_at_most_the_most_and_never_change_who_has_more_of_both(
        self, points: dict[str, int], scale: int, votes: dict[str, int], most: int
    ) -> None:
        totals, over = with_bonus(points, scale, votes, most)
        for key, own in points.items():
            extra = totals[key] * scale - own * over
            assert 0 <= extra <= most * over * scale
            for other, theirs in points.items():
                if own >= theirs and votes.get(key, 0) >= votes.get(other, 0):
                    assert totals[key] >= totals[other]
        top = max((votes.get(key, 0) for key in points), default=0)
        if most and top > 0:
            first = next(key for key in points if votes.get(key, 0) == top)
            assert totals[first] * scale - points[first] * over == most * over * scale

    def test_an_average_over_experts_stays_exact(self) -> None:
        marks = {"x": {"a": {"p": 3, "q": 1}, "b": {"p": 4, "q": 1}}, "y": {"a": {"p": 2}}, "z": {}}
        assert committee_points(marks, {"p": 2}) == ({"x": 16, "y": 8}, 2)
        assert enough_points(16, 2, 8)
        assert not enough_points(15, 2, 8)
