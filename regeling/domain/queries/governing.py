"""Which text is in force when, and which one governs a call."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from regeling.models import Call, CallAmendment, Publication, Revision

_WITH = ("regulation__authority", "publication", "withdrawal")


def published_by(at: datetime) -> QuerySet[Revision]:
    """Every text that came into force by then, the one that came last first, and is not withdrawn.

    Of two from the same moment the later published one comes first.
    """
    there = Q(withdrawal__isnull=True) | Q(withdrawal__from_at__gt=at)
    return (
        Revision.objects.filter(there, publication__in_force_at__lte=at)
        .select_related(*_WITH)
        .order_by("-publication__in_force_at", "-publication__published_at", "-publication__pk")
    )


def in_force(regulation_id: int, *, at: datetime) -> Revision | None:
    """The text of a regulation that is in force then.

    The last one that came into force; when that was withdrawn there is none, for what it replaced
    does not come back by itself. A text that was withdrawn before it came into force replaced none.
    """
    last = _last(Publication.objects.filter(revision__regulation_id=regulation_id), at).first()
    if last is None:
        return None
    return published_by(at).filter(pk=last.revision_id).first()


def coming(regulation_id: int, *, at: datetime) -> list[Revision]:
    """The published texts that come into force later, first the one that comes first; not one that
    was withdrawn before."""
    rows = _ever(Publication.objects.filter(revision__regulation_id=regulation_id))
    texts = Revision.objects.filter(publication__in=rows.filter(in_force_at__gt=at))
    return list(
        texts.select_related(*_WITH).order_by("publication__in_force_at", "publication__pk")
    )


def in_force_of_all(*, at: datetime) -> QuerySet[Revision]:
    """The text in force of every regulation, by title; withdrawn ones are left out."""
    last = _last(Publication.objects.filter(revision__regulation=OuterRef("regulation")), at)
    return (
        published_by(at)
        .filter(pk=Subquery(last.values("revision")[:1]))
        .order_by("regulation__title", "pk")
    )


def latest_of_all(*, at: datetime) -> QuerySet[Revision]:
    """The text of every regulation that people should read, by title.

    The one in force; before the first came into force the one that is coming. One that was
    withdrawn stays readable.
    """
    rows = Publication.objects.filter(revision__regulation=OuterRef("regulation"))
    now = _last(rows, at).values("revision")[:1]
    later = rows.filter(in_force_at__gt=at).order_by("in_force_at", "pk").values("revision")[:1]
    return (
        Revision.objects.annotate(now=Subquery(now), later=Subquery(later))
        .filter(Q(pk=F("now")) | Q(now__isnull=True, pk=F("later")))
        .select_related(*_WITH)
        .order_by("regulation__title", "pk")
    )


def governing(call: Call, *, at: datetime | None = None) -> Revision:
    """The text that governs a call: the one it opened on, or of its last amendment (until then)."""
    rows = CallAmendment.objects.filter(call=call).select_related("after__regulation__authority")
    if at is not None:
        rows = rows.filter(made_at__lte=at)
    last = rows.order_by("-number").first()
    return last.after if last else call.revision


def _ever(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Those that are or were in force some day: not withdrawn before it came to that."""
    return rows.filter(
        Q(revision__withdrawal__isnull=True) | Q(revision__withdrawal__from_at__gt=F("in_force_at"))
    )


def _last(rows: QuerySet[Publication], at: datetime) -> QuerySet[Publication]:
    return _ever(rows).filter(in_force_at__lte=at).order_by("-in_force_at", "-published_at", "-pk")
