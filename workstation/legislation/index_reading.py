"""Reading an index through the memory map of its segments.

Whoosh's own reader copies each segment into memory and walks it posting by posting. Here a list
of postings is decoded once, as a whole, into two arrays that are kept while memory allows. A
reader may be used by several threads.
"""

import io
import mmap
import os
import struct
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from typing_extensions import Buffer, override

from workstation.legislation.analysis import fold
from workstation.legislation.document_lists import NONE, Documents
from workstation.legislation.index_schema import (
    INDEX_NAME,
    NUMBER_COLUMNS,
    RECORD_COLUMN,
    SEARCHED_FIELDS,
    ArticleRecord,
)
from workstation.legislation.posting_lists import TERM_INFO, decode_postings
from workstation.legislation.whoosh_engine import (
    BufferFile,
    FileStorage,
    byte_to_length,
    index,
    whoosh3,
)

_CACHE_BYTES = 64 << 20
_ENTRY_OVERHEAD = 400
_RECORDS_KEPT = 2_000
# Whoosh's hash file: 256 tables of slots (hash, place of the item), items with the length of key
# and value; a key is the number of the field and the term, hashed by the last bytes of its MD5.
_HASH = struct.Struct("!I")
_HASH_PLACE = 12
_TABLE_BITS = 8
_TABLE_MASK = 255
_SLOT = struct.Struct("!Iq")
_KEY_LENGTHS = struct.Struct("!ii")
_FIELD = struct.Struct("!H")
_TERM_KEY = tuple[str, str]
# How many documents of a segment hold a term, and offset and length of its posting list.
_Place = tuple[int, int, int]
LENGTHS = tuple(byte_to_length(code) for code in range(256))


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Where a term stands: document numbers in rising order, and how often in each.

    The frequencies are bytes (uint8) unless one is above 255 (float32).
    """

    documents: Documents
    frequencies: NDArray[np.uint8] | NDArray[np.float32]


class _ViewCursor(io.RawIOBase):
    """A file position over a memory view; nothing is copied until it is read."""

    def __init__(self, view: memoryview) -> None:
        super().__init__()
        self._view = view
        self._position = 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer)
        part = self._view[self._position : self._position + len(target)]
        target[: len(part)] = part
        self._position += len(part)
        return len(part)

    @override
    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: len(self._view)}[whence]
        self._position = base + offset
        return self._position

    @override
    def tell(self) -> int:
        return self._position


class _MappedFile(BufferFile):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's buffer file without its copy of the whole buffer."""

    def __init__(self, view: memoryview, name: str) -> None:
        super().__init__(b"", name=name)
        self._buf = view
        self.file = _ViewCursor(view)


class _MappedSegment:
    """The files inside one compound segment; what Whoosh's codec asks of a storage."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._view = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        header = _MappedFile(self._view, path.name)
        header.seek(header.read_long())
        self._directory: dict[str, dict[str, int]] = header.read_pickle()

    def view(self, name: str) -> memoryview:
        """Return the bytes of a file."""
        place = self._directory[name]
        return self._view[place["offset"] : place["offset"] + place["length"]]

    def open_file(self, name: str) -> _MappedFile:
        return _MappedFile(self.view(name), name)

    def file_exists(self, name: str) -> bool:
        return name in self._directory

    def file_length(self, name: str) -> int:
        return self._directory[name]["length"]


class _TermTable:
    """Where the posting lists of a segment lie: Whoosh's hash file, read without its objects."""

    def __init__(self, files: _MappedSegment, terms: Any, segment: Any) -> None:
        name = segment.make_filename(segment.codec().TERMS_EXT)
        self._view = files.view(name)
        self._tables: list[tuple[int, int]] = terms._tindex.tables  # noqa: SLF001
        fields = terms._fieldmap.items()  # noqa: SLF001
        self._prefixes = {field: _FIELD.pack(number) for field, number in fields}

    def place(self, field: str, term: bytes) -> _Place | None:
        """Return the place of the posting list of a term; None where it has none."""
        prefix = self._prefixes.get(field)
        if prefix is None:
            return None
        view, key = self._view, prefix + term
        (hashed,) = _HASH.unpack_from(md5(key, usedforsecurity=False).digest(), _HASH_PLACE)
        start, slots = self._tables[hashed & _TABLE_MASK]
        number = (hashed >> _TABLE_BITS) % slots if slots else 0
        for _ in range(slots):
            slot, item = _SLOT.unpack_from(view, start + number * _SLOT.size)
            if not item:
                return None
            if slot == hashed:
                key_length, _ = _KEY_LENGTHS.unpack_from(view, item)
                found = item + _KEY_LENGTHS.size
                if view[found : found + key_length] == key:
                    _, _, documents, *_, offset, length = TERM_INFO.unpack_from(
                        view, found + key_length
                    )
                    return documents, offset, length
            number = (number + 1) % slots
        return None


