"""The running ranking of a call in order of receipt."""

from __future__ import annotations

from django.db.models import QuerySet

from applications.rules import judgeable
from assessment.models import Ranking, RankingRow


def running(person_id: int | None, slug: str) -> Ranking | None:
    """The ranking of a call, for who may judge something in it."""
    return (
        Ranking.objects.filter(
            round=None, call__slug=slug, call__in=judgeable(person_id).order_by().values("call_id")
        )
        .select_related("call__revision")
        .first()
    )


def places(ranking: Ranking) -> QuerySet[RankingRow]:
    """Its rows in order of place, with everything that a sentence about them needs."""
    return (
        RankingRow.objects.filter(ranking=ranking)
        .select_related("application__party", "ranking__call__revision")
        .order_by("place", "pk")
    )
