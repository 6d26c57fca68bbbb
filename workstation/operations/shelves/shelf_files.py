"""Reading a decision or a note from a file: what kind it is, its title, number and day."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workstation.domain.numerals import from_chinese
from workstation.legislation.law_files.file_lines import read_lines

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[（(]\d{4}[〕\]）)][^\s，。；]{0,12}?\d+号|指导案例\s*\d+\s*号"
)
_DIGITS = r"\d〇零一二三四五六七八九"
_DAY = re.compile(rf".{{0,20}}?([{_DIGITS}]{{4}})年([十{_DIGITS}]+)月([十{_DIGITS}]+)日.{{0,6}}")
_KINDS = (
    (re.compile("指导性?案例"), "指导性案例"),
    (re.compile("典型案例"), "典型案例"),
    (re.compile("处罚决定"), "处罚决定"),
    (re.compile("判决书|裁定书"), "裁判文书"),
)
OTHER_KIND = "其他案例"
NOTE_KIND = "办案实务"
_HEAD_LINES = 12
_FOOT_LINES = 6
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What a file was recognised as; ``day`` is None where the text names none."""

    title: str
    kind: str
    number: str
    day: date | None
    text: str


def read_shelf_file(path: Path) -> ReadFile:
    """Read a .docx, .doc, .odt, .rtf, .pdf, .txt, .md or .html file.

    Raises:
        UnknownFileKindError, UnreadableFileError: see ``file_lines.read_lines``.
    """
    lines = read_lines(path).lines
    text = "\n".join(lines)
    head = "\n".join((path.stem, *lines[:_HEAD_LINES]))
    number = _NUMBER.search(head)
    first = lines[0].lstrip("# ")
    is_title = len(first) <= _LONGEST_TITLE and not first.endswith(("。", "；", "："))
    return ReadFile(
        title=first if is_title else path.stem,
        kind=next((name for found, name in _KINDS if found.search(head)), OTHER_KIND),
        number=number[0] if number else "",
        day=_signed_on(lines),
        text=text,
    )


def _signed_on(lines: tuple[str, ...]) -> date | None:
    """Return the day under a text (2023年5月6日, 二〇二三年五月六日); days in it say nothing."""
    for line in reversed(lines[-_FOOT_LINES:]):
        match = _DAY.fullmatch("".join(line.split()))
        if match is None:
            continue
        try:
            return date(*map(from_chinese, match.groups()))
        except ValueError:
            continue
    return None
