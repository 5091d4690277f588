"""What experts gave: the scores of a panel that met, or of the assessors where no panel did."""

from __future__ import annotations

from collections.abc import Iterable
from math import lcm

from assessment.models import ItemScore, Meeting, Review, ReviewAnswer
from regeling.definition import CriterionKind, Definition, listed


def expert_scores(application_ids: Iterable[int], definition: Definition) -> dict[int, int]:
    """The average score of each application, as whole numbers over one scale.

    Every expert gives the sum of her scores. Signed minutes of a panel count before reviews.
    Applications that nobody scored are left out.
    """
    ids = list(application_ids)
    panel = ItemScore.objects.filter(
        item__application__in=ids, item__meeting__state=Meeting.State.SIGNED
    ).values_list("item__application_id", "attendee_id", "score")
    given: dict[int, dict[int, int]] = {}
    for application_id, expert, score in panel:
        _add(given, application_id, expert, score)
    for application_id, reviewer, score in _reviewed(set(ids) - given.keys(), definition):
        _add(given, application_id, reviewer, score)
    scale = lcm(*(len(scores) for scores in given.values()))
    return {
        application_id: sum(scores.values()) * scale // len(scores)
        for application_id, scores in given.items()
    }


def _reviewed(ids: Iterable[int], definition: Definition) -> list[tuple[int, int, int]]:
    """(application, reviewer, score) of every criterion that is scored."""
    scored = [
        criterion.code
        for criterion in listed(definition.criteria)
        if criterion.kind == CriterionKind.SCORE
    ]
    submitted = Review.objects.filter(application__in=list(ids), submitted_at__isnull=False)
    rows = ReviewAnswer.objects.filter(review__in=submitted, criterion__in=scored)
    return [
        (application_id, reviewer, int(answer))
        for application_id, reviewer, answer in rows.values_list(
            "review__application_id", "review__reviewer_id", "answer"
        )
    ]


def _add(given: dict[int, dict[int, int]], application_id: int, expert: int, score: int) -> None:
    scores = given.setdefault(application_id, {})
    scores[expert] = scores.get(expert, 0) + score
