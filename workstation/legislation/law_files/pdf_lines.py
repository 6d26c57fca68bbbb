"""The paragraphs of a PDF with a text layer, read in a process of its own.

A PDF of two kilobytes can unpack to gigabytes inside the PDF library, so the reading is done by a
child that may use so much memory and time and no more. Lines are put together into paragraphs by
their indents, as printed Chinese has them.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from workstation.legislation.law_files.bounds import (
    UnreadableFileError,
    refuse_damaged,
    refuse_too_big,
)

_SECONDS = 15
_MODULE = "workstation.legislation.law_files.pdf_child"


def pdf_lines(path: Path) -> list[str]:
    """Return the paragraphs of a PDF.

    Raises:
        UnreadableFileError: it is damaged, protected, a scan without text, or takes too much.
    """
    return [str(line) for line in _answer(path)["lines"]]


def pdf_pages(path: Path) -> list[str]:
    """Return the text of each page of a PDF, its lines parted by LF.

    Raises:
        UnreadableFileError: as for :func:`pdf_lines`.
    """
    return [str(text) for text in _answer(path)["pages"]]


def _answer(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", _MODULE, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own module, no shell
    except subprocess.TimeoutExpired:
        refuse_too_big(path, f"{_SECONDS} 秒内没有读完")
    if done.returncode:
        refuse_damaged(path)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        raise UnreadableFileError(f"“{path.name}”{answer['error']}", hint=answer["hint"])
    return answer
