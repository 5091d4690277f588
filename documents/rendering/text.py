"""Text that the fonts of the letter can print, so that no sign is lost without a word."""

import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import replace

from documents.letters.model import Letter, with_text

REMARK = (
    "Een paar tekens uit uw tekst, zoals emoji, kunnen wij niet afdrukken. "
    "Daarvoor in de plaats staat een woord tussen vierkante haken."
)

_WORDS = {
    "❤": "hart",
    "♥": "hart",
    "😀": "lachend gezicht",
    "😁": "lachend gezicht",
    "😃": "lachend gezicht",
    "😄": "lachend gezicht",
    "😊": "lachend gezicht",
    "🙂": "lachend gezicht",
    "😍": "verliefd gezicht",
    "👍": "duim omhoog",
    "👏": "applaus",
    "🙏": "gevouwen handen",
    "🎉": "feest",
    "🎈": "ballon",
    "🎵": "muziek",
    "🎶": "muziek",
    "☀": "zon",
    "🌞": "zon",
    "🌻": "bloem",
    "🌷": "bloem",
    "🌸": "bloem",
    "🌱": "plantje",
    "🌳": "boom",
    "⚽": "voetbal",
    "🚲": "fiets",
    "🏡": "huis",
    "🏠": "huis",
    "☕": "koffie",
    "✅": "vinkje",
    "✔": "vinkje",
    "⭐": "ster",
}
_UNSEEN = {"Cc", "Cf", "Cs"}
_JOINERS = {0xFE0E, 0xFE0F, 0x20E3}
_SKIN = range(0x1F3FB, 0x1F400)
_PLAIN = str.maketrans(
    {"\u2028": "\n", "\u2029": "\n", "\r": "\n", "\t": " ", "\u202f": "\N{NO-BREAK SPACE}"}
)


def printable(text: str, covered: AbstractSet[int]) -> tuple[str, bool]:
    """The text with what the fonts lack made readable, and whether a sign was replaced.

    `covered` holds the code points of the fonts. Control characters and invisible joiners go;
    a letter without glyph loses its accent where that helps; the rest becomes a word in brackets.
    """
    written: list[str] = []
    replaced = False
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_PLAIN)):
        if unicodedata.category(char) in _UNSEEN and char != "\n":
            continue
        if char == "\n" or ord(char) in covered:
            written.append(char)
            continue
        if ord(char) in _JOINERS:
            continue
        plain = _without_accent(char, covered)
        if plain:
            written.append(plain)
            continue
        replaced = True
        word = "" if ord(char) in _SKIN else f"[{_word(char)}]"
        if word and (not written or written[-1] != word):
            written.append(word)
    return "".join(written), replaced


def _without_accent(char: str, covered: AbstractSet[int]) -> str:
    parts = unicodedata.normalize("NFKD", char)
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain if plain and all(ord(part) in covered for part in plain) else ""


def _word(char: str) -> str:
    if char in _WORDS:
        return _WORDS[char]
    return "emoji" if unicodedata.category(char) in {"So", "Sk", "Cn", "Co"} else "teken"


def printable_letter(letter: Letter, covered: AbstractSet[int]) -> Letter:
    """The letter in signs that the fonts have, with a remark when one was replaced."""
    replaced = False

    def clean(text: str) -> str:
        nonlocal replaced
        written, changed = printable(text, covered)
        replaced = replaced or changed
        return written

    cleaned: Letter = with_text(letter, clean)
    return replace(cleaned, remark=REMARK) if replaced else cleaned
