"""A result in a sentence about the initiative, made only for what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.domain.allocation_model import TOTAL, Row
from assessment.domain.award_words import Case as WordsCase
from assessment.domain.award_words import about, number_of_votes
from assessment.domain.simulation.cases import Standing
from assessment.domain.simulation.run import (
    NO_AMOUNT,
    NOT_ELIGIBLE,
    NOT_VOTED,
    NOTHING,
    Result,
    Run,
)
from regeling.definition import CeilingScope, Definition


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts the results of one run in words; ``titles`` are those of the cases by uid."""

    definition: Definition
    run: Run
    titles: Mapping[str, str]

    def sentence(self, result: Result) -> str:
        """Why this case gets what it gets."""
        if result.row is not None:
            return self._divided(result.row)
        if result.code == NOT_ELIGIBLE:
            return " ".join(reason.sentence for reason in result.refusals)
        if result.code == NOTHING and result.calculation is not None:
            return " ".join(line.sentence for line in result.calculation.lines[-2:-1]) or _(
                "Volgens de rekenregels komt hier geen bedrag uit."
            )
        return _BEFORE[result.code]()

    def label_of(self, ceiling: str) -> str:
        """What a ceiling is called: the region, activity or theme, or the whole."""
        scope, _colon, code = ceiling.partition(":")
        text = self.definition
        named: dict[str, dict[str, str]] = {
            CeilingScope.REGION: {each.code: each.name for each in text.territory.regions},
            CeilingScope.ACTIVITY: {each.code: each.name for each in text.activities},
            CeilingScope.THEME: {each.code: each.name for each in text.themes},
        }
        if scope in named:
            return named[scope].get(code, code)
        return _("het hele plafond") if scope == TOTAL else code

    def _divided(self, row: Row) -> str:
        problem = self.run.problem
        if problem is None:
            raise ValueError("a row comes from a division")
        kind = problem.rules.kind
        case = WordsCase(
            code=row.code,
            rule=problem.rules.rule,
            kind=kind,
            asked=row.asked,
            granted=row.granted,
            left=row.left,
            votes=number_of_votes(kind, row.votes, problem.scale),
            supporters=row.supporters,
            support_needed=row.support_needed,
            ceiling=self.label_of(row.ceiling),
            rival=self.titles.get(row.rival, ""),
            stopped_by=self.titles.get(row.stopped_by, ""),
            phase=row.phase,
            effective=row.effective,
        )
        return about(case, problem.quorum)


_BEFORE = {
    Standing.WITHDRAWN: lambda: _("Ingetrokken; doet niet mee."),
    Standing.LATE: lambda: _("Kwam te laat binnen."),
    Standing.INCOMPLETE: lambda: _("Was niet volledig."),
    Standing.NEGATIVE: lambda: _("Bij de beoordeling afgewezen; dat blijft hier zo."),
    Standing.UNJUDGED: lambda: _("Hierover is niet geoordeeld."),
    NO_AMOUNT: lambda: _("Er is geen bedrag gevraagd."),
    NOTHING: lambda: _("Volgens de rekenregels komt hier geen bedrag uit."),
    NOT_VOTED: lambda: _("Stond niet op het stembiljet, dus er zijn geen stemmen."),
}
