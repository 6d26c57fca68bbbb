"""What the law store hands out: articles with their text, days in force and trust, never rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workstation.domain.citations import ArticleReference


class Trust(StrEnum):
    """How far a text and its dates may be relied on; printed beside every text."""

    VERIFIED = "官方核验"
    METADATA = "官方元数据"
    CANDIDATE = "候选"
    UNVERIFIED = "未核"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One 项: its number, its text as printed (with the label （一）) and its 目 below it."""

    number: int
    text: str
    points: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the item and its 目, one per line."""
        return (self.text, *self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One 款: its number counted from 1, its own text (may hold table rows) and its items."""

    number: int
    text: str
    items: tuple[Item, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the paragraph, its items and their 目, one per line."""
        return (self.text, *(line for item in self.items for line in item.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedArticle:
    """One article of one version, as the search index takes it.

    ``id`` is the integer key of :meth:`LawStore.article_by_id`; it holds as long as
    :attr:`LawStore.fingerprint` is unchanged. ``effective_to`` is the first day on which the text
    is no longer law (None: no end known); ``text`` has one line per 款, 项 and 目. ``mark`` is
    the same for all articles of a version, and another one once anything of the version changed;
    ``everyday`` are the phrases in which people ask for the article, parted by blanks.
    """

    id: int
    instrument: str
    level: str
    region: str
    heading: str
    label: str
    text: str
    promulgated: date
    effective_from: date
    effective_to: date | None
    trust: str
    mark: str = ""
    everyday: str = ""

    def in_force_on(self, day: date) -> bool:
        """Tell whether this text is law on ``day``."""
        return self.effective_from <= day and (
            self.effective_to is None or day < self.effective_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The article before or after, for stepping through a law."""

    id: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One dated text of an instrument.

    ``effective_to`` is the first day on which it no longer applies and ``end_reason`` why
    (``superseded``, ``repealed`` or empty); ``first_promulgated`` is the instrument's first text's
    day, so texts older than the ones at hand exist where it precedes ``promulgated``.
    """

    id: int
    instrument_id: int
    title: str
    kind: str
    level: str
    region: str
    first_promulgated: date
    promulgated: date
    effective_from: date
    effective_to: date | None
    end_reason: str
    end_basis: str
    trust: str
    date_basis: str
    note: str
    source: str

    def in_force_on(self, day: date) -> bool:
        """Tell whether this text is law on ``day``."""
        return self.effective_from <= day and (
            self.effective_to is None or day < self.effective_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RepealedTitle:
    """An instrument without a text here, known only from the article that repealed it."""

    title: str
    day: date
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """One article as of one day, with everything that is shown beside it.

    ``banner`` says why the text isn't law on ``as_of`` (尚未施行, 起废止, 本库无更早文本); for a
    text in force it is empty, or warns of a coming end or of a gap in the source.
    """

    id: int
    version: VersionView
    number: int
    suffix: int
    label: str
    heading: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    as_of: date
    in_force: bool
    banner: str
    previous: Neighbour | None
    following: Neighbour | None

    @property
    def title(self) -> str:
        """Return the full title of the instrument, without 《》."""
        return self.version.title

    @property
    def reference(self) -> ArticleReference:
        """Return what cites the whole article."""
        return ArticleReference(title=self.title, article=self.number, suffix=self.suffix)

    @property
    def text(self) -> str:
        """Return the whole article, one line per 款, 项 and 目."""
        return "\n".join(line for paragraph in self.paragraphs for line in paragraph.lines)

    def paragraph(self, number: int) -> Paragraph | None:
        """Return 第 ``number`` 款, or None where the article has fewer."""
        return next((p for p in self.paragraphs if p.number == number), None)

    def items(self) -> Iterator[Item]:
        """Yield every 项 of every 款."""
        for paragraph in self.paragraphs:
            yield from paragraph.items

    def as_json(self) -> dict[str, object]:
        """Return the article as ``law show`` prints it; dates are ISO 8601."""
        version = self.version
        ends = version.effective_to
        return {
            "instrument": version.title,
            "level": version.level,
            "article": self.label,
            "heading": list(self.heading),
            "promulgated": version.promulgated.isoformat(),
            "effective_from": version.effective_from.isoformat(),
            "effective_to": ends.isoformat() if ends else None,
            "as_of": self.as_of.isoformat(),
            "in_force": self.in_force,
            "banner": self.banner,
            "trust": version.trust,
            "date_basis": version.date_basis,
            "source": version.source,
            "text": self.text,
            "paragraphs": [_paragraph_json(paragraph) for paragraph in self.paragraphs],
        }


def _paragraph_json(paragraph: Paragraph) -> dict[str, object]:
    items = [{"item": i.number, "text": i.text, "points": list(i.points)} for i in paragraph.items]
    return {"paragraph": paragraph.number, "text": paragraph.text, "items": items}
