"""Departing from vote and advice: who may, when, with which effect on the others, and where it is
told."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Person
from accounts.roles import Role
from applications.models import Application
from assessment.domain.departures import depart, only_advises, standing, take_back
from assessment.domain.proposals import draft_proposal, proposal_for
from assessment.domain.queries.departures import (
    compare,
    departed,
    departures_of_call,
    departures_of_round,
    effect,
)
from assessment.domain.ranking import confirm_outcome
from assessment.models import Departure, Ranking
from documents.facts.decisions import decision_facts
from documents.letters.composers import compose
from tests.factories.applications import PersonFactory, as_actor, open_example_call, with_role
from tests.factories.assessment import Election, cleared, election
from timeline import clock
from timeline.refusal import Conflict, NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ADVISES = ("  kind: approval\n", "  kind: approval\n  power: advises\n")
QUORUM = (
    "  kind: approval\n",
    "  kind: approval\n  quorum:\n    ballots: 5\n    consequence: advice_only\n",
)
"""by-vote: € 2.500 in all; three ask € 1.000, so two are awarded and the third is refused."""


def held_vote(replace: tuple[str, str] = ADVISES) -> Election:
    """Initiatives 1, 2 and 3 with three, two and one votes; counted and ranked."""
    held = election(
        options=3,
        voters=3,
        amounts=(100_000, 100_000, 100_000),
        call=open_example_call("by-vote", replace=replace),
    )
    with held.running():
        held.vote(0, 0)
        held.vote(1, 0, 1)
        held.vote(2, 0, 1, 2)
    held.count()
    held.rank()
    held.round.refresh_from_db()
    return held


def decider(held: Election) -> Person:
    return with_role(PersonFactory(name="Gerda Wolters"), Role.DECISION_MAKER, held.call)


def of(held: Election, number: int) -> Application:
    return held.options[number].application


def away(held: Election, number: int, cents: int, person: Person, **given: Any) -> Departure:
    with held.over():
        return depart(
            application_id=of(held, number).pk,
            cents=cents,
            reason=given.pop("reason", "Dit plan loopt al via de gemeente."),
            actor=as_actor(person),
            **given,
        )


@pytest.mark.both
def test_a_departure_makes_room_for_the_next() -> None:
    held = held_vote()
    person = decider(held)
    rows = {line.option.title: line.after for line in effect(held.round)}
    assert rows == {"Initiatief 1": 100_000, "Initiatief 2": 100_000, "Initiatief 3": 0}

    away(held, 0, 0, person)

    lines = effect(held.round)
    found = {line.option.title: (line.before, line.after, line.difference) for line in lines}
    assert found == {
        "Initiatief 1": (100_000, 0, -100_000),
        "Initiatief 2": (100_000, 100_000, 0),
        "Initiatief 3": (0, 100_000, 100_000),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Departure.objects.create(
            application=of(held, 0),
            round=held.round,
            cents=1,
            reason="x",
            person=person,
            recorded_at=clock.now(),
        )


def test_what_it_would_do_is_shown_before_anything_is_saved() -> None:
    held = held_vote()

    lines = compare(held.round, {str(held.options[0].uid): 0})

    assert [line.difference for line in sorted(lines, key=lambda line: line.option.pk)] == [
        -100_000,
        0,
        100_000,
    ]
    assert not Departure.objects.exists()


def test_the_ranking_must_be_made_again_before_it_is_confirmed() -> None:
    held = held_vote()
    seen = Ranking.objects.get().outcome_hash
    away(held, 0, 0, decider(held))
    act: dict[str, Any] = {"round_id": held.round.pk, "actor": as_actor(held.second)}

    with held.over(), pytest.raises(Conflict, match="Reken eerst opnieuw"):
        confirm_outcome(outcome_hash=seen, **act)
    assert held.fix().state == Ranking.State.FIXED


def test_a_departure_stands_in_letter_list_and_warning() -> None:
    held = held_vote()
    away(held, 0, 0, decider(held), reason="De gemeente betaalt dit al.")
    held.fix()

    refused, gained = proposal_for(of(held, 0).pk), proposal_for(of(held, 2).pk)

    assert (refused.kind, refused.cents) == ("rejection", 0)
    assert refused.basis.departure
    assert refused.basis.departure.reason == "De gemeente betaalt dit al."
    assert refused.basis.departure.advised_cents == 100_000
    assert "Gerda Wolters week af" in refused.basis.attention[0]
    assert refused.basis.reasons[0].sentence == "Wij wijken af van de stemming."
    assert (gained.cents, gained.basis.departure) == (100_000, None)
    (line,) = departures_of_call(held.call)
    assert (line.advised, line.cents, line.by) == (100_000, 0, "Gerda Wolters")
    assert departures_of_round(held.round) == [line]
    assert departed(of(held, 0).pk) == line


def test_another_amount_than_the_vote_gave() -> None:
    held = held_vote()
    away(held, 2, 40_000, decider(held), reason="Een begin is mogelijk.")
    held.fix()

    proposal = proposal_for(of(held, 2).pk)

    assert proposal.cents == 40_000
    cleared(of(held, 2), held.assessor)
    drafted = draft_proposal(application_id=of(held, 2).pk, actor=as_actor(held.assessor))
    words = json.dumps(asdict(compose(decision_facts(drafted))), ensure_ascii=False, default=str)
    assert "Waarom wijken wij af van de stemming?" in words
    assert "Volgens de stemming kreeg uw aanvraag geen geld." in words
    assert "Een begin is mogelijk." in words
    assert "artikel 3:50" in words


def test_only_who_decides_here_and_has_no_interest() -> None:
    held = held_vote()
    other = with_role(PersonFactory(), Role.DECISION_MAKER, open_example_call("every-kind"))
    own = with_role(Person.objects.get(pk=of(held, 0).party_id), Role.DECISION_MAKER, held.call)

    for person in (held.assessor, other, own, PersonFactory()):
        with pytest.raises(NotAllowed):
            away(held, 0, 0, person)


@pytest.mark.parametrize(
    ("cents", "reason", "field"), [(100_001, "x", "cents"), (-1, "x", "cents"), (0, " ", "reason")]
)
def test_no_more_than_was_asked_and_always_a_reason(cents: int, reason: str, field: str) -> None:
    held = held_vote()

    with pytest.raises(Refused) as told:
        away(held, 0, cents, decider(held), reason=reason)

    assert told.value.field == field


def test_where_the_vote_decides_there_is_nothing_to_depart_from() -> None:
    held = held_vote(replace=("", ""))

    with pytest.raises(Refused, match="beslist de stemming") as told:
        away(held, 0, 0, decider(held))

    assert told.value.code == "decides"
    assert not only_advises(held.round)


def test_too_few_voters_make_a_vote_an_advice_where_the_rules_say_so() -> None:
    held = held_vote(replace=QUORUM)

    assert only_advises(held.round)
    assert away(held, 0, 0, decider(held)).cents == 0


def test_one_stands_at_a_time_and_can_be_taken_back() -> None:
    held = held_vote()
    person = decider(held)
    made = away(held, 0, 0, person)

    with pytest.raises(Conflict, match="al afgeweken"):
        away(held, 0, 50_000, person)
    for _ in range(2):
        with held.over():
            take_back(departure_id=made.pk, actor=as_actor(person))

    assert standing(of(held, 0).pk) is None
    assert away(held, 0, 50_000, person).cents == 50_000
    assert Departure.objects.count() == 2


def test_an_outcome_that_changed_meanwhile_is_told() -> None:
    held = held_vote()

    with pytest.raises(Conflict, match="veranderd sinds u deze pagina opende"):
        away(held, 0, 0, decider(held), seen_hash="0" * 64)


def test_after_fixing_only_by_taking_a_decision_back() -> None:
    held = held_vote()
    person = decider(held)
    made = away(held, 0, 0, person)
    held.fix()

    with pytest.raises(Conflict, match="getekend besluit terug te nemen"):
        away(held, 1, 0, person)
    with held.over(), pytest.raises(Conflict, match="ligt vast"):
        take_back(departure_id=made.pk, actor=as_actor(person))


def test_before_the_count_there_is_nothing_to_depart_from() -> None:
    held = election(call=open_example_call("by-vote", replace=ADVISES))
    person = decider(held)

    with pytest.raises(Conflict, match="als de stemmen zijn geteld"):
        away(held, 0, 0, person)


@pytest.mark.both
def test_what_was_written_down_stays() -> None:
    held = held_vote()
    away(held, 0, 0, decider(held))

    for change in ({"reason": "Iets anders"}, {"cents": 5}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Departure.objects.update(**change)
