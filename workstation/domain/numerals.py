"""Chinese numerals: article numbers, and amounts in the financial form (大写)."""

import re
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_FINANCIAL = "零壹贰叁肆伍陆柒捌玖"
_FINANCIAL_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_VALUES = {character: value for value, character in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
MAX_NUMERAL = 99_999_999


def to_chinese(number: int) -> str:
    """Return ``number`` (0 to 99,999,999) as statutes write it: 10 is 十, 1169 is 一千一百六十九.

    Raises:
        ValueError: the number is out of range.
    """
    if not 0 <= number <= MAX_NUMERAL:
        message = f"out of range: {number}"
        raise ValueError(message)
    if number < 10_000:
        text = _below_ten_thousand(number)
        return text.removeprefix("一") if 10 <= number < 20 else text
    high, low = divmod(number, 10_000)
    if not low:
        return to_chinese(high) + "万"
    gap = "零" if low < 1000 else ""
    return to_chinese(high) + "万" + gap + _below_ten_thousand(low)


def _below_ten_thousand(number: int) -> str:
    if number == 0:
        return "零"
    text = ""
    pending_zero = False
    for value, unit in _UNITS:
        digit, number = divmod(number, value)
        if digit:
            text += ("零" if pending_zero and text else "") + _DIGITS[digit] + unit
            pending_zero = False
        else:
            pending_zero = True
    return text


def from_chinese(text: str) -> int:
    """Return the value of a Chinese or Arabic (half or full width) numeral below 100 million.

    Accepts positional writing too (二〇二六 is 2026).

    Raises:
        ValueError: ``text`` is not a numeral.
    """
    plain = text.translate(_FULL_WIDTH)
    if re.fullmatch(r"[0-9]+", plain):
        return int(plain)
    if not plain or any(c not in _VALUES and c not in _MULTIPLIERS and c != "万" for c in plain):
        message = f"not a numeral: {text!r}"
        raise ValueError(message)
    if len(plain) > 1 and all(c in _VALUES for c in plain):
        return int("".join(str(_VALUES[c]) for c in plain))
    if "万" in plain:
        high, _, low = plain.partition("万")
        return from_chinese(high or "一") * 10_000 + (from_chinese(low) if low else 0)
    total = 0
    digit = 0
    for character in plain:
        if character in _MULTIPLIERS:
            total += (digit or 1) * _MULTIPLIERS[character]
            digit = 0
        else:
            digit = _VALUES[character]
    return total + digit


def yuan_in_words(amount: Decimal) -> str:
    """Return an amount of yuan in financial characters: 101600 is 壹拾万壹仟陆佰元整.

    The amount is rounded half up to fen (票据法 practice: 大写 and 小写 must agree).

    Raises:
        ValueError: the amount is negative or not below 10**16.
    """
    fen = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if not 0 <= fen < 10**18:
        message = f"amount out of range: {amount}"
        raise ValueError(message)
    yuan, cents = divmod(fen, 100)
    jiao, single = divmod(cents, 10)
    text = _financial_integer(yuan) + "元" if yuan or not cents else ""
    if not cents:
        return text + "整"
    if jiao:
        text += _FINANCIAL[jiao] + "角"
    elif yuan:
        text += "零"
    return text + (_FINANCIAL[single] + "分" if single else "整")


def _financial_integer(yuan: int) -> str:
    if yuan == 0:
        return "零"
    groups = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    text = ""
    pending_zero = False
    for position in range(len(groups) - 1, -1, -1):
        group = groups[position]
        if group == 0:
            pending_zero = bool(text)
            continue
        if text and (pending_zero or group < 1000):
            text += "零"
        text += _financial_group(group) + _GROUPS[position]
        pending_zero = False
    return text


def _financial_group(group: int) -> str:
    text = ""
    pending_zero = False
    for position in range(3, -1, -1):
        digit = group // 10**position % 10
        if digit:
            text += "零" if pending_zero and text else ""
            text += _FINANCIAL[digit] + _FINANCIAL_UNITS[position]
            pending_zero = False
        else:
            pending_zero = True
    return text


def yuan_in_figures(amount: Decimal) -> str:
    """Return an amount as printed in documents: 100000 is 100,000.00."""
    return f"{amount:,.2f}"
