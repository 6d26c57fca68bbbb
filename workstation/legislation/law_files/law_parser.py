"""From the lines of a file to an instrument with its articles.

Files differ in all but one thing: an article begins a line with 第…条. A table of contents repeats
the headings before the text; a decree (国务院令) stands above the title; news agencies sign below.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath

from workstation.domain.numerals import from_chinese
from workstation.errors import WorkstationError
from workstation.legislation.law_files.file_lines import FileLines
from workstation.legislation.law_files.law_dates import days_of
from workstation.legislation.law_files.law_kinds import kind_of
from workstation.legislation.law_files.law_text import LawText, TextArticle
from workstation.legislation.titles import plain_title

_N = "一二三四五六七八九十百千零〇两\\d"
_ARTICLE = re.compile(
    rf"^第(?P<number>[{_N}]+)条(?:之(?P<suffix>[{_N}]+))?(?P<gap>[ \u3000:：]*)(?P<rest>.*)$"
)
_HEADING = re.compile(rf"^第[{_N}]+(?P<level>编|分编|章|节)(?:[ \u3000]+|$)(?P<name>.*)$")
_CLOSE_HEADING = re.compile(rf"^第[{_N}]+(?P<level>编|分编|章|节)(?P<name>[^，。；：]{{1,28}})$")
_SUPPLEMENT = re.compile(r"^附[ \u3000]*则$")
_CONTENTS = re.compile(r"^目[ \u3000]*[录次]$")
_APPENDIX = re.compile(r"^附(?:件|录|表|图|[:：]|$)")
_AGENCY = re.compile(
    r"^(?:新华社|来源[:：]|责任编辑|（?完）?$|扫一扫|打印本页|关闭窗口|相关稿件|中国政府网)"
)
_ENTRY = re.compile(r"^(?P<number>[一二三四五六七八九十]{1,3})、(?P<rest>.*)$")
_HISTORY = re.compile(
    r"\d{4}\s*年.*(?:通过|公布|发布|修订|修正|批准|施行|印发|修改)|令\s*第?.*号|[〔\[]\d{4}[〕\]].*号"
)
# What titles end with; those of the second line may do without articles (第…条).
_DIVIDED = (
    "法|法典|条例|细则|规则|规程|规范|通则|准则|章程|标准|守则|制度|目录|基准|清单|程序|规划|条约"
)
_UNDIVIDED = "通知|意见|批复|解释|解答|决定|答复|函|公告|规定|修正案|纪要|办法|决议|命令|安排|方案"
_TITLE_END = re.compile(rf"(?:{_DIVIDED}|{_UNDIVIDED}|若干问题)$")
_MAY_BE_UNDIVIDED = re.compile(rf"(?:{_UNDIVIDED})$")
_COUNTRY = "中华人民共和国"
_TRAILING_BRACKETS = re.compile(r"(?:[（(][^（()）]{1,12}[)）])+$")
_LONGEST_TITLE = 90
_LONGEST_HEADING = 42
_LEVELS = ("编", "分编", "章", "节")
_DATE_TAIL = r"[（(_\-\s]*(?:19|20)\d{2}[-_.年]?\d{2}[-_.月]?\d{2}.*$"
_NAME_TAIL = re.compile(rf"{_DATE_TAIL}|[（(]\d{{4}}年?.{{0,4}}[）)]$|_[A-Za-z0-9]+$")


class NotALawError(WorkstationError):
    """A file in which no articles were recognised."""

    code = "not_a_law"


def parse_law(file: FileLines) -> LawText:
    """Recognise the instrument a file holds.

    Raises:
        NotALawError: it has no title of an instrument or no articles; the message says which.
    """
    lines = list(file.lines)
    begin = _begin(lines)
    title, history, warnings = _head(lines[:begin], file.path)
    body = _Body()
    for line in lines[begin:]:
        body.take(line)
    articles = body.articles()
    if not any(article.number for article in articles):
        articles = _entries(file, title, lines[len(lines[:begin]) :])
    kind = kind_of(title, history, file.path)
    texts = [line for article in articles for line in article.lines]
    days = days_of(history, texts, file.path)
    return LawText(
        title=title,
        kind=kind.kind,
        region=kind.region,
        issuing_body=kind.body,
        document_number=kind.number,
        history=tuple(history),
        first_promulgated=days.first,
        promulgated=days.promulgated,
        effective=days.effective,
        date_basis=days.basis,
        articles=articles,
        warnings=(*warnings, *body.warnings, *_gaps(articles), *days.warnings),
    )


def _begin(lines: Sequence[str]) -> int:
    """Return where the text begins: the headings above its first article, else after the head."""
    first = next((n for n, line in enumerate(lines) if _opens_text(line)), None)
    if first is None:
        return _head_end(lines)
    while first and _is_heading(lines[first - 1]):
        if _level(lines[first - 1]) == _level(lines[first]) and not _ARTICLE.match(lines[first]):
            break
        if _is_deeper(lines[first - 1], lines[first]):
            break
        first -= 1
    return first


def _opens_text(line: str) -> bool:
    match = _ARTICLE.match(line)
    return bool(match and (match["gap"] or not match["rest"]))


def _is_deeper(above: str, below: str) -> bool:
    if _ARTICLE.match(below):
        return False
    return _LEVELS.index(_level(above)) > _LEVELS.index(_level(below))


def _head_end(lines: Sequence[str]) -> int:
    return next((n for n, line in enumerate(lines) if _ENTRY.match(line)), min(len(lines), 1))


def _is_heading(line: str) -> bool:
    return bool(_level(line))


def _level(line: str) -> str:
    """Return the level of a heading (编 …), or nothing; 附则 without a number is an 编."""
    if len(line) > _LONGEST_HEADING:
        return ""
    match = _HEADING.match(line) or _CLOSE_HEADING.match(line)
    if match and not line.endswith(("。", "；", "，")):
        return match["level"]
    return "编" if _SUPPLEMENT.match(line) else ""


def _head(lines: Sequence[str], path: PurePath) -> tuple[str, list[str], list[str]]:
    """Return title, lines of history and warnings from what stands above the text."""
    contents = next((n for n, line in enumerate(lines) if _CONTENTS.match(line)), len(lines))
    above = [
        line for line in lines[:contents] if not _is_heading(line) and not _AGENCY.match(line)
    ]
    named = _name_of(path)
    at = _title_at(above, named)
    if at is None:
        if not _TITLE_END.search(_bare(named)) and "典" not in named:
            raise NotALawError(
                f"“{path.name}”里没有找到法规的题名。",
                hint="请核对文件：第一行应当是法规全称；不是法律法规的文件请放入办案实务。",
            )
        return named, list(above), ["文本没有题名，暂以文件名为题名，请核对是否只是法规的一部分"]
    title = re.sub(r"[\s\u3000]+", "", above[at])
    history = [line for n, line in enumerate(above) if n != at and _tells_history(line)]
    return title, history, _title_warnings(title, named)


def _title_at(above: Sequence[str], named: str) -> int | None:
    plain = plain_title(named)
    fitting = [
        n
        for n, line in enumerate(above)
        if len(line) <= _LONGEST_TITLE
        and not line.endswith(("。", "；", "：", "，"))
        and not _HISTORY.search(line)
    ]
    for n in reversed(fitting):
        if plain and plain_title(above[n]) == plain:
            return n
    ending = [n for n in fitting if _TITLE_END.search(_bare(above[n]))]
    return ending[-1] if ending else None


def _bare(title: str) -> str:
    """Return a title without 《》, blanks, and what brackets add at its end: （试行）, （二）."""
    return _TRAILING_BRACKETS.sub("", plain_title(title))


def _tells_history(line: str) -> bool:
    return bool(_HISTORY.search(line)) or line.startswith(("（", "("))


def _name_of(path: PurePath) -> str:
    name = path.stem
    while (shorter := _NAME_TAIL.sub("", name)) != name:
        name = shorter
    return name.strip(" _-\u3000")


def _title_warnings(title: str, named: str) -> list[str]:
    plain, other = (plain_title(name).replace(_COUNTRY, "") for name in (title, named))
    if not other or plain in other or other in plain or not re.search("[\u4e00-\u9fff]{3}", other):
        return []
    return [f"文件名“{named}”与文本题名《{title}》不一致，请核对内容是否放错"]


@dataclass(slots=True)
class _Open:
    number: int
    suffix: int
    label: str
    heading: tuple[str, ...]
    lines: list[str] = field(default_factory=list)

    def closed(self) -> TextArticle:
        return TextArticle(
            number=self.number,
            suffix=self.suffix,
            label=self.label,
            heading=self.heading,
            lines=tuple(filter(None, self.lines)),
        )


class _Body:
    """Takes the lines of a text one by one and sorts them into articles."""

    def __init__(self) -> None:
        self._done: list[_Open] = []
        self._headings: dict[str, str] = {}
        self._in_appendix = False
        self.warnings: list[str] = []

    def take(self, line: str) -> None:
        if self._in_appendix:
            self._done[-1].lines.append(line)
        elif self._done and _APPENDIX.match(line):
            self._in_appendix = True
            self._done.append(_Open(0, 1, "附件", (), [line]))
        elif level := _level(line):
            self._head(level, line)
        elif article := self._article(line):
            self._done.append(article)
        elif self._done and not _AGENCY.match(line):
            self._done[-1].lines.append(line)

    def _head(self, level: str, line: str) -> None:
        for lower in _LEVELS[_LEVELS.index(level) :]:
            self._headings.pop(lower, None)
        self._headings[level] = re.sub("[ \u3000]+", " ", line, count=1).replace("\u3000", "")

    def _article(self, line: str) -> _Open | None:
        match = _ARTICLE.match(line)
        if match is None:
            return None
        number = _number(match["number"])
        suffix = _number(match["suffix"]) if match["suffix"] else 0
        if not self._follows(number, suffix, spaced=bool(match["gap"]) or not match["rest"]):
            return None
        label = f"第{match['number']}条" + (f"之{match['suffix']}" if match["suffix"] else "")
        heading = tuple(self._headings[level] for level in _LEVELS if level in self._headings)
        return _Open(number, suffix, label, heading, [match["rest"]])

    def _follows(self, number: int, suffix: int, *, spaced: bool) -> bool:
        """Whether an article may come now; others are quoted, as in a decision to amend."""
        last = next((a for a in reversed(self._done) if a.number), None)
        if last is None:
            return spaced or number == 1
        if (number, suffix) == (last.number + 1, 0) or (
            number == last.number and suffix == last.suffix + 1
        ):
            return True
        if number == last.number + 1 and suffix == 1:
            return True
        return spaced and last.number < number <= last.number + 60

    def articles(self) -> tuple[TextArticle, ...]:
        return tuple(article.closed() for article in self._done)


def _number(text: str) -> int:
    plain = unicodedata.normalize("NFKC", text)
    return int(plain) if plain.isdigit() else from_chinese(plain.replace("两", "二"))


def _entries(file: FileLines, title: str, lines: Sequence[str]) -> tuple[TextArticle, ...]:
    """Read a text that is divided by 一、 二、 or not at all: 批复, 解释, 通知, 决定.

    Raises:
        NotALawError: the title is not that of such a text.
    """
    if not _MAY_BE_UNDIVIDED.search(_bare(title)):
        raise NotALawError(
            f"“{file.path.name}”里没有找到条文（第一条……）。",
            hint="法律法规应当分条；不是法规的资料请放入办案实务，缺条文的请换一份完整文本。",
        )
    found = list(_numbered(lines))
    if len(found) > 1:
        return tuple(article.closed() for article in found)
    whole = _Open(0, 0, "全文", (), [line for line in lines if line != title])
    return (whole.closed(),)


def _numbered(lines: Sequence[str]) -> Iterator[_Open]:
    current: _Open | None = None
    for line in lines:
        match = _ENTRY.match(line)
        expected = current.number + 1 if current else 1
        if match and _number(match["number"]) == expected:
            if current:
                yield current
            current = _Open(expected, 0, match["number"], (), [match["rest"]])
        elif current:
            current.lines.append(line)
    if current:
        yield current


def _gaps(articles: Sequence[TextArticle]) -> list[str]:
    """Say where the numbers of the articles jump, begin late, or an article is empty."""
    numbered = [article for article in articles if article.number]
    warnings = []
    if numbered and numbered[0].number != 1:
        warnings.append(f"不是从第一条开始，而是从{numbered[0].label}开始：可能只是法规的一部分")
    for before, after in pairwise(numbered):
        if after.number > before.number + 1:
            warnings.append(f"{before.label}之后是{after.label}，中间缺条")
    empty = [article.label for article in numbered if not article.lines]
    if empty:
        warnings.append(f"{'、'.join(empty[:5])}没有内容")
    return warnings