class _SegmentReader:
    """One segment: its terms, posting lists, columns and records."""

    def __init__(self, folder: Path, segment: Any, base: int) -> None:
        codec = segment.codec()
        self.base = base
        self.count: int = segment.doc_count_all()
        self._segment = segment
        self._files = _MappedSegment(folder / segment.make_filename(segment.COMPOUND_EXT))
        self._terms = _TermTable(self._files, codec.terms_reader(self._files, segment), segment)
        self._postings = self._files.view(segment.make_filename(codec.POSTS_EXT))
        self._documents = codec.per_document_reader(self._files, segment)
        self._records = self._documents.column_reader("record", RECORD_COLUMN)

    def column(self, name: str, typecode: str) -> NDArray[Any]:
        """Return one number per document; Whoosh leaves out zeros at the end."""
        values = np.zeros(self.count, np.dtype(typecode))
        filename = whoosh3.W3Codec.column_filename(self._segment, name)
        if self._files.file_exists(filename):
            held = self._files.file_length(filename) // values.itemsize
            values[:held] = self._files.open_file(filename).get_array(0, typecode, held)
        return values

    def total_length(self, field: str) -> int:
        total: int = self._documents.field_length(field)
        return total

    def place(self, field: str, term: bytes) -> _Place | None:
        """Return where the posting list of a term lies; None where it has none."""
        return self._terms.place(field, term)

    def postings(self, place: _Place) -> Iterator[Postings]:
        """Yield a posting list block by block, with document numbers of the whole index."""
        _, offset, size = place
        # Only files that carry this machine's stamp come here (index_folder).
        for documents, frequencies in decode_postings(self._postings[offset : offset + size]):
            np.add(documents, self.base, out=documents)
            yield Postings(documents, frequencies)

    def record(self, number: int) -> ArticleRecord:
        instrument, label, heading, text, promulgated, everyday = self._records[number - self.base]
        return ArticleRecord(
            instrument=instrument,
            label=label,
            heading=heading,
            text=text,
            promulgated=date.fromordinal(promulgated),
            everyday=everyday,
        )


