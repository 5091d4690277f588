"""Decisions and letters as pages list them: only what somebody may see."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from applications.models import Application
from applications.rules import judgeable, visible
from documents.models import Decision, DecisionBatch, Document

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
    """Decisions that staff may see: of dossiers that they may judge."""
    return (
        Decision.objects.filter(application__in=judgeable(person_id))
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


def batches(person_id: int | None) -> QuerySet[DecisionBatch]:
    """Batches of calls in which somebody may judge."""
    calls = judgeable(person_id).order_by().values("call_id").distinct()
    return DecisionBatch.objects.filter(call__in=calls).select_related("call").order_by("-made_at")


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
