"""Whatever is tried in whatever order, the machine stays in step with its events."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from applications import facts
from applications.diagram import edges
from applications.lifecycle import TRANSITIONS, move
from applications.models import Application
from applications.states import DECIDED, State
from applications.verify import snapshots, states
from regeling.models import Call
from tests.factories.applications import PersonFactory, as_actor, open_example_call, submitted
from timeline import clock
from timeline.actor import SYSTEM
from timeline.models import Event
from timeline.refusal import Refused
from timeline.verify import streams

EDGES = {(edge.name, edge.source): edge.target for edge in edges()}
KINDS = ["award", "direct_settlement", "rejection", "not_processed", "settlement"]


def fact_for(name: str, kind: str, partial: bool) -> facts.Fact | None:
    """A fact of the right type for most transitions, with a kind that may or may not fit."""
    day = date(2026, 6, 1)
    made: dict[str, Any] = {
        "ask_supplement": facts.Missing(items=("x",), due_on=day, request="r"),
        "complete": facts.Completeness(complete_at=clock.now(), place=None),
        "admit_to_vote": facts.Advice(positive=True, reviews=("r",)),
        "open_vote": facts.VoteOpened(vote_round="v"),
        "rank": facts.Outcome("r", 1, "award", 1, "TOEGEKEND"),
        "put_on_reserve": facts.Outcome("r", 1, "reserve", 0, "RESERVE"),
        "start_hearing": facts.Hearing(hearing="h", due_on=day),
        "draft_decision": facts.Proposal(decision="d", kind=kind),  # type: ignore[arg-type]  # drawn
        "request_settlement": facts.AcceptedReport(report="r", hash="h"),
    }
    if name.startswith("announce_"):
        return facts.SignedDecision(
            decision="d",
            kind=kind,  # type: ignore[arg-type]  # drawn from the kinds
            asked_cents=1,
            cents=0,
            partial=partial,
            tier="",
            document="",
            sent_on=day,
            signed_by="",
        )
    return made.get(name)


class LifecycleMachine(RuleBasedStateMachine):
    call: Call

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.person = PersonFactory()
        self.pk = submitted(self.call, person=self.person).pk
        self.state = State.SUBMITTED.value
        self.decisions = 0

    def teardown(self) -> None:
        assert list(states()) == list(snapshots()) == list(streams()) == []
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(
        name=st.sampled_from(sorted(TRANSITIONS)),
        system=st.booleans(),
        kind=st.sampled_from([*KINDS, "lower_settlement"]),
        partial=st.booleans(),
    )
    def attempt(self, name: str, system: bool, kind: str, partial: bool) -> None:
        actor = SYSTEM if system else as_actor(self.person)
        before = Application.objects.get(pk=self.pk)
        try:
            with transaction.atomic():
                move(
                    application_id=self.pk,
                    transition=name,
                    actor=actor,
                    fact=fact_for(name, kind, partial),
                    seen_version=before.version,
                )
        except Refused:
            after = Application.objects.get(pk=self.pk)
            assert (after.state, after.version) == (before.state, before.version)
            return
        self.state = EDGES[name, before.state]
        self.decisions += self.state in DECIDED

    @invariant()
    def row_and_events_tell_the_same(self) -> None:
        row = Application.objects.get(pk=self.pk)
        assert row.state == self.state
        moves = Event.objects.filter(stream__uid=str(row.uid), type__startswith="applications.")
        assert sum("to" in event.facts for event in moves) <= row.version

    @invariant()
    def at_most_one_outcome_is_announced(self) -> None:
        assert self.decisions <= 1


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["every-kind", "voorbeeld-buurtkracht"])
def test_the_machine_stays_in_step_with_its_events(slug: str) -> None:
    LifecycleMachine.call = open_example_call(slug)
    run_state_machine_as_test(
        LifecycleMachine, settings=settings(max_examples=12, stateful_step_count=25, deadline=None)
    )
