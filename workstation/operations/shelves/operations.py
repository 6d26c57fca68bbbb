"""Putting decisions and notes on their shelf, changing them, taking them off and back.

Nothing is deleted: every version stays with who wrote it and when.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Any

from workstation.archive.redaction import unmasked_in
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.domain.shelves import Shelf, ShelfText
from workstation.errors import InvalidInputError, WorkstationError
from workstation.legislation.file_imports import files_in
from workstation.operations.changes import Changes
from workstation.operations.law import LawOperations, Progress
from workstation.operations.shelves.shelf_files import NOTE_KIND, read_shelf_file
from workstation.storage.database import Database, Unit

_KINDS = {Shelf.CASES: EntryKind.DECISION, Shelf.NOTES: EntryKind.NOTE}
_LETTERS = {Shelf.CASES: "A", Shelf.NOTES: "S"}
_UNDO = "撤回下架"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """What is put on a shelf; a note without a day is of today, a decision of no known day."""

    title: str
    text: str
    kind: str = NOTE_KIND
    number: str = ""
    day: date | None = None
    matters: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfImport:
    """What became of one file: the text it became, the one that was there, or the error."""

    path: Path
    taken: ShelfText | None = None
    known: str = ""
    error: WorkstationError | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as ``decisions import`` prints it."""
        if self.error is not None:
            return {"file": str(self.path), "error": self.error.as_json()}
        if self.taken is None:
            return {"file": str(self.path), "left_out": f"已在架上（{self.known}）"}
        return {"file": str(self.path), **text_json(self.taken, whole=False)}


class ShelfOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(self, database: Database, law: LawOperations) -> None:
        self._database = database
        self._law = law

    def texts(
        self, shelf: Shelf, *, matter: str = "", removed: bool = False
    ) -> tuple[ShelfText, ...]:
        """Return the texts of a shelf, the one written last first; ``removed`` adds those."""
        with self._database.reading() as unit:
            found = [versions[-1] for versions in versions_on(unit, shelf).values()]
        return tuple(
            text
            for text in sorted(found, key=lambda t: (t.written_at, t.code), reverse=True)
            if (removed or not text.removed) and (not matter or matter in text.matters)
        )

    def history(self, code: str) -> tuple[ShelfText, ...]:
        """Return all versions of a text, the oldest first.

        Raises:
            InvalidInputError: there is no such text.
        """
        with self._database.reading() as unit:
            return self._history(unit, code)

    def get(self, code: str) -> ShelfText:
        """Return a text as it was last written.

        Raises:
            InvalidInputError: there is no such text.
        """
        return self.history(code)[-1]

    def add(self, shelf: Shelf, new: NewText, by: str) -> ShelfText:
        """Put a text on a shelf.

        Raises:
            InvalidInputError: title, text or name are missing, or a matter is unknown.
        """
        articles = self._checked(new, by)
        with self._database.writing() as unit:
            _check_matters(unit, new.matters)
            code = f"{_LETTERS[shelf]}{unit.dated_entries.count_keys(_KINDS[shelf]) + 1:03}"
            made = _text_of(shelf, code, new, articles, by)
            _write(unit, made, made.kind)
        return made

    def edit(self, code: str, new: NewText, by: str, *, version: int) -> ShelfText:
        """Write a new version of a text; ``version`` is the one that was read before.

        Raises:
            InvalidInputError: as for :meth:`add`; or it was removed, or changed meanwhile.
        """
        articles = self._checked(new, by)
        with self._database.writing() as unit:
            old = self._history(unit, code)[-1]
            if old.removed:
                raise InvalidInputError(f"{code} 已下架，不能修改。", hint="请先撤回下架。")
            if old.version != version:
                message = f"{code} 刚被{old.author}改过（第{old.version}版）。"
                raise InvalidInputError(message, hint="请重新打开，看过新内容再改；您写的还在。")
            _check_matters(unit, new.matters)
            made = replace(
                _text_of(old.shelf, old.code, new, articles, by), version=old.version + 1
            )
            _write(unit, made, "修改")
        return made

    def remove(self, code: str, by: str, reason: str) -> ShelfText:
        """Take a text off its shelf; :meth:`restore` puts it back.

        Raises:
            InvalidInputError: there is no such text there, or name or reason are missing.
        """
        if not by.strip() or not reason.strip():
            raise InvalidInputError("下架须写明由谁下架和理由。", hint="例如：所引条文已修改。")
        return self._turn(code, by, reason.strip(), removed=True)

    def restore(self, code: str, by: str) -> ShelfText:
        """Put a text that was taken off back on its shelf.

        Raises:
            InvalidInputError: there is no such text, or it is on the shelf.
        """
        return self._turn(code, by, _UNDO, removed=False)

    def _turn(self, code: str, by: str, reason: str, *, removed: bool) -> ShelfText:
        with self._database.writing() as unit:
            old = self._history(unit, code)[-1]
            if old.removed == removed:
                state = "已经下架" if removed else "还在架上"
                raise InvalidInputError(f"{code}{state}。", hint="请核对编号。")
            made = replace(
                old,
                version=old.version + 1,
                author=by.strip() or old.author,
                written_at=_now(),
                removed=removed,
                reason=reason,
            )
            _write(unit, made, reason)
        return made

    def import_files(
        self,
        shelf: Shelf,
        paths: Iterable[Path],
        by: str,
        *,
        matters: tuple[str, ...] = (),
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> tuple[ShelfImport, ...]:
        """Put the files named, and those of the folders named, on a shelf, one by one.

        A file whose text is on the shelf is left out, so a stopped import goes on when started
        again.
        """
        found = files_in(paths)
        known = {text.text: text.code for text in self.texts(shelf)}
        outcomes = []
        for done, path in enumerate(found):
            if stop is not None and stop.is_set():
                break
            if progress is not None:
                progress(done, len(found))
            outcome = self._import(shelf, path, by, matters, known)
            if outcome.taken is not None:
                known[outcome.taken.text] = outcome.taken.code
            outcomes.append(outcome)
        return tuple(outcomes)

    def _import(
        self,
        shelf: Shelf,
        path: Path,
        by: str,
        matters: tuple[str, ...],
        known: Mapping[str, str],
    ) -> ShelfImport:
        try:
            read = read_shelf_file(path)
            if read.text in known:
                return ShelfImport(path=path, known=known[read.text])
            new = NewText(
                title=read.title,
                text=read.text,
                kind=NOTE_KIND if shelf is Shelf.NOTES else read.kind,
                number=read.number,
                day=read.day,
                matters=matters,
                file=path.name,
            )
            return ShelfImport(path=path, taken=self.add(shelf, new, by))
        except WorkstationError as error:
            return ShelfImport(path=path, error=error)

    def _checked(self, new: NewText, by: str) -> tuple[str, ...]:
        """Return what the text cites, in full."""
        wanted = {"标题": new.title, "正文": new.text, "登记人": by}
        missing = [label for label, text in wanted.items() if not text.strip()]
        if missing:
            raise InvalidInputError(
                f"没有填写：{'、'.join(missing)}。", hint="请补填后再存；已写的内容还在。"
            )
        self._law.open_texts()
        cited = (str(found.reference) for found in self._law.citations_in(new.text))
        return tuple(dict.fromkeys(cited))

    @staticmethod
    def _history(unit: Unit, code: str) -> tuple[ShelfText, ...]:
        wanted = code.strip().upper()
        shelf = next((s for s, letter in _LETTERS.items() if wanted.startswith(letter)), None)
        entries = unit.dated_entries.history(_KINDS[shelf], wanted) if shelf else ()
        if not entries or shelf is None:
            raise InvalidInputError(
                f"架上没有编号“{code}”。", hint="案例的编号如 A001，办案实务的如 S001。"
            )
        return tuple(_read(shelf, entry, n) for n, entry in enumerate(entries, 1))


def versions_on(unit: Unit, shelf: Shelf) -> dict[str, list[ShelfText]]:
    """Return all versions of each text of a shelf, by code."""
    found: dict[str, list[ShelfText]] = {}
    for entry in unit.dated_entries.of_kind(_KINDS[shelf]):
        versions = found.setdefault(entry.key, [])
        versions.append(_read(shelf, entry, len(versions) + 1))
    return found


def changes_of(text: ShelfText) -> Changes:
    """Return what writing a text touched."""
    return Changes.of("shelf", text.code)


def text_json(text: ShelfText, *, whole: bool = True) -> dict[str, Any]:
    """Return a text as the command line prints it; ``whole`` adds the text itself."""
    return {
        "code": text.code,
        "title": text.title,
        "kind": text.kind,
        "number": text.number,
        "date": text.day.isoformat() if text.day else None,
        "matters": list(text.matters),
        "articles": list(text.articles),
        "tags": list(text.tags),
        "file": text.file,
        "warnings": list(text.warnings),
        "version": text.version,
        "entered_by": text.author,
        "entered_at": text.written_at.isoformat(),
        "withdrawn": text.removed,
        "reason": text.reason,
        **({"wording": text.text} if whole else {}),
    }


def _text_of(
    shelf: Shelf, code: str, new: NewText, articles: tuple[str, ...], by: str
) -> ShelfText:
    return ShelfText(
        shelf=shelf,
        code=code,
        kind=new.kind.strip() or NOTE_KIND,
        title=new.title.strip(),
        text=new.text.strip(),
        day=new.day or (date.today() if shelf is Shelf.NOTES else None),
        version=1,
        author=by.strip(),
        written_at=_now(),
        number=new.number.strip(),
        matters=new.matters,
        articles=articles,
        tags=new.tags,
        file=new.file,
        warnings=unmasked_in(new.text),
    )


def _check_matters(unit: Unit, codes: Sequence[str]) -> None:
    unknown = [code for code in codes if not unit.matters.versions(code)]
    if unknown:
        message = f"事项清单中没有：{'、'.join(unknown)}。"
        raise InvalidInputError(message, hint="请核对编码，或者先导入该事项。")


def _read(shelf: Shelf, entry: DatedEntry, version: int) -> ShelfText:
    content: Mapping[str, Any] = entry.content
    return ShelfText(
        shelf=shelf,
        code=entry.key,
        kind=content["kind"],
        title=content["title"],
        text=content["text"],
        day=date.fromisoformat(content["day"]) if content["day"] else None,
        version=version,
        author=entry.entered_by,
        written_at=entry.entered_at,
        number=content["number"],
        matters=tuple(content["matters"]),
        articles=tuple(content["articles"]),
        tags=tuple(content["tags"]),
        file=content["file"],
        warnings=tuple(content["warnings"]),
        removed=entry.withdrawn,
        reason=entry.source if entry.withdrawn else "",
    )


def _write(unit: Unit, text: ShelfText, why: str) -> None:
    content: dict[str, Any] = {
        "kind": text.kind,
        "title": text.title,
        "text": text.text,
        "day": text.day.isoformat() if text.day else "",
        "number": text.number,
        "matters": list(text.matters),
        "articles": list(text.articles),
        "tags": list(text.tags),
        "file": text.file,
        "warnings": list(text.warnings),
    }
    entry = DatedEntry(
        kind=_KINDS[text.shelf],
        key=text.code,
        content=content,
        valid_from=text.written_at.date(),
        source=why,
        verified=False,
        entered_by=text.author,
        entered_at=text.written_at,
        withdrawn=text.removed,
    )
    unit.dated_entries.add(entry)
    logged: dict[str, Any] = {
        "key": text.code,
        "title": text.title,
        "version": text.version,
        "by": text.author,
    }
    unit.log.append("shelf_text_removed" if text.removed else "shelf_text_written", logged)


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
