"""The days of a text: when it was passed and amended, and from when it is law."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

_DAY = re.compile(r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")
_CHINESE_DAY = re.compile(
    r"(?P<year>[一二三四五六七八九〇○零０]{4})年(?P<month>[一二三四五六七八九十]{1,2})月"
    r"(?P<day>[一二三四五六七八九十]{1,3})日"
)
_DIGITS = {d: n for n, d in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "０": 0}
_IN_NAME = re.compile(r"(?P<year>(?:19|20)\d{2})[-_.年]?(?P<month>\d{2})[-_.月]?(?P<day>\d{2})")
_IN_FORCE = r"(?:起|开始)?\s*(?:施行|实施|生效|执行|试行)"
_FROM_DAY = re.compile(rf"(?:自\s*|^){_DAY.pattern}\s*{_IN_FORCE}")
_FROM_PUBLICATION = re.compile(rf"自(?:公布|发布|颁布|印发|下发)之?日{_IN_FORCE}")
_STARTS = re.compile(_IN_FORCE)
_PASSED = ("通过", "公布", "发布", "修订", "修正", "批准", "颁布", "印发", "修改", "令")
_CLAUSE, _PUBLICATION = "该文本的施行日期条款", "自公布之日起施行"
STATED_BASES = frozenset({_CLAUSE, _PUBLICATION})
_SAME_PUBLICATION_DAYS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDays:
    """The days of one text; None where the file does not say. ``basis`` explains ``effective``."""

    first: date | None
    promulgated: date | None
    effective: date | None
    basis: str
    warnings: tuple[str, ...] = ()


def days_of(history: Sequence[str], text: Sequence[str], path: PurePath) -> TextDays:
    """Return the days that the history above a text, its last articles and its name tell.

    Args:
        history: the lines between title and text.
        text: the lines of the articles.
        path: where the file lies; its name often carries the day of the text.
    """
    told = _days_told(history)
    named = _day_in_name(path)
    first = told[0] if told else named
    promulgated = _promulgated(told, named)
    stated, from_publication = _stated(text)
    if stated is None and not from_publication:
        stated, from_publication = _stated(history)
    return _with_effect(first, promulgated, stated, from_publication=from_publication)


def _with_effect(
    first: date | None, promulgated: date | None, stated: date | None, *, from_publication: bool
) -> TextDays:
    if promulgated is None:
        warning = "没有找到公布日期，请补填"
        basis = _CLAUSE if stated else ""
        return TextDays(
            first=stated, promulgated=stated, effective=stated, basis=basis, warnings=(warning,)
        )
    amended = first is not None and first < promulgated
    if stated is not None and (stated >= promulgated or not amended):
        return TextDays(first=first, promulgated=promulgated, effective=stated, basis=_CLAUSE)
    if from_publication and not amended:
        return TextDays(
            first=first, promulgated=promulgated, effective=promulgated, basis=_PUBLICATION
        )
    if amended:
        warning = (
            f"施行日期条款是最初文本的；本文本经{promulgated.isoformat()}修改，"
            "施行日期暂以修改之日计，请核对修改决定"
        )
        return TextDays(
            first=first,
            promulgated=promulgated,
            effective=promulgated,
            basis="修改之日（修改决定的施行日期未核实）",
            warnings=(warning,),
        )
    warning = "没有找到施行日期条款，暂以公布之日计，请核对"
    basis = "公布之日（施行日期未载明）"
    return TextDays(
        first=first,
        promulgated=promulgated,
        effective=promulgated,
        basis=basis,
        warnings=(warning,),
    )


def _days_told(history: Sequence[str]) -> list[date]:
    """Return the days on which the text was passed or changed, sorted."""
    found = set()
    for line in history:
        for match in (*_DAY.finditer(line), *_CHINESE_DAY.finditer(line)):
            after = line[match.end() :]
            day = _day(match)
            starts = _STARTS.match(after.lstrip())
            if day and not starts and any(word in after or word in line for word in _PASSED):
                found.add(day)
    return sorted(found)


def _promulgated(told: list[date], named: date | None) -> date | None:
    """Return the day of the text: of publication where the name tells it a little later."""
    if not told:
        return named
    latest = told[-1]
    if named and 0 <= (named - latest).days <= _SAME_PUBLICATION_DAYS:
        return named
    return latest


def _stated(lines: Sequence[str]) -> tuple[date | None, bool]:
    """Return the day that a text says it is law from, and whether from publication."""
    from_publication = False
    for line in reversed(lines):
        match = _FROM_DAY.search(line)
        if match and (day := _day(match)):
            return day, False
        from_publication = from_publication or bool(_FROM_PUBLICATION.search(line))
        if from_publication:
            return None, True
    return None, False


def _day_in_name(path: PurePath) -> date | None:
    found = [day for match in _IN_NAME.finditer(path.stem) if (day := _day(match))]
    return found[-1] if found else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(_number(match["year"]), _number(match["month"]), _number(match["day"]))
    except (ValueError, KeyError):
        return None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[character]) for character in text))
