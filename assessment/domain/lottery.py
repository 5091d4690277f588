"""A lot that anybody can draw again: one full order that follows from a public number.

In the way of RFC 3797: the source of chance is named beforehand, and the order follows from it, the
frozen rules and the sealed ballots alone. Standard library only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def public_seed(params_hash: str, root: str, number: str) -> str:
    """The seed (hex) from the hash of the frozen rules, the final root (both hex) and the public
    number as it was published; spaces around and between its parts make no difference."""
    return _hex(f"{params_hash}|{root}|{' '.join(number.split())}")


def draw(seed: str, keys: Iterable[str]) -> tuple[str, ...]:
    """All keys in the order of SHA-256(seed | key), first drawn first."""
    return tuple(sorted(keys, key=lambda key: (_hex(f"{seed}|{key}"), key)))


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
