"""Rank a counted round and divide the money; where equals decide, stop until the lot is drawn."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from applications.domain.submission import booking
from applications.facts import Outcome as OutcomeFact
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from assessment.domain.allocation import ENGINE, Option, Outcome, Problem, Row, Rules, allocate
from assessment.domain.allocation_text import inputs_text, outcome_hash, outcome_text
from assessment.domain.amounts import name_of
from assessment.domain.receipt import write_row
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import Lot, Ranking, VoteOption, VoteRound
from regeling.definition import known
from regeling.domain import ledger
from regeling.models import Call, Ceiling
from timeline import clock
from timeline.actor import SYSTEM, Actor
from timeline.canon import sha256
from timeline.locks import lock, lock_one
from timeline.refusal import Conflict

Round = VoteRound.State
RESULTS = {"awarded": "award", "awarded_partly": "partial"}


def rank_round(*, round_id: int, actor: Actor) -> Ranking:
    """Divide the money over a counted round (4:25, 4:26).

    Stops, and names them, when equals would decide and nothing breaks the tie yet; run again after
    the lot was recorded. Otherwise the ranking is fixed: every application gets its row and its
    reason, money that is granted is reserved, and nothing of it changes any more.
    """
    with transaction.atomic():
        call_id = VoteRound.objects.values_list("call_id", flat=True).get(pk=round_id)
        lock_one(Call.objects.filter(pk=call_id))
        round_ = locked(round_id)
        refuse_stranger(round_.call, actor)
        known_ranking = Ranking.objects.filter(round=round_).first()
        if known_ranking and known_ranking.state == Ranking.State.FIXED:
            return known_ranking
        if round_.state != Round.COUNTED:
            raise Conflict(_("Rangschikken kan pas als de stemmen zijn geteld."), code="state")
        applications = _voting(round_)
        problem = problem_of_round(round_, applications)
        outcome = allocate(problem)
        ranking = _write(round_, problem, outcome)
        tell(
            round_,
            "ranking_made",
            actor,
            ranking=str(ranking.uid),
            state=ranking.state,
            outcome_hash=ranking.outcome_hash,
            inputs_hash=sha256(ranking.inputs),
            open_tie=list(outcome.open_tie),
            needs_lot=outcome.needs_lot,
        )
        if not outcome.open_tie:
            _fix(round_, ranking, outcome, applications, actor)
        return ranking


def problem_of_round(round_: VoteRound, applications: dict[str, Application]) -> Problem:
    """The inputs of the engine: frozen options and rules, votes from the count, what is left now.

    An application that was withdrawn during the vote takes no part; its votes go to nobody.
    """
    params = json.loads(round_.params)
    counted = json.loads(round_.tally)
    ceilings = {
        name_of(row.scope, row.code): row.free for row in Ceiling.objects.filter(call=round_.call)
    }
    lot = Lot.objects.filter(round=round_).values_list("order", flat=True).first()
    day = params["grain"] == "day"
    return Problem(
        options=tuple(
            Option(
                key=option["uid"],
                asked=option["amount"],
                votes=counted["votes"][option["uid"]],
                complete=_at(option["complete_at"], day=day),
                ceilings=tuple(option["ceilings"]),
            )
            for option in params["options"]
            if option["uid"] in applications
        ),
        ceilings=ceilings,
        rules=Rules(rule="greedy", on_misfit=params["on_misfit"], ties=tuple(params["ties"])),
        ballots=counted["ballots"],
        lot=tuple(uid for uid in json.loads(lot) if uid in applications) if lot else (),
    )


def reserve_list(call: Call) -> bool:
    """Whether who just missed out waits on a reserve list."""
    return bool(known(call.revision.definition.distribution, "distribution").reserve_list)


def _voting(round_: VoteRound) -> dict[str, Application]:
    """The applications of the round that are still in it, locked, by the uid of their option."""
    options = dict(VoteOption.objects.filter(round=round_).values_list("application_id", "uid"))
    rows = Application.objects.filter(pk__in=options, state=State.VOTING)
    return {str(options[row.pk]): row for row in lock(rows.select_related("call", "revision"))}


def _write(round_: VoteRound, problem: Problem, outcome: Outcome) -> Ranking:
    return Ranking.objects.update_or_create(
        round=round_,
        defaults={
            "call": round_.call,
            "state": Ranking.State.STOPPED if outcome.open_tie else Ranking.State.FIXED,
            "engine": ENGINE,
            "inputs": inputs_text(problem),
            "outcome": outcome_text(outcome),
            "outcome_hash": outcome_hash(outcome),
            "made_at": clock.now(),
        },
    )[0]


def _fix(
    round_: VoteRound,
    ranking: Ranking,
    outcome: Outcome,
    applications: dict[str, Application],
    actor: Actor,
) -> None:
    has_reserve = reserve_list(round_.call)
    for row in outcome.rows:
        application = applications[row.key]
        write_row(ranking, application, row, fixed=True)
        result = _result(row, has_reserve=has_reserve)
        fact = OutcomeFact(
            ranking=str(ranking.uid),
            position=row.place,
            result=cast(Any, result),
            cents=row.granted,
            reason=row.code,
        )
        # The ranking moves every option, also one in which the person has an interest: who made
        # the ranking stands in the round's own event.
        move(application_id=application.pk, transition="rank", actor=SYSTEM, fact=fact)
        if result == "reserve":
            move(
                application_id=application.pk, transition="put_on_reserve", actor=SYSTEM, fact=fact
            )
        if row.granted:
            ledger.reserve(
                booking=booking(application), cents=row.granted, day=clock.today(), actor=actor
            )
    VoteRound.objects.filter(pk=round_.pk).update(state=Round.DECIDED)


def _result(row: Row, *, has_reserve: bool) -> str:
    if row.code in RESULTS:
        return RESULTS[row.code]
    return "reserve" if has_reserve and row.code != "refused_support" else "reject"


def _at(text: str, *, day: bool) -> str:
    return clock.day(datetime.fromisoformat(text)).isoformat() if day else text
