"""From the package's articles to clean ones: text mended, headings placed, appendices cut off."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workstation.domain.numerals import from_chinese, to_chinese
from workstation.legislation.mending import Fault, mend
from workstation.legislation.overlay import Overlay
from workstation.legislation.package_source import SourceArticle, SourceLaw

_LABEL = re.compile(r"^第(?P<number>[^条]+)条(?:之(?P<suffix>.+))?$")
_ENTRY = re.compile(r"^条目(?P<number>.+)$")
_APPENDIX = re.compile(r"^(?:附(?:$|[：表件录])|个人所得税税率表一)")
_APPENDIX_LABEL = "附件"
_WITHOUT_ARTICLES = "全文"
_SUPPLEMENT = "附则"
_QUOTING_KINDS = frozenset({"修正案", "修改决定", "宪法"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanArticle:
    """One article ready to be stored; ``number`` is 0 for an appendix or an undivided text."""

    number: int
    suffix: int
    label: str
    heading: tuple[str, ...]
    text: str
    note: str = ""


class LawCleaner:
    """Cleans one law after the other and counts what it mended."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay
        self.faults: Counter[Fault] = Counter()
        self.unpaired_quotes: list[str] = []

    def clean(self, law: SourceLaw) -> Iterator[CleanArticle]:
        """Yield the articles of a law in order; an appendix comes last, with number 0."""
        scanned = law.title in self._overlay.scanned
        part = self._overlay.first_part.get(law.title, "")
        sub_part = ""
        last = len(law.articles) - 1
        for position, source in enumerate(self._rejoined(law)):
            mended = mend(source.text, scanned=scanned)
            self._count(law, source, mended.faults)
            chapter = "" if part == "附则" else source.chapter
            section = source.section if chapter else ""
            heading = tuple(h for h in (part, sub_part, chapter, section) if h)
            text = self._without_false_break(law, source, mended.text)
            appendix = ""
            if position == last:
                text, appendix = _cut_appendix(text)
            yield from self._split_lost_opening(law, _numbered(source, heading, text))
            if appendix:
                self.faults[Fault.APPENDIX] += 1
                yield CleanArticle(
                    number=0, suffix=1, label=_APPENDIX_LABEL, heading=(), text=appendix
                )
            for following in mended.following_headings:
                if "分编" in following.partition(" ")[0]:
                    sub_part = following
                else:
                    part, sub_part = following, ""

    def _rejoined(self, law: SourceLaw) -> list[SourceArticle]:
        """Put articles that are quoted inside a decision back into the entry that quotes them."""
        if law.kind not in {"修正案", "修改决定", "宪法"} and "决定" not in law.title:
            return list(law.articles)
        kept: list[SourceArticle] = []
        for article in law.articles:
            in_order = not kept or article.number == kept[-1].number + 1
            if in_order or not article.number:
                kept.append(article)
                continue
            self.faults[Fault.QUOTED_ARTICLE] += 1
            text = f"{kept[-1].text}\n{article.label}　{article.text}"
            kept[-1] = replace(kept[-1], text=text)
        return kept

    def _split_lost_opening(self, law: SourceLaw, article: CleanArticle) -> Iterator[CleanArticle]:
        for lost in self._overlay.lost_openings:
            at = article.text.find("\n" + lost.begins_with)
            if lost.title == law.title and lost.after == article.number and at >= 0:
                self.faults[Fault.LOST_OPENING] += 1
                yield _numbered_like(article, article.number, article.text[:at])
                rest = "……" + article.text[at + 1 :]
                yield _numbered_like(article, lost.number, rest, note=lost.note)
                return
        yield article

    def _without_false_break(self, law: SourceLaw, source: SourceArticle, text: str) -> str:
        known = self._overlay.false_breaks.get((law.title, source.number))
        if known is None or "\n" + known.before not in text:
            return text
        self.faults[Fault.BROKEN_LINE] += 1
        return text.replace("\n" + known.before, known.before)

    def _count(self, law: SourceLaw, article: SourceArticle, faults: Counter[Fault]) -> None:
        self.faults += faults
        if faults[Fault.UNPAIRED_QUOTE]:
            self.unpaired_quotes.append(f"{law.title}{article.label}")


def _numbered(source: SourceArticle, heading: tuple[str, ...], text: str) -> CleanArticle:
    match = _LABEL.match(source.label)
    entry = _ENTRY.match(source.label)
    suffix = from_chinese(match["suffix"]) if match and match["suffix"] else 0
    label = entry["number"] if entry else source.label.removeprefix(_WITHOUT_ARTICLES)
    return CleanArticle(
        number=source.number, suffix=suffix, label=label, heading=heading, text=text
    )


def _numbered_like(
    article: CleanArticle, number: int, text: str, *, note: str = ""
) -> CleanArticle:
    label = article.label if number == article.number else f"第{to_chinese(number)}条"
    return CleanArticle(
        number=number, suffix=0, label=label, heading=article.heading, text=text, note=note
    )


def _cut_appendix(text: str) -> tuple[str, str]:
    lines = text.split("\n")
    for at, line in enumerate(lines[1:], start=1):
        if _APPENDIX.match(line):
            return "\n".join(lines[:at]), "\n".join(lines[at:])
    return text, ""
