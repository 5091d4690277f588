"""Rank a counted round and divide the money; a second official compares before it is fixed."""

from __future__ import annotations

import json
from re import fullmatch
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from applications.domain.submission import booking
from applications.facts import Outcome as OutcomeFact
from applications.lifecycle import move
from applications.models import Application
from applications.states import State
from assessment.domain import award, tally
from assessment.domain.allocation import ENGINE, Outcome, Problem, Row, allocate
from assessment.domain.allocation_model import MoreFixedThanThereIs
from assessment.domain.allocation_text import inputs_text, outcome_hash, outcome_of, outcome_text
from assessment.domain.amounts import name_of
from assessment.domain.closing import turnout
from assessment.domain.frozen import rules_of
from assessment.domain.queries.expert import Points, expert_points
from assessment.domain.receipt import write_row
from assessment.domain.stewards import locked, refuse_stranger, tell
from assessment.models import (
    BallotBox,
    CountEntry,
    Departure,
    Lot,
    OptionWithdrawal,
    Ranking,
    VoteOption,
    VoteRound,
)
from regeling.definition import known
from regeling.domain import ledger
from regeling.models import Call, Ceiling
from timeline import clock
from timeline.actor import SYSTEM, Actor
from timeline.canon import sha256
from timeline.locks import lock, lock_one
from timeline.refusal import Conflict, NotAllowed, Refused

Round = VoteRound.State
WAITS_IN_VAIN = (
    "refused_support",
    "refused_supporters",
    "refused_excluded",
    "refused_quorum",
    "departed_refusal",
    "withdrawn",
)
"""Refusals that more money would not change."""


def rank_round(*, round_id: int, actor: Actor) -> Ranking:
    """Divide the money over a counted round (4:25, 4:26); nothing is fixed yet.

    Stops, and names them, when equals would decide and nothing breaks the tie yet; run again after
    the lot was recorded, or after the decision maker departed from the vote. Otherwise the outcome
    stands as calculated until a second official confirms it. With the same inputs again nothing
    changes.
    """
    with transaction.atomic():
        round_ = _locked_with_call(round_id)
        refuse_stranger(round_.call, actor)
        before = Ranking.objects.filter(round=round_).first()
        if before and before.state == Ranking.State.FIXED:
            return before
        if round_.state != Round.COUNTED:
            raise Conflict(_("Rangschikken kan pas als de stemmen zijn geteld."), code="state")
        problem = problem_of_round(round_, _voting(round_))
        inputs = inputs_text(problem)
        if before and (before.inputs, before.engine) == (inputs, ENGINE):
            return before
        outcome = _allocated(problem)
        ranking = Ranking.objects.update_or_create(
            round=round_,
            defaults={
                "call": round_.call,
                "state": (Ranking.State.STOPPED if outcome.open_tie else Ranking.State.CALCULATED),
                "engine": ENGINE,
                "inputs": inputs,
                "outcome": outcome_text(outcome),
                "outcome_hash": outcome_hash(outcome),
                "made_at": clock.now(),
                "made_by_id": actor.person_id,
            },
        )[0]
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
        return ranking


def confirm_outcome(*, round_id: int, outcome_hash: str, actor: Actor) -> Ranking:
    """A second official, who counted for herself, gives the hash of the outcome that she found.

    The same hash fixes the ranking: every application gets its row and its reason, money that is
    granted is reserved, and nothing of it changes any more. Another hash is recorded and refused.
    Refuses whoever made the ranking, and an outcome whose inputs changed meanwhile.
    """
    found = "".join(outcome_hash.split()).lower()
    if not fullmatch("[0-9a-f]{64}", found):
        raise Refused(
            _("Een uitkomst bestaat uit 64 tekens: cijfers en de letters a tot en met f."),
            field="outcome_hash",
            code="form",
        )
    with transaction.atomic():
        round_ = _locked_with_call(round_id)
        refuse_stranger(round_.call, actor)
        ranking = _to_confirm(round_, actor)
        applications = _voting(round_)
        if inputs_text(problem_of_round(round_, applications)) != ranking.inputs:
            raise Conflict(
                _("De gegevens zijn veranderd sinds deze uitslag. Reken eerst opnieuw."),
                code="stale",
            )
        agrees = found == ranking.outcome_hash
        CountEntry.objects.create(
            round=round_,
            person_id=cast(int, actor.person_id),
            outcome_hash=found,
            agrees=agrees,
            entered_at=clock.now(),
        )
        tell(round_, "outcome_compared", actor, outcome_hash=found, agrees=agrees)
        if agrees:
            _fix(round_, ranking, applications, actor)
    if not agrees:
        raise Refused(
            _(
                "Uw uitkomst is een andere dan die van de eerste telling. Zoek samen uit hoe dat "
                "komt; tot dan staat er niets vast."
            ),
            field="outcome_hash",
            code="differs",
        )
    return ranking


def problem_of_round(round_: VoteRound, applications: dict[str, Application]) -> Problem:
    """The inputs of the engine: frozen rules and options, the count, and what is known by now.

    ``applications`` are those still in the vote, by the uid of their option. An option that was
    withdrawn stays in the problem and takes no part; its votes go to nobody.
    """
    params = rules_of(round_)
    counted = tally.from_text(round_.tally)
    if params["award"]["rule"] == "equal_shares":
        # This rule looks at the ballots themselves, which are kept in the sealed box alone.
        box = BallotBox.objects.filter(round=round_)
        rows = box.values_list("ballot_key", "revision", "panel__name", "choices")
        counted = tally.count(params, tally.latest(rows))
    return award.problem(params, counted, _facts(round_, params, applications))


