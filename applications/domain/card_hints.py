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
NAME = re.compile(rf"\b{CAPITAL}(?:\s+{BETWEEN}{CAPITAL})+\b")
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
    """Two or more capitalised words after each other, everyday words around them left out; not when
    all of them are familiar."""
    found = []
    for match in NAME.finditer(text):
        words = match.group().split()
        while words and words[0].lower() in EVERYDAY:
            words.pop(0)
        while words and words[-1].lower() in EVERYDAY:
            words.pop()
        capitals = {word.lower() for word in words if word[0].isupper()}
        if len(capitals) > 1 and not capitals <= familiar:
            found.append(" ".join(words))
    return found
