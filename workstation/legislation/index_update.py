"""Taking a few texts into an index, or out of it, without building the rest anew.

The files of the segments that stay are linked into a new folder; what is new becomes a segment of
its own, what is gone is marked as deleted in the list of segments. So a crash leaves the index
before or the new one, as after a whole build, and who reads the index before goes on reading.
Small segments are merged when there are too many of them, out of the text store.
"""

import os
import shutil
from collections.abc import Callable, Container, Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from workstation.legislation.index_folder import (
    IndexDescription,
    IndexMissingError,
    VersionRun,
    current_index,
    new_folder,
    publish,
)
from workstation.legislation.index_schema import INDEX_NAME
from workstation.legislation.index_writer import BuiltIndex, IndexBuild, KeptSegments
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.whoosh_engine import FileStorage, index

MOST_SMALL_SEGMENTS = 8
SMALL_SEGMENT_DOCUMENTS = 5_000
# Deleted documents count in the frequencies until they are merged away.
_MOST_DELETED_SHARE = 0.05
_PROGRESS_STEP = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTexts:
    """What the index is to hold: the marks of all versions, and how to get some of them.

    ``source`` is the fingerprint of all; what stands in it before ``+`` names those that change
    only all together, with which the index is built whole.
    """

    marks: Set[str]
    articles: Callable[[Container[str]], Iterable[IndexedArticle]]
    source: str


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment of the index in use and the versions in it that are still wanted."""

    whoosh: Any  # Whoosh has no types
    runs: list[VersionRun]
    gone: list[VersionRun]

    @property
    def living(self) -> int:
        return sum(count for _, _, count in self.runs)

    @property
    def must_be_merged(self) -> bool:
        documents: int = self.whoosh.doc_count_all()
        return documents - self.living > _MOST_DELETED_SHARE * documents

    @property
    def is_small(self) -> bool:
        return self.living < SMALL_SEGMENT_DOCUMENTS

    def without(self, marks: Container[str]) -> "_Segment":
        """Return the segment with the versions of these marks gone as well."""
        return _Segment(
            self.whoosh,
            [run for run in self.runs if run[0] not in marks],
            [*self.gone, *(run for run in self.runs if run[0] in marks)],
        )

    def bring(self, before: Path, fresh: Path) -> None:
        """Link the file of the segment into a new index and mark what is gone as deleted."""
        for _, first, count in self.gone:
            for number in range(first, first + count):
                self.whoosh.delete_document(number)
        name = self.whoosh.make_filename(self.whoosh.COMPOUND_EXT)
        try:
            os.link(before / name, fresh / name)
        except OSError:  # a file system without links
            shutil.copy2(before / name, fresh / name)


def update_index(
    folder: Path,
    wanted: WantedTexts,
    *,
    progress: Callable[[int, int], None] | None = None,
    stop: Event | None = None,
) -> BuiltIndex | None:
    """Make the index in ``folder`` hold what is wanted, and make that current.

    Returns:
        None where ``stop`` was set; the index before stays in use.

    Raises:
        IndexMissingError: there is no index to start from, or the unchanging texts are others.
        OSError: the folder can't be written or the disk is full; the index before stays in use.
    """
    before, described = current_index(folder)
    if described.base != wanted.source.partition("+")[0]:
        raise IndexMissingError("法规库已换成另一版本，检索索引需要重建。")
    kept = _kept(_segments(before, described, wanted.marks))
    held = {mark for segment in kept for mark, _, _ in segment.runs}
    missing = wanted.marks - held
    fresh = new_folder(folder)
    try:
        for segment in kept:
            segment.bring(before, fresh)
        build = IndexBuild(
            fresh,
            kept=KeptSegments(
                segments=[segment.whoosh for segment in kept],
                runs=[segment.runs for segment in kept],
                kinds=described.kinds,
                instruments=described.instruments,
                regions=described.regions,
            ),
        )
        for done, article in enumerate(wanted.articles(missing)):
            if done % _PROGRESS_STEP == 0:
                if stop is not None and stop.is_set():
                    shutil.rmtree(fresh, ignore_errors=True)
                    return None
                if progress is not None:
                    progress(done, 0)
            build.add(article)
        description = build.finish(wanted.source)
        publish(fresh, description)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return BuiltIndex(folder=fresh, documents=description.documents)


def _segments(before: Path, described: IndexDescription, marks: Container[str]) -> list[_Segment]:
    contents = index.TOC.read(FileStorage(os.fspath(before)), INDEX_NAME)
    found = []
    for segment, held in zip(contents.segments, described.segments, strict=True):
        runs = [(str(mark), int(first), int(count)) for mark, first, count in held]
        gone = [run for run in runs if run[0] not in marks]
        found.append(_Segment(segment, [run for run in runs if run[0] in marks], gone))
    return found


def _kept(segments: list[_Segment]) -> list[_Segment]:
    """Return the segments that stay; what the others hold is to be written anew.

    A version that reaches from one of the others into one that stays is written anew as a whole.
    """
    small = [segment for segment in segments if segment.is_small]
    crowded = len(small) >= MOST_SMALL_SEGMENTS
    merged = [s for s in segments if s.must_be_merged or (crowded and s.is_small)]
    renewed = {mark for segment in merged for mark, _, _ in segment.runs}
    return [segment.without(renewed) for segment in segments if segment not in merged]
