"""What became of an article between two days: repealed, changed, gone, or about to end."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workstation.domain.citations import ArticleReference
from workstation.legislation.citations import CitationCheck, Verdict, examine
from workstation.legislation.dating import REPEALED
from workstation.legislation.law_store import LawStore


class ArticleFate(StrEnum):
    """What became of an article; the value is shown."""

    REPEALED = "已废止"
    CHANGED = "条文已修改"
    GONE = "新文本没有该条款项"
    NOT_YET = "尚未施行"
    ENDING = "将废止"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleChange:
    """What became of a cited article; ``day`` is the first day of the change, if it is known."""

    reference: ArticleReference
    fate: ArticleFate
    day: date | None
    message: str


_GONE = frozenset({Verdict.NO_SUCH_ARTICLE, Verdict.NO_SUCH_PARAGRAPH, Verdict.NO_SUCH_ITEM})


def article_change(
    store: LawStore, reference: ArticleReference, since: date | None, as_of: date
) -> ArticleChange | None:
    """Return what became of an article after ``since`` and up to ``as_of``; None for nothing.

    A repeal counts whenever it was; a changed text only where ``since`` says from when.
    """
    found = examine(store, reference, as_of)
    if found.verdict in {Verdict.UNKNOWN_INSTRUMENT, Verdict.AMBIGUOUS}:
        return None
    fate, day = _fate(store, found, since, as_of)
    if fate is None or (since is not None and day is not None and day <= since):
        return None
    return ArticleChange(reference=reference, fate=fate, day=day, message=found.message)


def _fate(
    store: LawStore, found: CitationCheck, since: date | None, as_of: date
) -> tuple[ArticleFate | None, date | None]:
    title = found.reference.title
    if found.verdict is Verdict.REPEALED:
        known = store.repealed.get(title)
        ended = known.day if known else store.validity(title, as_of).version.effective_to
        return ArticleFate.REPEALED, ended
    version = store.validity(title, as_of).version
    if found.verdict is Verdict.NOT_YET_IN_FORCE:
        return ArticleFate.NOT_YET, version.effective_from
    if found.verdict in _GONE:
        return ArticleFate.GONE, version.effective_from
    if since is not None and _text_changed(store, found, since):
        return ArticleFate.CHANGED, version.effective_from
    if version.effective_to is not None and version.end_reason == REPEALED:
        return ArticleFate.ENDING, version.effective_to
    return None, None


def _text_changed(store: LawStore, found: CitationCheck, since: date) -> bool:
    before = examine(store, found.reference, since)
    if before.article is None or found.article is None:
        return False
    return before.article.text != found.article.text
