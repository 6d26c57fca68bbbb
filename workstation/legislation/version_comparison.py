"""Two texts of law side by side, 款 by 款: renumbered articles recognised, changed words marked.

Articles are paired by the character pairs they share, one with one and the likest first, so that
an article is found again under another number. What is like nothing is new or gone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from workstation.legislation.analysis import bigrams, fold
from workstation.legislation.law_records import ArticleView

# Below these shares of common pairs two texts are no wordings of one provision. A number that
# stayed speaks for the pair.
_LIKE = 0.35
_LIKE_UNDER_ONE_NUMBER = 0.2
_SHORTEST_KEPT = 2
_Text = TypeVar("_Text")


class Change(StrEnum):
    """What became of an article or a 款; the value is shown."""

    SAME = "未变"
    RENUMBERED = "仅移动"
    CHANGED = "修改"
    RENUMBERED_AND_CHANGED = "移动并修改"
    ADDED = "新增"
    REMOVED = "删去"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of one side's text; ``changed`` where the other side reads otherwise."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedParagraph:
    """One 款 on both sides; the number is 0 and the words are empty on a side that lacks it."""

    change: Change
    old_number: int
    new_number: int
    old: tuple[Words, ...]
    new: tuple[Words, ...]

    def as_json(self) -> dict[str, object]:
        """Return the 款 as ``law compare`` prints it; changed words stand in ⟦⟧."""
        return {
            "change": self.change.value,
            "old_paragraph": self.old_number or None,
            "new_paragraph": self.new_number or None,
            "old": _marked(self.old),
            "new": _marked(self.new),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedArticle:
    """One article on both sides; the label is empty on a side that lacks it."""

    change: Change
    old_label: str
    new_label: str
    paragraphs: tuple[ComparedParagraph, ...]

    def as_json(self) -> dict[str, object]:
        """Return the article as ``law compare`` prints it."""
        return {
            "change": self.change.value,
            "old_article": self.old_label or None,
            "new_article": self.new_label or None,
            "paragraphs": [paragraph.as_json() for paragraph in self.paragraphs],
        }


def compare_texts(
    old: Sequence[ArticleView], new: Sequence[ArticleView]
) -> tuple[ComparedArticle, ...]:
    """Return every article of both texts in the order of the new one.

    An article that is gone stands where it stood in the old text.
    """
    pairs = _paired(
        [article.text for article in old],
        [article.text for article in new],
        {o: n for n, b in enumerate(new) for o, a in enumerate(old) if a.label == b.label},
    )
    return tuple(_article(a, b) for a, b in _in_order(old, new, pairs))


def _article(old: ArticleView | None, new: ArticleView | None) -> ComparedArticle:
    before = [] if old is None else ["\n".join(p.lines) for p in old.paragraphs]
    after = [] if new is None else ["\n".join(p.lines) for p in new.paragraphs]
    numbers = {number: number for number in range(min(len(before), len(after)))}
    pairs = _paired(before, after, numbers)
    rows = _in_order(range(len(before)), range(len(after)), pairs)
    paragraphs = tuple(_paragraph(before, after, o, n) for o, n in rows)
    labels = (old.label if old else "", new.label if new else "")
    same = all(paragraph.change is Change.SAME for paragraph in paragraphs)
    return ComparedArticle(
        change=_change(*labels, same=same),
        old_label=labels[0],
        new_label=labels[1],
        paragraphs=paragraphs,
    )


def _paragraph(
    before: Sequence[str], after: Sequence[str], old: int | None, new: int | None
) -> ComparedParagraph:
    old_text = before[old] if old is not None else ""
    new_text = after[new] if new is not None else ""
    numbers = (0 if old is None else old + 1, 0 if new is None else new + 1)
    words = changed_words(old_text, new_text)
    return ComparedParagraph(
        change=_change(*map(str, (n or "" for n in numbers)), same=old_text == new_text),
        old_number=numbers[0],
        new_number=numbers[1],
        old=words[0],
        new=words[1],
    )


def _change(old: str, new: str, *, same: bool) -> Change:
    if not old or not new:
        return Change.REMOVED if old else Change.ADDED
    if old == new:
        return Change.SAME if same else Change.CHANGED
    return Change.RENUMBERED if same else Change.RENUMBERED_AND_CHANGED


def changed_words(old: str, new: str) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Return both texts in stretches; joining the stretches of a side gives its text."""
    sides: tuple[list[Words], list[Words]] = ([], [])
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = [b for b in blocks if b.size >= _SHORTEST_KEPT or not b.size]
    at = [0, 0]
    for block in kept:
        for side, text, start in ((0, old, block.a), (1, new, block.b)):
            if at[side] < start:
                sides[side].append(Words(text[at[side] : start], changed=True))
            if block.size:
                sides[side].append(Words(text[start : start + block.size], changed=False))
            at[side] = start + block.size
    return tuple(sides[0]), tuple(sides[1])


def _paired(old: Sequence[str], new: Sequence[str], same_place: dict[int, int]) -> dict[int, int]:
    """Return which old text became which new one."""
    before = [frozenset(bigrams(fold(text))) for text in old]
    after = [frozenset(bigrams(fold(text))) for text in new]
    held: defaultdict[str, list[int]] = defaultdict(list)
    for number, terms in enumerate(after):
        for term in terms:
            held[term].append(number)
    found = []
    for o, terms in enumerate(before):
        common: defaultdict[int, int] = defaultdict(int)
        for term in terms:
            for n in held.get(term, ()):
                common[n] += 1
        for n, shared in common.items():
            stayed = same_place.get(o) == n
            likeness = shared / (len(terms) + len(after[n]) - shared)
            if likeness >= (_LIKE_UNDER_ONE_NUMBER if stayed else _LIKE):
                found.append((-likeness, not stayed, abs(o - n), o, n))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, o, n in sorted(found):
        if o not in pairs and n not in taken:
            pairs[o] = n
            taken.add(n)
    return pairs


def _in_order(
    old: Sequence[_Text], new: Sequence[_Text], pairs: dict[int, int]
) -> Iterator[tuple[_Text | None, _Text | None]]:
    became = {n: o for o, n in pairs.items()}
    gone_after: defaultdict[int, list[int]] = defaultdict(list)
    last = -1
    for o in range(len(old)):
        if o in pairs:
            last = o
        else:
            gone_after[last].append(o)
    yield from ((old[o], None) for o in gone_after[-1])
    for n, text in enumerate(new):
        origin = became.get(n)
        yield (None if origin is None else old[origin]), text
        if origin is not None:
            yield from ((old[gone], None) for gone in gone_after[origin])


def _marked(words: Sequence[Words]) -> str:
    return "".join(f"⟦{part.text}⟧" if part.changed else part.text for part in words)
