"""Merkle trees against the definition of RFC 6962, written out recursively."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain import merkle

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=24)


def slow_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1: split at the largest power of two smaller than n."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = slow_root(leaves[:split]), slow_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@given(LEAVES)
def test_the_root_is_that_of_the_definition(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) == slow_root(leaves)


def test_nothing_has_the_root_of_nothing() -> None:
    assert merkle.root([]) == hashlib.sha256(b"").digest()


@settings(max_examples=60)
@given(LEAVES, st.data())
def test_every_leaf_has_a_path_that_leads_to_the_root(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    siblings, top = merkle.path(leaves, index), merkle.root(leaves)
    assert merkle.included(leaves[index], index, len(leaves), siblings, top)
    stranger = hashlib.sha256(leaves[index]).digest()
    assert not merkle.included(stranger, index, len(leaves), siblings, top)
    assert not merkle.included(leaves[index], index, len(leaves), [*siblings, top], top)
    assert not merkle.included(leaves[index], len(leaves), len(leaves), siblings, top)
    if siblings:
        assert not merkle.included(leaves[index], index, len(leaves), siblings[:-1], top)


@settings(max_examples=60)
@given(LEAVES, st.data())
def test_a_leaf_changed_left_out_added_or_moved_changes_the_root(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    top = merkle.root(leaves)
    changed = leaves.copy()
    changed[index] = hashlib.sha256(changed[index]).digest()
    assert merkle.root(changed) != top
    assert merkle.root(leaves[:index] + leaves[index + 1 :]) != top
    assert merkle.root([*leaves, leaves[index]]) != top
    moved = leaves[1:] + leaves[:1]
    assert (merkle.root(moved) == top) == (moved == leaves)


def test_a_path_asks_for_a_leaf_that_is_there() -> None:
    with pytest.raises(IndexError):
        merkle.path([b"\x00" * 32], 1)


def test_the_chain_binds_order_number_and_root() -> None:
    start, top = b"\x01" * 32, b"\x02" * 32
    links = {
        merkle.chain(start, 1, 10, top),
        merkle.chain(start, 10, 1, top),
        merkle.chain(start, 2, 10, top),
        merkle.chain(top, 1, 10, start),
    }
    assert len(links) == 4
