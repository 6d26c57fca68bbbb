"""Building the index: Whoosh's file format, written in bulk.

Whoosh's own writer takes a minute for what this one writes in seconds, because it handles every
posting as an object. Here a term collects the numbers of its documents, and a whole posting list
becomes one block. Stock Whoosh 2.7.4 reads the result with no difference (tested).
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import shutil
import struct
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass
from operator import sub
from pathlib import Path
from threading import Event
from typing import Any

from workstation.legislation.analysis import bigrams, characters, fold
from workstation.legislation.index_folder import (
    IndexDescription,
    machine_stamp,
    new_folder,
    publish,
)
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.whoosh_engine import (
    COLUMN,
    STORED,
    TEXT,
    FileStorage,
    OrderedHashWriter,
    Schema,
    columns,
    formats,
    index,
    length_to_byte,
    whoosh3,
)

INDEX_NAME = "MAIN"
NO_END = 2**31 - 1
SEARCHED_FIELDS = ("characters", "text", "title")
NUMBER_COLUMNS = {
    "article": "q",
    "ends": "i",
    "family": "q",
    "instrument": "i",
    "kind": "i",
    "starts": "i",
    "twin": "q",
}
SEGMENT_DOCUMENTS = 30_000

# Shorter texts (本法自公布之日起施行) are alike in laws that have nothing else in common.
_TWIN_CHARACTERS = 40
_BLOCK = 16_384
_FEW = 6
_PROGRESS_STEP = 500
_WRITE_BUFFER = 2_000
_PROTOCOL = 4
_TERM_INFO = struct.Struct("!BfIBBfIIqi")
_FIELD_KEY = struct.Struct("!H")
_BLOCK_LENGTH = struct.Struct("!i")
_BYTE = 256
_SHORT = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltIndex:
    """What a build made: where, from how many articles."""

    folder: Path
    documents: int


def index_schema() -> Any:
    """Return the Whoosh schema: three term fields without positions, number columns, a record."""
    schema = Schema(record=STORED())
    for name in SEARCHED_FIELDS:
        field = TEXT(phrase=False)
        field.format = formats.Existence()
        schema.add(name, field)
    for name, typecode in NUMBER_COLUMNS.items():
        schema.add(name, COLUMN(columns.NumericColumn(typecode)))
    return schema


def build_index(
    folder: Path,
    articles: Iterable[IndexedArticle],
    *,
    source: str = "",
    progress: Callable[[int, int], None] | None = None,
    stop: Event | None = None,
    segment_documents: int = SEGMENT_DOCUMENTS,
) -> BuiltIndex | None:
    """Build a new index below ``folder`` and make it current; None where ``stop`` was set.

    ``source`` is the fingerprint of the texts, checked again by ``open_index``. ``progress`` gets
    the articles done and the total (0 where ``articles`` has no length). One build at a time.

    Raises:
        OSError: the folder can't be written or the disk is full; the old index stays in use.
    """
    fresh = new_folder(folder)
    build = _Build(fresh, segment_documents)
    total = len(articles) if isinstance(articles, Sized) else 0
    collecting = gc.isenabled()
    gc.disable()
    try:
        for done, article in enumerate(articles):
            if done % _PROGRESS_STEP == 0:
                if stop is not None and stop.is_set():
                    shutil.rmtree(fresh, ignore_errors=True)
                    return None
                if progress is not None:
                    progress(done, total)
            build.add(article)
        publish(fresh, build.finish(source))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    finally:
        if collecting:
            gc.enable()
    if progress is not None:
        progress(build.documents, total or build.documents)
    return BuiltIndex(folder=fresh, documents=build.documents)


class _Build:
    """The segments of one index and the names its columns number."""

    def __init__(self, fresh: Path, segment_documents: int) -> None:
        self._fresh = fresh
        self._segment_documents = segment_documents
        self._storage = FileStorage(os.fspath(fresh))
        self._schema = index_schema()
        self._segments: list[Any] = []
        self._writer: _SegmentWriter | None = None
        self._kinds: dict[str, int] = {}
        self._instruments: dict[str, int] = {}
        self.documents = 0

    def add(self, article: IndexedArticle) -> None:
        if self._writer is None:
            self._writer = _SegmentWriter(self._storage, self._schema)
        kind = self._kinds.setdefault(article.level, len(self._kinds))
        instrument = self._instruments.setdefault(article.instrument, len(self._instruments))
        self._writer.add(article, kind, instrument)
        self.documents += 1
        if self._writer.documents >= self._segment_documents:
            self._close_segment()

    def _close_segment(self) -> None:
        if self._writer is not None:
            self._segments.append(self._writer.finish())
            self._writer = None

    def finish(self, source: str) -> IndexDescription:
        self._close_segment()
        # Whoosh's writers of stored records leave their folder of temporary files behind.
        shutil.rmtree(self._fresh / f"{INDEX_NAME}.tmp", ignore_errors=True)
        index.TOC(self._schema, self._segments, 1).write(self._storage, INDEX_NAME)
        return IndexDescription(
            stamp=machine_stamp(self._fresh.parent),
            source=source,
            documents=self.documents,
            kinds=list(self._kinds),
            instruments=list(self._instruments),
        )


class _SegmentWriter:
    """Collects the terms of many articles in memory and writes them as one compound segment."""

    def __init__(self, storage: Any, schema: Any) -> None:
        codec = whoosh3.W3Codec()
        self._storage = storage
        self._schema = schema
        self._segment = codec.new_segment(storage, INDEX_NAME)
        self._documents = codec.per_document_writer(storage, self._segment)
        self._occurrences: dict[str, defaultdict[str, array[int]]] = {
            name: defaultdict(_no_documents) for name in SEARCHED_FIELDS
        }
        self._lengths = {name: bytearray() for name in SEARCHED_FIELDS}
        self.documents = 0

    def add(self, article: IndexedArticle, kind: int, instrument: int) -> None:
        number = self.documents
        folded = fold(article.text)
        title = fold(f"{article.instrument} {article.heading}")
        writer = self._documents
        writer.start_doc(number)
        self._add_terms("characters", characters(folded), number)
        self._add_terms("text", bigrams(folded), number)
        self._add_terms("title", bigrams(title), number)
        ends = article.effective_to.toordinal() if article.effective_to else NO_END
        self._add_number("article", article.id)
        self._add_number("ends", ends)
        self._add_number("family", _digest(article.instrument, article.label))
        self._add_number("instrument", instrument)
        self._add_number("kind", kind)
        self._add_number("starts", article.effective_from.toordinal())
        if len(folded) >= _TWIN_CHARACTERS:
            self._add_number("twin", _digest(article.label, folded))
        record = (
            article.instrument,
            article.label,
            article.heading,
            article.text,
            article.promulgated.toordinal(),
        )
        writer.add_field("record", self._schema["record"], record, 0)
        writer.finish_doc()
        self.documents += 1

    def _add_terms(self, field: str, terms: list[str], number: int) -> None:
        occurrences = self._occurrences[field]
        for term in terms:
            occurrences[term].append(number)
        self._lengths[field].append(length_to_byte(len(terms)) if terms else 0)
        self._documents.add_field(field, self._schema[field], None, len(terms))

    def _add_number(self, column: str, value: int) -> None:
        self._documents.add_column_value(column, self._schema[column].column_type, value)

    def finish(self) -> Any:
        """Write the segment and return Whoosh's object for it."""
        self._documents.close()
        codec = whoosh3.W3Codec
        terms = OrderedHashWriter(self._segment.create_file(self._storage, codec.TERMS_EXT))
        postings = self._segment.create_file(self._storage, codec.POSTS_EXT)
        terms.extras["fieldmap"] = {name: n for n, name in enumerate(SEARCHED_FIELDS)}
        for number, field in enumerate(SEARCHED_FIELDS):
            key = _FIELD_KEY.pack(number)
            position = postings.tell()
            pending = []
            for term, blob, info in self._encoded_terms(field):
                terms.add(key + term, _TERM_INFO.pack(0, *info, position, len(blob)))
                pending.append(blob)
                position += len(blob)
                if len(pending) >= _WRITE_BUFFER:
                    postings.write(b"".join(pending))
                    pending.clear()
            postings.write(b"".join(pending))
        terms.close()
        postings.close()
        self._segment.set_doc_count(self.documents)
        self._segment.create_compound_file(self._storage)
        return self._segment

    def _encoded_terms(self, field: str) -> Iterator[tuple[bytes, bytes, tuple[float, ...]]]:
        """Yield term, posting list and the term's figures, in the order of the term's bytes."""
        occurrences = self._occurrences[field]
        lengths = self._lengths[field]
        for encoded, term in sorted((term.encode(), term) for term in occurrences):
            blob, info = _posting_list(occurrences.pop(term), lengths)
            yield encoded, blob, info


