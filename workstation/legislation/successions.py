"""What replaced what: the texts of an instrument, the law that repealed it, those it repealed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from workstation.errors import InvalidInputError
from workstation.legislation.dating import REPEALED
from workstation.legislation.law_records import VersionView
from workstation.legislation.law_store import LawStore
from workstation.legislation.version_comparison import Change, ComparedArticle, compare_texts

_TITLE = re.compile(r"《([^》]+)》")


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """The texts of an instrument, oldest first; the title that repealed it; those it repealed.

    ``gap`` says which texts are known to have existed and are not here; empty for none.
    """

    title: str
    versions: tuple[VersionView, ...]
    replaced_by: str
    replaces: tuple[str, ...]
    gap: str

    def as_json(self) -> dict[str, object]:
        """Return the row as ``law versions`` prints it; dates are ISO 8601."""
        return {
            "title": self.title,
            "versions": [_version_json(version) for version in self.versions],
            "replaced_by": self.replaced_by or None,
            "replaces": list(self.replaces),
            "gap": self.gap,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionComparison:
    """Two texts and what became of each article, in the order of the new text.

    ``note`` says where a day that was asked for has no text here; empty for nothing to say.
    """

    old: VersionView
    new: VersionView
    articles: tuple[ComparedArticle, ...]
    note: str = ""

    def only_changes(self) -> "VersionComparison":
        """Return the same without the articles that stayed as they were."""
        changed = tuple(a for a in self.articles if a.change is not Change.SAME)
        return replace(self, articles=changed)

    def as_json(self) -> dict[str, object]:
        """Return the comparison as ``law compare`` prints it."""
        return {
            "old": _version_json(self.old),
            "new": _version_json(self.new),
            "note": self.note,
            "articles": [article.as_json() for article in self.articles],
        }


def succession(store: LawStore, title: str) -> Succession:
    """Return what came before and after an instrument, as far as the store knows.

    Raises:
        InstrumentNotFoundError, AmbiguousTitleError: see ``LawStore``.
    """
    versions = store.versions(title)
    last = versions[-1]
    cited = _TITLE.search(last.end_basis) if last.end_reason == REPEALED else None
    return Succession(
        title=last.title,
        versions=versions,
        replaced_by=cited[1] if cited else "",
        replaces=store.repealed_by(last.title),
        gap=_gap(versions[0]),
    )


def _gap(oldest: VersionView) -> str:
    """Return 本库无2021年前文本 where the law is older than its oldest text at hand."""
    if oldest.first_promulgated >= oldest.promulgated:
        return ""
    return (
        f"本库无{oldest.promulgated.year}年前文本（该法 "
        f"{oldest.first_promulgated.isoformat()} 首次公布，本库最早的文本公布于 "
        f"{oldest.promulgated.isoformat()}）。"
    )


def compare_versions(
    store: LawStore, title: str, old: date | None = None, new: date | None = None, other: str = ""
) -> VersionComparison:
    """Compare the text of a day with that of a later one, or with a text of ``other``.

    Without days the newest text is compared with the one before it; one that was repealed and has
    no other text, with the law that repealed it. Of two laws the older stands on the old side.

    Raises:
        InvalidInputError: there is only one text to be had.
        InstrumentNotFoundError, AmbiguousTitleError: see ``LawStore``.
    """
    known = succession(store, title)
    if not other and len(known.versions) == 1:
        other = known.replaced_by
    later = store.versions(other) if other else known.versions
    after = _of_day(later, new) if new else later[-1]
    if old is not None:
        before = _of_day(known.versions, old)
    else:
        earlier = [v for v in known.versions if v.effective_from < after.effective_from]
        before = earlier[-1] if earlier else known.versions[-1]
    if before.id == after.id:
        raise InvalidInputError(
            f"《{known.title}》在本库只有一个可比的文本。{known.gap}",
            hint="请先导入另一时期的文本，或者写明与哪一部法规比较。",
        )
    note = known.gap if old is not None and old < before.effective_from else ""
    if other and after.effective_from < before.effective_from:
        before, after = after, before
    return VersionComparison(
        old=before,
        new=after,
        articles=compare_texts(
            store.instrument_articles(before.title, before.effective_from),
            store.instrument_articles(after.title, after.effective_from),
        ),
        note=note,
    )


def _of_day(versions: Sequence[VersionView], day: date) -> VersionView:
    """Return the text in force on a day, else the one nearest before or after it."""
    begun = [version for version in versions if version.effective_from <= day]
    return begun[-1] if begun else versions[0]


def _version_json(version: VersionView) -> dict[str, object]:
    ends = version.effective_to
    return {
        "title": version.title,
        "promulgated": version.promulgated.isoformat(),
        "effective_from": version.effective_from.isoformat(),
        "effective_to": ends.isoformat() if ends else None,
        "end_basis": version.end_basis,
        "trust": version.trust,
        "source": version.source,
    }
