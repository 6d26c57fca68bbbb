"""The same case of other people: names, numbers, amounts and days changed everywhere alike."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from workstation.documents.docx_texts import PrintedPaper
from workstation.documents.filters import date_cn
from workstation.domain.identity_numbers import check_credit_code
from workstation.domain.numerals import yuan_in_words
from workstation.review.records import CaseUnderReview

Renamed = Callable[[str], str]
_NAMES = ("礁石", "蓝湾", "远帆", "鸥鹭", "海渡", "云汐", "岚角", "望洋", "白屿", "金沙")
_SURNAMES = ("宫", "闻", "柏", "晏", "祁", "阮", "路", "甄")
_GIVEN = ("望潮", "知秋", "思远", "向晚", "怀谷", "临川", "清和", "一苇")
_STREETS = ("观海路", "听涛街", "临港大道", "白帆路", "灯塔巷")
_FINANCIAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_DAY = re.compile(r"(\d{4})(?:年|-)(\d{1,2})(?:月|-)(\d{1,2})")
_FINES = {"fine", "recommended_fine"}
_AMOUNTS = {*_FINES, "confiscated", "amount"}
# Nothing here begins or ends a period of the law, nor is anything counted from it.
_FREE = {
    "person_questioned",
    "evidence_collected",
    "material_requested",
    "investigation_closed",
    "crime_considered",
    "review_concluded",
    "deliberated",
    "compliance_rechecked",
}
_MOST_DAYS = 4
# Marks a text that is replaced only where it is all there is.
_ALONE = "\0"
_LARGE, _MOST_MORE = 10_000, Decimal("0.08")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def variant(case: CaseUnderReview, rng: random.Random) -> tuple[CaseUnderReview, Renamed]:
    """Return a clean variant of a case and what renames a text of the old one."""
    # An amount is never the end of a longer one.
    patterns = [
        (re.compile(f"(?<![\\d,{_FINANCIAL}]){_escaped(old)}"), new)
        for old, new in _replacements(case, rng).items()
    ]
    patterns += [
        (re.compile(f"(?<!\\d年)(?<!\\d){re.escape(old)}"), new)
        for old, new in _moved_days(case, rng).items()
    ]

    def renamed(text: str) -> str:
        for pattern, new in patterns:
            text = pattern.sub(new, text)
        return text

    file = _mapped(case.file, renamed)
    printed = {
        key: PrintedPaper(
            tuple(
                tuple(replace(piece, text=renamed(piece.text)) for piece in pieces)
                for pieces in paper.paragraphs
            )
        )
        for key, paper in case.printed.items()
    }
    texts = {key: "".join(paper.lines) for key, paper in printed.items()}
    return replace(case, file=file, printed=printed, texts=texts), renamed


def _escaped(old: str) -> str:
    alone = old.endswith(_ALONE)
    return rf"(?<!.){re.escape(old.removesuffix(_ALONE))}\Z" if alone else re.escape(old)


def _replacements(case: CaseUnderReview, rng: random.Random) -> dict[str, str]:
    """Return old and new words, the longer before those that are part of them."""
    party, words = case.file.case.party, {}
    short = party.name.removeprefix("龙屿市")[:2]
    if party.is_person:
        words[party.name] = rng.choice(_SURNAMES) + rng.choice(_GIVEN)
    else:
        words[short] = rng.choice(_NAMES)
        words[party.number] = _credit_code(rng)
    if party.representative:
        words[party.representative] = rng.choice(_SURNAMES) + rng.choice(_GIVEN)
    street = party.address.removeprefix("龙屿市").partition("路")[0] + "路"
    if street in party.address:
        words[street] = rng.choice(_STREETS)
    serial = case.file.case.number[-5:-1]
    if serial.isdigit():
        words[f"{serial}号"] = f"{rng.randint(300, 9999):04d}号"
    words |= _amounts(case, rng)
    return {old: new for old, new in words.items() if old and old != new}


def _amounts(case: CaseUnderReview, rng: random.Random) -> dict[str, str]:
    """Return other fines and another illegal gain; their sums follow them.

    They stand in figures and in words alike. All fines a case names (noticed, decided) grow by
    the same; where instalments were reckoned from one they stay.
    """
    stated = [pair for event in case.file.events for pair in _stated_amounts(event.data)]
    fines = {amount for name, amount in stated if name in _FINES}
    gain = Decimal(str(case.file.case.facts.get("illegal_gain") or 0))
    sums = {fine + gain for fine in fines}
    more = Decimal(0)
    if fines and {amount for _, amount in stated} <= {*fines, *sums, gain}:
        step = 1000 if min(fines) > _LARGE else 10
        more = Decimal(rng.randint(1, max(int(min(fines) * _MOST_MORE) // step, 1)) * step)
    old, new_gain = {*fines, *sums, gain}, gain
    while gain and fines and old & {new_gain, *(fine + more + new_gain for fine in fines)}:
        # A sum must not come out as an amount that is replaced itself.
        new_gain = Decimal(rng.randrange(1100, 9900, 100))
    pairs = {fine + gain: fine + more + new_gain for fine in fines}
    pairs |= {fine: fine + more for fine in fines} | {gain: new_gain}
    words = {}
    for before, after in pairs.items():
        if not before or before == after:
            continue
        words[yuan_in_words(before)] = yuan_in_words(after)
        words[f"{before:,.2f}"] = f"{after:,.2f}"
        words[f"{before:,.0f}元"] = f"{after:,.0f}元"
        words[f"{before:.0f}元"] = f"{after:.0f}元"
        words[f"{_ten_thousands(before)}万元"] = f"{_ten_thousands(after)}万元"
        words[f"{before:,.0f}{_ALONE}"] = f"{after:,.0f}"
        words[f"{before:.0f}{_ALONE}"] = f"{after:.0f}"
    return words


def _stated_amounts(data: object) -> Iterator[tuple[str, Decimal]]:
    """Yield names and amounts a record states, in the rows of its tables too."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            if name in _AMOUNTS and isinstance(value, int | float) and value:
                yield name, Decimal(str(value))
            yield from _stated_amounts(value)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from _stated_amounts(part)


