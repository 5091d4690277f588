"""From a row of figures to sentences: what pages, letters and the API say about an outcome."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from assessment.domain.allocation_model import TOTAL, Outcome, Problem
from assessment.domain.allocation_text import outcome_of, problem_of
from assessment.domain.award_words import (
    Case,
    about,
    missing_words,
    number_of_votes,
    quorum_words,
    to_applicant,
    votes_words,
)
from assessment.domain.calculation import PrintedStep
from assessment.domain.lowered import base_name
from assessment.domain.tally import score_words
from assessment.models import Ranking, RankingRow, VoteOption
from documents.letters.facts import Ceiling as CeilingFigures
from documents.letters.facts import Place, Reason
from regeling.definition import Definition, LegalRegime
from regeling.models import Call, Ceiling

AWB = "van de Algemene wet bestuursrecht"


FUNDED = ("awarded", "awarded_partly", "awarded_share", "departed_award")
BY_CEILING = ("awarded_partly", "refused_ceiling", "refused_sub_ceiling", "refused_stopped")
ARTICLES = {
    **dict.fromkeys(BY_CEILING, "artikel 4:25, tweede lid,"),
    **dict.fromkeys(("departed_award", "departed_refusal"), "artikel 3:50"),
    "withdrawn": "",
}
"""The article of the Awb behind a code; all others rest on the way of distribution (4:26)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a ranking says about one application."""

    reasons: tuple[Reason, ...]
    place: Place
    ceiling: CeilingFigures | None
    attention: tuple[str, ...]


def tell_row(row: RankingRow) -> Told:
    """Put the row of a ranking in words, with place and ceiling where they count."""
    problem = _problem(row.ranking.inputs)
    return Told(
        reasons=_reasons(row, problem),
        place=_place(row, problem),
        ceiling=_ceiling(row),
        attention=_attention(row, problem),
    )


def sentence(row: RankingRow) -> str:
    """The outcome in one sentence, for a list."""
    problem = _problem(row.ranking.inputs)
    return to_applicant(_case(row, json.loads(row.figures), problem), problem.quorum)


def told_step(step: PrintedStep, problem: Problem, call: Call) -> str:
    """One step of the calculation in a sentence about the initiative."""
    rules = problem.rules
    votes = next(option.votes for option in problem.options if option.key == step.key)
    case = Case(
        code=step.code,
        rule=rules.rule,
        kind=rules.kind,
        asked=step.needed,
        granted=step.granted,
        left=_left_at_its_turn(step),
        votes=number_of_votes(rules.kind, votes, problem.scale),
        supporters=step.supporters,
        support_needed=step.support_needed,
        ceiling=label_of(call, step.ceiling),
        rival=step.rival,
        stopped_by=step.stopped_by,
        score=step.score,
        phase=2 if step.stage == "leftover" else 1,
        effective=step.effective,
    )
    return about(case, problem.quorum)


def _left_at_its_turn(step: PrintedStep) -> int:
    """Equals that all fit share one ``left``; in print each follows upon the one before it."""
    rooms = dict(step.before)
    return min(rooms.values()) if step.granted and rooms else step.left


def law(definition: Definition, article: str) -> str:
    """An article of the Awb, or nothing where the money is a private fund's."""
    private = definition.identity.legal_regime is LegalRegime.PRIVATE_FUND
    return "" if private else f"{article} {AWB}"


def label_of(call: Call, name: str) -> str:
    """What a ceiling is called: the call's title, or the name of the region, activity or theme."""
    definition = call.revision.definition
    scope, _colon, code = base_name(name).partition(":")
    if scope == Ceiling.Scope.REGION:
        names = {each.code: each.name for each in definition.territory.regions}
    elif scope == Ceiling.Scope.ACTIVITY:
        names = {each.code: each.name for each in definition.activities}
    elif scope == Ceiling.Scope.THEME:
        names = {each.code: each.name for each in definition.themes}
    else:
        names = {}
    return names.get(code, call.title)


def lot_decided(ranking: Ranking, key: str) -> bool:
    """Whether the lot broke a tie in which this option stood."""
    return any(
        tie.decided_by == "lot" and key in tie.keys for tie in _outcome(ranking.outcome).ties
    )


@lru_cache(maxsize=4)
def _problem(text: str) -> Problem:
    """A ranking's inputs, read once for all its rows."""
    return problem_of(text)


@lru_cache(maxsize=4)
def _outcome(text: str) -> Outcome:
    """A ranking's outcome, read once for all its rows."""
    return outcome_of(text)


