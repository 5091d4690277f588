"""Balances follow from postings, and revisions from their hash."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from regeling.models import Ceiling, Posting, PostingLine, Revision
from timeline.canon import sha256
from timeline.models import Event
from timeline.verify import Finding, check

BALANCES = ("reserved", "open", "settled", "lapsed")


@check("revisions")
def revisions() -> Iterator[Finding]:
    """The text of every revision still has its SHA-256."""
    for row in Revision.objects.select_related("regulation"):
        if sha256(row.text) != row.sha256:
            yield Finding(str(row), "the text is not the text that was accepted")


@check("ledgers")
def ledgers() -> Iterator[Finding]:
    """The balances of every ceiling are the sum of its lines; every posting has its event."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    lines = PostingLine.objects.values_list("ceiling_id", "source", "target", "cents")
    for key, source, target, cents in lines.iterator(chunk_size=5000):
        sums[key][source] -= cents
        sums[key][target] += cents
    for ceiling in Ceiling.objects.select_related("call"):
        for balance in BALANCES:
            if getattr(ceiling, balance) != sums[ceiling.pk][balance]:
                yield Finding(f"ceiling {ceiling}", f"{balance} is not the sum of its postings")
    told = set(
        Event.objects.filter(type__startswith="regeling.money_").values_list(
            "recorded_at", "counts_for"
        )
    )
    for posting in Posting.objects.iterator(chunk_size=2000):
        if (posting.booked_at, posting.day) not in told:
            yield Finding(f"posting {posting.uid}", "has no event of its moment and day")
