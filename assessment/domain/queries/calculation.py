"""How the money of a round was divided, step by step, in words for a resident.

Pure but for the words: an outcome and the names of the options in, steps out. Amounts are cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.domain.allocation_model import TOTAL, Outcome, Row, Tie
from assessment.domain.tally import score_words
from regeling.words import euro_words

FIXED = ("departed_award", "departed_refusal")


@dataclass(frozen=True, slots=True)
class Step:
    """One option at its turn: what was left of the whole before and after it, and why.

    ``score`` is what the order went by, in words, and ``bar`` the same as a part of ``bars``.
    ``needed`` says how many more votes would have brought the whole amount; ``equals`` who stood
    equal with it where that decided, and what broke the tie.
    """

    place: int
    title: str
    score: str
    bar: int
    bars: int
    supporters: int | None
    asked: int
    granted: int
    before: int
    after: int
    sentence: str
    needed: str
    equals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """The whole division: what there was, the steps in the order in which they were taken, what is
    left under every ceiling, the ties that decided, and what to be careful with."""

    there_was: int
    steps: tuple[Step, ...]
    left: tuple[tuple[str, int, int], ...]
    ties: tuple[str, ...]
    warnings: tuple[str, ...]
    shares: tuple[str, ...]


def calculation(
    outcome: Outcome,
    *,
    ceilings: Mapping[str, int],
    titles: Mapping[str, str],
    labels: Mapping[str, str],
    scale: int = 1,
    drawn: int = 0,
) -> Calculation:
    """Put an outcome in steps.

    ``ceilings`` is what each held beforehand, ``titles`` names the options and ``labels`` the
    ceilings; ``scale`` is that of the votes; ``drawn`` how many were in the lot.
    """
    words = _Words(titles, labels, scale, drawn)
    most = max((abs(row.score) for row in outcome.rows), default=0)
    left, steps = ceilings[TOTAL], []
    for row in sorted(outcome.rows, key=_turn):
        after = left - row.granted
        steps.append(
            Step(
                place=row.place,
                title=titles[row.key],
                score=score_words(row.score, outcome.score_scale),
                bar=max(row.score, 0),
                bars=max(most, 1),
                supporters=row.supporters,
                asked=row.asked,
                granted=row.granted,
                before=left,
                after=after,
                sentence=words.reason(row),
                needed=words.needed(row),
                equals=tuple(words.tie(tie) for tie in outcome.ties if _decides(tie, row.key)),
            )
        )
        left = after
    return Calculation(
        there_was=ceilings[TOTAL],
        steps=tuple(steps),
        left=tuple((labels[name], ceilings[name], outcome.left[name]) for name in sorted(ceilings)),
        ties=tuple(words.tie(tie) for tie in outcome.ties if tie.decisive),
        warnings=tuple(WARNINGS[code]() for code in outcome.warnings if code in WARNINGS),
        shares=tuple(_shares(outcome.figures)),
    )


def _turn(row: Row) -> tuple[int, int, int, str]:
    """What the decision maker fixed is taken first, then in order of place; the leftover last."""
    return (row.code not in FIXED, row.phase, row.place or 1_000_000, row.key)


def _decides(tie: Tie, key: str) -> bool:
    return tie.decisive and key in tie.keys


def _shares(figures: Mapping[str, Any]) -> Iterable[str]:
    """What equal shares tells of itself."""
    if "share" not in figures:
        return
    first = euro_words(figures["first_share"])
    yield _("Iedere stemmer kreeg eerst %(share)s om te verdelen.") % {"share": first}
    if figures["steps"]:
        yield _("Dat is %(n)s keer verhoogd, tot %(share)s: verder reikte het geld niet.") % {
            "n": figures["steps"],
            "share": euro_words(figures["share"]),
        }
    if "comparison" in figures:
        greedy = figures["comparison"]["taken"] == "greedy"
        yield (
            _("De verdeling op aantal stemmen beviel meer stemmers en is genomen.")
            if greedy
            else _("De verdeling op aantal stemmen beviel niet meer stemmers dan deze.")
        )


WARNINGS = {
    "few_ballots": lambda: _(
        "Er waren weinig stembiljetten voor een verdeling naar gelijke delen. De uitkomst kan van "
        "enkele stemmen afhangen."
    ),
    "few_choices": lambda: _(
        "De stemmers kozen gemiddeld minder dan drie initiatieven. Dan werkt een verdeling naar "
        "gelijke delen minder goed."
    ),
}
DECIDED_BY = {
    "more_votes": lambda: _("wie meer stemmen heeft, gaat voor"),
    "more_supporters": lambda: _("wie door meer mensen is gekozen, gaat voor"),
    "earlier_complete": lambda: _("wie eerder volledig was, gaat voor"),
    "lower_amount": lambda: _("wie minder vraagt, gaat voor"),
    "lot": lambda: _("de loting besliste"),
}


@dataclass(frozen=True, slots=True)
class _Words:
    titles: Mapping[str, str]
    labels: Mapping[str, str]
    scale: int
    drawn: int

    def reason(self, row: Row) -> str:
        """Why this option gets what it gets, told about it and not to its applicant."""
        figures = {
            "asked": euro_words(row.asked),
            "granted": euro_words(row.granted),
            "left": euro_words(row.left),
            "label": self.labels.get(row.ceiling, ""),
            "rival": self.titles.get(row.rival, ""),
            "by": self.titles.get(row.stopped_by, ""),
            "votes": score_words(row.votes, self.scale),
            "needed": score_words(row.support_needed, 1),
            "people": row.supporters or 0,
        }
        return REASONS.get(row.code, REASONS["undecided"])() % figures

    def needed(self, row: Row) -> str:
        """How many more votes would have been enough."""
        if row.votes_needed is None or row.granted == row.asked:
            return ""
        return ngettext(
            "Met %(n)s stem meer had dit initiatief het hele bedrag gekregen.",
            "Met %(n)s stemmen meer had dit initiatief het hele bedrag gekregen.",
            row.votes_needed,
        ) % {"n": row.votes_needed}

    def tie(self, tie: Tie) -> str:
        """Who stood equal, and what decided."""
        names = ", ".join(self.titles[key] for key in tie.keys)
        if tie.decided_by not in DECIDED_BY:
            return _("Gelijk: %(names)s.") % {"names": names}
        return _("Gelijk: %(names)s; %(rule)s.") % {
            "names": names,
            "rule": DECIDED_BY[tie.decided_by](),
        }


REASONS = {
    "awarded": lambda: _("Krijgt wat het vraagt: %(granted)s."),
    "awarded_partly": lambda: _(
        "Krijgt wat er nog over was: %(granted)s van de gevraagde %(asked)s."
    ),
    "awarded_share": lambda: _("Krijgt naar verhouding van de stemmen: %(granted)s."),
    "departed_award": lambda: _(
        "Krijgt %(granted)s, omdat wie het besluit neemt van de stemming afweek."
    ),
    "departed_refusal": lambda: _(
        "Krijgt niets, omdat wie het besluit neemt van de stemming afweek."
    ),
    "refused_ceiling": lambda: _("Paste niet: er was nog %(left)s, en het vraagt %(asked)s."),
    "refused_sub_ceiling": lambda: _(
        "Paste niet: voor %(label)s was er nog %(left)s, en het vraagt %(asked)s."
    ),
    "refused_stopped": lambda: _(
        "Kwam niet meer aan de beurt: %(by)s paste niet, en dan stopt de verdeling."
    ),
    "refused_excluded": lambda: _(
        "Krijgt niets: uit deze groep wordt er één betaald, en dat is %(rival)s."
    ),
    "refused_support": lambda: _("Te weinig stemmen: er waren er %(needed)s nodig."),
    "refused_supporters": lambda: _(
        "Te weinig mensen kozen ervoor: %(people)s, en er waren er %(needed)s nodig."
    ),
    "refused_shares": lambda: _(
        "De mensen die ervoor kozen, hadden samen nog %(left)s over van de %(asked)s die nodig is."
    ),
    "refused_quorum": lambda: _("Er stemden te weinig mensen. Dan wordt er geen geld verdeeld."),
    "withdrawn": lambda: _("Deed niet meer mee."),
    "tied": lambda: _("Staat gelijk met een ander, en dat beslist over het geld."),
    "undecided": lambda: _("Hierover is nog niet beslist."),
}
