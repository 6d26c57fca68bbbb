"""Writing posting lists in Whoosh's format: one list per term, as few blocks as can be."""

import pickle
import struct
from array import array
from collections import Counter
from dataclasses import dataclass
from operator import sub

from workstation.legislation.whoosh_engine import whoosh3

_BLOCK = 16_384
_FEW = 6
_PROTOCOL = 4
_BLOCK_LENGTH = struct.Struct("!i")
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
