"""Reading days and times as people type them: 20260921, 9-21, 9月21日, 今天, 今天 9:30."""

import re
from datetime import date, datetime, time, timedelta

_WORDS = {"前天": -2, "昨天": -1, "今天": 0, "今日": 0, "明天": 1, "后天": 2}
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FULL = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_SHORT = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"[T\s]*(\d{1,2})\s*[:：时]\s*(\d{1,2})?\s*分?$")


def parse_day(text: str, today: date) -> date | None:
    """Return the day that ``text`` names, or None where it names none; no year means this one."""
    text = text.strip()
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    match = _COMPACT.fullmatch(text) or _FULL.fullmatch(text)
    parts = [int(part) for part in match.groups()] if match else []
    if not parts and (short := _SHORT.fullmatch(text)):
        parts = [today.year, int(short[1]), int(short[2])]
    try:
        return date(*parts) if parts else None
    except ValueError:
        return None


def names_a_time(text: str) -> bool:
    """Whether ``text`` ends in a time of day, and not in a day alone."""
    return _TIME.search(text.strip()) is not None


def parse_moment(text: str, today: date) -> datetime | None:
    """Return the day and time that ``text`` names; a day alone is its midnight, nothing None."""
    text = text.strip()
    if not text:
        return None
    clock = time()
    match = _TIME.search(text)
    if match is not None:
        hour, minute = int(match[1]), int(match[2] or 0)
        if hour > 23 or minute > 59:
            return None
        clock, text = time(hour, minute), text[: match.start()]
    day = parse_day(text, today) if text.strip() else today
    return datetime.combine(day, clock) if day is not None else None
