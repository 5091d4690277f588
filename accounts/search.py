"""Search text is made plain in Python, so that both databases find the same."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Lower case without accents and double spaces, at most 200 characters ("Zoë" finds "zoe")."""
    bare = unicodedata.normalize("NFKD", text)
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(letters.casefold().split())[:200]