def _digest(*parts: str) -> int:
    """Return 63 bits that stand for some texts; never 0, which stands for none."""
    digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 1 or 1


def _no_documents() -> array[int]:
    return array("I")


def _posting_list(numbers: array[int], lengths: bytearray) -> tuple[bytes, tuple[float, ...]]:
    """Encode the occurrences of one term; the figures are those of Whoosh's ``W3TermInfo``."""
    weight = len(numbers)
    documents, frequencies = _counted(numbers)
    parts = [whoosh3.WHOOSH3_HEADER_MAGIC]
    for start in range(0, len(documents), _BLOCK):
        part = documents[start : start + _BLOCK]
        counts = frequencies[start : start + _BLOCK] if frequencies else None
        block = _block(part, counts, lengths)
        is_last = start + _BLOCK >= len(documents)
        parts += (_BLOCK_LENGTH.pack(-len(block) if is_last else len(block)), block)
    found = bytes(map(lengths.__getitem__, documents))
    highest = float(max(frequencies)) if frequencies else 1.0
    last = documents[-1]
    info = (weight, len(documents), min(found), max(found), highest, documents[0], last)
    return b"".join(parts), info


def _counted(numbers: array[int]) -> tuple[array[int], list[int] | None]:
    """Return the distinct documents and how often each occurs; None where each does once."""
    distinct = dict.fromkeys(numbers)
    if len(distinct) == len(numbers):
        return numbers, None
    counts = Counter(numbers)
    return array("I", counts), list(counts.values())


def _block(documents: array[int], counts: list[int] | None, lengths: bytearray) -> bytes:
    found = bytes(map(lengths.__getitem__, documents))
    highest = float(max(counts)) if counts else 1.0
    # 0 stands for "not compressed": the lists are small and read often.
    info = (len(documents), documents[-1], highest, 0, min(found), max(found))
    data = (_packed_gaps(documents), _packed_counts(counts), None)
    return pickle.dumps(info, _PROTOCOL) + pickle.dumps(data, _PROTOCOL)


def _packed_gaps(documents: array[int]) -> tuple[int, ...] | bytes | array[int]:
    gaps = documents[:1]
    gaps.extend(map(sub, documents[1:], documents))
    if len(gaps) < _FEW:
        return tuple(gaps)
    largest = max(gaps)
    if largest < _BYTE:
        return bytes(gaps.tolist())
    return array("H", gaps) if largest < _SHORT else gaps


def _packed_counts(counts: list[int] | None) -> bytes | array[float] | None:
    if counts is None or max(counts) == 1:
        return None
    return bytes(counts) if max(counts) < _BYTE else array("f", counts)