class IndexReader:
    """All segments of one index as one range of document numbers.

    As in stock Whoosh, ``deleted`` documents keep their numbers and count in every frequency
    until their segment is merged; unlike there, the posting lists still hold them.
    """

    def __init__(self, folder: Path) -> None:
        contents = index.TOC.read(FileStorage(os.fspath(folder)), INDEX_NAME)
        self._segments: list[_SegmentReader] = []
        self.count = 0
        deleted: set[int] = set()
        for segment in contents.segments:
            deleted.update(self.count + number for number in segment.deleted_docs())
            self._segments.append(_SegmentReader(folder, segment, self.count))
            self.count += segment.doc_count_all()
        self.deleted = frozenset(deleted)
        self._lock = Lock()
        self._cache: OrderedDict[_TERM_KEY, Postings] = OrderedDict()
        self._cached_bytes = 0
        self._records: OrderedDict[int, tuple[ArticleRecord, str]] = OrderedDict()
        self._frequencies: dict[_TERM_KEY, int] = {}
        self._known_places: dict[_TERM_KEY, list[tuple[_SegmentReader, _Place]]] = {}
        self._lengths = {n: self._joined_column(f"_{n}_len", "B") for n in SEARCHED_FIELDS}
        self._holding = {n: int(np.count_nonzero(codes)) for n, codes in self._lengths.items()}

    def _joined_column(self, name: str, typecode: str) -> NDArray[Any]:
        parts = [segment.column(name, typecode) for segment in self._segments]
        return np.concatenate(parts) if parts else np.zeros(0, np.dtype(typecode))

    def length_codes(self, field: str) -> NDArray[np.uint8]:
        """Return one byte per document, an index into ``LENGTHS``."""
        return self._lengths[field]

    def holding(self, field: str) -> int:
        """Return the number of documents that have any term in a field."""
        return self._holding[field]

    def average_length(self, field: str) -> float:
        """Return the mean number of terms of a field in the documents that have any."""
        total = sum(segment.total_length(field) for segment in self._segments)
        return total / self._holding[field] if total else 1.0

    def numbers(self, column: str) -> NDArray[Any]:
        """Return one of ``NUMBER_COLUMNS``, one number per document."""
        return self._joined_column(column, NUMBER_COLUMNS[column])

    def frequency(self, field: str, term: str) -> int:
        """Return the number of documents that hold ``term``."""
        key = (field, term)
        known = self._frequencies.get(key)
        if known is None:
            known = sum(place[0] for _, place in self._places(field, term))
            self._frequencies[key] = known
        return known

    def _places(self, field: str, term: str) -> list[tuple[_SegmentReader, _Place]]:
        key = (field, term)
        known = self._known_places.get(key)
        if known is None:
            encoded = term.encode()
            found = ((segment, segment.place(field, encoded)) for segment in self._segments)
            known = [(segment, place) for segment, place in found if place is not None]
            self._known_places[key] = known
        return known

    def postings(self, field: str, term: str) -> Postings:
        """Return where ``term`` stands; empty arrays where nowhere."""
        key = (field, term)
        with self._lock:
            held = self._cache.get(key)
            if held is not None:
                self._cache.move_to_end(key)
                return held
        places = self._places(field, term)
        found = _joined([block for segment, at in places for block in segment.postings(at)])
        self._keep(key, found)
        return found

    def _keep(self, key: _TERM_KEY, found: Postings) -> None:
        with self._lock:
            self._cache[key] = found
            self._cached_bytes += _size(found)
            while self._cached_bytes > _CACHE_BYTES:
                _, dropped = self._cache.popitem(last=False)
                self._cached_bytes -= _size(dropped)

    def folded_record(self, number: int) -> tuple[ArticleRecord, str]:
        """Return the article of a document number and its folded text; the last read are kept."""
        with self._lock:
            known = self._records.get(number)
            if known is not None:
                self._records.move_to_end(number)
                return known
        record = self.record(number)
        made = (record, fold(record.text))
        with self._lock:
            self._records[number] = made
            if len(self._records) > _RECORDS_KEPT:
                self._records.popitem(last=False)
        return made

    def record(self, number: int) -> ArticleRecord:
        """Return the article of a document number."""
        for segment in self._segments:
            if number < segment.base + segment.count:
                return segment.record(number)
        message = f"no document {number}"
        raise IndexError(message)


def _joined(blocks: list[Postings]) -> Postings:
    if not blocks:
        return Postings(NONE, np.zeros(0, np.uint8))
    if len(blocks) == 1:
        return blocks[0]
    documents, frequencies = (
        np.concatenate([getattr(block, name) for block in blocks])
        for name in ("documents", "frequencies")
    )
    return Postings(documents, frequencies)


def _size(postings: Postings) -> int:
    return postings.documents.nbytes + postings.frequencies.nbytes + _ENTRY_OVERHEAD
