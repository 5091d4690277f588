"""Balances follow from postings, revisions from their hash, and publications from four eyes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from regeling.models import (
    CallAmendment,
    Ceiling,
    ConceptCheck,
    ConceptText,
    Posting,
    PostingLine,
    Publication,
    Revision,
)
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


@check("life of revisions")
def life() -> Iterator[Finding]:
    """Every check names the text that was checked; every publication came by four eyes."""
    for check_ in ConceptCheck.objects.select_related("concept"):
        text = ConceptText.objects.filter(concept=check_.concept_id, number=check_.number).first()
        if text is None or sha256(text.source) != check_.sha256:
            yield Finding(
                f"concept {check_.concept.uid}", f"check of text {check_.number} is of another text"
            )
    told = _told("regeling.revision_published")
    accepted = _told("regeling.revision_accepted")
    for row in Publication.objects.select_related("revision", "concept"):
        # A text from before there were publications is in force since it was accepted.
        old = row.concept is None and row.published_at == row.revision.accepted_at
        if row.revision.sha256 not in (told | accepted if old else told):
            yield Finding(str(row.revision), "has no event of its publication")
        if row.concept is None:
            continue  # came with the product
        writers = row.concept.texts.values_list("person_id", flat=True)
        approved = row.concept.checks.filter(number=row.concept.version, approved=True)
        if row.published_by_id in set(writers) or not approved.exists():
            yield Finding(str(row.revision), "was published without a second pair of eyes")
    for amendment in CallAmendment.objects.select_related("call", "before", "after"):
        earlier = CallAmendment.objects.filter(
            call=amendment.call_id, number=amendment.number - 1
        ).first()
        before = earlier.after_id if earlier else amendment.call.revision_id
        if before != amendment.before_id:
            yield Finding(f"call {amendment.call.slug}", f"amendment {amendment.number} has a gap")


def _told(type_: str) -> set[str]:
    """The revisions (SHA-256) of which an event of this type told."""
    return set(Event.objects.filter(type=type_).values_list("stream__uid", flat=True))
