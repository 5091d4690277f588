"""How the text that somebody reads stands: in force, coming, withdrawn, changed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from regeling.domain.queries.calls import Found
from regeling.domain.queries.governing import coming
from regeling.models import Publication, Revision, RevisionWithdrawal
from regeling.words import day_words
from timeline import clock


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


def words_of(revision: Revision, *, now: datetime) -> list[str]:
    """In a few words, for a list: an example, withdrawn, or not in force yet.

    The revision comes with its publication and withdrawal.
    """
    words = [_("Voorbeeld")] if revision.example_only else []
    withdrawal = getattr(revision, "withdrawal", None)
    publication = getattr(revision, "publication", None)
    if withdrawal is not None and withdrawal.from_at <= now:
        words.append(_("ingetrokken"))
    elif publication is not None and publication.in_force_at > now:
        words.append(
            _("geldt vanaf %(day)s") % {"day": day_words(clock.day(publication.in_force_at))}
        )
    return [word[:1].upper() + word[1:] for word in words[:1]] + words[1:]
