"""The tree of hashes that proofs of time stand on, against RFC 6962."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats import merkle

DIGESTS = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word by word; its leaves are the digests."""
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = by_definition(leaves[:half]), by_definition(leaves[half:])
    return sha256(b"\x01" + left + right).digest()


@given(DIGESTS, st.binary(min_size=32, max_size=32))
def test_each_document_leads_to_the_root_that_the_definition_gives(digests, seed):
    tree = merkle.padded(digests, seed)
    assert len(tree) == merkle.LEAVES
    top = merkle.root(tree)
    assert top == by_definition(tree)
    for digest in digests:
        steps = merkle.path(tree, tree.index(digest))
        assert len(steps) == 10
        assert merkle.climbed(digest, steps) == top


@given(DIGESTS, st.integers(0, 31), st.integers(0, 7))
def test_another_document_leads_elsewhere(digests, byte, bit):
    tree = merkle.padded(digests, b"seed")
    steps = merkle.path(tree, tree.index(digests[0]))
    other = bytearray(digests[0])
    other[byte] ^= 1 << bit
    assert merkle.climbed(bytes(other), steps) != merkle.root(tree)


def test_a_tree_grows_to_the_next_power_of_two():
    digests = [sha256(bytes([n % 256, n // 256])).digest() for n in range(merkle.LEAVES + 1)]
    assert len(merkle.padded(digests, b"seed")) == 2 * merkle.LEAVES


def test_a_tree_that_is_not_whole_is_refused():
    with pytest.raises(ValueError, match="power of two"):
        merkle.root([b"a" * 32] * 3)
    with pytest.raises(ValueError, match="power of two"):
        merkle.root([])