def _case(row: RankingRow, figures: dict[str, Any], problem: Problem) -> Case:
    rival = figures.get("rival", "")
    return Case(
        code=row.code,
        rule=problem.rules.rule,
        kind=problem.rules.kind,
        asked=row.asked,
        granted=row.granted,
        left=figures["left"],
        votes=number_of_votes(problem.rules.kind, row.votes, problem.scale),
        supporters=figures.get("supporters"),
        support_needed=figures["support_needed"],
        ceiling=label_of(row.ranking.call, figures["ceiling"]),
        rival=VoteOption.objects.values_list("title", flat=True).get(uid=rival) if rival else "",
        score=_points(row, figures),
        phase=figures.get("phase", 1),
        effective=figures.get("effective", 0),
    )


def _reasons(row: RankingRow, problem: Problem) -> tuple[Reason, ...]:
    figures = json.loads(row.figures)
    definition = row.ranking.call.revision.definition
    article = ARTICLES.get(row.code, "artikel 4:26")
    return (
        Reason(
            sentence=to_applicant(_case(row, figures, problem), problem.quorum),
            article=law(definition, article) if article else "",
            details=tuple(_details(row, figures, problem)),
        ),
    )


def _details(row: RankingRow, figures: dict[str, Any], problem: Problem) -> list[str]:
    """The facts that a reason rests on: what was missing, the lot, and too few voters."""
    kind, details = problem.rules.kind, []
    if problem.rules.rule == "score" and row.place and row.code != "refused_score":
        details.append(_("Uw aanvraag kreeg %(n)s punten.") % {"n": _points(row, figures)})
    if row.ranking.round_id and not _plain_votes(problem) and row.place and kind != "review":
        details.append(
            _("Uw aanvraag kreeg %(votes)s.")
            % {"votes": votes_words(kind, row.votes, problem.scale)}
        )
    if figures["votes_needed"]:
        details.append(missing_words(kind, figures["votes_needed"]))
    if figures["drawn"] and row.ranking.round_id and lot_decided(row.ranking, _key(row)):
        lot = {"n": figures["drawn"], "all": len(problem.lot)}
        if problem.rules.rule in ("lottery", "score"):
            details.append(_("Er is geloot. U kwam als %(n)s van %(all)s uit.") % lot)
        else:
            details.append(
                _(
                    "Er waren evenveel stemmen, en de loting besliste. U kwam als %(n)s van "
                    "%(all)s uit."
                )
                % lot
            )
    if row.code != "refused_quorum" and not problem.quorum.met:
        details.append(quorum_words(problem.quorum))
    return details


def _points(row: RankingRow, figures: dict[str, Any]) -> str:
    """The points that the order went by, in words."""
    return score_words(figures.get("score", 0), _outcome(row.ranking.outcome).score_scale)


def _place(row: RankingRow, problem: Problem) -> Place:
    taking_part = sum(not option.withdrawn for option in problem.options)
    if not row.ranking.round_id:
        return Place(rank=row.place, of=taking_part)
    if not row.place:
        return Place()
    if not _plain_votes(problem):
        return Place(rank=row.place, of=taking_part)
    rows = _outcome(row.ranking.outcome).rows
    return Place(
        rank=row.place,
        of=taking_part,
        votes=row.votes,
        lowest_funded_votes=min((each.votes for each in rows if each.code in FUNDED), default=None),
    )


def _plain_votes(problem: Problem) -> bool:
    """Whether the letter can speak of a number of votes: no points, no euros, no weights."""
    return problem.scale == 1 and problem.rules.kind in ("", "choose_one", "approval", "knapsack")


def _ceiling(row: RankingRow) -> CeilingFigures | None:
    figures = json.loads(row.figures)
    if row.code not in BY_CEILING:
        return None
    name = figures["ceiling"] or TOTAL
    scope, _colon, code = name.partition(":")
    ceiling = Ceiling.objects.get(call=row.ranking.call, scope=scope, code=code)
    amount = ceiling.amount + ceiling.overrun
    return CeilingFigures(
        label=label_of(row.ranking.call, name),
        ceiling_cents=amount,
        awarded_before_cents=amount - figures["left"],
    )


def _attention(row: RankingRow, problem: Problem) -> tuple[str, ...]:
    found = []
    if row.code == "awarded_partly":
        found.append(_("Deels toegekend: het plafond laat niet meer toe."))
    if row.code in ("departed_award", "departed_refusal"):
        found.append(_("Hier wijkt u af van de uitslag; de reden staat in het besluit."))
    if row.ranking.round_id and lot_decided(row.ranking, _key(row)):
        found.append(_("De loting besliste over deze aanvraag."))
    if problem.quorum.consequence in ("advice_only", "committee") and not problem.quorum.met:
        found.append(_("Er stemden te weinig mensen: deze uitslag is een advies."))
    return tuple(found)


def _key(row: RankingRow) -> str:
    """The uid of the option in the outcome; the row of a vote stands under its option."""
    figures = json.loads(row.figures)
    return str(figures["key"])
