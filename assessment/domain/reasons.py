"""From a row of figures to sentences: what pages, letters and the API say about an outcome."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.domain.allocation import TOTAL, Problem
from assessment.domain.allocation_text import outcome_of, problem_of
from assessment.models import Ranking, RankingRow
from documents.letters.facts import Ceiling as CeilingFigures
from documents.letters.facts import Place, Reason
from regeling.definition import Definition, LegalRegime
from regeling.models import Ceiling
from regeling.words import euro_words

AWB = "van de Algemene wet bestuursrecht"


@dataclass(frozen=True, slots=True)
class Told:
    """What a ranking says about one application."""

    reasons: tuple[Reason, ...]
    place: Place
    ceiling: CeilingFigures | None
    attention: tuple[str, ...]


def tell_row(row: RankingRow) -> Told:
    """Put the row of a ranking in words, with place and ceiling where they count."""
    ranking = row.ranking
    problem = problem_of(ranking.inputs)
    return Told(
        reasons=_reasons(row, problem),
        place=_place(ranking, row, problem),
        ceiling=_ceiling(row),
        attention=_attention(row),
    )


def sentence(row: RankingRow) -> str:
    """The outcome in one sentence, for a list."""
    return _first(row, json.loads(row.figures))


def law(definition: Definition, article: str) -> str:
    """An article of the Awb, or nothing where the money is a private fund's."""
    private = definition.identity.legal_regime is LegalRegime.PRIVATE_FUND
    return "" if private else f"{article} {AWB}"


def ceiling_label(row: RankingRow, name: str) -> str:
    """What a ceiling is called: the call's title, or the name of the region or activity."""
    call = row.ranking.call
    definition = call.revision.definition
    scope, _colon, code = name.partition(":")
    if scope == Ceiling.Scope.REGION:
        names = {each.code: each.name for each in definition.territory.regions}
    elif scope == Ceiling.Scope.ACTIVITY:
        names = {each.code: each.name for each in definition.activities}
    else:
        names = {}
    return names.get(code, call.title)


def lot_decided(ranking: Ranking, key: str) -> bool:
    """Whether the lot broke a tie in which this option stood."""
    return any(
        tie.decided_by == "lot" and key in tie.keys for tie in outcome_of(ranking.outcome).ties
    )


def _reasons(row: RankingRow, problem: Problem) -> tuple[Reason, ...]:
    figures = json.loads(row.figures)
    definition = row.ranking.call.revision.definition
    article = {
        "awarded": law(definition, "artikel 4:26"),
        "refused_support": law(definition, "artikel 4:26"),
    }.get(row.code, law(definition, "artikel 4:25, tweede lid,"))
    details = []
    needed = figures["votes_needed"]
    if needed:
        details.append(
            ngettext(
                "Met %(n)s stem meer had u het hele bedrag gekregen.",
                "Met %(n)s stemmen meer had u het hele bedrag gekregen.",
                needed,
            )
            % {"n": needed}
        )
    if figures["drawn"] and row.ranking.round_id and lot_decided(row.ranking, _key(row)):
        details.append(
            _("Er waren evenveel stemmen, en de loting besliste. U kwam als %(n)s van %(all)s uit.")
            % {"n": figures["drawn"], "all": len(problem.lot)}
        )
    return (Reason(sentence=_first(row, figures), article=article, details=tuple(details)),)


def _first(row: RankingRow, figures: dict[str, int | str | None]) -> str:
    money = {"asked": euro_words(row.asked), "left": euro_words(int(figures["left"] or 0))}
    match row.code:
        case "awarded" if row.ranking.round_id:
            return _("Uw aanvraag kreeg genoeg stemmen om binnen het subsidieplafond te vallen.")
        case "awarded":
            return _("Er was nog genoeg geld toen uw aanvraag volledig was.")
        case "awarded_partly":
            return (
                _(
                    "Er was niet genoeg geld voor het hele bedrag. Van de %(asked)s was er nog "
                    "%(left)s over."
                )
                % money
            )
        case "refused_ceiling":
            return (
                _(
                    "Er was niet genoeg geld meer toen uw aanvraag aan de beurt was: "
                    "u vroeg %(asked)s en er was nog %(left)s over."
                )
                % money
            )
        case "refused_sub_ceiling":
            return _(
                "Er was niet genoeg geld meer voor %(label)s toen uw aanvraag aan de beurt was: u "
                "vroeg %(asked)s en er was nog %(left)s over."
            ) % {**money, "label": ceiling_label(row, str(figures["ceiling"]))}
        case "refused_stopped":
            return _(
                "Een aanvraag die voor u aan de beurt was, paste niet meer in het geld dat over "
                "was. Volgens de regeling stopt de verdeling dan."
            )
        case "refused_support":
            return _("Uw aanvraag kreeg %(n)s stemmen. Er waren er minstens %(m)s nodig.") % {
                "n": row.votes,
                "m": figures["support_needed"],
            }
        case "tied":
            return _("Deze aanvraag staat gelijk met een andere, en dat beslist over het geld.")
    return _("Hierover is nog niet beslist.")


def _place(ranking: Ranking, row: RankingRow, problem: Problem) -> Place:
    if not ranking.round_id:
        return Place(rank=row.place, of=len(problem.options))
    funded = [each.votes for each in outcome_of(ranking.outcome).rows if each.granted]
    return Place(
        rank=row.place,
        of=len(problem.options),
        votes=row.votes,
        lowest_funded_votes=min(funded, default=None),
    )


def _ceiling(row: RankingRow) -> CeilingFigures | None:
    figures = json.loads(row.figures)
    name = figures["ceiling"] or TOTAL
    if row.code in ("awarded", "refused_support", "tied", "undecided"):
        return None
    scope, _colon, code = name.partition(":")
    ceiling = Ceiling.objects.get(call=row.ranking.call, scope=scope, code=code)
    amount = ceiling.amount + ceiling.overrun
    return CeilingFigures(
        label=ceiling_label(row, name),
        ceiling_cents=amount,
        awarded_before_cents=amount - figures["left"],
    )


def _attention(row: RankingRow) -> tuple[str, ...]:
    found = []
    if row.code == "awarded_partly":
        found.append(_("Deels toegekend: het plafond laat niet meer toe."))
    if row.ranking.round_id and lot_decided(row.ranking, _key(row)):
        found.append(_("De loting besliste over deze aanvraag."))
    return tuple(found)


def _key(row: RankingRow) -> str:
    """The uid of the option in the outcome; the row of a vote stands under its option."""
    figures = json.loads(row.figures)
    return str(figures["key"])
