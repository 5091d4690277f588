"""Count, division and the people behind them, as the minutes and the calculation page tell them."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Count, Sum

from assessment.domain.allocation_text import outcome_of, problem_of
from assessment.domain.closing import differences, turnout
from assessment.domain.frozen import rules_of
from assessment.domain.publishing import FEW
from assessment.domain.queries.calculation import Calculation, calculation
from assessment.domain.tally import Counted, from_text
from assessment.models import (
    BallotBox,
    CountEntry,
    Departure,
    DeskTally,
    Lot,
    OptionWithdrawal,
    PaperBatch,
    Ranking,
    VoteBatch,
    VoteOption,
    VoteRight,
    VoteRound,
)
from timeline.canon import moment_text
from timeline.models import Event


def count_of_round(round_: VoteRound) -> Counted:
    """The count of a round that was counted."""
    return from_text(round_.tally)


def calculation_of_round(round_: VoteRound) -> tuple[Calculation, Ranking]:
    """The steps of a round's division, and the ranking they come from."""
    ranking = Ranking.objects.get(round=round_)
    made = calculation(
        problem_of(ranking.inputs),
        outcome_of(ranking.outcome),
        titles=_titles(round_),
        call=round_.call,
    )
    return made, ranking


def minutes_facts(round_: VoteRound) -> dict[str, Any]:
    """Everything that stands in the minutes (proces-verbaal), as plain values; cents, ISO texts.

    Numbers of voters below ten are kept back: the minutes are published.
    """
    ranking = Ranking.objects.select_related("made_by").get(round=round_)
    rows = turnout(round_)
    options = VoteOption.objects.filter(round=round_)
    batches = VoteBatch.objects.filter(round=round_).order_by("seq")
    counted = from_text(round_.tally)
    return {
        "round": str(round_.uid),
        "title": round_.title,
        "call": round_.call.title,
        "call_kind": round_.call.kind,
        "authority": round_.call.revision.regulation.authority.name,
        "opens_at": moment_text(round_.opens_at),
        "closes_at": moment_text(round_.closes_at),
        "ended_at": moment_text(round_.ends_at),
        "params_hash": round_.params_hash,
        "root_final": round_.root_final,
        "rules": rules_of(round_)["award"],
        "own_asked": bool(rules_of(round_)["own_text"]),
        "own": _own(round_),
        "turnout": [[name, used if used >= FEW else None, given] for name, used, given in rows],
        "channels": _channels(round_),
        "replaced": VoteRight.objects.filter(
            round=round_, status=VoteRight.Status.REPLACED
        ).count(),
        "desk": _desk(round_),
        "paper": _paper(round_),
        "extensions": [
            [moment_text(each.ended_at), moment_text(each.ends_at), each.reason, each.person.name]
            for each in round_.extensions.select_related("person").order_by("ends_at")
        ],
        "pauses": _pauses(round_),
        "withdrawals": [
            [each.option.title, each.reason]
            for each in OptionWithdrawal.objects.filter(option__round=round_)
            .select_related("option")
            .order_by("recorded_at", "pk")
        ],
        "batches": [[each.seq, each.n, each.merkle_root, each.chain_hash] for each in batches],
        "sealed": BallotBox.objects.filter(round=round_).count(),
        "ballots": counted.ballots,
        "differences": [list(each) for each in differences(round_)],
        "counted_by": ranking.made_by.name if ranking.made_by else "",
        "engine": ranking.engine,
        "outcome_hash": ranking.outcome_hash,
        "compared": [
            [each.person.name, each.outcome_hash, each.agrees, moment_text(each.entered_at)]
            for each in CountEntry.objects.filter(round=round_)
            .select_related("person")
            .order_by("entered_at", "pk")
        ],
        "lot": _lot(round_),
        "departures": [
            [each.application.title, each.cents, each.reason, each.person.name]
            for each in Departure.objects.filter(
                application__in=options.values("application_id"), taken_back_at__isnull=True
            )
            .select_related("person", "application")
            .order_by("recorded_at", "pk")
        ],
    }


def _few_hidden(number: int) -> int | None:
    return number if number >= FEW or not number else None


def _titles(round_: VoteRound) -> dict[str, str]:
    rows = VoteOption.objects.filter(round=round_).values_list("uid", "title")
    return {str(uid): title for uid, title in rows}


def _own(round_: VoteRound) -> int | None:
    """How many voters ticked an initiative as their own; None below ten."""
    ticked = VoteRight.objects.filter(round=round_, status=VoteRight.Status.VOTED)
    number = ticked.exclude(own="[]").count()
    return _few_hidden(number)


def _channels(round_: VoteRound) -> list[list[Any]]:
    """Per channel: rights that can still be or were used, and used (None below ten)."""
    live = [VoteRight.Status.ISSUED, VoteRight.Status.VOTED]
    found: dict[str, list[int]] = {}
    rows = VoteRight.objects.filter(round=round_, status__in=live)
    for channel, status, number in (
        rows.values_list("channel", "status").annotate(n=Count("pk")).order_by("channel", "status")
    ):
        here = found.setdefault(channel, [0, 0])
        here[0] += number
        here[1] += number if status == VoteRight.Status.VOTED else 0
    return [[channel, given, _few_hidden(used)] for channel, (given, used) in sorted(found.items())]


def _desk(round_: VoteRound) -> list[int | None]:
    sums = DeskTally.objects.filter(round=round_).aggregate(
        votes=Sum("votes"), proxies=Sum("proxies")
    )
    return [_few_hidden(sums["votes"] or 0), _few_hidden(sums["proxies"] or 0)]


def _paper(round_: VoteRound) -> list[list[Any]]:
    rows = PaperBatch.objects.filter(round=round_).order_by("name")
    return [[each.name, *map(_few_hidden, (each.forms, each.cast, each.rejected))] for each in rows]


def _pauses(round_: VoteRound) -> list[list[str]]:
    events = Event.objects.filter(
        stream__kind="vote_round",
        stream__uid=str(round_.uid),
        type__in=["assessment.round_paused", "assessment.round_resumed"],
    ).order_by("number")
    return [
        [event.type.removeprefix("assessment.round_"), moment_text(event.recorded_at)]
        for event in events
    ]


def _lot(round_: VoteRound) -> dict[str, Any] | None:
    lot = Lot.objects.filter(round=round_).select_related("entered_by", "confirmed_by").first()
    if lot is None:
        return None
    titles = _titles(round_)
    return {
        "number": lot.number,
        "seed": lot.seed,
        "order": [titles.get(uid, uid) for uid in json.loads(lot.order)],
        "by": [lot.entered_by.name, lot.confirmed_by.name],
    }
