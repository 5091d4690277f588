"""The machine: every state has a way forward, one winner, and nobody moves what is not theirs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.people import actor_for, make_person
from accounts.models import Authority
from applications.diagram import Edge, edges, page
from applications.facts import Proposal, SignedDecision
from applications.guards import Case, Who
from applications.lifecycle import TRANSITIONS, move
from applications.models import Application
from applications.states import BEFORE_SUBMISSION, State
from applications.verify import states
from regeling.domain.revisions import accept, open_call
from regeling.models import Call
from tests.infra.races import at_once
from timeline import clock
from timeline.actor import SYSTEM, Actor
from timeline.models import Event
from timeline.refusal import Conflict, NotAllowed, Refused

ROOT = Path(__file__).parents[2]
MOMENT = datetime(2023, 4, 1, 12, tzinfo=UTC)
EDGES = edges()


def opened() -> Call:
    name = "krachtvansalland-cheque-2023"
    source = (ROOT / "regeling" / "definitions" / f"{name}.yaml").read_text()
    Authority.objects.get_or_create(
        code=source.split("authority:")[1].split()[0], defaults={"name": "Overheid"}
    )
    with clock.playing("", MOMENT):
        revision = accept(source=source, file=name, actor=SYSTEM)
        return open_call(revision_id=revision.pk, kind="example", actor=SYSTEM)


def dossier(state: str, call: Call | None = None) -> tuple[Application, Actor]:
    """A row in any state: what the machine does from there does not depend on how it came."""
    call = call or opened()
    person = make_person(name="Ans Voorbeeld")
    sent = state not in BEFORE_SUBMISSION
    row = Application.objects.create(
        call=call,
        revision=call.revision,
        party=person,
        applicant_class="person",
        state=state,
        number=f"V2023-{Application.objects.count():06d}-1" if sent else None,
        submitted_at=MOMENT if sent else None,
        saved_at=MOMENT,
        amount_asked=100_000,
    )
    return row, actor_for(person)


def decided(kind: str, *, partial: bool = False, cents: int = 100_000) -> SignedDecision:
    return SignedDecision(
        decision="d",
        kind=kind,  # type: ignore[arg-type]  # Hypothesis gives any of the kinds
        asked_cents=100_000,
        cents=cents,
        partial=partial,
        tier="",
        document="",
        sent_on=date(2023, 5, 1),
        signed_by="",
    )


def forward(state: str) -> list[Edge]:
    return [edge for edge in EDGES if edge.source == state]


def test_every_state_is_reached_from_the_draft_and_leads_to_closed() -> None:
    reached, ends = {State.DRAFT.value}, {State.CLOSED.value}
    for _ in State:
        reached |= {edge.target for edge in EDGES if edge.source in reached}
        ends |= {edge.source for edge in EDGES if edge.target in ends}
    assert reached == ends == set(State.values)


def test_every_transition_of_the_machine_has_its_law_and_the_other_way_round() -> None:
    assert {edge.name for edge in EDGES} == set(TRANSITIONS)


def test_one_target_for_each_transition() -> None:
    assert all(
        len({edge.target for edge in EDGES if edge.name == name}) == 1 for name in TRANSITIONS
    )


def test_the_diagram_in_the_docs_is_that_of_the_code() -> None:
    assert (ROOT / "docs" / "lifecycle.md").read_text() == page()


OUTCOMES = [name for name in TRANSITIONS if name.startswith("announce_")]
KINDS = ["award", "direct_settlement", "rejection", "not_processed", "settlement"]


@given(st.sampled_from([*KINDS, "lower_settlement"]), st.booleans(), st.integers(-1, 200_000))
def test_competing_outcomes_never_both_pass(kind: str, partial: bool, cents: int) -> None:
    fact = decided(kind, partial=partial, cents=cents)
    application = Application(amount_asked=100_000)
    passing = [
        name
        for name in OUTCOMES
        if (guard := TRANSITIONS[name].guard)
        and not guard(Case(application, State.DECISION_DRAFT, fact, MOMENT))
    ]
    assert len(passing) == (1 if 0 <= cents <= 100_000 else 0)


@pytest.mark.both
@pytest.mark.django_db
def test_a_transition_changes_state_version_and_writes_one_event() -> None:
    row, actor = dossier(State.SUBMITTED)
    after = move(application_id=row.pk, transition="withdraw", actor=actor, seen_version=1)
    assert (after.state, after.version) == (State.WITHDRAWN, 2)
    event = Event.objects.get(stream__uid=str(row.uid))
    assert event.type == "applications.withdrawn"
    assert (event.facts["from"], event.facts["to"]) == ("submitted", "withdrawn")
    assert list(states()) == []


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("state", State.values)
def test_a_wrong_source_is_refused_and_changes_nothing(state: str) -> None:
    row, actor = dossier(state)
    allowed = {edge.name for edge in forward(state)}
    for name in TRANSITIONS:
        if name in allowed:
            continue
        system = Who.SYSTEM in TRANSITIONS[name].who
        initiator = Who.INITIATOR in TRANSITIONS[name].who
        refusal = Conflict if system or initiator else NotAllowed
        with pytest.raises(refusal):
            move(application_id=row.pk, transition=name, actor=SYSTEM if system else actor)
    row.refresh_from_db()
    assert (row.state, row.version) == (state, 1)
    assert not Event.objects.filter(stream__kind="application").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(TRANSITIONS))
def test_a_stranger_moves_nothing(name: str) -> None:
    source = next(edge.source for edge in EDGES if edge.name == name)
    row, _ = dossier(source)
    stranger = actor_for(make_person(name="Vreemde"))
    for actor in (stranger, Actor(uid="anonymous")):
        with pytest.raises(NotAllowed):
            move(application_id=row.pk, transition=name, actor=actor)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "kind", "word"),
    [
        (State.AWAITING_SUPPLEMENT, "award", "niet aanvulde"),
        (State.AWAITING_SUPPLEMENT, "rejection", "niet aanvulde"),
        (State.IN_REVIEW, "not_processed", "om aanvulling"),
        (State.LATE, "award", "te laat"),
        (State.IN_REVIEW, "award", "stemming"),
    ],
)
def test_the_route_is_not_left_half_way(source: str, kind: str, word: str) -> None:
    row, _ = dossier(source)
    fact = Proposal(decision="d", kind=kind)  # type: ignore[arg-type]  # from the table above
    with pytest.raises(Refused, match=word):
        move(application_id=row.pk, transition="draft_decision", actor=SYSTEM, fact=fact)


@pytest.mark.both
@pytest.mark.django_db
def test_two_stale_copies_one_wins_and_the_other_is_told() -> None:
    row, _ = dossier(State.DECISION_DRAFT)
    award, rejection = decided("award"), decided("rejection", cents=0)
    seen = row.version
    move(
        application_id=row.pk,
        transition="announce_award",
        actor=SYSTEM,
        fact=award,
        seen_version=seen,
    )
    with pytest.raises(Conflict, match="Toegekend"):
        move(
            application_id=row.pk,
            transition="announce_rejection",
            actor=SYSTEM,
            fact=rejection,
            seen_version=seen,
        )
    assert Application.objects.get(pk=row.pk).state == State.AWARDED


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_parallel_conflicting_decisions_have_one_winner() -> None:
    row, _ = dossier(State.DECISION_DRAFT)
    told: list[str] = []

    def decide(name: str, fact: SignedDecision) -> None:
        try:
            move(application_id=row.pk, transition=name, actor=SYSTEM, fact=fact)
        except Conflict as conflict:
            told.append(conflict.sentence)

    acts = [
        ("announce_award", decided("award")),
        ("announce_rejection", decided("rejection", cents=0)),
    ] * 4
    at_once([partial(decide, *act) for act in acts])
    assert len(told) == 7
    assert Event.objects.filter(stream__uid=str(row.uid)).count() == 1


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"state": "invented"},
        {"number": None},
        {"submitted_at": None},
        {"amount_asked": -1},
        {"complete_at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"number": "V2023-000099-9"},
    ],
)
def test_the_database_refuses_what_cannot_be(change: dict[str, object]) -> None:
    row, _ = dossier(State.IN_REVIEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(**change)
