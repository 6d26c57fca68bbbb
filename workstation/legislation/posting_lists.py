"""Posting lists in Whoosh's format: one list per term, as few blocks as can be.

A block is its length, negative for the last one, and two pickles: figures that Whoosh wants, and
the gaps between the document numbers with how often the term stands in each.
"""

import pickle
import struct
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import sub
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workstation.legislation.document_lists import Documents
from workstation.legislation.whoosh_engine import whoosh3

_BLOCK = 16_384
_FEW = 6
_PROTOCOL = 4
_BLOCK_LENGTH = struct.Struct("!i")
# A pickle of this protocol begins with three bytes and the length of what follows.
_FRAME = struct.Struct("<3xQ")
_ONCE = np.ones(_BLOCK, np.uint8)
_ONCE.setflags(write=False)
# What Whoosh keeps of a term: flags, weight, documents, shortest, longest and highest as below,
# first and last document, offset and length of its posting list.
TERM_INFO = struct.Struct("!BfIBBfIIqi")
Counts = NDArray[np.uint8] | NDArray[np.float32]
_BYTE = 256
_SHORT = 65_536


@dataclass(frozen=True, slots=True)
class PostingList:
    """An encoded list and the figures that Whoosh keeps of a term.

    ``shortest`` and ``longest`` are field lengths as Whoosh's length bytes.
    """

    data: bytes
    weight: int
    documents: int
    shortest: int
    longest: int
    highest: int
    first: int
    last: int


def encode_postings(numbers: list[int], lengths: bytearray) -> PostingList:
    """Encode the occurrences of a term: document numbers in rising order, one per occurrence.

    ``lengths`` holds the field length of every document as Whoosh's length byte.
    """
    documents, counts = _counted(numbers)
    parts = [whoosh3.WHOOSH3_HEADER_MAGIC]
    found = bytes([lengths[document] for document in documents])
    highest = max(counts) if counts else 1
    for start in range(0, len(documents), _BLOCK):
        end = start + _BLOCK
        block = _block(documents[start:end], counts and counts[start:end], found[start:end])
        parts += (_BLOCK_LENGTH.pack(len(block) if end < len(documents) else -len(block)), block)
    return PostingList(
        b"".join(parts),
        len(numbers),
        len(documents),
        min(found),
        max(found),
        highest,
        documents[0],
        documents[-1],
    )


def _counted(numbers: list[int]) -> tuple[list[int], list[int] | None]:
    """Return the distinct documents and how often each occurs; None where each does once."""
    distinct = dict.fromkeys(numbers)
    if len(distinct) == len(numbers):
        return numbers, None
    counts = Counter(numbers)
    return list(counts), list(counts.values())


def _block(documents: list[int], counts: list[int] | None, found: bytes) -> bytes:
    highest = float(max(counts)) if counts else 1.0
    # The 0 stands for "not compressed": the lists are small and read often.
    info = (len(documents), documents[-1], highest, 0, min(found), max(found))
    data = (_packed_gaps(documents), _packed_counts(counts), None)
    return pickle.dumps(info, _PROTOCOL) + pickle.dumps(data, _PROTOCOL)


def _packed_gaps(documents: list[int]) -> "tuple[int, ...] | bytes | array[int]":
    gaps = [documents[0], *map(sub, documents[1:], documents)]
    if len(gaps) < _FEW:
        return tuple(gaps)
    largest = max(gaps)
    if largest < _BYTE:
        return bytes(gaps)
    return array("H" if largest < _SHORT else "I", gaps)


def _packed_counts(counts: list[int] | None) -> "bytes | array[float] | None":
    if counts is None or max(counts) == 1:
        return None
    return bytes(counts) if max(counts) < _BYTE else array("f", counts)


def decode_postings(data: memoryview) -> Iterator[tuple[Documents, Counts]]:
    """Yield the blocks that ``encode_postings`` made: document numbers, how often in each.

    ``data`` is unpickled: it must have been written by this machine.
    """
    position = len(whoosh3.WHOOSH3_HEADER_MAGIC)
    is_last = False
    while not is_last:
        (signed,) = _BLOCK_LENGTH.unpack_from(data, position)
        is_last = signed < 0
        position += _BLOCK_LENGTH.size
        (figures,) = _FRAME.unpack_from(data, position)
        stored = data[position + _FRAME.size + figures : position + abs(signed)]
        gaps, counts, _ = pickle.loads(stored)  # noqa: S301 - see above
        # Several times as fast as a sum that widens on the way.
        documents = _numbers(gaps).astype(np.intp)
        np.add.accumulate(documents, out=documents)
        yield documents, _ONCE[: len(documents)] if counts is None else _numbers(counts)
        position += abs(signed)


def _numbers(stored: Any) -> NDArray[Any]:
    """Return what a block stores (a tuple, bytes or an array) as numbers of their own width."""
    if isinstance(stored, bytes):
        return np.frombuffer(stored, np.uint8)
    if isinstance(stored, tuple):
        return np.array(stored, np.intp)
    return np.frombuffer(stored, stored.typecode)
