"""What this room checks when everything is walked: frozen rules, box, chain, count, rankings."""

from __future__ import annotations

from collections.abc import Iterator

from assessment.domain import merkle, tally
from assessment.domain.allocation import ENGINE, allocate
from assessment.domain.allocation_text import outcome_hash, outcome_of, outcome_text, problem_of
from assessment.domain.closing import differences
from assessment.domain.freezing import shown_hash
from assessment.domain.frozen import rules_of
from assessment.domain.sealing import leaf_of
from assessment.models import (
    BallotBox,
    BallotInbox,
    Ranking,
    RankingRow,
    VoteBatch,
    VoteOption,
    VoteRound,
)
from assessment.verify_acts import acts
from timeline.canon import sha256
from timeline.verify import Finding, check


@check("vote rounds")
def rounds() -> Iterator[Finding]:
    """Walk every round that was opened."""
    for round_ in VoteRound.objects.exclude(state=VoteRound.State.CONCEPT).order_by("pk"):
        place = f"vote_round {round_.uid}"
        yield from _frozen(round_, place)
        yield from _chain(round_, place)
        for name, used, ballots in differences(round_):
            yield Finding(place, f"panel {name}: {used} rights used, {ballots} ballots")
        if sha256(round_.params) == round_.params_hash:
            yield from acts(round_, rules_of(round_), place)
            yield from _counted(round_, place)


@check("rankings")
def rankings() -> Iterator[Finding]:
    """The outcome is the text that was hashed, follows from its inputs, and stands in its rows."""
    for ranking in Ranking.objects.order_by("pk"):
        place = f"ranking {ranking.uid}"
        if sha256(ranking.outcome) != ranking.outcome_hash:
            yield Finding(place, "the outcome is not the text that was hashed")
            continue
        if ranking.engine == ENGINE:
            again = allocate(problem_of(ranking.inputs))
            if outcome_hash(again) != ranking.outcome_hash:
                yield Finding(place, "the outcome does not follow from the inputs")
        if ranking.state == Ranking.State.FIXED:
            yield from _rows(ranking, place)


def _frozen(round_: VoteRound, place: str) -> Iterator[Finding]:
    if sha256(round_.params) != round_.params_hash:
        yield Finding(place, "the rules are not the text that was hashed at opening")
        return
    rules = rules_of(round_)
    frozen = {(each["uid"], each["amount"], each["group"]) for each in rules["options"]}
    rows = VoteOption.objects.filter(round=round_)
    kept = rows.values_list("uid", "amount_cents", "exclusion_group")
    shown = {each["uid"]: each.get("shown", "") for each in rules["options"]}
    for row in rows:
        told = shown.get(str(row.uid), "")
        if told and told != shown_hash(row):
            yield Finding(place, f"option {row.uid} is not shown as voters read it at opening")
    if {(str(uid), cents, group) for uid, cents, group in kept} != frozen:
        yield Finding(place, "the options differ from the rules that were frozen")


def _chain(round_: VoteRound, place: str) -> Iterator[Finding]:
    """Every leaf from its ballot, every root from its leaves, every link from the one before."""
    previous = round_.params_hash
    sealed = 0
    for number, batch in enumerate(VoteBatch.objects.filter(round=round_).order_by("seq"), 1):
        spot = f"{place} batch {batch.seq}"
        rows = list(BallotBox.objects.filter(batch=batch).select_related("panel").order_by("leaf"))
        # An unlinked ballot has no key any more, so no leaf can be made of it; the roots still can.
        linked = round_.state != VoteRound.State.UNLINKED
        for row in rows if linked else []:
            if leaf_of(round_, row.panel.name, row).hex() != row.leaf:
                yield Finding(spot, f"ballot {row.leaf[:12]} is not the ballot that was sealed")
        top = merkle.root([bytes.fromhex(row.leaf) for row in rows])
        if (top.hex(), len(rows)) != (batch.merkle_root, batch.n):
            yield Finding(spot, "the ballots in the box are not those under its root")
        link = merkle.chain(bytes.fromhex(previous), batch.seq, batch.n, top).hex()
        if batch.seq != number or batch.prev_hash != previous or batch.chain_hash != link:
            yield Finding(spot, "the chain is broken here")
        previous = batch.chain_hash
        sealed += len(rows)
    if round_.root_final and round_.root_final != previous:
        yield Finding(place, "the final root is not the end of the chain")
    if BallotBox.objects.filter(round=round_).count() != sealed:
        yield Finding(place, "a ballot lies in the box outside every batch")
    if round_.root_final and BallotInbox.objects.filter(round=round_).exists():
        yield Finding(place, "a ballot came in after the round was sealed")


def _counted(round_: VoteRound, place: str) -> Iterator[Finding]:
    if not round_.tally:
        return
    rows = BallotBox.objects.filter(round=round_).values_list(
        "ballot_key", "revision", "panel__name", "choices"
    )
    try:
        counted = tally.count(rules_of(round_), tally.latest(rows))
    except ValueError as wrong:
        yield Finding(place, str(wrong))
        return
    kept = tally.from_text(round_.tally)
    if (kept.ballots, kept.scores, kept.scale) != (counted.ballots, counted.scores, counted.scale):
        yield Finding(place, "the count does not follow from the box")


def _rows(ranking: Ranking, place: str) -> Iterator[Finding]:
    outcome = outcome_of(ranking.outcome)
    if ranking.engine == ENGINE and outcome_text(outcome) != ranking.outcome:
        yield Finding(place, "the outcome cannot be read back")
    told = sorted((row.place, row.votes, row.asked, row.granted, row.code) for row in outcome.rows)
    rows = RankingRow.objects.filter(ranking=ranking)
    kept = sorted(rows.values_list("place", "votes", "asked", "granted", "code"))
    if told != kept:
        yield Finding(place, "the rows differ from the outcome")
