"""What stands on a ballot: checked against the frozen rules of the vote, and written one way only.

Seven kinds. ``choose_one``, ``approval`` and ``knapsack`` are a JSON list of option uids, sorted;
``ranking`` is that list in the voter's order; ``points``, ``score`` and ``household`` are a JSON
object from uid to points, score or cents, sorted, without the options that got nothing. Every
ballot has one text, so that equal ballots are equal texts. Standard library only, no clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

LISTS = ("choose_one", "approval", "knapsack", "ranking")
NUMBERS = ("points", "score", "household")

Marks: TypeAlias = Mapping[str, int] | Iterable[str]


class BadBallot(ValueError):
    """A ballot that the rules do not allow; ``code`` says which rule, ``figures`` the numbers.

    ``number`` (least, most, n): too few or too many initiatives. ``double``, ``unknown_option``,
    ``own``, ``withdrawn`` (option): one named twice, not on the paper, the voter's own, or out of
    the vote. ``total`` (most, n): more points than there are. ``most_per_option`` (most, n, option)
    and ``scale`` (least, most, n, option): too much for one initiative, or a number outside the
    scale or between its steps. ``budget`` (most, n) and ``amount`` (most, n): more cents than there
    are.
    """

    def __init__(self, code: str, **figures: Any) -> None:
        super().__init__(code)
        self.code = code
        self.figures = figures


def canonical(vote: Mapping[str, Any], options: Mapping[str, int], marks: Marks) -> str:
    """The one text of a ballot with these marks.

    ``vote`` is ``params["vote"]``, ``options`` the uids on this voter's paper with their frozen
    amount in cents, ``marks`` uids (in the voter's order), or uid -> number for points, scores and
    cents. Where a paper has fewer options than the vote asks for, all of them are enough. Raises
    ``BadBallot``; ``TypeError`` for marks of another shape than the kind has.
    """
    kind = vote["kind"]
    if kind in NUMBERS:
        if not isinstance(marks, Mapping):
            raise TypeError(f"{kind} takes a number for each option")
        given = _numbers_given(vote, options, marks)
        _check_choices(vote, options, len(given))
        _check_sum(vote, sum(given.values()))
        return _one_text(given)
    if kind not in LISTS:
        raise TypeError(f"no ballot is called {kind}")
    if isinstance(marks, (Mapping, str)):
        raise TypeError(f"{kind} takes a list of options")
    chosen = list(marks)
    for place, uid in enumerate(chosen):
        if uid not in options:
            raise BadBallot("unknown_option", option=uid)
        if uid in chosen[:place]:
            raise BadBallot("double", option=uid)
    _check_choices(vote, options, len(chosen))
    if kind == "knapsack":
        cost = sum(options[uid] for uid in chosen)
        if cost > vote["budget"]:
            raise BadBallot("budget", most=vote["budget"], n=cost)
    return _one_text(chosen if kind == "ranking" else sorted(chosen))


def read(text: str) -> Any:
    """The marks in a canonical text: a list of uids, or a dict from uid to a whole number.

    Raises ``ValueError`` for a text that no ballot has.
    """
    marks = json.loads(text)
    if isinstance(marks, list):
        whole = all(isinstance(uid, str) for uid in marks) and len(set(marks)) == len(marks)
    else:
        whole = isinstance(marks, dict) and all(type(number) is int for number in marks.values())
    if not whole or _one_text(marks) != text:
        raise ValueError("not the text of a ballot")
    return marks


def named(marks: Marks) -> list[str]:
    """The options that a ballot gives something: a zero names nothing."""
    if isinstance(marks, Mapping):
        return [uid for uid, number in marks.items() if number]
    return list(marks)


def _numbers_given(
    vote: Mapping[str, Any], options: Mapping[str, int], marks: Mapping[str, int]
) -> dict[str, int]:
    """The numbers that stand on the ballot, each within what one option can get."""
    score = vote["kind"] == "score"
    least, most = (vote["lowest"], vote["highest"]) if score else (0, vote["most_per_option"])
    step = vote["step"] if vote["kind"] == "household" else 0
    given = {}
    for uid, number in marks.items():
        if uid not in options:
            raise BadBallot("unknown_option", option=uid)
        if type(number) is not int:
            raise BadBallot("scale", least=least, most=most, n=0, option=uid)
        if number == 0 and least >= 0:
            continue  # nothing, which is what an option gets that is not named
        if number < least or (score and number > most) or (step and number % step):
            raise BadBallot("scale", least=least, most=most, n=number, option=uid)
        if not score and most and number > most:
            raise BadBallot("most_per_option", most=most, n=number, option=uid)
        given[uid] = number
    return given


def _check_choices(vote: Mapping[str, Any], options: Mapping[str, int], chosen: int) -> None:
    least = min(vote["minimum"], len(options))
    most = 1 if vote["kind"] == "choose_one" else vote["maximum"]
    if not least <= chosen <= most:
        raise BadBallot("number", least=least, most=most, n=chosen)


def _check_sum(vote: Mapping[str, Any], total: int) -> None:
    if vote["kind"] == "points" and total > vote["points"]:
        raise BadBallot("total", most=vote["points"], n=total)
    if vote["kind"] == "household" and total > vote["amount"]:
        raise BadBallot("amount", most=vote["amount"], n=total)


def _one_text(marks: Any) -> str:
    return json.dumps(marks, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
