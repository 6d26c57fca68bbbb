"""What a printed or recorded text means: an amount, a moment, a number, names."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from workstation.domain.numerals import from_chinese, yuan_in_figures, yuan_in_words
from workstation.procedure.case_readings import moment_of, money, names_of

READINGS = (
    "text",
    "name",
    "names",
    "file_number",
    "cause",
    "place",
    "money",
    "number",
    "moment",
)
Value = str | Decimal | int | datetime | date | frozenset[str]

# The same few texts are read for many relations, and again at the next look at the case.
_KEPT = 8192
_NOTHING = frozenset({"", "无", "/", "—", "——", "未填"})
_MOMENT = re.compile(
    r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:[^\d时]{0,2}(\d{1,2})时(?:(\d{1,2})分)?)?"
)
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_ASIDE_AT_THE_END = re.compile(r"\([^()]*\)\Z")
_FILE_NUMBER = re.compile(r"[一-鿿]+〔\d{4}〕[^〔,;()。]*?号")
_REGION = re.compile(r"\A[一-鿿]{2,4}?[市县区]")
_FINANCIAL = str.maketrans("零壹贰叁肆伍陆柒捌玖拾佰仟圆正", "零一二三四五六七八九十百千元整")
_IN_WORDS = re.compile(r"(?:(.+)元)?(?:零?(.)角)?(?:零?(.)分)?整?")


@lru_cache(maxsize=_KEPT)
def closed_up(text: str) -> str:
    """Return a text without spaces and without differences of full and half width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=_KEPT)
def value_of(text: str, reads: str) -> Value | None:
    """Return what a text means, or None where it says nothing of that kind."""
    said = closed_up(text)
    if said in _NOTHING:
        return None
    if reads == "money":
        return _amount(said)
    if reads == "number":
        return _number(said)
    if reads == "moment":
        return _moment(text.strip(), said)
    if reads == "names":
        return frozenset(names_of(re.sub(r"[;；。]", "、", _ASIDE.sub("", text))))
    return _words(said, reads)


def _words(said: str, reads: str) -> str | None:
    """Return words without what may stand beside them: brackets, the quotation of a title."""
    if reads == "name":
        return _ASIDE_AT_THE_END.sub("", said.strip("《》"))
    if reads == "place":
        return _REGION.sub("", said)
    if reads == "cause":
        return said.removeprefix("涉嫌").partition("一案")[0]
    if reads == "file_number":
        match = _FILE_NUMBER.search(said)
        return match[0] if match else None
    return said


def _amount(said: str) -> Decimal | None:
    plain = money(said.removeprefix("人民币").removeprefix("¥").removesuffix("元"))
    return plain if plain is not None else _in_words(said.removeprefix("人民币"))


def _in_words(said: str) -> Decimal | None:
    match = _IN_WORDS.fullmatch(said.translate(_FINANCIAL))
    if match is None or not any(match.groups()):
        return None
    try:
        yuan, jiao, fen = (from_chinese(part) if part else 0 for part in match.groups())
    except ValueError:
        return None
    return Decimal(yuan) + Decimal(jiao) / 10 + Decimal(fen) / 100


def _number(said: str) -> int | None:
    try:
        return from_chinese(said)
    except ValueError:
        return None


def _moment(text: str, said: str) -> datetime | date | None:
    recorded = moment_of(text)
    if recorded is not None:
        return recorded if "T" in text else recorded.date()
    match = _MOMENT.search(said)
    if match is None:
        return None
    try:
        day = date(*map(int, match.group(1, 2, 3)))
        if match[4] is None:
            return day
        return datetime.combine(day, time(int(match[4]), int(match[5] or 0)))
    except ValueError:
        return None


def day_in(value: datetime | date) -> date:
    """Return the day of a moment or of a day."""
    return value.date() if isinstance(value, datetime) else value


def shown(value: Value) -> str:
    """Return a value as it is written for people."""
    if isinstance(value, Decimal):
        return f"{value:,.2f}元"
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日{value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, frozenset):
        return "、".join(sorted(value))
    return str(value)


def ways_to_write(value: Value) -> tuple[str, ...]:
    """Return the ways in which running text may state a value."""
    if isinstance(value, Decimal):
        figures = yuan_in_figures(value)
        whole = (f"{value:,.0f}元", f"{value:.0f}元") if value == value.to_integral() else ()
        ten_thousands = f"{(value / 10000).normalize():f}万元"
        return (figures, figures.replace(",", ""), yuan_in_words(value), ten_thousands, *whole)
    if isinstance(value, datetime | date):
        day = day_in(value)
        return (f"{day.year}年{day.month}月{day.day}日", day.isoformat())
    if isinstance(value, frozenset):
        return tuple(value)
    return (str(value),)
