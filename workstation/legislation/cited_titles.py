"""Which instrument a place in running text belongs to: the title or pronoun before it."""

import re
from dataclasses import dataclass

from workstation.legislation.titles import TitleIndex, plain_title

_PRONOUN = re.compile(
    r"(?:本法典?|本条例|本规定|本办法|本规则|本细则|本解释|(?<![合共])同法|该法典?|该条例|该规定|该办法"
    r"|同条例|上述法律|前述法律)的?$"
)
_DEFINED = re.compile(
    r"《(?P<title>[^《》]+(?:《[^《》]*》[^《》]*)?)》\s*[（(]以下(?:简称|称)[“\"《]*"
    r"(?P<short>[^”\"》）)]+)[”\"》]*[）)]"
)
_UNKNOWN_NAME = re.compile(
    r"(?:.*[^\u4e00-\u9fff（）]|.*(?:依据|根据|违反|按照|依照|符合|适用|参照|遵守)了?|^)"
    r"(?P<name>[\u4e00-\u9fff（）]{2,40}?(?:法典?|条例|规定|办法|规则|细则|解释|标准))的?$",
    re.DOTALL,
)
_KINDS_ALONE = frozenset({"法", "法典", "条例", "规定", "办法", "规则", "细则", "解释", "决定"})
_BRACKETS = {"）": "（", ")": "("}
_LONGEST = 80
_QUOTES = {"》": "《", "〉": "〈"}
_NO_LAW = re.compile(r"(?:合同|协议|协议书|章程|手册|公约|承诺书|说明书|笔录|标书)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedTitle:
    """A title before a place: where it starts, its name as printed, what it may mean."""

    start: int
    name: str
    titles: tuple[str, ...]
    is_pronoun: bool = False


class TitleReader:
    """Reads titles in one text, with the short names that the text defines (以下简称…)."""

    def __init__(self, text: str, titles: TitleIndex) -> None:
        self._text = text
        self._titles = titles
        self._defined = {
            plain_title(match["short"]): match["title"] for match in _DEFINED.finditer(text)
        }

    def names_no_law(self, at: int, since: int) -> bool:
        """Tell whether the document named before ``at`` is a contract or the like, not law."""
        marked = self._marked(self._skip_blanks(at, since), since)
        return marked is not None and not marked.titles and bool(_NO_LAW.search(marked.name))

    def before(self, at: int, since: int) -> CitedTitle | None:
        """Return the title that ends at ``at``, looking back no further than ``since``."""
        end = self._skip_blanks(at, since)
        marked = self._marked(end, since)
        if marked:
            return marked
        window = self._text[max(since, end - _LONGEST) : end]
        offset = end - len(window)
        pronoun = _PRONOUN.search(window)
        if pronoun:
            start = offset + pronoun.start()
            return CitedTitle(start=start, name=pronoun[0], titles=(), is_pronoun=True)
        return self._bare(window, offset)

    def _skip_blanks(self, at: int, since: int) -> int:
        end = at
        while end > since and (self._text[end - 1].isspace()):
            end -= 1
        return end

    def _marked(self, end: int, since: int) -> CitedTitle | None:
        """Return a title in 《》, also with a bracket behind it: 《…法》（2021年修订）."""
        text = self._text
        if end > since and text[end - 1] in _BRACKETS:
            opening = text.rfind(_BRACKETS[text[end - 1]], since, end)
            end = opening if opening > since else end
        if end <= since or text[end - 1] not in _QUOTES:
            return None
        closing, opens = text[end - 1], _QUOTES[text[end - 1]]
        depth = 0
        for position in range(end - 1, since - 1, -1):
            depth += (text[position] == closing) - (text[position] == opens)
            if depth == 0:
                name = text[position + 1 : end - 1]
                return CitedTitle(start=position, name=name, titles=self._resolve(name))
        return None

    def _bare(self, window: str, offset: int) -> CitedTitle | None:
        for short, title in self._defined.items():
            if window.endswith(short):
                start = offset + len(window) - len(short)
                return CitedTitle(start=start, name=title, titles=self._resolve(title))
        trimmed = len(window.removesuffix("的"))
        start, titles = self._titles.ending_at(window, trimmed)
        unknown = _UNKNOWN_NAME.search(window)
        if unknown and (not titles or unknown.start("name") < start):
            name = unknown["name"]
            longer = self._titles.exact(name)
            if longer or not titles:
                begins = offset + unknown.start("name")
                return CitedTitle(start=begins, name=name, titles=longer)
        if titles:
            return CitedTitle(start=offset + start, name=window[start:trimmed], titles=titles)
        return None

    def _resolve(self, name: str) -> tuple[str, ...]:
        meant = self._defined.get(plain_title(name), name)
        return () if meant in _KINDS_ALONE else self._titles.cited(meant)
