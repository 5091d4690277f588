"""The story of deciding: a proposal for every application, one batch, another's signature."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from accounts.roles import Role
from applications.states import State
from assessment.domain.interests import may_open, state_interest
from assessment.domain.proposals import draft_proposal
from config.demo.plan import PlannedApplication
from config.demo.play.engine import Step
from config.demo.play.world import World, application, assessor_of
from documents.domain.batches import create_batch, sign_batch
from documents.domain.drafting import propose
from documents.domain.queries.batches import batch_hash
from documents.domain.signing import sign
from documents.facts import decision_hash
from documents.models import Decision
from timeline.actor import Actor

DECIDABLE = (State.LATE, State.AWAITING_SUPPLEMENT, State.IN_REVIEW, State.RANKED, State.RESERVE)


def decide_story(
    world: World,
    *,
    at: datetime,
    name: str,
    chosen: list[PlannedApplication],
    signed: bool = True,
) -> Generator[Step, Any, list[int]]:
    """Propose decisions about ``chosen``, put them in a batch and have it signed.

    Returns the keys of the decisions. Without ``signed`` the batch waits for its signature.
    """
    yield world.step(at, f"{name}.begin", lambda: None)  # only then every draft has its number
    numbers = {planned.key: number for number, planned in world.keys.items()}
    decisions: list[int] = []
    for minutes, planned in enumerate(chosen):
        number = numbers.get(planned.key)
        if number is None:
            continue
        decision = yield world.step(
            at + timedelta(minutes=minutes),
            f"{name}.{planned.key}",
            lambda number=number: propose_for(number),  # type: ignore[misc]  # bound now
        )
        if decision:
            decisions.append(decision)
    if not decisions:
        return []
    batch: int = yield world.step(
        at + timedelta(hours=4),
        f"{name}.batch",
        lambda: (
            create_batch(
                call_id=world.call_id,
                title=f"Besluiten {world.definition.identity.title}",
                decision_ids=decisions,
                actor=world.keeper(),
            ).pk
        ),
    )
    if signed:
        yield world.step(
            at + timedelta(hours=5),
            f"{name}.sign",
            lambda: _sign(batch, world.staff(Role.DECISION_MAKER)),
        )
    return decisions


def decide_alone(world: World, key: str, number: int, at: datetime) -> Generator[Step, Any, None]:
    """Propose a decision about one application and have it signed by itself."""
    decision: int = yield Step(at, f"{key}.decide", lambda: propose_for(number))
    signer = world.staff(Role.DECISION_MAKER)
    yield Step(
        at + timedelta(hours=3),
        f"{key}.decide-sign",
        lambda: sign(decision_id=decision, actor=signer, seen_hash=decision_hash(decision)).pk,
    )


def propose_for(number: int) -> int:
    """The proposal that follows for one application; 0 where there is nothing to decide."""
    row = application(number)
    if row.state not in DECIDABLE:
        return 0
    actor = assessor_of(number)
    if not may_open(number, actor.person_id):
        state_interest(application_id=number, has_interest=False, actor=actor)
    decision = draft_proposal(application_id=number, actor=actor)
    propose(decision_id=decision.pk, actor=actor)
    return decision.pk


def _sign(batch: int, actor: Actor) -> None:
    sign_batch(batch_id=batch, actor=actor, seen_hash=batch_hash(batch))


def granted(decisions: list[int]) -> list[Decision]:
    """The decisions among these that grant something, in order."""
    kinds = (Decision.Kind.AWARD, Decision.Kind.DIRECT_SETTLEMENT)
    rows = Decision.objects.filter(pk__in=decisions, kind__in=kinds)
    return list(rows.select_related("application").order_by("pk"))
