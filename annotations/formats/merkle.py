"""A tree of hashes: one root stands for many documents, and a short path leads from each to it.

As in RFC 6962 (Certificate Transparency), section 2.1: a leaf is the SHA-256 of a zero byte and the
document's SHA-256, a node that of a one byte and its two parts. The tree is complete: the number of
leaves is a power of two, so that the length of a path tells nothing of how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Step:
    """One hash on the way up, and whether it stands on the left of what one has."""

    hash: bytes
    is_left: bool


def leaf(digest: bytes) -> bytes:
    """The leaf of a document, by its SHA-256 (32 bytes)."""
    return sha256(LEAF + digest).digest()


def node(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()


def _rows(digests: Sequence[bytes]) -> Iterable[list[bytes]]:
    """The leaves, and each row of nodes above them, to the one that has the root alone.

    Raises ValueError where the number of digests is no power of two.
    """
    if not digests or len(digests) & (len(digests) - 1):
        raise ValueError("the number of leaves is no power of two")
    row = [leaf(digest) for digest in digests]
    yield row
    while len(row) > 1:
        row = [node(*pair) for pair in zip(row[::2], row[1::2], strict=True)]
        yield row


LEAVES = 1024
"""The least number of leaves: no path is shorter than ten hashes, on a quiet day too."""


def padded(digests: Sequence[bytes], seed: bytes) -> list[bytes]:
    """The digests among others that stand for nothing, in an order that tells none from another.

    There are at least `LEAVES`, and a power of two.
    """
    whole = max(LEAVES, 1 << max(len(digests) - 1, 0).bit_length())
    fill = (sha256(seed + place.to_bytes(8)).digest() for place in range(whole - len(digests)))
    return sorted([*digests, *fill])


def root(digests: Sequence[bytes]) -> bytes:
    """The root over these digests (32 bytes each), in this order. Raises ValueError as `path`."""
    *_below, (top,) = _rows(digests)
    return top


def path(digests: Sequence[bytes], place: int) -> list[Step]:
    """The way from the leaf at `place` (from 0) to the root.

    Raises ValueError where the number of digests is no power of two, IndexError for no such place.
    """
    digests[place]
    *below, _top = _rows(digests)
    steps = []
    for row in below:
        steps.append(Step(row[place ^ 1], is_left=bool(place & 1)))
        place >>= 1
    return steps


def climbed(digest: bytes, steps: Iterable[Step]) -> bytes:
    """The root that the path leads to from the document with this SHA-256."""
    found = leaf(digest)
    for step in steps:
        found = node(step.hash, found) if step.is_left else node(found, step.hash)
    return found
