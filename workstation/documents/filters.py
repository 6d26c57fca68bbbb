"""Filters of templates: how amounts, dates and references are printed in legal documents."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from workstation.domain.citations import ArticleReference, parse_reference
from workstation.domain.numerals import (
    from_chinese,
    to_chinese,
    yuan_in_figures,
    yuan_in_words,
)

FULL_SPACE = "\u3000"
EMPTY_DATE = f"{FULL_SPACE * 2}年{FULL_SPACE}月{FULL_SPACE}日"
EMPTY_TIME = f"{FULL_SPACE}时{FULL_SPACE}分"
CUT_DASH = "－"
_WEEKDAYS = "一二三四五六日"
_MONEY_ROOM = 5
_CHECKED = "☑"
_UNCHECKED = "☐"

# More than fills a page.
_WIDEST = 1000


def filters(titles: Mapping[str, str]) -> dict[str, Callable[..., Any]]:
    """Return the filters by name; ``titles`` maps short titles of law to full ones."""

    def cite(reference: str | Iterable[str]) -> str:
        """Return 《全称》第…条第…款第（…）项; several references are joined by 、."""
        if isinstance(reference, str):
            return _cite(reference, titles) if reference.strip() else ""
        return "、".join(_cite(item, titles) for item in reference)

    return {
        "cite": cite,
        "article_cn": article_cn,
        "money": money,
        "money_cn": money_cn,
        "date_cn": date_cn,
        "datetime_cn": datetime_cn,
        "time_cn": time_cn,
        "weekday_cn": weekday_cn,
        "lines": lines,
        "box": box,
        "or_none": or_none,
        "pad": pad,
        "blank": blank,
        "cut": cut,
    }


def _cite(text: str, titles: Mapping[str, str]) -> str:
    reference = parse_compact(text)
    title = titles.get(reference.title, reference.title)
    return f"《{title}》{reference.place}"


def parse_compact(text: str) -> ArticleReference:
    """Parse 法名§条[§款[§项]] (条 may carry 之N), or any single reference in words.

    Raises:
        ValueError: ``text`` is neither.
    """
    title, *places = (part.strip() for part in text.split("§"))
    if not title or not 1 <= len(places) <= 3 or not all(_is_place(place) for place in places):
        return parse_reference(text)
    article, _, suffix = places[0].partition("之")
    numbers = [from_chinese(place) for place in places[1:]] + [0, 0]
    return ArticleReference(
        title=title.strip("《》"),
        article=from_chinese(article),
        suffix=from_chinese(suffix) if suffix else 0,
        paragraph=numbers[0],
        item=numbers[1],
    )


def _is_place(text: str) -> bool:
    try:
        for part in text.split("之", 1):
            from_chinese(part)
    except ValueError:
        return False
    return True


def article_cn(number: int | str) -> str:
    """Return an article number as statutes write it: 1169 is 一千一百六十九."""
    return to_chinese(int(number))


def to_amount(value: object) -> Decimal:
    """Return an amount of yuan given as number or text (separators allowed).

    Raises:
        ValueError: it is no finite number.
    """
    try:
        amount = Decimal(str(value).replace(",", "").replace("，", "").strip())
    except InvalidOperation as error:
        message = f"“{value}”不是金额"
        raise ValueError(message) from error
    if not amount.is_finite():
        message = f"“{value}”不是金额"
        raise ValueError(message)
    return amount


def money(value: object) -> str:
    """Return figures with separators and two decimals; blank room when there is no amount."""
    if _is_empty(value):
        return FULL_SPACE * _MONEY_ROOM
    return yuan_in_figures(to_amount(value))


def money_cn(value: object) -> str:
    """Return the amount in financial characters (大写); blank room when there is none."""
    if _is_empty(value):
        return FULL_SPACE * _MONEY_ROOM + "元整"
    return yuan_in_words(to_amount(value))


def date_cn(value: object) -> str:
    """Return 2026年10月15日; a blank date to be written by hand when empty."""
    if _is_empty(value):
        return EMPTY_DATE
    moment = to_moment(value)
    return f"{moment.year}年{moment.month}月{moment.day}日"


def datetime_cn(value: object) -> str:
    """Return 2026年8月19日9时05分; a blank date and time when empty."""
    if _is_empty(value):
        return EMPTY_DATE + EMPTY_TIME
    return date_cn(value) + time_cn(value)


def time_cn(value: object) -> str:
    """Return 9时05分."""
    if _is_empty(value):
        return EMPTY_TIME
    moment = to_moment(value)
    return f"{moment.hour}时{moment.minute:02d}分"


def weekday_cn(value: object) -> str:
    """Return 星期三; empty for no date."""
    return "" if _is_empty(value) else "星期" + _WEEKDAYS[to_moment(value).weekday()]


def to_moment(value: object) -> datetime:
    """Return a date, date and time, or their ISO text as a moment (a date is its midnight).

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    text = str(value).strip()
    if len(text) == 5 and text[2] == ":":
        # A time of day alone, as record forms hold it.
        text = f"2000-01-01T{text}"
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        message = f"“{value}”不是日期"
        raise ValueError(message) from error


def lines(value: object) -> list[str]:
    """Return the non-empty lines of a text without the spaces around them; [""] for no text."""
    if _is_empty(value):
        return [""]
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    return [line.strip() for line in str(value).splitlines() if line.strip()] or [""]


def box(condition: object) -> str:
    """Return a ticked or an empty check box."""
    return _CHECKED if condition else _UNCHECKED


def or_none(value: object) -> str:
    """Return the text, or 无."""
    return "无" if _is_empty(value) else str(value)


def pad(value: object, width: int) -> str:
    """Return the text filled up to ``width`` characters with full spaces on the right."""
    text = "" if _is_empty(value) else str(value)
    return text + FULL_SPACE * max(0, _checked(width) - math.ceil(_measure(text)))


def blank(value: object, width: int) -> str:
    """Return the text amid full spaces, at least ``width`` characters wide, to be underlined."""
    text = "" if _is_empty(value) else str(value)
    room = max(0, _checked(width) - math.ceil(_measure(text)))
    return FULL_SPACE * (room // 2) + text + FULL_SPACE * (room - room // 2)


def cut(value: object, width: int) -> str:
    """Return a cutting line ``width`` characters wide around a text, such as its number (骑缝)."""
    text = "" if _is_empty(value) else str(value)
    middle = f"{FULL_SPACE}{text}{FULL_SPACE}" if text else ""
    dashes = CUT_DASH * max(2, int((_checked(width) - _measure(middle)) / 2))
    return f"{dashes}{middle}{dashes}"


def _checked(width: int) -> int:
    if width > _WIDEST:
        message = f"宽度{width}过大，最多{_WIDEST}字"
        raise ValueError(message)
    return width


def _measure(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _is_empty(value: object) -> bool:
    # A number 0 is an amount, not a missing one.
    return value is None or (not value and not isinstance(value, (int, float, Decimal)))
