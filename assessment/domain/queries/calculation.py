"""How the money of a round was divided, step by step, in words for a resident.

The steps come from the engine (``assessment.domain.calculation``); here they get their sentences.
Amounts are cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.domain.allocation_model import TOTAL, Outcome, Problem, Row
from assessment.domain.award_words import POINTS, money, quorum_words, votes_words
from assessment.domain.calculation import PrintedStep, printed
from assessment.domain.reasons import label_of, told_step
from regeling.models import Call

FEW_EQUALS = 4


@dataclass(frozen=True, slots=True)
class Room:
    """What a ceiling held before and after a turn, of what it held at the start."""

    label: str
    before: int
    after: int
    start: int


@dataclass(frozen=True, slots=True)
class Step:
    """One option at its turn.

    ``votes`` are its votes in words, ``bar`` what the order went by as a part of ``bars``;
    ``rooms`` the ceilings that count for it, narrow ones first, the whole last. ``needed`` says how
    many more votes would have brought the whole amount; ``tie`` who stood equal with it where that
    decided, and what broke the tie.
    """

    place: int
    title: str
    votes: str
    bar: int
    bars: int
    supporters: int | None
    asked: int
    granted: int
    rooms: tuple[Room, ...]
    sentence: str
    needed: str
    tie: str


@dataclass(frozen=True, slots=True)
class Calculation:
    """The whole division: what there was, the steps in the order in which they were taken, what is
    left under every ceiling, the ties that decided, and what to know of the rule."""

    there_was: int
    steps: tuple[Step, ...]
    left: tuple[Room, ...]
    ties: tuple[str, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]


def calculation(
    problem: Problem, outcome: Outcome, *, titles: Mapping[str, str], call: Call
) -> Calculation:
    """Put a division in steps; ``titles`` names the options by uid."""
    rows = {row.key: row for row in outcome.rows}
    most = max((row.score for row in outcome.rows), default=0)
    return Calculation(
        there_was=problem.ceilings[TOTAL],
        steps=tuple(
            _step(step, rows[step.key], problem, call, max(most, 1))
            for step in printed(problem, outcome, titles)
        ),
        left=tuple(
            Room(label_of(call, name), problem.ceilings[name], left, problem.ceilings[name])
            for name, left in sorted(outcome.left.items(), key=lambda each: each[0] != TOTAL)
        ),
        ties=tuple(
            _tie([titles[key] for key in tie.keys], tie.decided_by)
            for tie in outcome.ties
            if tie.decisive
        ),
        warnings=tuple(WARNINGS[code]() for code in outcome.warnings if code in WARNINGS),
        notes=tuple(_notes(problem, outcome)),
    )


def _step(step: PrintedStep, row: Row, problem: Problem, call: Call, bars: int) -> Step:
    after = dict(step.after)
    return Step(
        place=step.place,
        title=step.name,
        votes=votes_words(problem.rules.kind, row.votes, problem.scale),
        bar=max(row.score, 0),
        bars=bars,
        supporters=step.supporters,
        asked=step.needed,
        granted=step.granted,
        rooms=tuple(
            Room(label_of(call, name), before, after[name], problem.ceilings[name])
            for name, before in step.before
        ),
        sentence=told_step(step, problem, call),
        needed=_needed(problem.rules.kind, step),
        tie=_tie_at_a_step(step),
    )


def _needed(kind: str, step: PrintedStep) -> str:
    """How many more votes would have been enough."""
    number = step.votes_needed
    if number is None or step.granted == step.needed:
        return ""
    if kind == "household":
        amount = {"amount": money(number)}
        return _("Met %(amount)s meer van de stemmers was het genoeg geweest.") % amount
    if kind in POINTS:
        return ngettext(
            "Met %(n)s punt meer was het genoeg geweest.",
            "Met %(n)s punten meer was het genoeg geweest.",
            number,
        ) % {"n": number}
    return ngettext(
        "Met %(n)s stem meer was het genoeg geweest.",
        "Met %(n)s stemmen meer was het genoeg geweest.",
        number,
    ) % {"n": number}


def _tie_at_a_step(step: PrintedStep) -> str:
    """Who stood equal, where that mattered. Many equals are named once, below the steps."""
    if len(step.tied_with) > FEW_EQUALS and step.decided_by in DECIDED_BY:
        rule = DECIDED_BY[step.decided_by]()
        return f"{rule[:1].upper()}{rule[1:]}."
    if step.decided_by or step.open:
        return _tie([step.name, *step.tied_with], step.decided_by)
    return ""


def _tie(names: list[str], decided_by: str) -> str:
    told = ", ".join(sorted(names))
    if decided_by not in DECIDED_BY:
        return _("Gelijk: %(names)s.") % {"names": told}
    return _("Gelijk: %(names)s; %(rule)s.") % {"names": told, "rule": DECIDED_BY[decided_by]()}


def _notes(problem: Problem, outcome: Outcome) -> Iterable[str]:
    if words := quorum_words(problem.quorum):
        yield words
    yield from _shares(outcome.figures)


def _shares(figures: Mapping[str, Any]) -> Iterable[str]:
    """What equal shares tells of itself."""
    if "share" not in figures:
        return
    first = money(figures["first_share"])
    yield _("Iedere stemmer kreeg eerst %(share)s om te verdelen.") % {"share": first}
    if figures["steps"]:
        yield _("Dat is %(n)s keer verhoogd, tot %(share)s: verder reikte het geld niet.") % {
            "n": figures["steps"],
            "share": money(figures["share"]),
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
