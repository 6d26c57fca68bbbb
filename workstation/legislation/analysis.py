"""Characters and terms: the same analysis for the index and for a query.

Folding never changes the length of a text, so a place found in folded text is the same place in
the original. Terms are overlapping pairs of Chinese characters and whole Latin or digit runs; no
dictionary, so no term depends on one.
"""

import re
from functools import lru_cache
from operator import add

from workstation.data_files import resources_dir
from workstation.domain.numerals import to_chinese
from workstation.errors import DataFileError

_FOLD_FILE = "traditional_to_simplified.txt"
_FIRST_YEAR = 1900
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PUNCTUATION = tuple((mark, chr(ord(mark) - 0xFEE0)) for mark in "，；：（）")
_RUN = re.compile(f"[{_HAN}]+|[a-z0-9]+")
_WORD = re.compile(f"[{_HAN}a-z0-9]+")
_STATUTORY_NUMBER = re.compile(
    r"(?<=第)\d{1,4}|(?<![\d月年.])\d{1,6}(?=日|天|个|元|万|倍|人|名|年(?!\d)|月(?!\d))"
)


@lru_cache(maxsize=1)
def fold_table() -> dict[int, int]:
    """Return the translation table: half width, lower case, simplified, 〇 as 零.

    Raises:
        DataFileError: the shipped table of traditional characters is missing or malformed.
    """
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    table |= {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}
    table |= {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
    table |= {0x3000: ord(" "), 0xA0: ord(" "), ord("〇"): ord("零")}
    return table | _simplified()


def _simplified() -> dict[int, int]:
    path = resources_dir() / _FOLD_FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        pairs = [pair for line in lines if not line.startswith("#") for pair in line.split()]
        return {ord(pair[0]): ord(pair[1:]) for pair in pairs}
    except (OSError, ValueError, TypeError) as cause:
        message = f"繁简对照表 {_FOLD_FILE} 缺失或格式不正确。"
        raise DataFileError(message, hint="请重新安装程序，或恢复该文件。") from cause


def fold(text: str) -> str:
    """Return ``text`` folded for comparison; it has the same length."""
    for mark, half in _PUNCTUATION:
        text = text.replace(mark, half)
    # Looking every character up takes ten times as long; few texts need it.
    return text.translate(fold_table()) if _foldable().search(text) else text


@lru_cache(maxsize=1)
def _foldable() -> re.Pattern[str]:
    return re.compile(f"[{''.join(re.escape(chr(code)) for code in fold_table())}]")


def bigrams(folded: str) -> list[str]:
    """Return the terms of folded text in order, with repeats."""
    terms: list[str] = []
    for run in _RUN.findall(folded):
        if len(run) == 1 or run.isascii():
            terms.append(run)
        else:
            terms.extend(map(add, run, run[1:]))
    return terms


def characters(folded: str) -> list[str]:
    """Return the single Chinese characters of folded text in order, with repeats."""
    return [character for run in _RUN.findall(folded) if not run.isascii() for character in run]


def words(folded: str) -> list[str]:
    """Return the runs of folded text between blanks and punctuation."""
    return _WORD.findall(folded)


def statutory_numerals(folded: str) -> str:
    """Return folded text with 第42条, 30日 and 5000元 written as statutes do; dates are kept."""

    def written(match: re.Match[str]) -> str:
        number = int(match[0])
        is_year = number >= _FIRST_YEAR and folded.startswith("年", match.end())
        return match[0] if is_year else to_chinese(number)

    return _STATUTORY_NUMBER.sub(written, folded)
