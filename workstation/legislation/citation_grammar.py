"""The grammar of citations: a typed query, and every citation in running text with its span.

Places are written 第五十八条第二款第（三）项 (立法法§65). Typed queries may use Arabic numerals,
58条, §58 or the bare number after a title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workstation.domain.citations import ArticleReference
from workstation.domain.numerals import from_chinese
from workstation.legislation.cited_titles import CitedTitle, TitleReader
from workstation.legislation.titles import TitleIndex

_N = "(?:[0-9０-９]{1,5}|[零〇一二三四五六七八九十百千两]{1,8})"
_ARTICLE = (
    rf"(?:第\s*(?P<article>{_N})\s*条|§+\s*(?P<section>{_N})\s*条?"
    r"|(?<![0-9０-９])(?P<short>[0-9０-９]{1,4})条(?!例))"
)
_SUFFIX = rf"(?:之(?P<suffix>{_N}))?"
_PARAGRAPH = rf"第\s*(?P<paragraph>{_N})\s*款"
_ITEM = (
    rf"(?:第\s*[（(](?P<item>{_N})[)）]\s*项|第\s*(?P<item_bare>{_N})\s*项"
    rf"|[（(](?P<item_open>{_N})[)）]项)"
)
_POINT = rf"(?:第\s*[（(]?{_N}[)）]?\s*目)?"
_PLACE = re.compile(rf"{_ARTICLE}{_SUFFIX}(?:\s*{_PARAGRAPH})?(?:\s*{_ITEM})?{_POINT}")
_LOWER_PLACE = re.compile(rf"(?:{_PARAGRAPH}(?:\s*{_ITEM})?|{_ITEM.replace('>', '_>')}){_POINT}")
_RELATIVE = re.compile(
    rf"(?P<which>[前上]款|前条|[本同]条(?=第\s*{_N}\s*款))(?:{_PARAGRAPH})?(?:\s*{_ITEM})?"
)
_JOIN = re.compile(r"\s*(?:以及|或者|[、，,和及与或至])\s*")
_LIST_BELOW = re.compile(rf"^[（(]{_N}[)）]", re.MULTILINE)
_SENTENCE_END = re.compile(r"[。！？\n]")
# What a place may follow that goes on with the law named before; a noun makes it another text's.
_CARRYING = re.compile(
    r"(?:^|[^\u4e00-\u9fff0-9A-Za-z》〉]|依据|根据|依照|按照|违反|适用|符合|参照|依|按|照|和|及|与|或|至|由|在|"
    r"以及|以|对|将|本法|规定|的|是|为|并|即|其中|其)\s*$"
)
_QUERY = re.compile(
    rf"(?P<title>.*?)(?P<mark>第|§)?(?P<article>{_N})(?P<tiao>条)?(?:之(?P<suffix>{_N}))?"
    rf"(?:第?(?P<paragraph>{_N})款)?(?:第?[（(]?(?P<item>{_N})[)）]?项)?(?:第?{_N}目)?"
    r"(?:的?规定)?"
)
_REVERSED = re.compile(rf"(?P<place>第?{_N}条.*?)(?P<title>《[^》]+》|[^第条款项目]+)")
_MOST_MEANINGS = 20
_KIND_OF_TITLE = re.compile(
    r"(?:法|法典|条例|规定|办法|规则|细则|解释|决定|修正案(?:（[^）]+）)?)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCitation:
    """One place cited in a text: ``text[start:end]``.

    ``titles`` are the instruments that the printed title may mean: one when it is clear, none when
    it is unknown. ``reference.title`` is the full title when clear, else the title as printed.
    """

    start: int
    end: int
    text: str
    titles: tuple[str, ...]
    reference: ArticleReference


def resolve_query(
    query: str, titles: TitleIndex, *, context_title: str = ""
) -> tuple[ArticleReference, ...]:
    """Read what somebody typed into the search box as one citation.

    Args:
        query: such as 行政处罚法 42, 行政处罚法第五十八条第二款, 固废法§102, 第六十三条.
        titles: the titles of the store.
        context_title: the law being read, for a place without a title.

    Returns:
        One reference for each instrument that the title may mean, with its full title; nothing
        when the query is no citation or its title is unknown.
    """
    plain = _plain_query(query)
    match = _QUERY.fullmatch(plain)
    if match and match["title"]:
        return _query_references(match, match["title"], titles)
    if match and context_title and (match["tiao"] or match["mark"]):
        return _query_references(match, context_title, titles)
    turned = _REVERSED.fullmatch(plain)
    if turned and titles.exact(turned["title"]):
        return resolve_query(turned["title"] + turned["place"], titles)
    return ()


def title_part(query: str) -> str:
    """Return the title that a typed citation names, known or not; empty when there is none."""
    plain = _plain_query(query)
    match = _QUERY.fullmatch(plain)
    title = match["title"] if match else plain
    return title.strip("《》") if match or _KIND_OF_TITLE.search(plain.strip("《》")) else ""


def find_citations(
    text: str, titles: TitleIndex, *, host: ArticleReference | None = None
) -> tuple[FoundCitation, ...]:
    """Return every citation in running text, in order, spans not overlapping.

    Args:
        text: a document's text, or one 款 of a statute.
        titles: the titles of the store.
        host: where ``text`` stands when it is itself statute text; it gives meaning to 本法, 前款,
            本条第一款 and to places without a title.
    """
    return tuple(_TextScan(text, host, TitleReader(text, titles)).run())


def _plain_query(query: str) -> str:
    return re.sub(r"[\s\u3000]+", "", query).rstrip("。？?，,")


def _query_references(
    match: re.Match[str], title: str, titles: TitleIndex
) -> tuple[ArticleReference, ...]:
    marked = match["mark"] or match["tiao"]
    known = titles.exact(title)
    if not marked and not known and not _KIND_OF_TITLE.search(title.strip("《》")):
        return ()
    meant = known or titles.resolve(title)
    if len(meant) > _MOST_MEANINGS:
        return ()
    return tuple(_reference(full, match) for full in meant)


@dataclass(slots=True)
class _TextScan:
    """One pass over a text; remembers the last title and place for 同法 and bare places."""

    text: str
    host: ArticleReference | None
    reader: TitleReader
    last: FoundCitation | None = None

    def run(self) -> Iterator[FoundCitation]:
        position = 0
        while position < len(self.text):
            found = self._next(position)
            if found is None:
                return
            for citation in found[0]:
                self.last = citation
                yield citation
            position = found[1]

    def _next(self, position: int) -> tuple[list[FoundCitation], int] | None:
        """Return the citations of the next chain and where to go on, or None at the end."""
        place = _PLACE.search(self.text, position)
        relative = _RELATIVE.search(self.text, position)
        lower = _LOWER_PLACE.search(self.text, position) if self.host else None
        first = min(
            (match for match in (place, relative, lower) if match), key=_start, default=None
        )
        if first is None:
            return None
        if first is place:
            return self._chain(first, position)
        target = self._relative_target(first) if first is relative else self._own_article(first)
        if target is None:
            return [], first.end()
        reference = _lower(target, first) if first is lower else _beside(target, first)
        citation = self._citation(first.start(), first.end(), (target.title,), reference)
        citations = [citation, *self._joined(citation)]
        return citations, citations[-1].end

    def _chain(self, place: re.Match[str], position: int) -> tuple[list[FoundCitation], int]:
        title = self._title_before(place.start(), position)
        if title is None or (place["short"] and not self._is_named(place.start(), position)):
            return [], place.end()
        name = title.titles[0] if len(title.titles) == 1 else title.name
        reference = _reference(name, place)
        first = self._citation(title.start, place.end(), title.titles, reference)
        citations = [first, *self._joined(first)]
        return citations, citations[-1].end

    def _is_named(self, at: int, since: int) -> bool:
        """Tell whether a known title stands right before a place without 第 (民法典179条)."""
        title = self.reader.before(at, since)
        return title is not None and bool(title.titles)

    def _joined(self, first: FoundCitation) -> Iterator[FoundCitation]:
        """Yield the places that a list adds to ``first``: 、第五十九条, 、第（三）项."""
        current = first
        while True:
            join = _JOIN.match(self.text, current.end)
            if join is None:
                return
            place = _PLACE.match(self.text, join.end())
            lower = _LOWER_PLACE.match(self.text, join.end())
            match = place or lower
            if match is None:
                return
            reference = (
                _reference(current.reference.title, match)
                if place
                else _lower(current.reference, match)
            )
            current = self._citation(match.start(), match.end(), current.titles, reference)
            yield current

    def _title_before(self, at: int, since: int) -> CitedTitle | None:
        title = self.reader.before(at, since)
        if self.reader.names_no_law(at, since):
            return None
        if title and title.is_pronoun:
            return self._pronoun(title)
        if title:
            return title
        if self.host:
            return CitedTitle(start=at, name=self.host.title, titles=(self.host.title,))
        if self.last and self._is_carried(at):
            return CitedTitle(start=at, name=self.last.reference.title, titles=self.last.titles)
        return None

    def _is_carried(self, at: int) -> bool:
        """Tell whether a place without a title belongs to the last one: 合同第三条 does not."""
        between = self.text[self.last.end if self.last else 0 : at]
        return not _SENTENCE_END.search(between) and bool(_CARRYING.search(between))

    def _pronoun(self, title: CitedTitle) -> CitedTitle | None:
        if self.host and title.name.startswith("本"):
            return replace(title, name=self.host.title, titles=(self.host.title,))
        if self.last:
            return replace(title, name=self.last.reference.title, titles=self.last.titles)
        return None

    def _own_article(self, match: re.Match[str]) -> ArticleReference | None:
        """Return what a bare 款 or 项 belongs to: in a 款 without a list, a 项 lies elsewhere."""
        if self.host is None or match.groupdict()["paragraph"] or _LIST_BELOW.search(self.text):
            return self.host
        return self.last.reference if self.last else replace(self.host, paragraph=0)

    def _relative_target(self, match: re.Match[str]) -> ArticleReference | None:
        origin = self.host or (self.last.reference if self.last else None)
        if origin is None:
            return None
        if match["which"] in {"本条", "同条"}:
            return origin.whole
        if match["which"] == "前条":
            if origin.article <= 1 or origin.suffix:
                return None
            return replace(origin, article=origin.article - 1, paragraph=0, item=0)
        return (
            replace(origin, paragraph=origin.paragraph - 1, item=0)
            if origin.paragraph > 1
            else None
        )

    def _citation(
        self, start: int, end: int, titles: tuple[str, ...], reference: ArticleReference
    ) -> FoundCitation:
        return FoundCitation(
            start=start, end=end, text=self.text[start:end], titles=titles, reference=reference
        )


def _start(match: re.Match[str]) -> int:
    return match.start()


def _reference(title: str, match: re.Match[str]) -> ArticleReference:
    groups = match.groupdict()
    return ArticleReference(
        title=title,
        article=_value(groups, "article", "section", "short"),
        suffix=_value(groups, "suffix"),
        paragraph=_value(groups, "paragraph"),
        item=_value(groups, "item", "item_bare", "item_open"),
    )


def _value(groups: dict[str, str | None], *names: str) -> int:
    for name in names:
        number = groups.get(name)
        if number:
            return from_chinese(number)
    return 0


def _lower(reference: ArticleReference, match: re.Match[str]) -> ArticleReference:
    """Return the place of a bare 款 or 项 within the article of ``reference``."""
    groups = match.groupdict()
    if groups["paragraph"]:
        item = _value(groups, "item", "item_bare", "item_open")
        return replace(reference, paragraph=_value(groups, "paragraph"), item=item)
    return replace(reference, item=_value(groups, "item_", "item_bare_", "item_open_"))


def _beside(reference: ArticleReference, match: re.Match[str]) -> ArticleReference:
    """Return the place named after 前款, 前条 or 本条."""
    groups = match.groupdict()
    paragraph = _value(groups, "paragraph") or reference.paragraph
    item = _value(groups, "item", "item_bare", "item_open")
    return replace(reference, paragraph=paragraph, item=item)
