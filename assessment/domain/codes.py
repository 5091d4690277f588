"""Voting codes: 16 random characters and one that catches a slip of the pen.

The alphabet has 30 letters and digits, without those that look alike (0 and O, 1, I and L, U and
V), so a code holds 78 bits: nobody finds one by trying. The seventeenth character is a weighted sum
modulo the prime 31; it catches every single wrong character and every two that changed places, so a
typing error is told at once and never counts as a guess.
"""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4
_MODULUS = 31


def new_code() -> str:
    """A fresh code: 17 characters without hyphens. Shown once, stored nowhere."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        check = _check_value(body)
        if check < len(ALPHABET):  # 31 possible sums, 30 characters: one body in 31 is passed over
            return body + ALPHABET[check]


def display(code: str) -> str:
    """The code as it is printed: groups of four, the check character last."""
    groups = [code[start : start + GROUP] for start in range(0, len(code), GROUP)]
    return "-".join(groups)


def read(typed: str) -> str | None:
    """The code in what somebody typed (any case, any spaces and hyphens), or None for a slip."""
    code = "".join(char for char in typed.upper() if char.isalnum())
    if len(code) != LENGTH + 1 or any(char not in ALPHABET for char in code):
        return None
    check = _check_value(code[:LENGTH])
    return code if check < len(ALPHABET) and ALPHABET[check] == code[LENGTH] else None


def _check_value(body: str) -> int:
    """The value that makes the sum of all 17 characters, each times its place, zero modulo 31."""
    total = sum(place * ALPHABET.index(char) for place, char in enumerate(body, start=1))
    return -total * pow(LENGTH + 1, -1, _MODULUS) % _MODULUS
