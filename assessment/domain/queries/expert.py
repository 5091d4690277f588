"""What experts gave: the scores of a panel that met, or of the assessors where no panel did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.domain.scoring import committee_points
from assessment.models import ItemScore, Meeting, Review, ReviewAnswer
from regeling.definition import CriterionKind, Definition, listed

Given = dict[int, dict[str, dict[str, int]]]
"""Per application, per expert: what she gave to each criterion."""


@dataclass(frozen=True, slots=True)
class Points:
    """Per application the average of the experts' sums, and its average on one criterion, as whole
    numbers over one scale. Applications that nobody scored are left out."""

    points: dict[int, int]
    marks: dict[int, int]
    scale: int


def expert_points(
    application_ids: Iterable[int], definition: Definition, *, tie_criterion: str = ""
) -> Points:
    """What experts gave. Every expert gives the sum of her scores, each as often as its criterion
    weighs; signed minutes of a panel count before reviews."""
    given = expert_marks(application_ids, definition)
    weights = {each.code: each.weight for each in listed(definition.criteria)}
    points, scale = _averages(given, weights)
    marks: dict[int, int] = {}
    if tie_criterion:
        alone = {
            key: {
                expert: {tie_criterion: each.get(tie_criterion, 0)} for expert, each in of.items()
            }
            for key, of in given.items()
        }
        marks, _same = _averages(alone, weights)
    return Points(points, marks, scale)


def _averages(given: Given, weights: dict[str, int]) -> tuple[dict[int, int], int]:
    named = {str(key): experts for key, experts in given.items()}
    points, scale = committee_points(named, weights)
    return {int(key): value for key, value in points.items()}, scale


def expert_marks(application_ids: Iterable[int], definition: Definition) -> Given:
    """Every mark that experts gave: signed minutes of a panel, and reviews where there are none."""
    ids, given = set(application_ids), Given()
    rows = ItemScore.objects.filter(
        item__application__in=ids, item__meeting__state=Meeting.State.SIGNED
    ).values_list("item__application_id", "attendee_id", "criterion", "score")
    for application_id, expert, criterion, score in rows:
        given.setdefault(application_id, {}).setdefault(f"panel {expert}", {})[criterion] = score
    for application_id, reviewer, criterion, score in _reviewed(ids - given.keys(), definition):
        given.setdefault(application_id, {}).setdefault(str(reviewer), {})[criterion] = score
    return given


def _reviewed(ids: set[int], definition: Definition) -> list[tuple[int, int, str, int]]:
    """(application, reviewer, criterion, score) of every criterion that is scored."""
    scored = [
        criterion.code
        for criterion in listed(definition.criteria)
        if criterion.kind == CriterionKind.SCORE
    ]
    submitted = Review.objects.filter(application__in=ids, submitted_at__isnull=False)
    rows = ReviewAnswer.objects.filter(review__in=submitted, criterion__in=scored)
    return [
        (application_id, reviewer, criterion, int(answer))
        for application_id, reviewer, criterion, answer in rows.values_list(
            "review__application_id", "review__reviewer_id", "criterion", "answer"
        )
    ]
