"""The two keys of a voter and the leaf of a ballot, as pure functions.

A code gives two keys that nobody can lead back to it, or to each other, without the code and the
secret ("pepper") that each needs. One stands with the right to vote, the other with the ballot: who
holds the code finds both, who holds the database finds no link.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

NONCE_BYTES = 32
RECEIPT_LENGTH = 20


def pepper(secret: bytes, domain: str) -> bytes:
    """One of the two peppers of a round ("register", "ballot"), from the one secret that it has."""
    return hmac.new(secret, f"pepper|{domain}".encode(), hashlib.sha256).digest()


def register_key(pepper: bytes, round_uid: str, code: str) -> str:
    """The key (hex) under which the right to vote is registered."""
    return _keyed(pepper, "register", round_uid, code)


def ballot_key(pepper: bytes, round_uid: str, code: str) -> str:
    """The key (hex) under which the ballot lies in the box; another pepper than the register's."""
    return _keyed(pepper, "ballot", round_uid, code)


def leaf(
    *, params_hash: str, panel: str, ballot_key: str, revision: int, choices: str, nonce: bytes
) -> bytes:
    """The 32 bytes that stand for a sealed ballot.

    SHA-256(0x00 | params_hash | panel | ballot_key | revision | choices | nonce): hashes as 32
    bytes, panel and choices as UTF-8 after their length in 4 bytes, revision in 4 bytes,
    big-endian, so that no two ballots share a text. The nonce keeps anybody from guessing a ballot
    from its leaf.
    """
    if len(nonce) != NONCE_BYTES:
        raise ValueError("a nonce has 32 bytes")
    parts = (
        b"\x00",
        bytes.fromhex(params_hash),
        _counted(panel),
        bytes.fromhex(ballot_key),
        revision.to_bytes(4, "big"),
        _counted(choices),
        nonce,
    )
    return hashlib.sha256(b"".join(parts)).digest()


def receipt(ballot_leaf: bytes) -> str:
    """What the voter keeps: the first 20 characters of the leaf in base32, in groups of four."""
    text = base64.b32encode(ballot_leaf).decode()[:RECEIPT_LENGTH]
    return "-".join(text[start : start + 4] for start in range(0, RECEIPT_LENGTH, 4))


def _keyed(pepper: bytes, domain: str, round_uid: str, code: str) -> str:
    return hmac.new(pepper, f"{domain}|{round_uid}|{code}".encode(), hashlib.sha256).hexdigest()


def _counted(text: str) -> bytes:
    data = text.encode()
    return len(data).to_bytes(4, "big") + data
