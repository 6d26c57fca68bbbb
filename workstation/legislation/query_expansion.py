"""From everyday words to the words of the law, by a table that the bureau may extend."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from workstation.errors import DataFileError
from workstation.legislation.analysis import fold, words


@dataclass(frozen=True, slots=True, kw_only=True)
class LayRow:
    """Everyday words and what the law says for them.

    Each alternative is a tuple of words that stand together in an article.
    """

    lay: tuple[str, ...]
    legal: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """One everyday word that a query holds, and the alternatives the law has for it."""

    lay: str
    alternatives: tuple[tuple[str, ...], ...]


class LayTable:
    """Everyday words with their legal counterparts, and words that only make a question."""

    def __init__(self, rows: tuple[LayRow, ...], ignored: tuple[str, ...]) -> None:
        self._rows = rows
        longest_first = sorted(ignored, key=len, reverse=True)
        self._ignored = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def expansions(self, asked: tuple[str, ...]) -> tuple[Expansion, ...]:
        """Return the rows that folded words call up, each by its longest everyday word.

        A row called up by a part of another's word (占道 in 占道经营) is left out.
        """
        found = []
        for row in self._rows:
            held = [lay for lay in row.lay if any(lay in word for word in asked)]
            if held:
                lay = max(held, key=len)
                found.append(Expansion(lay=lay, alternatives=row.legal))
        called = [expansion.lay for expansion in found]
        return tuple(
            expansion
            for expansion in found
            if not any(expansion.lay != lay and expansion.lay in lay for lay in called)
        )

    def asks(self, folded: str) -> bool:
        """Tell whether a folded query is a question put in words."""
        return "?" in folded or self._ignored.search(folded) is not None

    def without_question_words(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """Return folded words without 怎么, 如何 …; unchanged where nothing else is left."""
        kept = [part for word in asked for part in self._ignored.split(word) if part]
        return tuple(dict.fromkeys(kept)) or asked


def load_lay_table(path: Path) -> LayTable:
    """Read ``synonyms.toml``: ``ignored`` words and ``[[row]]`` with ``lay`` and ``legal``.

    Raises:
        DataFileError: the file is missing or malformed.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = tuple(_row(row["lay"], row["legal"]) for row in data["row"])
        ignored = tuple(fold(word) for word in data["ignored"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        message = f"同义词表 {path.name} 缺失或格式不正确：{cause}"
        raise DataFileError(
            message, hint="请改正该文件，或删除本单位的副本以恢复原表。"
        ) from cause
    return LayTable(rows, ignored)


def _row(lay: list[str], legal: list[str]) -> LayRow:
    alternatives = tuple(tuple(words(fold(text))) for text in legal)
    return LayRow(lay=tuple(map(fold, lay)), legal=tuple(filter(None, alternatives)))
