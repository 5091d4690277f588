"""Merkle trees and the chain of batches: proof that a ballot is in the box, and that none was
swapped.

The tree is that of RFC 6962, section 2.1: an inner node is SHA-256(0x01 | left | right), a list
splits at the largest power of two below its length, and nothing is doubled to fill a level. The
leaves that come in are hashes already (``ballot.leaf``, prefix 0x00), so a leaf can never pass for
a node.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over ``leaves`` in the order given; SHA-256 of nothing when there are none."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    # Pairing neighbours and carrying an odd last one up gives the same tree as splitting from
    # above.
    while len(level) > 1:
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The inclusion path of leaf ``index``: the sibling at each level, leaf first."""
    if not 0 <= index < len(leaves):
        raise IndexError("no such leaf")
    siblings: list[bytes] = []
    level, position = list(leaves), index
    while len(level) > 1:
        if position ^ 1 < len(level):
            siblings.append(level[position ^ 1])
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
        position //= 2
    return siblings


def included(leaf: bytes, index: int, size: int, siblings: Sequence[bytes], top: bytes) -> bool:
    """Whether ``leaf`` at ``index`` of ``size`` leaves leads along ``siblings`` to the root
    ``top``.
    """
    if not 0 <= index < size:
        return False
    rest, node = list(siblings), leaf
    while size > 1:
        if index ^ 1 < size:
            if not rest:
                return False
            sibling = rest.pop(0)
            node = _node(sibling, node) if index % 2 else _node(node, sibling)
        index, size = index // 2, (size + 1) // 2
    return not rest and node == top


def chain(previous: bytes, number: int, count: int, top: bytes) -> bytes:
    """The chain hash of a batch: SHA-256(previous | number | count | root), numbers in 8 bytes.

    The first batch follows the hash of the round's parameters, so a box belongs to one round.
    """
    text = previous + number.to_bytes(8, "big") + count.to_bytes(8, "big") + top
    return hashlib.sha256(text).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
