"""From what somebody types of a paper form, by the numbers printed on it, to marks.

``2 5 7`` where one ticks, in the order of the voter where one ranks, and ``2:3 5:1`` where an
option gets points, a score or euros. Separators may be spaces or commas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from applications.web.parsing import cents
from assessment.domain.queries.ballots import Card
from timeline.refusal import Refused

LISTS = ("choose_one", "approval", "knapsack", "ranking")


def example(vote: Mapping[str, Any]) -> str:
    """How the choices of a form are typed, in a sentence."""
    match vote["kind"]:
        case "ranking":
            return _("De nummers op volgorde, de beste eerst. Bijvoorbeeld: 5 2 7")
        case "points":
            return _("Nummer, dubbele punt, punten. Bijvoorbeeld: 2:3 5:1")
        case "score":
            return _("Nummer, dubbele punt, cijfer. Bijvoorbeeld: 2:8 5:6")
        case "household":
            return _("Nummer, dubbele punt, euro's. Bijvoorbeeld: 2:15 5:10")
    return _("De nummers die zijn aangekruist. Bijvoorbeeld: 2 5 7")


def typed(
    vote: Mapping[str, Any], options: Sequence[tuple[int, Card]], text: str
) -> list[str] | dict[str, int]:
    """The marks in what was typed. Raises ``Refused`` (field "typed") for what cannot be read."""
    uids = {number: card.uid for number, card in options}
    # A comma stands between numbers, but within euros it stands before the cents.
    between = r"[\s;]+" if vote["kind"] == "household" else r"[\s,;]+"
    words = [word.rstrip(",") for word in re.split(between, text.strip()) if word]
    if vote["kind"] in LISTS:
        return [_uid(uids, word) for word in words]
    numbers: dict[str, int] = {}
    for word in words:
        number, colon, given = word.partition(":")
        value = _value(vote["kind"], given)
        if not colon or value is None:
            raise _unreadable(word)
        uid = _uid(uids, number)
        if uid in numbers:
            raise Refused(
                _("Nummer %(n)s staat er twee keer.") % {"n": number}, field="typed", code="double"
            )
        numbers[uid] = value
    return numbers


def _uid(uids: Mapping[int, str], word: str) -> str:
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 5 else 0
    if number not in uids:
        raise _unreadable(word)
    return uids[number]


def _value(kind: str, text: str) -> int | None:
    if kind == "household":
        return cents(text)
    digits = text.removeprefix("-")
    readable = digits.isascii() and digits.isdecimal() and len(digits) < 6
    return int(text) if readable else None


def _unreadable(word: str) -> Refused:
    return Refused(
        _("“%(word)s” staat niet op het formulier. Typ de nummers zoals zij gedrukt zijn.")
        % {"word": word[:20]},
        field="typed",
        code="unreadable",
    )
