"""From everyday words to the words of the law, by a table that the bureau may extend."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workstation.errors import DataFileError
from workstation.legislation.analysis import fold, words


@dataclass(frozen=True, slots=True, kw_only=True)
class LayRow:
    """Everyday words and what the law says for them.

    Each alternative is a tuple of words that stand together in an article. ``in_questions`` are
    words of the law itself, which call the row up in a whole question only.
    """

    lay: tuple[str, ...]
    in_questions: tuple[str, ...] = ()
    legal: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """One everyday word that a query holds, and the alternatives the law has for it."""

    lay: str
    alternatives: tuple[tuple[str, ...], ...]


class LayTable:
    """Everyday words with their legal counterparts, and words that only make a question."""

    def __init__(
        self,
        rows: tuple[LayRow, ...],
        ignored: tuple[str, ...],
        formal: tuple[str, ...] = (),
        penal: tuple[str, ...] = (),
    ) -> None:
        """``formal`` are words that ask for the article of a case, ``penal`` for the penalty."""
        self._rows = rows
        self._starting: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, row in enumerate(rows):
            for lay in row.lay + row.in_questions:
                self._starting[lay[:1]].append((lay, number))
        self._formal = _any_of(formal)
        self._penal = _any_of(penal)
        self._ignored = _any_of(ignored + formal)

    def expansions(
        self, asked: tuple[str, ...], *, in_question: bool = False
    ) -> tuple[Expansion, ...]:
        """Return the rows that folded words call up, each by its longest everyday word.

        A row called up by a part of another's word (占道 in 占道经营) is left out.
        """
        held: dict[int, str] = {}
        for lay, number in self._called(asked):
            if lay in self._rows[number].in_questions and not in_question:
                continue
            if len(lay) > len(held.get(number, "")):
                held[number] = lay
        found = [
            Expansion(lay=held[number], alternatives=self._rows[number].legal)
            for number in sorted(held)
        ]
        called = [expansion.lay for expansion in found]
        return tuple(
            expansion
            for expansion in found
            if not any(expansion.lay != lay and expansion.lay in lay for lay in called)
        )

    def _called(self, asked: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        """Yield every everyday word that the words hold, with the number of its row."""
        for word in asked:
            for place, character in enumerate(word):
                for lay, number in self._starting.get(character, ()):
                    if word.startswith(lay, place):
                        yield lay, number

    def asks(self, folded: str) -> bool:
        """Tell whether a folded query is an everyday question put in words."""
        if self.is_formal(folded):
            return False
        return "?" in folded or self._ignored.search(folded) is not None

    def is_formal(self, folded: str) -> bool:
        """Tell whether a folded query asks for the law of a case that it describes."""
        return self._formal.search(folded) is not None

    def asks_penalty(self, folded: str) -> bool:
        """Tell whether a folded query asks what the penalty is."""
        return self._penal.search(folded) is not None

    def without_question_words(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """Return folded words without 怎么, 如何 …; unchanged where nothing else is left."""
        kept = [part for word in asked for part in self._ignored.split(word) if part]
        return tuple(dict.fromkeys(kept)) or asked


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def load_lay_table(path: Path) -> LayTable:
    """Read ``synonyms.toml``: ``ignored`` words and ``[[row]]`` with ``lay`` and ``legal``.

    ``formal``, ``penal`` and ``in_questions`` may be absent, as in a bureau's older copy.

    Raises:
        DataFileError: the file is missing or malformed.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = tuple(map(_row, data["row"]))
        ignored = tuple(fold(word) for word in data["ignored"])
        formal, penal = (
            tuple(fold(word) for word in data.get(name, ())) for name in ("formal", "penal")
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        message = f"同义词表 {path.name} 缺失或格式不正确：{cause}"
        raise DataFileError(
            message, hint="请改正该文件，或删除本单位的副本以恢复原表。"
        ) from cause
    return LayTable(rows, ignored, formal, penal)


def _row(row: Mapping[str, list[str]]) -> LayRow:
    alternatives = tuple(tuple(words(fold(text))) for text in row["legal"])
    return LayRow(
        lay=tuple(map(fold, row["lay"])),
        in_questions=tuple(map(fold, row.get("in_questions", ()))),
        legal=tuple(filter(None, alternatives)),
    )
