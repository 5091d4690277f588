"""Decisions and letters as pages list them: only what somebody may see."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

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


def to_sign(person_id: int | None) -> QuerySet[Decision]:
    """Proposals that wait for a signature and lie in no batch, oldest first."""
    return (
        visible_decisions(person_id)
        .filter(state=State.PROPOSED, batch_item__isnull=True)
        .order_by("proposed_at", "pk")
    )


def in_preparation(person_id: int | None) -> QuerySet[Decision]:
    """Drafts that nobody proposed yet, oldest first."""
    return visible_decisions(person_id).filter(state=State.DRAFT).order_by("drafted_at", "pk")


def waiting(person_id: int | None) -> QuerySet[Decision]:
    """Signed decisions whose letter has not gone out, the first moment first."""
    return visible_decisions(person_id).filter(state=State.SIGNED).order_by("announce_at", "pk")


def by_post(person_id: int | None) -> QuerySet[Document]:
    """Letters that go out on paper, because there is nobody to tell by e-mail; newest first."""
    if person_id is None:
        return Document.objects.none()
    dossiers = visible(person_id).exclude(party_id__in=parties_of(person_id))
    rows = Document.objects.filter(by_post=True, application__in=dossiers)
    return rows.select_related("application__party").order_by("-sent_on", "-pk")


def batches(person_id: int | None) -> QuerySet[DecisionBatch]:
    """Batches with decisions that this person may see, newest first."""
    items = BatchItem.objects.filter(decision__in=visible_decisions(person_id).order_by())
    rows = DecisionBatch.objects.filter(pk__in=items.values("batch_id")).select_related(
        "call", "signed_by"
    )
    return rows.annotate(size=Count("items")).order_by("-made_at")


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
