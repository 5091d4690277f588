"""Signals that people look at before a result is fixed. Nothing follows from them by itself.

Everything here is a count: never a choice, never who voted when. How alike ballots are is told
after the closing only; turnout below ten never.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Sum

from assessment.domain.closing import turnout
from assessment.domain.likeness import Likeness, likeness
from assessment.domain.publishing import FEW
from assessment.domain.queries.published import SEALED
from assessment.models import (
    BallotBox,
    DeskTally,
    PaperBatch,
    VoteBatch,
    VoteRight,
    VoteRound,
)
from timeline import clock
from timeline.models import Event

BUSY_TIMES = 3
BUSY_FROM = 30
PROXY_PERCENT = 25
PROXY_FROM = 5


@dataclass(frozen=True, slots=True)
class BatchSignal:
    """One sealed batch: ballots (None below ten), how many an even stream would have brought in
    that time, and, after the closing, how alike they are. ``busy``: three times as many."""

    seq: int
    sealed_at: datetime
    ballots: int | None
    expected: int
    busy: bool
    alike: Likeness | None


@dataclass(frozen=True, slots=True)
class ClerkSignal:
    """What one clerk took in: at the desk, of which for another (proxy), and on paper."""

    name: str
    votes: int
    proxies: int
    forms: int
    rejected: int
    many: bool


@dataclass(frozen=True, slots=True)
class Signals:
    """The report. ``wrong_codes`` are days on which wrong codes passed one in a hundred rights:
    (day, codes, rights). ``replaced`` counts rights that were replaced or made void."""

    rights: int
    used: int | None
    batches: tuple[BatchSignal, ...]
    clerks: tuple[ClerkSignal, ...]
    wrong_codes: tuple[tuple[str, int, int], ...]
    replaced: int
    void: int
    many_replaced: bool


def signals(round_: VoteRound) -> Signals:
    """Collect the report of a round in concept or later."""
    rows = turnout(round_)
    used, rights = sum(row[1] for row in rows), sum(row[2] for row in rows)
    numbers = dict(
        VoteRight.objects.filter(
            round=round_, status__in=[VoteRight.Status.REPLACED, VoteRight.Status.VOID]
        )
        .values_list("status")
        .annotate(n=Count("pk"))
    )
    replaced = numbers.get(VoteRight.Status.REPLACED, 0)
    return Signals(
        rights=rights,
        used=used if used >= FEW else None,
        batches=tuple(_batches(round_)),
        clerks=tuple(_clerks(round_)),
        wrong_codes=_wrong_codes(round_),
        replaced=replaced,
        void=numbers.get(VoteRight.Status.VOID, 0),
        many_replaced=replaced >= FEW and replaced * 100 > 5 * rights,
    )


def _batches(round_: VoteRound) -> Iterable[BatchSignal]:
    """Each batch against what it would hold if ballots came in evenly from opening to closing."""
    batches = list(VoteBatch.objects.filter(round=round_).order_by("seq"))
    total = sum(batch.n for batch in batches)
    until = max((batch.sealed_at for batch in batches), default=round_.ends_at)
    span = max((min(until, round_.ends_at) - round_.opens_at).total_seconds(), 1)
    since = round_.opens_at
    sealed = round_.state in SEALED
    for batch in batches:
        end = min(batch.sealed_at, round_.ends_at)
        part = max((end - since).total_seconds(), 0)
        expected = int(total * part // span)
        busy = batch.n >= BUSY_FROM and batch.n > BUSY_TIMES * max(expected, 1)
        told = batch.n if batch.n >= FEW else None
        since = max(since, end)
        alike = likeness(_choices(batch)) if sealed and told else None
        yield BatchSignal(batch.seq, batch.sealed_at, told, expected, busy, alike)


def _choices(batch: VoteBatch) -> list[str]:
    """The last revision of each ballot that was sealed in this batch."""
    rows = BallotBox.objects.filter(batch=batch)
    last = dict(rows.values_list("ballot_key").annotate(last=Max("revision")))
    found = rows.values_list("ballot_key", "revision", "choices")
    return [choices for key, revision, choices in found if last[key] == revision]


def _clerks(round_: VoteRound) -> Iterable[ClerkSignal]:
    desk = {
        name: (votes, proxies)
        for name, votes, proxies in DeskTally.objects.filter(round=round_)
        .values_list("person__name")
        .annotate(votes=Sum("votes"), proxies=Sum("proxies"))
    }
    paper = {
        name: (forms, rejected)
        for name, forms, rejected in PaperBatch.objects.filter(round=round_)
        .values_list("made_by__name")
        .annotate(forms=Sum("cast"), rejected=Sum("rejected"))
    }
    for name in sorted({*desk, *paper}):
        votes, proxies = desk.get(name, (0, 0))
        forms, rejected = paper.get(name, (0, 0))
        many = proxies >= PROXY_FROM and proxies * 100 > PROXY_PERCENT * votes
        yield ClerkSignal(name, votes, proxies, forms, rejected, many)


def _wrong_codes(round_: VoteRound) -> tuple[tuple[str, int, int], ...]:
    told = Event.objects.filter(
        stream__kind="vote_round", stream__uid=str(round_.uid), type="assessment.wrong_codes"
    ).order_by("number")
    return tuple(
        (clock.day(event.recorded_at).isoformat(), event.facts["codes"], event.facts["rights"])
        for event in told
    )
