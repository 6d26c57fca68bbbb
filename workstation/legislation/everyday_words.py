"""The everyday words for single articles: what people call the thing that an article governs.

``everyday_words.tsv`` holds for the laws that are asked for most, article by article, phrases in
which citizens and officers put what the article answers. They are indexed beside the text, so that
an article is found by words it doesn't hold. A line is of one wording of its article: words for a
text that was amended since are left out, and those of a text that was renumbered move with it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workstation.errors import DataFileError
from workstation.legislation.law_records import IndexedArticle
from workstation.legislation.titles import plain_title

ANY_WORDING = "*"
_MARK_DIGITS = 8
_NOT_CHINESE = re.compile("[^\u4e00-\u9fff]")


def wording_mark(text: str) -> str:
    """Return the mark of a wording: 8 hex digits over its Chinese characters alone."""
    kept = _NOT_CHINESE.sub("", text)
    return hashlib.sha256(kept.encode()).hexdigest()[:_MARK_DIGITS]


@dataclass(frozen=True, slots=True, kw_only=True)
class EverydayWords:
    """Phrases by plain title and wording mark (or ``*`` and label)."""

    phrases: Mapping[tuple[str, str], str] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()

    def of(self, article: IndexedArticle) -> str:
        """Return the phrases for an article, parted by blanks; empty where none were written."""
        title = plain_title(article.instrument)
        if title not in self.titles:
            return ""
        known = self.phrases.get((title, wording_mark(article.text)), "")
        own = self.phrases.get((title, f"{ANY_WORDING}{article.label}"), "")
        return f"{known} {own}".strip()

    def beside(self, articles: Iterable[IndexedArticle]) -> Iterator[IndexedArticle]:
        """Yield the articles, those that phrases were written for with them."""
        for article in articles:
            phrases = self.of(article)
            yield replace(article, everyday=phrases) if phrases else article


def everyday_words_mark(path: Path) -> str:
    """Return the mark of a file of everyday words: what is indexed with it is of this file.

    Raises:
        DataFileError: the file can't be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:_MARK_DIGITS]
    except OSError as cause:
        raise _unreadable(path, cause) from cause


def load_everyday_words(path: Path) -> EverydayWords:
    """Read ``everyday_words.tsv``: ``# title`` lines; label, wording marks, phrases between tabs.

    The marks are parted by commas; ``*`` stands for whatever the article says.

    Raises:
        DataFileError: the file is missing or malformed.
    """
    try:
        phrases = dict(_entries(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as cause:
        raise _unreadable(path, cause) from cause
    return EverydayWords(phrases=phrases, titles=frozenset(title for title, _ in phrases))


def _unreadable(path: Path, cause: Exception) -> DataFileError:
    return DataFileError(
        f"日常说法表 {path.name} 缺失或格式不正确：{cause}",
        hint="请改正该文件，或删除本单位的副本以恢复原表。",
    )


def _entries(content: str) -> Iterator[tuple[tuple[str, str], str]]:
    title = ""
    for number, line in enumerate(content.splitlines(), start=1):
        if line.startswith("# "):
            title = plain_title(line[2:].strip())
        elif line and not line.startswith("#"):
            parts = line.split("\t")
            if len(parts) != 3 or not title:
                message = f"第{number}行不是“条号、正文标记、说法”三栏"
                raise ValueError(message)
            label, marks, phrases = parts
            for mark in marks.split(","):
                yield (title, f"*{label}" if mark == ANY_WORDING else mark), phrases
