"""Who runs a vote round: the lock, the right to do so, and the telling."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.domain.grants import holds
from accounts.roles import Role
from assessment.models import VoteRound
from regeling.models import Call
from timeline.actor import Actor
from timeline.locks import lock_one
from timeline.record import record
from timeline.refusal import NotAllowed


def refuse_stranger(call: Call, actor: Actor) -> None:
    """Raise ``NotAllowed`` for whoever does not assess in this regulation."""
    regulation = call.revision.regulation
    if not actor.is_system and not holds(
        actor.person_id,
        Role.ASSESSOR,
        authority=regulation.authority.code,
        regulation=regulation.slug,
    ):
        raise NotAllowed(_("U beheert deze stemming niet."))


def locked(round_id: int) -> VoteRound:
    """Lock a round and return it with its call."""
    return lock_one(
        VoteRound.objects.filter(pk=round_id).select_related(
            "call__revision__regulation__authority"
        )
    )


def tell(round_: VoteRound, what: str, actor: Actor, **facts: Any) -> None:
    """Record an act in the round's stream. Never what anybody chose, never who cast when."""
    record(
        stream=("vote_round", str(round_.uid)),
        type=f"assessment.{what}",
        facts={"round": str(round_.uid), **facts},
        actor=actor,
    )
