"""How the text that somebody reads stands: in force, coming, withdrawn, changed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from regeling.domain.queries.calls import Found
from regeling.domain.queries.governing import coming
from regeling.models import Publication, Revision, RevisionWithdrawal


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page of a regulation tells about the life of its text.

    ``is_coming`` says that the text itself is not in force yet; ``later`` are texts that will take
    its place; ``amended`` is when the text of the call changed last.
    """

    revision: Revision
    publication: Publication | None
    withdrawal: RevisionWithdrawal | None
    is_coming: bool
    later: tuple[Revision, ...]
    amended: datetime | None


def standing(found: Found, *, now: datetime) -> Standing:
    """How the text at an address stands now."""
    revision = found.revision
    publication = Publication.objects.filter(revision=revision).first()
    last = found.call.amendments.order_by("-number").first() if found.call else None
    return Standing(
        revision=revision,
        publication=publication,
        withdrawal=RevisionWithdrawal.objects.filter(revision=revision).first(),
        is_coming=bool(publication and publication.in_force_at > now),
        later=tuple(
            each for each in coming(revision.regulation_id, at=now) if each.pk != revision.pk
        ),
        amended=last.made_at if last else None,
    )
