"""Acts on a round against the events that told of them: who changes a row must also change a chain.

Rounds that opened before events told of batches, keys and rights are checked by what they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from assessment.domain.peppers import missing_file
from assessment.domain.sealing import signed_by
from assessment.models import (
    CountEntry,
    OptionWithdrawal,
    Panel,
    Ranking,
    RoundExtension,
    VoteBatch,
    VoteRight,
    VoteRound,
)
from timeline.canon import moment_text
from timeline.models import Event
from timeline.verify import Finding

State, Status = VoteRound.State, VoteRight.Status


def acts(round_: VoteRound, rules: dict[str, Any], place: str) -> Iterator[Finding]:
    """Walk what was done to a round since it opened; ``rules`` in the present version."""
    told = _told(round_)
    opened = told.get("round_opened", [{}])[0]
    yield from _extended(round_, rules, told.get("round_extended", []), place)
    yield from _paused(round_, told, place)
    yield from _panels(round_, rules, place)
    yield from _withdrawn(round_, told.get("option_withdrawn", []), place)
    yield from _rights(round_, opened, place)
    yield from _sealed(round_, opened, told.get("batch_sealed", []), place)
    yield from _compared(round_, told.get("outcome_compared", []), place)
    if round_.state == State.OPEN and (file := missing_file(str(round_.uid))):
        yield Finding(place, f"the key file {file} is missing: restore it from its own backup")


def _told(round_: VoteRound) -> dict[str, list[dict[str, Any]]]:
    """The facts of the round's events by type, in order, each with its type."""
    found: dict[str, list[dict[str, Any]]] = {}
    events = Event.objects.filter(stream__kind="vote_round", stream__uid=str(round_.uid))
    for event in events.order_by("number"):
        name = event.type.removeprefix("assessment.")
        facts = {**event.facts, "number": event.number}
        found.setdefault(name, []).append(facts)
    return found


def _extended(
    round_: VoteRound, rules: dict[str, Any], told: list[dict[str, Any]], place: str
) -> Iterator[Finding]:
    rows = list(RoundExtension.objects.filter(round=round_).order_by("pk"))
    if rows and not rules["extension"]:
        yield Finding(place, "it was prolonged although its rules do not allow that")
    if [moment_text(row.ends_at) for row in rows] != [_moment(f["closes_at"]) for f in told]:
        yield Finding(place, "the prolongations are not those that were told")
    end: datetime = round_.closes_at
    for row in rows:
        if row.ended_at != end:
            yield Finding(place, "a prolongation does not follow the one before")
        end = row.ends_at
    if round_.ends_at != end:
        yield Finding(place, "it ends at another moment than its last prolongation says")


def _paused(
    round_: VoteRound, told: dict[str, list[dict[str, Any]]], place: str
) -> Iterator[Finding]:
    stops = [facts["number"] for facts in told.get("round_paused", [])]
    goes = [facts["number"] for facts in told.get("round_resumed", [])]
    stands_still = max(stops, default=0) > max(goes, default=0)
    if stands_still != (round_.paused_at is not None):
        yield Finding(place, "whether it is paused is not what was told")


def _panels(round_: VoteRound, rules: dict[str, Any], place: str) -> Iterator[Finding]:
    rows = Panel.objects.filter(round=round_).values_list("name", "weight_num", "weight_den")
    frozen = {(each["name"], *each["weight"]) for each in rules["panels"]}
    if set(rows) != frozen:
        yield Finding(place, "the panels differ from the rules that were frozen")


def _withdrawn(round_: VoteRound, told: list[dict[str, Any]], place: str) -> Iterator[Finding]:
    rows = OptionWithdrawal.objects.filter(option__round=round_)
    kept = sorted(str(uid) for uid in rows.values_list("option__uid", flat=True))
    if kept != sorted(facts["option"] for facts in told):
        yield Finding(place, "the withdrawn options are not those that were told")


def _rights(round_: VoteRound, opened: dict[str, Any], place: str) -> Iterator[Finding]:
    """A replacement gives one right for one: the number stays what it was at opening."""
    given = VoteRight.objects.filter(round=round_).exclude(status=Status.REPLACED).count()
    if opened and given != opened["rights"]:
        yield Finding(place, f"{given} rights to vote, {opened['rights']} were given at opening")


def _sealed(
    round_: VoteRound, opened: dict[str, Any], told: list[dict[str, Any]], place: str
) -> Iterator[Finding]:
    if "seal_key" not in opened:
        return  # it opened before batches were signed and told of
    events = {facts["seq"]: facts for facts in told}
    for batch in VoteBatch.objects.filter(round=round_).order_by("seq"):
        spot = f"{place} batch {batch.seq}"
        facts = events.pop(batch.seq, None)
        kept = (batch.n, batch.merkle_root, batch.chain_hash, batch.signature)
        if facts is None or kept != tuple(
            facts[name] for name in ("ballots", "merkle_root", "chain_hash", "signature")
        ):
            yield Finding(spot, "it is not the batch that was told when it was sealed")
        if not signed_by(
            opened["seal_key"], "batch", bytes.fromhex(batch.chain_hash), batch.signature
        ):
            yield Finding(spot, "its signature is not that of the key published at opening")
    for seq in sorted(events):
        yield Finding(f"{place} batch {seq}", "it was sealed and is not there any more")


def _compared(round_: VoteRound, told: list[dict[str, Any]], place: str) -> Iterator[Finding]:
    rows = list(CountEntry.objects.filter(round=round_).order_by("pk"))
    kept = [(row.outcome_hash, row.agrees) for row in rows]
    if kept != [(facts["outcome_hash"], facts["agrees"]) for facts in told]:
        yield Finding(place, "the second counts are not those that were told")
    ranking = Ranking.objects.filter(round=round_, state=Ranking.State.FIXED).first()
    made_by = ranking.made_by_id if ranking else None
    if made_by is not None and ranking is not None:
        second = [
            row
            for row in rows
            if row.agrees and row.outcome_hash == ranking.outcome_hash and row.person_id != made_by
        ]
        if not second:
            yield Finding(place, "the ranking is fixed without a second official who agrees")


def _moment(text: str) -> str:
    return moment_text(datetime.fromisoformat(text))
