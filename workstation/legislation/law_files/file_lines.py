"""From a file of any kind a bureau may have to the lines of its text.

Files are read by a child process with limits of time and memory, and each reader has bounds of
its own: what is over one is refused with what to do. Statutes are far below all of them (民法典:
120 kB of text in 2,400 paragraphs).
"""

import atexit
import json
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn

from workstation.child_processes import ChildEndedError, ChildProcess, received
from workstation.errors import WorkstationError
from workstation.legislation.law_files.bounds import (
    MOST_BYTES,
    UnreadableFileError,
    refuse_too_big,
)
from workstation.legislation.law_files.readers import READABLE

_WORKER = "workstation.legislation.law_files.reading_worker"
_TIDY_PEAK = 256 << 20


class UnknownFileKindError(WorkstationError):
    """A file of a kind that is not read."""

    code = "unknown_file_kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLines:
    """The lines of a file in order, blank ones left out, outer blanks cut off."""

    path: Path
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """What reading one file may take: seconds, and bytes of address space."""

    seconds: float = 20.0
    memory: int = 1 << 30


class ReadingProcess:
    """Reads files in a child process, one at a time; safe to call from any thread."""

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self._limits = limits or ReadingLimits()
        self._lock = Lock()
        self._child = ChildProcess("-m", _WORKER, str(self._limits.memory))
        self.peak = 0

    def read(self, path: Path, *, by_page: bool = False) -> tuple[str, ...]:
        """Return the tidy lines of a file, or the text of each of its pages.

        A kind without pages is one page. :attr:`peak` is raised to the bytes the child has had in
        memory; where they are many it is ended, so that the next file has its whole share.

        Raises:
            UnreadableFileError: it is damaged, protected, empty, or over a limit.
        """
        seconds = self._limits.seconds
        asked = {"path": str(path.absolute()), "by_page": by_page, "seconds": seconds}
        with self._lock:
            try:
                answer = self._child.ask(
                    json.dumps(asked).encode(), self._limits.seconds, received
                )
            except ChildEndedError as error:
                self._refuse(path, error)
            told: dict[str, Any] = json.loads(answer)
            self.peak = max(self.peak, int(told["peak"]))
            if told["peak"] > _TIDY_PEAK:
                self._child.close()
        if "error" in told:
            raise UnreadableFileError(told["error"]["message"], hint=told["error"]["hint"])
        if not any(told["parts"]):
            raise UnreadableFileError(
                f"“{path.name}”里没有文字。", hint="扫描件请先用文字识别软件转成文本再导入。"
            )
        return tuple(told["parts"])

    def _refuse(self, path: Path, error: ChildEndedError) -> NoReturn:
        if error.timed_out:
            refuse_too_big(path, f"{self._limits.seconds:g} 秒内没有读完")
        refuse_too_big(path, f"读取时占用的内存超过 {self._limits.memory >> 20} MB")

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            self._child.close()


# The child that the whole program shares.
READING = ReadingProcess()
atexit.register(READING.close)


def read_lines(path: Path, process: ReadingProcess | None = None) -> FileLines:
    """Read the text of a .docx, .odt, .doc, .wps, .rtf, .txt, .md, .html or .pdf file.

    Raises:
        UnknownFileKindError: it is of another kind.
        UnreadableFileError: it is damaged, protected, empty, or over a bound.
    """
    _admit(path)
    return FileLines(path=path, lines=(process or READING).read(path))


def read_pages(path: Path) -> tuple[str, ...]:
    """Read the text of a file page by page; a kind without pages is one page.

    Raises:
        UnknownFileKindError, UnreadableFileError: as for :func:`read_lines`.
    """
    _admit(path)
    return READING.read(path, by_page=True)


def _admit(path: Path) -> None:
    if path.suffix.casefold() not in READABLE:
        kinds = "、".join(sorted(READABLE))
        raise UnknownFileKindError(
            f"“{path.name}”不是能读取的文件类型。",
            hint=f"可以导入：{kinds}；其他的请先另存为 .docx。",
        )
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFileError(
            f"“{path.name}”打不开：{error.strerror}。", hint="请核对路径和读取权限。"
        ) from error
    if size > MOST_BYTES:
        refuse_too_big(path, f"文件有 {size >> 20} MB")
