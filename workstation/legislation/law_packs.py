"""What a law pack holds, and how it differs from the statutes at hand before it is installed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from workstation.legislation.law_files.law_text import LawText, TextArticle
from workstation.legislation.law_records import VersionView
from workstation.legislation.law_store import LawStore
from workstation.legislation.schema import FIRST_IMPORTED
from workstation.legislation.structure import split_article

_MANIFEST = "法规包.json"
_FORMAT = "law-pack-1"
_DAYS = ("first_promulgated", "promulgated", "effective")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedText:
    """One text of law with the days it is taken in under."""

    law: LawText
    promulgated: date
    effective: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedText:
    """An instrument whose text at hand is no longer law from ``day`` on."""

    title: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPack:
    """The content of a pack: its name, when and by whom it was made, texts and ends."""

    name: str
    made_at: datetime
    made_by: str
    texts: tuple[PackedText, ...]
    ended: tuple[EndedText, ...] = ()


class PackChange(StrEnum):
    """What installing does with one entry of a pack; the value is shown."""

    NEW = "新法规"
    VERSION = "新版本"
    CORRECTED = "更正"
    ENDED = "失效"
    SAME = "相同"
    KEPT = "保留本库文本"
    ABSENT = "本库没有"

    @property
    def is_written(self) -> bool:
        """Whether installing writes anything for it."""
        return self not in {PackChange.SAME, PackChange.KEPT, PackChange.ABSENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many 条 or 款 came, went, and read otherwise."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    @property
    def any(self) -> bool:
        """Whether there is a difference at all."""
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDifference:
    """One entry of a pack beside the text at hand; ``before`` is the day of the latter."""

    title: str
    change: PackChange
    day: date
    before: date | None = None
    articles: Counts = Counts()
    paragraphs: Counts = Counts()

    def as_json(self) -> dict[str, object]:
        """Return the difference as ``law pack inspect`` prints it."""
        return {
            "title": self.title,
            "change": self.change.value,
            "effective": self.day.isoformat(),
            "before": self.before.isoformat() if self.before else None,
            "articles": asdict(self.articles),
            "paragraphs": asdict(self.paragraphs),
        }


def pack_files(pack: LawPack) -> dict[str, bytes]:
    """Return the files that a pack consists of."""
    names = [f"法规/{number:05}.json" for number in range(1, len(pack.texts) + 1)]
    manifest = {
        "format": _FORMAT,
        "name": pack.name,
        "made_at": pack.made_at.isoformat(timespec="seconds"),
        "made_by": pack.made_by,
        "texts": names,
        "ended": [asdict(ended) for ended in pack.ended],
    }
    texts = zip(names, map(asdict, pack.texts), strict=True)
    return {name: _json(content) for name, content in ((_MANIFEST, manifest), *texts)}


def pack_of(files: Mapping[str, bytes]) -> LawPack:
    """Return the pack that files hold.

    Raises:
        ValueError, KeyError, TypeError: they hold none.
    """
    manifest = json.loads(files[_MANIFEST])
    if manifest["format"] != _FORMAT:
        raise ValueError(manifest["format"])
    return LawPack(
        name=str(manifest["name"]),
        made_at=datetime.fromisoformat(manifest["made_at"]),
        made_by=str(manifest["made_by"]),
        texts=tuple(_text(json.loads(files[name])) for name in manifest["texts"]),
        ended=tuple(
            EndedText(title=str(row["title"]), day=date.fromisoformat(row["day"]))
            for row in manifest["ended"]
        ),
    )


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, default=str, indent=1).encode()


def _text(content: dict[str, Any]) -> PackedText:
    law = content["law"]
    days = {key: date.fromisoformat(law[key]) if law[key] else None for key in _DAYS}
    articles = tuple(
        TextArticle(**{**row, "heading": tuple(row["heading"]), "lines": tuple(row["lines"])})
        for row in law["articles"]
    )
    lists = {"history": tuple(law["history"]), "warnings": tuple(law["warnings"])}
    return PackedText(
        law=LawText(**{**law, **days, **lists, "articles": articles}),
        promulgated=date.fromisoformat(content["promulgated"]),
        effective=date.fromisoformat(content["effective"]),
    )


def differences(pack: LawPack, store: LawStore) -> tuple[PackDifference, ...]:
    """Return what installing a pack would do, entry by entry in the order of the pack.

    A text of the installed package is never replaced; one that was imported is, where its days
    are those of the pack's and its words are not.
    """
    texts = [_text_difference(text, store) for text in pack.texts]
    return (*texts, *(_ended_difference(ended, store) for ended in pack.ended))


def _text_difference(text: PackedText, store: LawStore) -> PackDifference:
    title, day = text.law.title, text.effective
    versions = _versions(store, title)
    if not versions:
        added = Counts(added=len(text.law.articles))
        paragraphs = Counts(added=sum(map(len, _paragraphs_of(text.law).values())))
        return PackDifference(
            title=title, change=PackChange.NEW, day=day, articles=added, paragraphs=paragraphs
        )
    same_day = [v for v in versions if v.promulgated == text.promulgated]
    earlier = [v for v in versions if v.effective_from <= day]
    before = same_day[-1] if same_day else (earlier or versions[:1])[-1]
    articles, paragraphs = _compared(_stored(store, before), _paragraphs_of(text.law))
    change = PackChange.VERSION
    if same_day:
        own = before.id >= FIRST_IMPORTED
        change = PackChange.CORRECTED if own else PackChange.KEPT
        if not articles.any and (not own or before.effective_from == day):
            change = PackChange.SAME
    return PackDifference(
        title=title,
        change=change,
        day=day,
        before=before.promulgated,
        articles=articles,
        paragraphs=paragraphs,
    )


def _ended_difference(ended: EndedText, store: LawStore) -> PackDifference:
    versions = _versions(store, ended.title)
    change = PackChange.ABSENT
    if versions:
        change = PackChange.ENDED if versions[-1].id >= FIRST_IMPORTED else PackChange.KEPT
        if versions[-1].effective_to == ended.day:
            change = PackChange.SAME
    before = versions[-1].promulgated if versions else None
    return PackDifference(title=ended.title, change=change, day=ended.day, before=before)


def _versions(store: LawStore, title: str) -> tuple[VersionView, ...]:
    known = title in store.find_instruments(title) and title not in store.repealed
    return store.versions(title) if known else ()


_Paragraphs = Mapping[tuple[int, int, str], tuple[str, ...]]


def _stored(store: LawStore, version: VersionView) -> _Paragraphs:
    views = store.instrument_articles(version.title, version.effective_from)
    return _by_number(
        (view.number, view.suffix, view.label, ["".join(p.lines) for p in view.paragraphs])
        for view in views
    )


def _paragraphs_of(law: LawText) -> _Paragraphs:
    return _by_number(
        (a.number, a.suffix, a.label, ["".join(p.lines) for p in split_article(a.text)])
        for a in law.articles
    )


def _by_number(rows: Iterable[tuple[int, int, str, list[str]]]) -> _Paragraphs:
    return {
        (number, suffix, "" if number else label): tuple(paragraphs)
        for number, suffix, label, paragraphs in rows
    }


def _compared(before: _Paragraphs, after: _Paragraphs) -> tuple[Counts, Counts]:
    both = [key for key in after if key in before]
    articles = Counts(
        added=len(after) - len(both),
        removed=len(before) - len(both),
        changed=sum(before[key] != after[key] for key in both),
    )
    added = removed = changed = 0
    for key in {*before, *after}:
        old, new = before.get(key, ()), after.get(key, ())
        added += max(0, len(new) - len(old))
        removed += max(0, len(old) - len(new))
        changed += sum(one != other for one, other in zip(old, new, strict=False))
    return articles, Counts(added=added, removed=removed, changed=changed)
