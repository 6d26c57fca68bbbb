"""Building the index: Whoosh's file format, written in bulk.

Whoosh's own writer takes half a minute for what this one writes in seconds, because it handles
every posting as an object. Here a term collects the numbers of its documents, and a whole posting
list becomes one block. Stock Whoosh 2.7.4 reads the result with no difference (tested).
"""

import gc
import os
import shutil
import struct
import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from workstation.legislation.analysis import bigrams, characters, fold
from workstation.legislation.index_folder import (
    IndexDescription,
    VersionRun,
    machine_stamp,
    new_folder,
    publish,
)
from workstation.legislation.index_reading import IndexReader
from workstation.legislation.index_schema import (
    INDEX_NAME,
    NO_END,
    NUMBER_COLUMNS,
    RECORD_COLUMN,
    SEARCHED_FIELDS,
    index_schema,
    place_key,
    twin_key,
)
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.posting_lists import TERM_INFO, encode_postings
from workstation.legislation.whoosh_engine import (
    FileStorage,
    OrderedHashWriter,
    index,
    length_to_byte,
    whoosh3,
)

# About 300 MB while it is built; each more segment costs every term a look-up and a block.
SEGMENT_DOCUMENTS = 120_000
_PROGRESS_STEP = 500
_WRITE_BUFFER = 2_000
_FIELD_KEY = struct.Struct("!H")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltIndex:
    """What a build made: where, from how many articles."""

    folder: Path
    documents: int


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
    the articles done and the total (0 where ``articles`` has no length). Of two builds at a time
    the one that ends later counts.

    Raises:
        OSError: the folder can't be written or the disk is full; the old index stays in use.
    """
    fresh = new_folder(folder)
    build = IndexBuild(fresh, segment_documents)
    total = len(articles) if isinstance(articles, Sized) else 0
    # Millions of small objects that all stay alive: looking for garbage costs a quarter more.
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
        progress(build.documents, build.documents)
    return BuiltIndex(folder=fresh, documents=build.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSegments:
    """Whoosh's objects of segments that stay, what they hold, and the names they number."""

    segments: Sequence[Any] = ()  # Whoosh has no types
    runs: Sequence[Sequence[VersionRun]] = ()
    kinds: Sequence[str] = ()
    instruments: Sequence[str] = ()
    regions: Sequence[str] = ()


class IndexBuild:
    """The segments of one index and the names its columns number.

    ``kept`` are segments of the index before, whose files lie in ``fresh`` already.
    """

    def __init__(
        self,
        fresh: Path,
        segment_documents: int = SEGMENT_DOCUMENTS,
        kept: KeptSegments | None = None,
    ) -> None:
        kept = kept or KeptSegments()
        self._fresh = fresh
        self._segment_documents = segment_documents
        self._storage = FileStorage(os.fspath(fresh))
        self._segments = list(kept.segments)
        self._runs = [list(runs) for runs in kept.runs]
        self._run: list[VersionRun] = []
        self._writer: _SegmentWriter | None = None
        self._kinds = {name: number for number, name in enumerate(kept.kinds)}
        self._instruments = {name: number for number, name in enumerate(kept.instruments)}
        self._regions = {name: number for number, name in enumerate(kept.regions)}
        self.documents = 0

    def add(self, article: IndexedArticle) -> None:
        """Take an article into the segment that is being written."""
        if self._writer is None:
            self._writer = _SegmentWriter(self._storage)
        kind = self._kinds.setdefault(article.level, len(self._kinds))
        instrument = self._instruments.setdefault(article.instrument, len(self._instruments))
        region = self._regions.setdefault(article.region, len(self._regions))
        self._writer.add(article, {"kind": kind, "instrument": instrument, "region": region})
        self._note(article.mark, self._writer.documents - 1)
        self.documents += 1
        if self._writer.documents >= self._segment_documents:
            self._close_segment()

    def _note(self, mark: str, number: int) -> None:
        if self._run and self._run[-1][0] == mark:
            _, first, count = self._run.pop()
            self._run.append((mark, first, count + 1))
        else:
            self._run.append((mark, number, 1))

    def _close_segment(self) -> None:
        if self._writer is not None:
            self._segments.append(self._writer.finish())
            self._runs.append(self._run)
            self._run = []
            self._writer = None

    def finish(self, source: str) -> IndexDescription:
        """Write what Whoosh keeps of all segments, and return what stands beside them."""
        self._close_segment()
        index.TOC(index_schema(), self._segments, 1).write(self._storage, INDEX_NAME)
        reader = IndexReader(self._fresh)
        return IndexDescription(
            stamp=machine_stamp(self._fresh.parent),
            source=source,
            documents=reader.count - len(reader.deleted),
            kinds=list(self._kinds),
            instruments=list(self._instruments),
            regions=list(self._regions),
            groups=_groups(reader),
            segments=self._runs,
        )


