"""A vote, a panel that meets and a distribution must fit together; every misfit has its cure."""

from __future__ import annotations

import pytest

from regeling.definition import (
    AdvicePanel,
    Completion,
    DistributionRule,
    EqualShares,
    Leftover,
    LotSource,
    PanelMethod,
    Power,
    Quorum,
    QuorumConsequence,
    Vote,
    VoteKind,
    known,
)
from tests.regeling.samples import MEETING, NUMBERS, SMALL, VOTING, read


def vote(*changes: tuple[str, str]) -> Vote:
    found = read(VOTING, *changes).vote
    assert isinstance(found, Vote)
    return found


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("choose_one", "  minimum: 1\n  maximum: 1\n"),
        ("approval", "  minimum: 3\n  maximum: 5\n"),
        ("points", "  minimum: 1\n  maximum: 5\n  points: 5\n  most_per_option: 2\n"),
        ("ranking", "  minimum: 1\n  maximum: 3\n  rank_points: [3, 2, 1]\n"),
        ("knapsack", "  minimum: 1\n  maximum: 20\n"),
        ("knapsack", "  minimum: 1\n  maximum: 20\n  budget: 5000\n"),
        ("score", "  minimum: 0\n  maximum: 40\n  lowest: -1\n  highest: 4\n"),
        ("household", "  minimum: 1\n  maximum: 5\n  amount: 7.50\n  step: 2.50\n"),
    ],
)
def test_every_kind_of_vote_can_be_written(kind: str, lines: str) -> None:
    assert vote((NUMBERS, f"  kind: {kind}\n{lines}")).kind is VoteKind(kind)


def test_what_is_not_said_stays_as_it_was() -> None:
    found = vote()
    assert (found.power, found.change, found.own_text) == (Power.DECIDES, True, "")
    assert (found.extension, found.withdrawal, found.support_gate) == (False, False, None)
    assert (found.panels, found.quorum, found.minimum_age) == ((), None, 0)


def test_a_vote_says_who_votes_how_many_must_and_what_if_they_do_not() -> None:
    said = """\
  electorate_kind: code
  minimum_age: 12
  exclusions: [Leden van Provinciale Staten stemmen niet mee.]
  panels:
    - name: Noord
    - name: Zuid
      weight_numerator: 3
      weight_denominator: 2
  quorum:
    ballots: 20
    percent: 20
    consequence: advice_only
  own_text: Kruis aan wat van uzelf, uw familie of uw vereniging is.
  extension: yes
  withdrawal: yes
  support_gate: 15
"""
    found = vote(("  opens: 2026-03-10\n", f"{said}  opens: 2026-03-10\n"))
    assert found.quorum == Quorum(ballots=20, percent=20, consequence=QuorumConsequence.ADVICE_ONLY)
    assert [(p.name, p.weight_numerator, p.weight_denominator) for p in found.panels] == [
        ("Noord", 1, 1),
        ("Zuid", 3, 2),
    ]
    assert (found.minimum_age, found.support_gate) == (12, 15)


def test_a_panel_meets_on_the_days_of_the_window() -> None:
    found = read(MEETING)
    assert found.panel == AdvicePanel(
        name="de commissie", power=Power.ADVISES, method=PanelMethod.CONSENSUS, minimum_present=3
    )
    assert found.unknown_needed() == ()


def test_what_the_panel_needs_and_nobody_knows_keeps_a_call_closed() -> None:
    unknown = read(
        MEETING,
        ("meets_on: [2026-03-05, 2026-04-02]", "meets_on: unknown"),
        ("minimum_present: 3", "minimum_present: unknown"),
    )
    assert unknown.unknown_needed() == (
        "windows.voorjaar.committee.meets_on",
        "panel.minimum_present",
    )


def test_a_panel_that_scores_needs_the_criteria_even_without_a_review() -> None:
    criteria = SMALL[SMALL.index("criteria:\n") : SMALL.index("distribution:\n")]
    found = read(
        MEETING,
        ("[completeness, review, panel]", "[completeness, panel]"),
        ("method: consensus", "method: scores"),
        (criteria, "criteria: unknown\n"),
    )
    assert found.unknown_needed() == ("criteria",)


def test_equal_shares_say_to_the_letter_how_they_grow() -> None:
    found = read(
        VOTING,
        (
            "rule: votes\n",
            "rule: equal_shares\n  equal_shares:\n    step: 0.10\n    comparison: yes\n",
        ),
    )
    how = known(found.distribution, "distribution")
    assert how.rule is DistributionRule.EQUAL_SHARES
    assert how.equal_shares == EqualShares(step=10, comparison=True)


def test_none_is_a_word_where_a_list_of_words_has_it() -> None:
    found = read(
        VOTING,
        (
            "rule: votes\n",
            "rule: equal_shares\n  leftover: none\n  equal_shares: {step: 1, completion: none}\n",
        ),
    )
    how = known(found.distribution, "distribution")
    assert how.leftover is Leftover.NONE
    assert how.equal_shares is not None
    assert how.equal_shares.completion is Completion.NONE


def test_a_public_lot_names_its_number_beforehand() -> None:
    found = read(
        VOTING,
        (
            "lot_source: notary\n",
            "lot_source: public\n  public_number: De trekking van 1 april 2026.\n",
        ),
    )
    assert known(found.distribution, "distribution").lot_source is LotSource.PUBLIC


def test_the_municipality_is_asked_and_voters_read_a_card() -> None:
    found = read(
        VOTING
        + "municipal:\n  weeks: 3\n  questions:\n    - code: beleid\n      question: Past het?\n"
        + "card:\n  photo: yes\n"
    )
    assert found.municipal is not None
    assert found.municipal.questions[0].question == "Past het?"
    assert found.card is not None
    assert (found.card.longest, found.card.photo) == (300, True)