def reserve_list(call: Call) -> bool:
    """Whether who just missed out waits on a reserve list."""
    return bool(known(call.revision.definition.distribution, "distribution").reserve_list)


def _facts(
    round_: VoteRound, params: dict[str, Any], applications: dict[str, Application]
) -> dict[str, Any]:
    """What was not known when the rules were frozen."""
    options = {
        str(uid): (pk, application_id)
        for pk, uid, application_id in VoteOption.objects.filter(round=round_).values_list(
            "pk", "uid", "application_id"
        )
    }
    taken_out = set(
        OptionWithdrawal.objects.filter(option__round=round_).values_list("option_id", flat=True)
    )
    departed = dict(
        Departure.objects.filter(round=round_, taken_back_at__isnull=True).values_list(
            "application_id", "cents"
        )
    )
    expert = _expert(round_, params["award"], applications)
    lot = Lot.objects.filter(round=round_).values_list("order", flat=True).first()
    return {
        "ceilings": {
            name_of(row.scope, row.code): row.free
            for row in Ceiling.objects.filter(call=round_.call)
        },
        "withdrawn": [
            uid
            for uid, (pk, _application) in options.items()
            if uid not in applications or pk in taken_out
        ],
        "lot": json.loads(lot) if lot else [],
        "departures": {
            uid: departed[application_id]
            for uid, (_pk, application_id) in options.items()
            if application_id in departed
        },
        "expert": {uid: expert.points.get(row.pk, 0) for uid, row in applications.items()},
        "marks": {uid: expert.marks.get(row.pk, 0) for uid, row in applications.items()},
        "expert_scale": expert.scale,
        "rights": {name: given for name, _used, given in turnout(round_)},
    }


def _expert(
    round_: VoteRound, rules: dict[str, Any], applications: dict[str, Application]
) -> Points:
    """The experts' points, where the rules look at them."""
    if not (rules["rule"] == "score" or rules["expert_percent"] or rules.get("minimum_score")):
        return Points({}, {}, 1)
    ids = [row.pk for row in applications.values()]
    definition = round_.call.revision.definition
    return expert_points(ids, definition, tie_criterion=rules.get("tie_criterion", ""))


def _locked_with_call(round_id: int) -> VoteRound:
    call_id = VoteRound.objects.values_list("call_id", flat=True).get(pk=round_id)
    lock_one(Call.objects.filter(pk=call_id))
    return locked(round_id)


def _to_confirm(round_: VoteRound, actor: Actor) -> Ranking:
    """The calculated ranking, where this person may confirm it."""
    if actor.person_id is None:
        raise NotAllowed(_("Een uitslag wordt door mensen vergeleken."))
    ranking = Ranking.objects.filter(round=round_).first()
    if ranking is None or ranking.state != Ranking.State.CALCULATED:
        raise Conflict(_("Er is nu geen uitslag om te bevestigen."), code="state")
    if ranking.made_by_id == actor.person_id:
        raise NotAllowed(_("U rekende deze uitslag zelf uit. Iemand anders vergelijkt."))
    return ranking


def _allocated(problem: Problem) -> Outcome:
    try:
        return allocate(problem)
    except MoreFixedThanThereIs as wrong:
        raise Refused(
            _("De bedragen die u apart vaststelde, passen niet onder het plafond."),
            article="Awb 4:25",
            code="departures",
        ) from wrong


def _voting(round_: VoteRound) -> dict[str, Application]:
    """The applications of the round that are still in it, locked, by the uid of their option."""
    options = dict(VoteOption.objects.filter(round=round_).values_list("application_id", "uid"))
    waiting = State.VOTING if round_.votes else State.IN_REVIEW
    rows = Application.objects.filter(pk__in=options, state=waiting)
    return {str(options[row.pk]): row for row in lock(rows.select_related("call", "revision"))}


def _fix(
    round_: VoteRound, ranking: Ranking, applications: dict[str, Application], actor: Actor
) -> None:
    has_reserve = reserve_list(round_.call)
    options = {
        str(row.uid): row.application
        for row in VoteOption.objects.filter(round=round_).select_related("application")
    }
    rows = outcome_of(ranking.outcome).rows
    # The leftover pool comes last, so that nobody's own ceiling is used up before its turn.
    for row in sorted(rows, key=lambda row: row.phase):
        write_row(ranking, options[row.key], row, fixed=True)
        if row.key in applications:
            _settle(ranking, applications[row.key], row, actor, has_reserve=has_reserve)
    ranking.state = Ranking.State.FIXED
    Ranking.objects.filter(pk=ranking.pk).update(state=ranking.state)
    VoteRound.objects.filter(pk=round_.pk).update(state=Round.DECIDED)


def _settle(
    ranking: Ranking, application: Application, row: Row, actor: Actor, *, has_reserve: bool
) -> None:
    """Move one application along, and set its money apart."""
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
        move(application_id=application.pk, transition="put_on_reserve", actor=SYSTEM, fact=fact)
    if row.granted:
        place = booking(application)
        today = clock.today()
        if row.phase > 1:
            # What comes from the leftover pool stands outside the ceilings below the total.
            ledger.widen(
                booking=place, cents=row.granted, ground="leftover", day=today, actor=actor
            )
        ledger.reserve(booking=place, cents=row.granted, day=today, actor=actor)


def _result(row: Row, *, has_reserve: bool) -> str:
    if row.granted:
        return "award" if row.granted == row.asked else "partial"
    return "reserve" if has_reserve and row.code not in WAITS_IN_VAIN else "reject"
