"""Where a line of Chinese may end: the rules of Word, and those of LibreOffice for comparison.

Word's lists for zh-CN (``w:kinsoku``). LibreOffice 7.4 breaks by UAX #14, lets commas and stops
hang whatever ``w:overflowPunct`` says and adds space between Han and Latin whatever
``w:autoSpaceDE`` says; its profile exists only to compare lines and pages with it.
"""

import re
import unicodedata
from dataclasses import dataclass

_WORD_NO_START = frozenset(
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～￠"
)
_WORD_NO_END = frozenset("$([{£¥·‘“〈《「『【〔〖〝＄（．［｛￡￥")

# Latin words, numbers and addresses hold together but may end after "-" or "/"; so do runs of one
# dash or of dots (“——”, “……”). Everything else stands alone.
_WORDS = r"[-/]*[!-,.0-~\u00a0\u00c0-\u024f\u0370-\u04ff]+[-/]*|[-/]+"
_TOKEN = re.compile(rf"{_WORDS}|.", re.DOTALL)
_TOKEN_OR_PAIR = re.compile(rf"{_WORDS}|([—…⸺])\1*|.", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class KinsokuProfile:
    """What a renderer forbids at either end of a line, and where it puts the baseline.

    ``no_start`` and ``no_end`` hold the characters that may not start or end a line.
    ``no_break_before_word`` may not be parted from a following ASCII letter or digit,
    ``no_break_before_han`` not from anything else. ``keeps_pairs`` holds “——” and “……” together,
    ``keeps_paragraphs`` all lines of a paragraph that is kept with the next.
    ``hanging`` may stand in the margin behind a full line; ``spaces`` that don't fit stay unseen
    at the end of their line. ``autospace`` is the space in em between Han and Latin.
    ``baseline`` is the share of the exact leading that lies above the baseline; ``None`` centres
    the em square in it. ``moves_long_rows``: a row that may not be split and fits no page
    starts on a new one.
    """

    name: str
    no_start: frozenset[str]
    no_end: frozenset[str]
    no_break_before_word: frozenset[str] = frozenset()
    no_break_before_han: frozenset[str] = frozenset()
    no_break_after_word: frozenset[str] = frozenset()
    keeps_pairs: bool = True
    keeps_paragraphs: bool = False
    hanging: frozenset[str] = frozenset()
    spaces: frozenset[str] = frozenset(" ")
    autospace: float = 0.0
    baseline: float | None = None
    moves_long_rows: bool = True

    def allows_break(self, before: str, after: str) -> bool:
        """Tell whether a line may end with ``before`` and the next start with ``after``."""
        if after in self.no_start or before in self.no_end:
            return False
        if is_word(before) and after in self.no_break_after_word:
            return False
        bound = self.no_break_before_word if is_word(after) else self.no_break_before_han
        return before not in bound

    def tokens(self, text: str) -> list[str]:
        """Cut ``text`` into the shortest pieces that may not be broken inside."""
        pattern = _TOKEN_OR_PAIR if self.keeps_pairs else _TOKEN
        return [match.group() for match in pattern.finditer(text)]


WORD = KinsokuProfile(name="word", no_start=_WORD_NO_START, no_end=_WORD_NO_END)

LIBREOFFICE = KinsokuProfile(
    name="libreoffice",
    no_start=_WORD_NO_START - frozenset("…"),
    no_end=_WORD_NO_END,
    no_break_before_word=frozenset("〕》」』】）"),
    no_break_before_han=frozenset("/"),
    no_break_after_word=frozenset("…"),
    keeps_pairs=False,
    keeps_paragraphs=True,
    hanging=frozenset("，。、；：！？．"),
    spaces=frozenset(" \u3000"),
    autospace=0.2,
    baseline=0.8,
    moves_long_rows=False,
)


def is_word(char: str) -> bool:
    """Tell whether ``char`` is an ASCII letter or digit."""
    return char.isascii() and char.isalnum()


def takes_autospace(before: str, after: str) -> bool:
    """Tell whether one of two neighbours is Han and the other an ASCII letter or digit."""
    return (is_word(before) and _is_han(after)) or (_is_han(before) and is_word(after))


def _is_han(char: str) -> bool:
    return ord(char) >= 0x2E80 and unicodedata.category(char) == "Lo"
