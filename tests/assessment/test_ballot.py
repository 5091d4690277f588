"""Keys, canonical choices, leaves and the count of ballots."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from assessment.domain import ballot

HASH, KEY, NONCE = "ab" * 32, "cd" * 32, b"n" * 32
PARTS: dict[str, Any] = {
    "params_hash": HASH,
    "panel": "Salland",
    "ballot_key": KEY,
    "revision": 1,
    "choices": '["a","b"]',
    "nonce": NONCE,
}


def test_the_two_keys_have_nothing_in_common() -> None:
    one = ballot.register_key(b"pepper", "round", "CODE")
    other = ballot.ballot_key(b"pepper", "round", "CODE")
    assert one != other
    assert ballot.register_key(b"another", "round", "CODE") != one
    assert ballot.register_key(b"pepper", "another", "CODE") != one
    assert len(one) == len(other) == 64


def test_the_leaf_is_the_formula_written_out() -> None:
    text = (
        b"\x00"
        + bytes.fromhex(HASH)
        + b"\x00\x00\x00\x07Salland"
        + bytes.fromhex(KEY)
        + b"\x00\x00\x00\x01"
        + b'\x00\x00\x00\x09["a","b"]'
        + NONCE
    )
    assert ballot.leaf(**PARTS) == hashlib.sha256(text).digest()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("params_hash", "ac" * 32),
        ("panel", "Sallan"),
        ("ballot_key", "ce" * 32),
        ("revision", 2),
        ("choices", '["a"]'),
        ("nonce", b"m" * 32),
    ],
)
def test_every_part_counts(name: str, value: object) -> None:
    assert ballot.leaf(**PARTS | {name: value}) != ballot.leaf(**PARTS)


def test_panel_and_choices_cannot_flow_into_each_other() -> None:
    one = ballot.leaf(**PARTS | {"panel": "ab", "choices": "c"})
    assert one != ballot.leaf(**PARTS | {"panel": "a", "choices": "bc"})


def test_a_short_nonce_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        ballot.leaf(**PARTS | {"nonce": b"short"})


def test_both_peppers_come_from_one_secret_and_say_nothing_of_each_other() -> None:
    one, other = ballot.pepper(b"s" * 32, "register"), ballot.pepper(b"s" * 32, "ballot")
    assert one != other
    assert b"s" * 32 not in (one, other)
    assert ballot.pepper(b"t" * 32, "register") != one
    assert len(one) == len(other) == 32


def test_a_receipt_has_twenty_characters_in_groups_of_four() -> None:
    text = ballot.receipt(hashlib.sha256(b"leaf").digest())
    assert len(text.replace("-", "")) == 20
    assert [len(group) for group in text.split("-")] == [4] * 5
