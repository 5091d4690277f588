"""The round's own text over its own applications gives what it really gave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accountability.domain.closing import close
from accounts.models import Person
from accounts.roles import Role
from applications.domain.submission import withdraw
from applications.models import Application
from applications.states import State
from assessment.domain.allocation_text import outcome_of
from assessment.domain.lots import enter_lot
from assessment.domain.proposals import draft_proposal
from assessment.domain.queries.simulated import Past, is_told, past_round
from assessment.domain.simulation.cases import CannotSimulate, OverMaximum, Standing
from assessment.domain.simulation.change import Changes, changed
from assessment.domain.simulation.run import Run, simulate
from assessment.domain.simulation.trial import attempt
from assessment.domain.simulation.words import Teller
from assessment.models import Ranking
from documents.domain.announcing import announce
from documents.domain.drafting import propose
from documents.domain.signing import sign
from documents.facts import decision_hash
from regeling.definition import DistributionRule, OnMisfit
from regeling.models import Call
from tests.factories.accountability import letter_of
from tests.factories.applications import (
    PersonFactory,
    as_actor,
    open_example_call,
    submitted,
    with_role,
)
from tests.factories.assessment import (
    Election,
    assessor_of,
    completed,
    follow,
    reviewed,
)
from tests.factories.results import announced, decided
from tests.factories.votes import open_round_of
from timeline import clock

# Each test plays a whole round, which takes a while when other tests use the machine.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def again(past: Past) -> Run:
    """The call's own text over its own round."""
    return simulate(past.call.revision.definition, past.stock, ceilings=past.stock.ceilings)


def decide(application: Application, assessor: Person, signer: Person) -> None:
    made = draft_proposal(application_id=application.pk, actor=as_actor(assessor))
    propose(decision_id=made.pk, actor=as_actor(assessor))
    signed = sign(
        decision_id=made.pk,
        actor=as_actor(signer),
        seen_hash=decision_hash(made.pk),
        announce_at=clock.now(),
    )
    announce(decision_id=signed.pk, printed=letter_of(signed))


def played_by_receipt() -> Call:
    """Seven applications for ten thousand euros: one withdrawn, one found wanting, five served;
    the one after them does not fit, and it stops there."""
    call = open_example_call("every-kind")
    assessor = assessor_of(call)
    signer = with_role(PersonFactory(), Role.DECISION_MAKER, call)
    rows = []
    for minutes, cents in enumerate([200_000] * 6 + [150_000, 120_000, 10_000]):
        with clock.playing("", clock.now() + timedelta(minutes=minutes)):
            budget = {"costs": [{"label": "Materiaal", "cents": cents}], "funding": []}
            answers = {"bedrag": cents, "begroting": budget, "vergunning": False}
            rows.append(submitted(call, person=PersonFactory(), answers=answers))
    with clock.playing("", clock.now() + timedelta(hours=1)):
        party = Person.objects.get(pk=rows[0].party_id)
        withdraw(application_id=rows[0].pk, actor=as_actor(party))
        for number, row in enumerate(rows[1:]):
            completed(row, assessor)
            reviewed(row, assessor, "positive" if number else "negative")
        for row in rows[1:]:
            follow("assessment.serve_by_receipt")
            decide(row, assessor, signer)
    return call


@pytest.fixture
def receipt() -> Past:
    call = played_by_receipt()
    with clock.playing("", clock.now() + timedelta(days=60)):
        assert close(application_id=Application.objects.get(state=State.WITHDRAWN).pk)
        return past_round(call)


def test_order_of_receipt_comes_out_as_it_was(receipt: Past) -> None:
    run = again(receipt)
    assert {each.case.uid: each.granted for each in run.results} == receipt.told
    standings = [each.case.standing for each in run.results]
    assert standings[:3] == [Standing.WITHDRAWN, Standing.NEGATIVE, Standing.IN]
    assert (run.funded, run.left["total"]) == (5, 50_000)
    teller = _teller(receipt, run)
    assert teller.sentence(run.results[1]) == "Bij de beoordeling afgewezen; dat blijft hier zo."
    assert teller.sentence(run.results[7]).startswith("Past niet")
    assert "was al gestopt" in teller.sentence(run.results[8])


def test_what_if_there_had_been_more_or_nobody_stopped_it(receipt: Past) -> None:
    before = again(receipt)
    own = receipt.call.revision.definition
    found = attempt(own, receipt.stock, changes=Changes(ceiling=2_000_000)).found
    assert found.now.granted == before.granted
    assert found.number("gains") == 2
    assert found.number("loses", "less") == 0
    skipping = changed(receipt.call.revision.definition, Changes(on_misfit=OnMisfit.SKIP))
    after = simulate(skipping, receipt.stock, ceilings=receipt.stock.ceilings)
    assert [each.granted for each in after.results][-2:] == [0, 10_000]


