"""From the fields of a ballot form to marks, and from a ballot that does not fit to a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from applications.web.parsing import amount_text, cents
from assessment.domain import marks
from assessment.domain.queries.ballots import Paper
from assessment.web.wording import euros

TICKED = ("choose_one", "approval", "knapsack")
SEGMENTS = 7
"""Up to so many numbers to choose from stand side by side; more are in a list to pick from."""
LISTED = 25
"""Up to so many are in a list; more are typed."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody filled in: ``fields`` as it was typed, by uid; ``marks`` as far as it could be
    read; ``wrong`` a sentence for each option whose field could not."""

    fields: Mapping[str, str] = field(default_factory=dict)
    marks: list[str] | dict[str, int] = field(default_factory=list)
    wrong: Mapping[str, str] = field(default_factory=dict)


Names = Mapping[str, str]
"""Titles of options by uid, for sentences."""


def given(vote: Mapping[str, Any], data: QueryDict, names: Names) -> Given:
    """Read a form. A field of an option that is not on the paper is kept in the marks, so that the
    rules refuse it; whoever sends one did not use the page."""
    kind = vote["kind"]
    if kind in TICKED:
        chosen = data.getlist("choices")
        return Given(dict.fromkeys(chosen, "1"), chosen)
    typed = {
        name.removeprefix("mark_"): text.strip()
        for name in data
        if name.startswith("mark_") and (text := data.get(name, "")).strip()
    }
    if kind == "ranking":
        return _places(vote, typed, names)
    return _numbers(kind, typed, names)


def filled(vote: Mapping[str, Any], written: list[str] | Mapping[str, int]) -> Given:
    """The fields of a ballot that was cast before."""
    kind = vote["kind"]
    if isinstance(written, Mapping):
        show = amount_text if kind == "household" else str
        return Given({uid: show(number) for uid, number in written.items()}, dict(written))
    if kind == "ranking":
        places = {uid: str(place) for place, uid in enumerate(written, start=1)}
        return Given(places, list(written))
    return Given(dict.fromkeys(written, "1"), list(written))


def problem(paper: Paper, form: Given) -> str:
    """Why this ballot cannot be cast, in a sentence; empty when it can."""
    if form.wrong:
        return next(iter(form.wrong.values()))
    closed = {card.uid: card.closed for card in paper.cards if card.closed}
    try:
        for uid in marks.named(form.marks):
            if uid in closed:
                raise marks.BadBallot(closed[uid], option=uid)
        marks.canonical(paper.vote, paper.amounts, form.marks)
    except marks.BadBallot as bad:
        return sentence(paper.vote, bad, paper.names)
    return ""


def sentence(vote: Mapping[str, Any], bad: marks.BadBallot, names: Names) -> str:
    """What is wrong with a ballot and what to do, for the voter."""
    figures = bad.figures
    name = _name(names, figures.get("option", ""))
    match bad.code:
        case "number":
            return _number(vote["kind"], figures)
        case "total":
            text = _("U hebt %(most)s punten. U gaf er %(n)s. Haal er %(over)s weg.")
        case "most_per_option":
            text = _("Geef %(name)s hoogstens %(most)s punten. U gaf er %(n)s.")
        case "budget" | "amount":
            text = _("U hebt %(most)s te verdelen. U koos voor %(n)s. Dat is %(over)s te veel.")
        case "scale" if vote["kind"] == "household":
            text = _("Verdeel het geld in stappen van %(step)s. Kijk naar %(name)s.")
        case "scale":
            text = _("Geef %(name)s een getal van %(least)s tot en met %(most)s.")
        case "double":
            text = _("%(name)s staat er twee keer. U kunt een initiatief maar één keer kiezen.")
        case "own":
            text = _("%(name)s is van u, uw familie of uw club. Daarop kunt u niet stemmen.")
        case "withdrawn":
            text = _("%(name)s is teruggetrokken. Kies iets anders.")
        case _:
            text = _("Een van uw keuzes staat niet open op dit stembiljet. Kies opnieuw.")
    money = bad.code in ("budget", "amount")
    most, n = figures.get("most", 0), figures.get("n", 0)
    return text % {
        "name": name,
        "least": figures.get("least", 0),
        "most": euros(most) if money else most,
        "n": euros(n) if money else n,
        "over": euros(n - most) if money else n - most,
        "step": euros(vote["step"]),
    }


def _number(kind: str, figures: Mapping[str, int]) -> str:
    least, most, n = figures["least"], figures["most"], figures["n"]
    if most == 1:
        text = _("Kies één initiatief.")
    elif n > most:
        text = _("Kies hoogstens %(most)s initiatieven. U koos er %(n)s.")
    elif n == 0:
        text = _("U koos nog niets. Kies minstens %(least)s.")
    else:
        text = _("Kies minstens %(least)s initiatieven. U koos er %(n)s.")
    return text % {"least": least, "most": most, "n": n}


def _places(vote: Mapping[str, Any], typed: Mapping[str, str], names: Names) -> Given:
    """A ranking: places 1, 2, … each used once and none left open before the last."""
    taken: dict[int, str] = {}
    wrong: dict[str, str] = {}
    for uid, text in typed.items():
        place = int(text) if text.isdecimal() and len(text) < 5 else 0
        if not 1 <= place <= vote["maximum"]:
            wrong[uid] = _("Kies een plaats uit de lijst.")
        elif place in taken:
            wrong[uid] = _("Plaats %(place)s is twee keer gebruikt: bij %(one)s en %(other)s.") % {
                "place": place,
                "one": _name(names, taken[place]),
                "other": _name(names, uid),
            }
        else:
            taken[place] = uid
    order = [taken[place] for place in sorted(taken)]
    gap = next((place for place in range(1, len(taken) + 1) if place not in taken), 0)
    if gap and not wrong:
        wrong[order[gap - 1]] = _("Plaats %(place)s is nog leeg. Vul uw plaatsen op volgorde.") % {
            "place": gap
        }
    return Given(dict(typed), order, wrong)


def _numbers(kind: str, typed: Mapping[str, str], names: Names) -> Given:
    household = kind == "household"
    numbers: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for uid, text in typed.items():
        number = cents(text) if household else _whole(text)
        if number is not None:
            numbers[uid] = number
        elif household:
            wrong[uid] = _("Vul bij %(name)s een bedrag in euro's in.") % {
                "name": _name(names, uid)
            }
        else:
            wrong[uid] = _("Vul bij %(name)s een heel getal in.") % {"name": _name(names, uid)}
    return Given(dict(typed), numbers, wrong)


def _whole(text: str) -> int | None:
    digits = text.removeprefix("-")
    if not digits.isdecimal() or not digits.isascii() or len(digits) > 6:
        return None
    return int(text)


def _name(names: Names, uid: str) -> str:
    return names.get(uid) or _("een initiatief")
