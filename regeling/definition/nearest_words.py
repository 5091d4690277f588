"""What somebody who misspelt a word probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def meant(word: str, allowed: Iterable[str]) -> str:
    """The nearest of the allowed words, or all of them, as the end of a Dutch sentence."""
    several = list(allowed)
    near = get_close_matches(word, several, n=1)
    return f"bedoelt u '{near[0]}'?" if near else f"kies uit: {', '.join(several) or '(niets)'}"
