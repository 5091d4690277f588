"""What dividing by score, thresholds and ties over scores must obey.

Each check yields (path, Dutch sentence with the cure), as in `checks`. A score is the sum over the
criteria of score times weight.
"""

from __future__ import annotations

from collections.abc import Iterator

from regeling.definition.codes import (
    CriterionKind,
    DistributionRule,
    PanelMethod,
    RouteStep,
    TieBreak,
    Unknown,
)
from regeling.definition.deciding_checks import BY_VOTES
from regeling.definition.fields import listed
from regeling.definition.model import Definition, Distribution
from regeling.definition.nearest_words import meant

Complaint = tuple[str, str]

RANKED = (
    DistributionRule.SCORE,
    DistributionRule.VOTES,
    DistributionRule.EQUAL_SHARES,
    DistributionRule.PRO_RATA,
    DistributionRule.LOTTERY,
)
"""Rules that look at all applications together, after the last of them."""


def check(definition: Definition) -> Iterator[Complaint]:
    """Everything about scores that contradicts itself."""
    how = definition.distribution
    if not isinstance(how, Distribution):
        return
    yield from _rule(how, definition)
    yield from _threshold(how, definition)
    yield from _bonus(how, definition)
    yield from _ties(how, definition)


def _rule(how: Distribution, definition: Definition) -> Iterator[Complaint]:
    can_be = definition.has(RouteStep.VOTE) or how.rule not in BY_VOTES
    if how.rule in RANKED and can_be and not definition.has(RouteStep.RANKING):
        yield "route", f"verdelen met '{how.rule}' vraagt 'ranking' in de route"
    if how.rule is not DistributionRule.SCORE:
        return
    if not _are_scored(definition):
        yield (
            "distribution.rule",
            (
                "niemand geeft scores; zet 'review' in de route met een criterium met 'score',"
                " of een panel met 'method: scores'"
            ),
        )


def _are_scored(definition: Definition) -> bool:
    """Whether somebody gives scores: the review, or a panel that meets for it."""
    scored = isinstance(definition.criteria, Unknown) or any(
        each.kind is CriterionKind.SCORE for each in definition.criteria
    )
    panel = definition.panel
    by_panel = panel is not None and panel.method in (PanelMethod.SCORES, Unknown.UNKNOWN)
    meets = definition.has(RouteStep.PANEL) and by_panel
    return scored and (definition.has(RouteStep.REVIEW) or meets)


def _threshold(how: Distribution, definition: Definition) -> Iterator[Complaint]:
    path = "distribution.minimum_score"
    if not how.minimum_score:
        return
    if not _are_scored(definition):
        yield path, "een drempel vraagt een criterium van soort 'score' dat iemand beoordeelt"
    criteria = definition.criteria
    if isinstance(criteria, Unknown):
        return
    scored = [each for each in criteria if each.kind is CriterionKind.SCORE]
    most = sum(each.highest * each.weight for each in scored)
    if scored and how.minimum_score > most:
        yield path, f"deze drempel haalt niemand: de hoogste score is {most}"


def _bonus(how: Distribution, definition: Definition) -> Iterator[Complaint]:
    path = "distribution.vote_bonus"
    if how.vote_bonus is None:
        return
    if how.rule is not DistributionRule.SCORE and not isinstance(how.rule, Unknown):
        yield path, "punten van stemmen komen bij een score; kies 'rule: score' of laat dit weg"
    if not definition.has(RouteStep.VOTE):
        yield path, "er zijn geen stemmen om punten voor te geven; zet 'vote' in de route"


def _ties(how: Distribution, definition: Definition) -> Iterator[Complaint]:
    ties, path = listed(how.ties), "distribution.tie_criterion"
    if TieBreak.HIGHER_SCORE in ties and not _are_scored(definition):
        yield "distribution.ties", "niemand geeft scores, dus een hogere score is er niet"
    if how.tie_criterion is None:
        if TieBreak.CRITERION in ties:
            yield path, "noem welk criterium bij gelijke uitkomst telt: 'tie_criterion'"
        return
    if TieBreak.CRITERION not in ties and not isinstance(how.ties, Unknown):
        yield path, "dit telt pas als 'criterion' in 'ties' staat; zet het erbij of laat dit weg"
    scored = [each.code for each in listed(definition.criteria) if each.kind is CriterionKind.SCORE]
    if how.tie_criterion not in scored and not isinstance(definition.criteria, Unknown):
        yield (
            path,
            (
                f"'{how.tie_criterion}' is geen criterium met een score;"
                f" {meant(how.tie_criterion, scored)}"
            ),
        )