class _SegmentWriter:
    """Collects the terms of many articles in memory and writes them as one compound segment."""

    def __init__(self, storage: Any) -> None:  # Whoosh has no types
        self._storage = storage
        self._segment = whoosh3.W3Codec().new_segment(storage, INDEX_NAME)
        self._records: list[tuple[str, str, str, str, int, str]] = []
        self._numbers = {name: array(code) for name, code in NUMBER_COLUMNS.items()}
        self._occurrences: dict[str, defaultdict[str, list[int]]] = {
            name: defaultdict(list) for name in SEARCHED_FIELDS
        }
        self._lengths = {name: bytearray() for name in SEARCHED_FIELDS}
        self._totals = dict.fromkeys(SEARCHED_FIELDS, 0)
        self.documents = 0

    def _column_file(self, name: str) -> Any:
        return self._storage.create_file(whoosh3.W3Codec.column_filename(self._segment, name))

    def add(self, article: IndexedArticle, numbered: Mapping[str, int]) -> None:
        """Take an article; ``numbered`` are the numbers of its kind, instrument and region."""
        folded = fold(article.text)
        self._add_terms("characters", characters(folded))
        self._add_terms("everyday", bigrams(fold(article.everyday)))
        self._add_terms("text", bigrams(folded))
        self._add_terms("title", bigrams(fold(f"{article.instrument} {article.heading}")))
        values = {
            "article": article.id,
            "ends": article.effective_to.toordinal() if article.effective_to else NO_END,
            "place": place_key(article.instrument, article.label),
            "starts": article.effective_from.toordinal(),
            "twin": twin_key(article.label, folded),
            **numbered,
        }
        for name, value in values.items():
            self._numbers[name].append(value)
        record = (
            article.instrument,
            article.label,
            article.heading,
            article.text,
            article.promulgated.toordinal(),
            article.everyday,
        )
        self._records.append(record)
        self.documents += 1

    def _add_terms(self, field: str, terms: list[str]) -> None:
        number = self.documents
        for numbers in map(self._occurrences[field].__getitem__, terms):
            numbers.append(number)
        self._lengths[field].append(length_to_byte(len(terms)) if terms else 0)
        self._totals[field] += len(terms)

    def finish(self) -> Any:
        """Write the segment and return Whoosh's object for it."""
        self._write_columns()
        self._write_terms()
        self._segment.set_doc_count(self.documents)
        # Only Whoosh's own document writer sets the total lengths, from which it takes means.
        self._segment._fieldlengths = self._totals  # noqa: SLF001
        self._segment.create_compound_file(self._storage)
        return self._segment

    def _write_columns(self) -> None:
        with self._column_file("record") as stream:
            writer = RECORD_COLUMN.writer(stream)
            for number, record in enumerate(self._records):
                writer.add(number, record)
            writer.finish(self.documents)
        for name, values in self._numbers.items():
            self._write_numbers(name, values)
        for name, lengths in self._lengths.items():
            self._write_numbers(f"_{name}_len", array("B", lengths))
        with self._column_file("_stored") as stream:
            whoosh3.STORED_COLUMN.writer(stream).finish(self.documents)

    def _write_numbers(self, name: str, values: "array[int]") -> None:
        if sys.byteorder == "little":
            values.byteswap()
        with self._column_file(name) as stream:
            stream.write(values.tobytes())

    def _write_terms(self) -> None:
        codec = whoosh3.W3Codec
        terms = OrderedHashWriter(self._segment.create_file(self._storage, codec.TERMS_EXT))
        terms.extras["fieldmap"] = {name: n for n, name in enumerate(SEARCHED_FIELDS)}
        with self._segment.create_file(self._storage, codec.POSTS_EXT) as postings:
            for number, field in enumerate(SEARCHED_FIELDS):
                self._write_field(_FIELD_KEY.pack(number), field, terms, postings)
        terms.close()

    def _write_field(self, key: bytes, field: str, terms: Any, postings: Any) -> None:
        occurrences = self._occurrences[field]
        lengths = self._lengths[field]
        position = postings.tell()
        pending = []
        for encoded, term in sorted((term.encode(), term) for term in occurrences):
            found = encode_postings(occurrences.pop(term), lengths)
            info = TERM_INFO.pack(
                0,
                found.weight,
                found.documents,
                found.shortest,
                found.longest,
                found.highest,
                found.first,
                found.last,
                position,
                len(found.data),
            )
            terms.add(key + encoded, info)
            pending.append(found.data)
            position += len(found.data)
            if len(pending) >= _WRITE_BUFFER:
                postings.write(b"".join(pending))
                pending.clear()
        postings.write(b"".join(pending))


def _groups(reader: IndexReader) -> list[list[int]]:
    """Return the living documents of one article's versions, and those of one long text."""
    found: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for column in ("place", "twin"):
        for number, key in enumerate(reader.numbers(column)):
            if key and number not in reader.deleted:
                found[column, key].append(number)
    return [group for group in found.values() if len(group) > 1]