def _ten_thousands(amount: Decimal) -> str:
    return f"{(amount / 10_000).normalize():f}"


def _moved_days(case: CaseUnderReview, rng: random.Random) -> dict[str, str]:
    """Return other days on which something happened that no period hangs on.

    A day is moved only between the days before and after it that the case states anywhere, so
    that everything stays in its order.
    """
    kinds: dict[date, set[str]] = {}
    for event in case.file.events:
        kinds.setdefault(event.day, set()).add(event.kind)
    free = [day for day, on_it in sorted(kinds.items()) if on_it <= _FREE]
    rng.shuffle(free)
    stated, words = _stated_days(case), {}
    for day in free[:_MOST_DAYS]:
        before = max((d for d in stated if d < day), default=day)
        after = min((d for d in stated if d > day), default=day)
        room = [before + timedelta(days=n) for n in range(1, (after - before).days)]
        others = [other for other in room if other != day]
        if others:
            new = rng.choice(others)
            stated = stated - {day} | {new}
            words[day.isoformat()] = new.isoformat()
            words[f"{day.year}年{day.month}月{day.day}日"] = (
                f"{new.year}年{new.month}月{new.day}日"
            )
            words[f"{day.month}月{day.day}日"] = f"{new.month}月{new.day}日"
    return words


def _ways_to_write(day: date) -> tuple[str, ...]:
    return (day.isoformat(), date_cn(day), f"{day.month}月{day.day}日")


def _stated_days(case: CaseUnderReview) -> set[date]:
    """Return every day that a record or a paper of the case names."""
    texts = ["".join(paper.lines) for paper in case.printed.values()]

    def noted(text: str) -> str:
        texts.append(text)
        return text

    _mapped(case.file, noted)
    found = {match.groups() for text in texts for match in _DAY.finditer(text)}
    days = set()
    for parts in found:
        with suppress(ValueError):
            days.add(date(*map(int, parts)))
    return days


def _credit_code(rng: random.Random) -> str:
    while True:
        stem = "91330399" + "".join(rng.choice(_ALPHABET) for _ in range(9))
        for last in _ALPHABET:
            try:
                return check_credit_code(stem + last)
            except Exception:  # noqa: BLE001, S112 the check digit is looked for
                continue


def _mapped(value: Any, renamed: Renamed) -> Any:
    """Return a record with every text in it renamed; numbers in the data follow their texts."""
    changed = value
    if isinstance(value, Enum | bool):
        pass
    elif isinstance(value, date):
        changed = type(value).fromisoformat(renamed(value.isoformat()))
    elif isinstance(value, str):
        changed = renamed(value)
    elif isinstance(value, int | float | Decimal):
        changed = _number(value, renamed)
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _mapped(getattr(value, f.name), renamed) for f in fields(value)}
        changed = replace(value, **parts)
    elif isinstance(value, Mapping):
        changed = {key: _mapped(item, renamed) for key, item in value.items()}
    elif isinstance(value, tuple | list):
        changed = type(value)(_mapped(item, renamed) for item in value)
    return changed


def _number(value: float | Decimal, renamed: Renamed) -> float | Decimal:
    shown = f"{value:,.2f}"
    after = renamed(shown)
    return type(value)(Decimal(after.replace(",", ""))) if after != shown else value
