"""What on a public card may say too much: phone numbers, e-mail addresses, names of other people.

A hint for whoever wrote it, never a bar, and nobody rewrites it for her.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# A Dutch number with or without country code, however it is spaced; no year, sum or post code.
PHONE = re.compile(r"(?<![\w+])(?:\+31|0031|0)[\s.\-/()]*(?:\d[\s.\-/()]*){8}\d(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
BETWEEN = r"(?:(?:van|de|den|der|het|ten|ter|te|'t|la|el|al)\s+){0,3}"
CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'\u2019\-]*[a-zß-öø-ÿ]"
NAME = re.compile(rf"\b({CAPITAL})\s+({BETWEEN})({CAPITAL})\b")
# Words that begin a sentence or a date rather than a name.
WORDS = (
    "de het een wij we ik u ons onze in op bij met voor van door na om en of dit dat deze "
    "die er elke ieder iedereen alle alles samen zo als dan ook nu wie wat waar toen daar "
    "hier per tot uit sinds maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "januari februari maart april mei juni juli augustus september oktober november "
    "december nieuwe oude sint den stichting vereniging buurthuis dorpshuis kulturhus "
    "gemeente provincie"
)
EVERYDAY = frozenset(WORDS.split())


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that deserve a second look; ``kind`` is phone, mail or name."""

    kind: str
    words: str


def hints(text: str, *, known: Iterable[str] = ()) -> tuple[Hint, ...]:
    """What in ``text`` looks like a phone number, an address or somebody's name, in that order.

    ``known`` holds texts whose words are no third person: the applicant's name, the chosen name,
    the title and the place.
    """
    familiar = {word.lower() for each in known for word in re.findall(r"[\w'\u2019\-]+", each)}
    found = [Hint("phone", each.group().strip(" .-/()")) for each in PHONE.finditer(text)]
    found += [Hint("mail", each.group()) for each in MAIL.finditer(text)]
    found += [Hint("name", words) for words in _names(text, familiar)]
    return tuple(dict.fromkeys(found))


def _names(text: str, familiar: set[str]) -> list[str]:
    """Two capitalised words after each other, unless both are familiar or one is an everyday word.

    The search goes on at the second word, so that "Onze Jannie Bosch" is still found.
    """
    found, at = [], 0
    while match := NAME.search(text, at):
        first, last = match[1].lower(), match[3].lower()
        at = match.start(3)
        if {first, last} <= familiar or EVERYDAY & {first, last}:
            continue
        found.append(" ".join(match.group().split()))
        at = match.end()
    return found
