"""Words within one case: issued papers by page, drafts by field, evidence files by page.

What can't be looked into (a scan without a text layer) is named, never passed over in silence.
"""

import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

from workstation.domain.cases import IssuedDocument, texts_in
from workstation.domain.evidence import Evidence
from workstation.errors import InvalidInputError, WorkstationError
from workstation.legislation.analysis import fold
from workstation.legislation.law_files.file_lines import read_pages
from workstation.legislation.law_files.readers import READABLE
from workstation.legislation.query_syntax import ParsedQuery, holds, parse_query
from workstation.legislation.snippets import Snippet, make_snippet, places
from workstation.operations.paper_texts import PaperTexts
from workstation.review.records import Passage
from workstation.storage.database import Database, Unit
from workstation.storage.records import Draft

_FILES_KEPT = 200
# Quotes and brackets that lack their other half are no part of the word.
_UNCLOSED = '"“”「」『』()（）'


class HitSource(StrEnum):
    """What holds the words; the value is shown."""

    PAPER = "文书"
    DRAFT = "草稿"
    EVIDENCE = "证据"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHit:
    """One page, or one field of a draft, with the words marked and how often they stand there.

    ``evidence`` is the number of the piece, 0 for papers and drafts.
    """

    found_in: HitSource
    place: Passage
    snippet: Snippet
    times: int
    evidence: int = 0

    @property
    def words(self) -> str:
        """The place in words: D51《行政处罚决定书》第2页."""
        page = f"第{self.place.page}页" if self.place.page else ""
        name = self.place.document or (f"证据{self.evidence}" if self.evidence else "")
        return f"{name}《{self.place.title}》{page}"

    def as_json(self) -> dict[str, Any]:
        """Return the hit as ``case find`` prints it; marked words stand in ⟦⟧."""
        return {
            "in": self.found_in.value,
            "document": self.place.document or None,
            "evidence": self.evidence or None,
            "title": self.place.title,
            "field": self.place.field or None,
            "page": self.place.page or None,
            "step": self.place.step or None,
            "times": self.times,
            "text": self.snippet.marked,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFindings:
    """Where words stand in a case, in the order of the file; ``unread`` files have no text."""

    case_id: str
    query: str
    hits: tuple[CaseHit, ...]
    unread: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the findings as ``case find`` prints them."""
        return {
            "case_id": self.case_id,
            "query": self.query,
            "count": len(self.hits),
            "results": [hit.as_json() for hit in self.hits],
            "unread": list(self.unread),
        }


class CaseSearch:
    """Reads only; safe to call from any thread. A file's text is kept under its digest."""

    def __init__(self, database: Database, texts: PaperTexts) -> None:
        self._database = database
        self._texts = texts
        self._known: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._lock = Lock()

    def find(self, wanted: str, query: str, as_of: date | None = None) -> CaseFindings:
        """Return where the words of ``query`` stand; a paper or file must meet it as a whole.

        ``query`` is written as for the law: words, "phrases", AND, OR, NOT; what stands between
        blanks is looked for as it is typed (16.4立方米).

        Raises:
            CaseNotFoundError: there is no such case.
            InvalidInputError: nothing is asked for.
        """
        parsed = _parsed(query)
        if not parsed.words:
            raise InvalidInputError("没有写要查找的词。", hint="写一个词，或者用引号括住原话。")
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted)).as_of(as_of or date.today())
            hits = [
                hit for document in file.documents for hit in self._paper(unit, document, parsed)
            ]
            for draft in unit.drafts.of_case(file.case.id):
                hits += self._draft(draft, parsed)
        unread: list[str] = []
        for piece in file.evidence:
            hits += self._evidence(piece, parsed, unread)
        return CaseFindings(
            case_id=file.case.id, query=query, hits=tuple(hits), unread=tuple(unread)
        )

    def _paper(
        self, unit: Unit, document: IssuedDocument, query: ParsedQuery
    ) -> Iterator[CaseHit]:
        pages: dict[int, list[str]] = {}
        for part in self._texts.places(unit, document):
            pages.setdefault(part.page, []).append(part.text)
        texts = {page: "".join(parts) for page, parts in pages.items()}
        for page, snippet, times in _found(query, texts):
            place = Passage(
                title=document.title, document=document.key, page=page, step=document.step
            )
            yield CaseHit(found_in=HitSource.PAPER, place=place, snippet=snippet, times=times)

    def _draft(self, draft: Draft, query: ParsedQuery) -> Iterator[CaseHit]:
        form = self._texts.forms.get(draft.form)
        values = {name: "\n".join(texts_in(value)) for name, value in draft.values.items()}
        for name, snippet, times in _found(query, values):
            field = form.field(name)
            key = draft.form if draft.occurrence == 1 else f"{draft.form}-{draft.occurrence}"
            title = f"{form.title}（草稿）{field.label if field else ''}"
            place = Passage(title=title, document=key, field=name, step=form.step)
            yield CaseHit(found_in=HitSource.DRAFT, place=place, snippet=snippet, times=times)

    def _evidence(
        self, piece: Evidence, query: ParsedQuery, unread: list[str]
    ) -> Iterator[CaseHit]:
        pages: dict[int, str] = {0: f"{piece.name}\n{piece.source}\n{piece.proves}"}
        if piece.sha256:
            try:
                pages.update(enumerate(self._file(piece), start=1))
            except WorkstationError as error:
                unread.append(f"证据{piece.position}《{piece.name}》：{error.message}")
        for page, snippet, times in _found(query, pages):
            yield CaseHit(
                found_in=HitSource.EVIDENCE,
                place=Passage(title=piece.name, page=page),
                snippet=snippet,
                times=times,
                evidence=piece.position,
            )

    def _file(self, piece: Evidence) -> tuple[str, ...]:
        """Return the text of an evidence file by page; one page where it has none.

        Raises:
            WorkstationError: it holds no text, or is of a kind that is not read.
        """
        with self._lock:
            known = self._known.get(piece.sha256)
        if known is None:
            known = self._read(piece)
            with self._lock:
                self._known[piece.sha256] = known
                if len(self._known) > _FILES_KEPT:
                    self._known.popitem(last=False)
        return known

    def _read(self, piece: Evidence) -> tuple[str, ...]:
        kind = piece.media_type.casefold()
        if kind not in READABLE:
            raise InvalidInputError("图片、音像等文件没有文字，没有查找。", hint="请查看原件。")
        with tempfile.TemporaryDirectory() as folder:
            # The readers go by the suffix, which a file in the store does not have.
            path = Path(folder) / f"{piece.position}{kind}"
            shutil.copyfile(self._database.blobs.path_of(piece.sha256), path)
            return read_pages(path)


def _parsed(query: str) -> ParsedQuery:
    parsed = parse_query(query)
    if parsed.condition is not None:
        return parsed
    typed = (word.strip(_UNCLOSED) for word in fold(query).split())
    return ParsedQuery(tuple(dict.fromkeys(filter(None, typed))), None)


def _found(query: ParsedQuery, texts: dict[Any, str]) -> Iterator[tuple[Any, Snippet, int]]:
    """Yield the parts that hold wanted words, where the whole of the parts meets the query."""
    folded = {key: fold(text) for key, text in texts.items()}
    if not holds(query, "\n".join(folded.values())):
        return
    for key, text in folded.items():
        found = places(text, query.words)
        if found:
            yield key, make_snippet(texts[key], text, found), len(found)
