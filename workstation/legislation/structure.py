"""Splitting the text of an article into 款, 项 and 目.

A 款 is a paragraph that begins on its own line (立法法§65 lists 条, 款, 项, 目; only 项 and 目 are
numbered in print). A line that goes on with the list before it is no new 款.
"""

import re
from dataclasses import dataclass, field

from workstation.domain.numerals import from_chinese
from workstation.legislation.law_records import Item, Paragraph

_NUMERALS = "一二三四五六七八九十百"
_BRACKETED = re.compile(rf"^“?[（(](?P<number>[{_NUMERALS}]+)[）)]")
_ENUMERATED = re.compile(rf"^(?P<number>[{_NUMERALS}]+)、")
_POINT = re.compile(r"^(?P<number>[0-9]{1,2})(?:[.．](?![0-9])|、)")
_SENTENCE_ENDS = ("。", "！", "？", "。”", "。）", "。’”")


@dataclass(slots=True)
class _OpenItem:
    number: int
    text: str
    points: list[str] = field(default_factory=list)

    def closed(self) -> Item:
        return Item(number=self.number, text=self.text, points=tuple(self.points))


@dataclass(slots=True)
class _OpenParagraph:
    text: str
    items: list[_OpenItem] = field(default_factory=list)

    @property
    def last_line(self) -> str:
        if not self.items:
            return self.text
        item = self.items[-1]
        return item.points[-1] if item.points else item.text

    def closed(self, number: int) -> Paragraph:
        items = tuple(item.closed() for item in self.items)
        return Paragraph(number=number, text=self.text, items=items)


def split_article(text: str) -> tuple[Paragraph, ...]:
    """Return the 款 of an article whose lines are parted by LF; never empty."""
    lines = [line for line in text.split("\n") if line]
    paragraphs = [_OpenParagraph(lines[0] if lines else "")]
    for position, line in enumerate(lines[1:], start=1):
        _place(line, lines[position + 1 :], paragraphs)
    return tuple(p.closed(number) for number, p in enumerate(paragraphs, start=1))


def _place(line: str, rest: list[str], paragraphs: list[_OpenParagraph]) -> None:
    current = paragraphs[-1]
    number = _item_number(line, current)
    if number:
        current.items.append(_OpenItem(number, line))
    elif current.items and (_POINT.match(line) or _belongs_to_item(current, rest)):
        current.items[-1].points.append(line)
    elif not current.items and _goes_on(current.text, line):
        current.text += "\n" + line
    else:
        paragraphs.append(_OpenParagraph(line))


def _item_number(line: str, current: _OpenParagraph) -> int:
    """Return the number of the 项 that ``line`` begins, or 0."""
    match = _BRACKETED.match(line)
    if match:
        return from_chinese(match["number"])
    match = _ENUMERATED.match(line)
    opens_list = not current.items and current.text.endswith("：")
    if match and (opens_list or _continues(current, from_chinese(match["number"]))):
        return from_chinese(match["number"])
    match = _POINT.match(line)
    numbered_in_digits = bool(current.items) and _POINT.match(current.items[-1].text) is not None
    if match and (opens_list or numbered_in_digits):
        return int(match["number"])
    return 0


def _continues(current: _OpenParagraph, number: int) -> bool:
    if not current.items or not _ENUMERATED.match(current.items[-1].text):
        return False
    return current.items[-1].number + 1 == number


def _belongs_to_item(current: _OpenParagraph, rest: list[str]) -> bool:
    """Tell whether a line after a 项 still belongs to it: the list goes on below the line."""
    if current.last_line.endswith(("；", "，", "、", "：")):
        return True
    expected = current.items[-1].number + 1
    for line in rest:
        match = _BRACKETED.match(line) or _ENUMERATED.match(line)
        if match:
            return from_chinese(match["number"]) == expected
    return False


def _goes_on(text: str, line: str) -> bool:
    """Tell whether ``line`` is still part of the 款 ``text``: a list without numbers, a table."""
    if line.startswith("|") or "|" in line or "|" in text.rpartition("\n")[2]:
        return True
    return not text.endswith(_SENTENCE_ENDS)
