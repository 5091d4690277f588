"""How to vote, what was chosen and how much is left, in plain words, for each kind of vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from regeling.words import euro_words

Marks = list[str] | dict[str, int]


def euros(cents: int) -> str:
    """An amount as the reader's language writes it: "€ 2.000,50", in English "€ 2,000.50"."""
    text = euro_words(cents)
    if (get_language() or "nl").startswith("en"):
        return text.translate(str.maketrans(".,", ",."))
    return text


def how_to(vote: Mapping[str, Any]) -> list[str]:
    """What a voter can do, in one or two sentences."""
    match vote["kind"]:
        case "choose_one":
            return [_("Kies één initiatief.")]
        case "points":
            return [
                _("U hebt %(n)s punten. Verdeel ze over de initiatieven die u goed vindt.")
                % {"n": vote["points"]},
                ngettext(
                    "Eén initiatief krijgt hoogstens %(n)s punt.",
                    "Eén initiatief krijgt hoogstens %(n)s punten.",
                    vote["most_per_option"],
                )
                % {"n": vote["most_per_option"]},
            ]
        case "ranking":
            return [
                _("Zet de initiatieven die u het beste vindt op volgorde: 1 is het beste.")
                if vote["maximum"] > 1
                else _("Zet het beste initiatief op plaats 1."),
                _range(vote["minimum"], vote["maximum"]),
            ]
        case "knapsack":
            return [
                _("Er is %(n)s te verdelen. Kies initiatieven die daar samen in passen.")
                % {"n": euros(vote["budget"])}
            ]
        case "score":
            return [
                _("Geef elk initiatief een cijfer van %(least)s tot en met %(most)s.")
                % {"least": vote["lowest"], "most": vote["highest"]},
                _("U hoeft ze niet allemaal een cijfer te geven."),
            ]
        case "household":
            return [
                _("U geeft %(n)s weg. Verdeel dat over de initiatieven, in stappen van %(step)s.")
                % {"n": euros(vote["amount"]), "step": euros(vote["step"])}
            ]
    return [_range(vote["minimum"], vote["maximum"])]


def running(vote: Mapping[str, Any]) -> dict[str, str]:
    """The running total as sentences to fill in: {used}, {left}, {over}, {most} and, for one
    choice, {title}. ``none`` before anything is chosen, ``some`` after, ``over`` when it is too
    much, ``left_one`` where one is left."""
    match vote["kind"]:
        case "choose_one":
            return {
                "none": _("U koos nog niets."),
                "some": _("U koos: {title}"),
                "over": _("Kies één initiatief."),
            }
        case "points":
            return {
                "none": _("U hebt {most} punten te verdelen."),
                "some": _("U hebt nog {left} van {most} punten."),
                "over": _("U gaf {over} punten te veel."),
                "over_one": _("U gaf 1 punt te veel."),
            }
        case "ranking":
            return {
                "none": _("U gaf nog geen plaats."),
                "some": _("U gaf {used} van {most} plaatsen."),
                "over": _("U gaf {over} plaatsen te veel."),
            }
        case "knapsack":
            return {
                "none": _("U hebt {most} te verdelen."),
                "some": _("U hebt nog {left} van {most}."),
                "over": _("Dit past niet: {over} te veel."),
            }
        case "score":
            return {
                "none": _("U gaf nog geen cijfer."),
                "some": _("U gaf {used} initiatieven een cijfer."),
                "some_one": _("U gaf 1 initiatief een cijfer."),
                "over": _("U gaf {over} cijfers te veel."),
            }
        case "household":
            return {
                "none": _("U hebt {most} te verdelen."),
                "some": _("U verdeelde {used} van {most}."),
                "over": _("U verdeelde {over} te veel."),
            }
    return {
        "none": _("U koos nog niets. U mag er {most} kiezen."),
        "some": _("U koos {used} van hoogstens {most}."),
        "over": _("U koos {over} te veel."),
    }


def most(vote: Mapping[str, Any]) -> int:
    """What a ballot has to give: choices, points or cents."""
    named = {"points": "points", "knapsack": "budget", "household": "amount"}
    if vote["kind"] == "choose_one":
        return 1
    return int(vote[named.get(vote["kind"], "maximum")])


def total(vote: Mapping[str, Any], amounts: Mapping[str, int], marks: Marks, title: str) -> str:
    """The running total of these marks in words."""
    kind, words = vote["kind"], running(vote)
    if isinstance(marks, Mapping):
        used = len(marks) if kind == "score" else sum(marks.values())
    else:
        used = sum(amounts.get(uid, 0) for uid in marks) if kind == "knapsack" else len(marks)
    left = most(vote) - used
    which = "none" if not marks else "over" if left < 0 else "some"
    if f"{which}_one" in words and abs(left if which == "over" else used) == 1:
        which = f"{which}_one"
    show = euros if kind in ("knapsack", "household") else str
    return words[which].format(
        used=show(used), left=show(left), over=show(-left), most=show(most(vote)), title=title
    )


def told(vote: Mapping[str, Any], mark: int) -> str:
    """What one option got: its place, points, score or cents in words."""
    match vote["kind"]:
        case "ranking":
            return _("Plaats %(n)s") % {"n": mark}
        case "points":
            return ngettext("%(n)s punt", "%(n)s punten", mark) % {"n": mark}
        case "score":
            return _("Cijfer %(n)s") % {"n": mark}
        case "household":
            return euros(mark)
    return ""


def _range(least: int, most: int) -> str:
    if least == most:
        return ngettext("Kies %(n)s initiatief.", "Kies %(n)s initiatieven.", most) % {"n": most}
    return _("Kies minstens %(least)s en hoogstens %(most)s initiatieven.") % {
        "least": least,
        "most": most,
    }
