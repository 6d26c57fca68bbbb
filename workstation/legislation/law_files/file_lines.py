"""From a file of any kind a bureau may have to the lines of its text.

Every reader is bounded in size, so that no file, however built, takes the desk's memory or time:
what is over a bound is refused with what to do. Statutes are far below all of them (民法典: 120 kB
of text in 2,400 paragraphs).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from workstation.errors import WorkstationError
from workstation.legislation.law_files import old_word, pdf_lines, plain_files, word_files
from workstation.legislation.law_files.bounds import (
    MOST_BYTES,
    UnreadableFileError,
    refuse_too_big,
)

_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")

Reader = Callable[[Path], list[str]]
_READERS: Mapping[str, Reader] = {
    ".docx": word_files.docx_lines,
    ".odt": word_files.odt_lines,
    ".doc": old_word.doc_lines,
    ".wps": old_word.doc_lines,
    ".rtf": old_word.rtf_lines,
    ".txt": plain_files.text_lines,
    ".md": plain_files.markdown_lines,
    ".html": plain_files.html_lines,
    ".htm": plain_files.html_lines,
    ".pdf": pdf_lines.pdf_lines,
}
READABLE = frozenset(_READERS)


class UnknownFileKindError(WorkstationError):
    """A file of a kind that is not read."""

    code = "unknown_file_kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLines:
    """The lines of a file in order, blank ones left out, outer blanks cut off."""

    path: Path
    lines: tuple[str, ...]


def read_lines(path: Path) -> FileLines:
    """Read the text of a .docx, .odt, .doc, .wps, .rtf, .txt, .md, .html or .pdf file.

    Raises:
        UnknownFileKindError: it is of another kind.
        UnreadableFileError: it is damaged, protected, empty, or over a bound.
    """
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
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
    parts = (part for line in reader(path) for part in line.split("\n"))
    lines = tuple(tidy for part in parts if (tidy := _tidy(part)))
    if not lines:
        raise UnreadableFileError(
            f"“{path.name}”里没有文字。", hint="扫描件请先用文字识别软件转成文本再导入。"
        )
    return FileLines(path=path, lines=lines)


def _tidy(line: str) -> str:
    line = _CONTROL.sub("", _INVISIBLE.sub("", line))
    return _BLANKS.sub(" ", line).strip(" \u3000\r\v\f")
