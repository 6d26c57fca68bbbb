"""Which reader is for which kind of file, and the tidying of what it gives."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from workstation.legislation.law_files import old_word, pdf_pages, plain_files, word_files
from workstation.legislation.law_files.bounds import MOST_LINE, refuse_too_big

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
    ".pdf": pdf_pages.pdf_lines,
}
READABLE = frozenset(_READERS)


def lines_in(path: Path) -> list[str]:
    """Return the lines of a file, blank ones left out, outer blanks cut off.

    Raises:
        UnreadableFileError: it is damaged, protected, or over a bound.
    """
    parts = (part for line in _READERS[path.suffix.casefold()](path) for part in line.split("\n"))
    lines = [tidy for part in parts if (tidy := _tidy(part))]
    if max(map(len, lines), default=0) > MOST_LINE:
        refuse_too_big(path, f"有一段超过 {MOST_LINE} 字")
    return lines


def pages_in(path: Path) -> list[str]:
    """Return the text of each page; a file without pages is one page.

    Raises:
        UnreadableFileError: it is damaged, protected, or over a bound.
    """
    if path.suffix.casefold() == ".pdf":
        return pdf_pages.pdf_pages(path)
    return ["\n".join(lines_in(path))]


def _tidy(line: str) -> str:
    line = _CONTROL.sub("", _INVISIBLE.sub("", line))
    return _BLANKS.sub(" ", line).strip(" \u3000\r\v\f")
