"""Citations: reading them, and whether the place exists and was law on the day that counts."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workstation.domain.citations import ArticleReference
from workstation.domain.numerals import to_chinese
from workstation.legislation.citation_grammar import (
    FoundCitation,
    find_citations,
    resolve_query,
    title_part,
)
from workstation.legislation.dating import REPEALED
from workstation.legislation.law_records import ArticleView, RepealedTitle
from workstation.legislation.law_store import ArticleNotFoundError, LawStore
from workstation.legislation.validity import Validity

_QUOTING_KINDS = frozenset({"修正案", "修改决定", "立法解释"})

__all__ = [
    "WRONG",
    "CheckedCitation",
    "CitationCheck",
    "FoundCitation",
    "Verdict",
    "check",
    "check_text",
    "examine",
    "find_citations",
    "host_of",
    "resolve_query",
    "title_part",
]


class Verdict(StrEnum):
    """What a check found. ``unknown_instrument`` means: can't be checked here, not: made up."""

    OK = "ok"
    NO_SUCH_ARTICLE = "no_such_article"
    NO_SUCH_PARAGRAPH = "no_such_paragraph"
    NO_SUCH_ITEM = "no_such_item"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    REPEALED = "repealed"
    UNKNOWN_INSTRUMENT = "unknown_instrument"
    AMBIGUOUS = "ambiguous"

    @property
    def words(self) -> str:
        """The verdict in Chinese."""
        return _WORDS[self]

    @property
    def mark(self) -> str:
        """✓, ✕ or ?: in order, wrong, for a person to look at."""
        if self is Verdict.OK:
            return "✓"
        return "✕" if self in WRONG else "?"


_WORDS = {
    Verdict.OK: "有效",
    Verdict.NO_SUCH_ARTICLE: "没有该条",
    Verdict.NO_SUCH_PARAGRAPH: "没有该款",
    Verdict.NO_SUCH_ITEM: "没有该项",
    Verdict.NOT_YET_IN_FORCE: "尚未施行",
    Verdict.REPEALED: "已废止",
    Verdict.UNKNOWN_INSTRUMENT: "须查原文",
    Verdict.AMBIGUOUS: "名称不明确",
}

# What a document can't be sent out with; an unknown or ambiguous title is for a person to look at.
WRONG = frozenset(
    {
        Verdict.NO_SUCH_ARTICLE,
        Verdict.NO_SUCH_PARAGRAPH,
        Verdict.NO_SUCH_ITEM,
        Verdict.NOT_YET_IN_FORCE,
        Verdict.REPEALED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationCheck:
    """A verdict with its Chinese explanation; ``article`` is the text where there is one."""

    verdict: Verdict
    message: str
    reference: ArticleReference
    article: ArticleView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCitation:
    """A citation found in a text, with its check."""

    found: FoundCitation
    check: CitationCheck

    def as_json(self) -> dict[str, object]:
        """Return the citation as ``law cite`` prints it; 0 stands for a part not cited."""
        reference = self.check.reference
        return {
            "text": self.found.text,
            "start": self.found.start,
            "end": self.found.end,
            "instrument": reference.title,
            "article": _label(reference),
            "paragraph": reference.paragraph,
            "item": reference.item,
            "verdict": self.check.verdict.value,
            "message": self.check.message,
        }


def host_of(article: ArticleView, paragraph: int) -> ArticleReference | None:
    """Return where a 款 stands, for :func:`find_citations`.

    None in an amendment, a decision or an interpretation: what they call 第…条 is another law's.
    """
    if article.version.kind in _QUOTING_KINDS or "决定" in article.title:
        return None
    if "修正案" in article.title or not article.number:
        return None
    return ArticleReference(
        title=article.title, article=article.number, suffix=article.suffix, paragraph=paragraph
    )


def check(store: LawStore, reference: ArticleReference, as_of: date) -> Verdict:
    """Return the verdict alone; see :func:`examine`."""
    return examine(store, reference, as_of).verdict


def examine(store: LawStore, reference: ArticleReference, as_of: date) -> CitationCheck:
    """Check one reference against the text of the day.

    A day for which the store lacks the text gives ``unknown_instrument``: it can't be checked.
    """
    titles = store.titles.cited(reference.title)
    if not titles:
        message = f"本库没有《{reference.title}》，无法核对（不等于该法规不存在）"
        return CitationCheck(
            verdict=Verdict.UNKNOWN_INSTRUMENT, message=message, reference=reference
        )
    if len(titles) > 1:
        some = "、".join(f"《{title}》" for title in titles[:4])
        message = f"名称不明确，可能指{some}"
        return CitationCheck(verdict=Verdict.AMBIGUOUS, message=message, reference=reference)
    full = replace(reference, title=titles[0])
    if full.title in store.repealed:
        return _check_without_text(full, store.repealed[full.title], as_of)
    validity = store.validity(full.title, as_of)
    if not validity.in_force:
        return CitationCheck(
            verdict=_verdict_out_of_force(validity, as_of), message=validity.banner, reference=full
        )
    try:
        article = store.article(full, as_of)
    except ArticleNotFoundError as error:
        return CitationCheck(
            verdict=Verdict.NO_SUCH_ARTICLE, message=error.message, reference=full
        )
    return _check_parts(full, article)


def check_text(
    store: LawStore, text: str, as_of: date, *, host: ArticleReference | None = None
) -> tuple[CheckedCitation, ...]:
    """Find and check every citation in a text.

    ``host`` says where the text stands, as for :func:`find_citations`.
    """
    found = find_citations(text, store.titles, host=host)
    return tuple(
        CheckedCitation(found=citation, check=examine(store, citation.reference, as_of))
        for citation in found
    )


def _check_without_text(
    reference: ArticleReference, known: RepealedTitle, as_of: date
) -> CitationCheck:
    gone = as_of >= known.day
    verdict = Verdict.REPEALED if gone else Verdict.UNKNOWN_INSTRUMENT
    message = f"{known.day.isoformat()} 起废止（{known.basis}），本库没有其文本"
    return CitationCheck(verdict=verdict, message=message, reference=reference)


def _label(reference: ArticleReference) -> str:
    suffix = f"之{to_chinese(reference.suffix)}" if reference.suffix else ""
    return f"第{to_chinese(reference.article)}条{suffix}"


def _verdict_out_of_force(validity: Validity, as_of: date) -> Verdict:
    if validity.text_missing:
        return Verdict.UNKNOWN_INSTRUMENT
    if validity.version.end_reason == REPEALED and validity.version.effective_from <= as_of:
        return Verdict.REPEALED
    return Verdict.NOT_YET_IN_FORCE


def _check_parts(reference: ArticleReference, article: ArticleView) -> CitationCheck:
    verdict, message = Verdict.OK, article.banner
    paragraph = article.paragraph(reference.paragraph) if reference.paragraph else None
    if reference.paragraph and paragraph is None:
        verdict = Verdict.NO_SUCH_PARAGRAPH
        message = f"{article.label}只有{to_chinese(len(article.paragraphs))}款"
    elif reference.item:
        items = paragraph.items if paragraph else tuple(article.items())
        if reference.item not in {item.number for item in items}:
            verdict = Verdict.NO_SUCH_ITEM
            place = f"第{to_chinese(reference.paragraph)}款" if paragraph else ""
            message = f"{article.label}{place}没有第（{to_chinese(reference.item)}）项"
    return CitationCheck(verdict=verdict, message=message, reference=reference, article=article)