def test_what_if_the_maximum_had_been_lower(receipt: Past) -> None:
    lower = changed(receipt.call.revision.definition, Changes(maximum=100_000))
    run = simulate(lower, receipt.stock, ceilings=receipt.stock.ceilings)
    assert [each.granted for each in run.results] == [0, 0, *[100_000] * 6, 10_000]
    hard = simulate(
        lower,
        receipt.stock,
        ceilings=receipt.stock.ceilings,
        over_maximum=OverMaximum.REFUSED,
    )
    assert [each.code for each in hard.results][2:] == ["not_eligible"] * 6 + ["awarded"]
    sentence = _teller(receipt, hard).sentence(hard.results[2])
    assert sentence == "U vraagt €\u00a02.000. Het meeste is €\u00a01.000: €\u00a01.000 minder dus."


def test_a_lot_can_be_tried_where_nobody_voted(receipt: Past) -> None:
    text = changed(receipt.call.revision.definition, Changes(rule=DistributionRule.LOTTERY))
    run = simulate(text, receipt.stock, ceilings=receipt.stock.ceilings, seed="7")
    assert run.funded >= 5
    assert not run.is_open
    assert run == simulate(text, receipt.stock, ceilings=receipt.stock.ceilings, seed="7")
    text = changed(receipt.call.revision.definition, Changes(rule=DistributionRule.VOTES))
    with pytest.raises(CannotSimulate, match="niet gestemd"):
        simulate(text, receipt.stock, ceilings=receipt.stock.ceilings)


def voted(kind: str = "approval", **given: Any) -> Election:
    """A round that was counted, fixed and told: five options, who got votes as they stand."""
    held = open_round_of(kind, options=5, voters=4, **given)
    with held.running():
        for voter, numbers in enumerate([(0, 1), (0, 2), (0, 1, 2), (1,)]):
            held.vote(voter, *numbers)
    held.count()
    if given["distribution"]["rule"] == "lottery":
        order = [str(option.uid) for option in held.options][::-1]
        for person in (held.assessor, held.second):
            enter_lot(round_id=held.round.pk, order=order, actor=as_actor(person))
    held.fix()
    with held.over(hours=30):
        decided(held)
    return held


def past_of(held: Election, *, ballots: bool = False) -> Past:
    with clock.playing("", held.round.closes_at + timedelta(days=30)):
        return past_round(held.call, ballots=ballots)


@pytest.mark.parametrize("rule", ["votes", "equal_shares", "pro_rata", "lottery"])
def test_a_vote_comes_out_as_it_was(rule: str) -> None:
    own: dict[str, dict[str, Any]] = {
        "equal_shares": {"equal_shares": {"step": 1}},
        "lottery": {"ties": ["lot"], "lot_source": "notary"},
    }
    more = own.get(rule, {})
    ties = ["lower_amount", "earlier_complete"]
    held = voted(distribution={"rule": rule, "ties": ties, **more})
    past = past_of(held, ballots=rule == "equal_shares")
    run = again(past)
    assert {each.case.uid: each.granted for each in run.results} == past.told
    real = outcome_of(Ranking.objects.get(round=held.round).outcome)
    assert {each.case.uid: each.code for each in run.results} == {
        row.key: row.code for row in real.rows
    }
    assert [(row.key, row.place) for row in run.outcome.rows] == [
        (row.key, row.place) for row in real.rows
    ]


def _teller(past: Past, run: Run) -> Teller:
    titles = {case.uid: case.title for case in past.stock.cases}
    return Teller(past.call.revision.definition, run, titles)


def test_nothing_can_be_tried_while_a_letter_is_due() -> None:
    held = open_round_of("approval", options=2, voters=1)
    with held.running():
        held.vote(0, 0)
    held.count()
    held.fix()
    with held.over(hours=30 * 24):
        signer = decided(held, leave=1)
        assert not is_told(held.call)
        with pytest.raises(ValueError, match="not out"):
            past_round(held.call)
        announced(held, held.options[1].application, signer)
        assert is_told(held.call)
    with held.over(hours=30):
        assert not is_told(held.call)  # somebody may still apply


def test_ballots_are_sums_and_equal_ones_together_never_of_a_voter() -> None:
    held = voted(distribution={"rule": "votes", "ties": ["lower_amount", "earlier_complete"]})
    plain, whole = past_of(held).stock.poll, past_of(held, ballots=True).stock.poll
    assert plain is not None
    assert whole is not None
    assert plain.counted.profile == ()
    assert sorted(plain.counted.scores.values()) == [0, 0, 2, 3, 3]
    assert sum(weight for weight, _liked in whole.counted.profile) == whole.counted.ballots == 4
    text = repr(past_of(held, ballots=True))
    assert not any(code in text for code in held.codes)
