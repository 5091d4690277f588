"""Decisions and letters as pages list them: only what somebody may see."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.domain.people import parties_of
from applications.models import Application
from applications.rules import visible
from documents.models import BatchItem, Decision, DecisionBatch, Document

State = Decision.State
WITH_DOSSIER = (
    "application__call__revision__regulation__authority",
    "application__revision",
    "application__party",
)


def loaded(ids: Iterable[int]) -> list[Decision]:
    """Decisions with everything that their letters need, in the order of ``ids``."""
    wanted = list(ids)
    rows = Decision.objects.filter(pk__in=wanted).select_related(*WITH_DOSSIER)
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in wanted]


def visible_decisions(person_id: int | None) -> QuerySet[Decision]:
    """Decisions that staff may see: of the dossiers they see for others, never their own."""
    if person_id is None:
        return Decision.objects.none()
    dossiers = visible(person_id).exclude(party_id__in=parties_of(person_id))
    return (
        Decision.objects.filter(application__in=dossiers)
        .select_related(*WITH_DOSSIER, "drafted_by", "proposed_by", "signed_by")
        .order_by("-pk")
    )


def to_sign(seen: QuerySet[Decision]) -> QuerySet[Decision]:
    """Of the decisions that somebody sees: proposals that lie in no batch, oldest first."""
    rows = seen.filter(state=State.PROPOSED, batch_item__isnull=True)
    return rows.order_by("proposed_at", "pk")


def in_preparation(seen: QuerySet[Decision]) -> QuerySet[Decision]:
    """Of the decisions that somebody sees: drafts that nobody proposed yet, oldest first."""
    return seen.filter(state=State.DRAFT).order_by("drafted_at", "pk")


def waiting(seen: QuerySet[Decision]) -> QuerySet[Decision]:
    """Of the decisions that somebody sees: signed, and the letter has not gone out."""
    return seen.filter(state=State.SIGNED).order_by("announce_at", "pk")


def by_post(person_id: int | None) -> QuerySet[Document]:
    """Letters that go out on paper, because there is nobody to tell by e-mail; newest first."""
    if person_id is None:
        return Document.objects.none()
    dossiers = visible(person_id).exclude(party_id__in=parties_of(person_id))
    rows = Document.objects.filter(by_post=True, application__in=dossiers)
    return rows.select_related("application__party").order_by("-sent_on", "-pk")


def batches(seen: QuerySet[Decision]) -> QuerySet[DecisionBatch]:
    """Batches with decisions among those that somebody sees, newest first.

    Each with ``size``, and how many of its items wait for a signature (``to_sign``) or for their
    moment (``to_send``).
    """
    items = BatchItem.objects.filter(decision__in=seen.order_by())
    rows = DecisionBatch.objects.filter(pk__in=items.values("batch_id"))
    counted = rows.select_related("call", "signed_by").annotate(
        size=Count("items"),
        to_sign=Count("items", filter=Q(items__decision__state=State.PROPOSED)),
        to_send=Count("items", filter=Q(items__decision__state=State.SIGNED)),
    )
    return counted.order_by("-made_at")


def letters(person_id: int | None, application: Application) -> QuerySet[Document]:
    """The stored letters of a dossier that somebody may see, newest first."""
    return (
        Document.objects.filter(application=application)
        .filter(application__in=visible(person_id))
        .order_by("-sent_on", "-pk")
    )


def letter(person_id: int | None, uid: UUID) -> Document:
    """One stored letter, if this person may see its dossier; else ``Document.DoesNotExist``."""
    return Document.objects.select_related("application").get(
        uid=uid, application__in=visible(person_id)
    )
