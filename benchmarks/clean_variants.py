"""The same case of other people: names, numbers, amounts and days changed everywhere alike."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from workstation.documents.docx_texts import PrintedPaper
from workstation.domain.identity_numbers import check_credit_code
from workstation.domain.numerals import yuan_in_words
from workstation.review.records import CaseUnderReview

Renamed = Callable[[str], str]
_NAMES = ("礁石", "蓝湾", "远帆", "鸥鹭", "海渡", "云汐", "岚角", "望洋", "白屿", "金沙")
_SURNAMES = ("宫", "闻", "柏", "晏", "祁", "阮", "路", "甄")
_GIVEN = ("望潮", "知秋", "思远", "向晚", "怀谷", "临川", "清和", "一苇")
_STREETS = ("观海路", "听涛街", "临港大道", "白帆路", "灯塔巷")
_FINANCIAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def variant(case: CaseUnderReview, rng: random.Random) -> tuple[CaseUnderReview, Renamed]:
    """Return a clean variant of a case and what renames a text of the old one."""
    words = _replacements(case, rng)

    # An amount is never the end of a longer one.
    patterns = [
        (re.compile(f"(?<![\\d,{_FINANCIAL}]){re.escape(o)}"), n) for o, n in words.items()
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
    """Return another amount for the illegal gain: it stands in figures, words and sums alike."""
    gain = case.file.case.facts.get("illegal_gain")
    fine = next((e.data.get("fine") for e in case.file.all_of("decision_made")), None)
    if not gain or not fine:
        return {}
    old, new = Decimal(str(gain)), Decimal(rng.randrange(1100, 9900, 100))
    total = Decimal(str(fine))
    pairs = {old: new, old + total: new + total}
    words = {}
    for before, after in pairs.items():
        words[yuan_in_words(before)] = yuan_in_words(after)
        words[f"{before:,.2f}"] = f"{after:,.2f}"
        words[f"{before:,.0f}元"] = f"{after:,.0f}元"
        words[f"{before:.0f}元"] = f"{after:.0f}元"
    return words


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
    if isinstance(value, Enum | date | bool):
        pass
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
