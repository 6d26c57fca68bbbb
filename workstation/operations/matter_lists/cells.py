"""Reading single cells of real-life lists: full-width digits, days as text, amounts in words."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from openpyxl.utils.datetime import from_excel

from workstation.domain.citations import ArticleReference, parse_reference
from workstation.domain.matters import FineMeasure, PenaltyRange
from workstation.domain.numerals import from_chinese

CellValue = str | int | float | bool | date | datetime | None

_NOTHING = frozenset({"", "-", "—", "——", "/", "无", "长期", "无期限", "至今"})
_DAY = re.compile(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(:00)?)?$"
)
_PLAIN_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SERIALS = range(10_000, 80_000)
_YES = frozenset({"是", "可", "可以", "有", "√", "✓", "y", "yes", "1", "true"})
_NO = frozenset({"否", "不可", "不可以", "不", "无", "×", "n", "no", "0", "false"})
_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z_.\-]{2,39}$")
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d+$")
_N = r"(?:\d[\d,]*(?:\.\d+)?|[零一二三四五六七八九十百千两]+)"
_U = r"(?:亿元|万元|千元|百元|元|亿|万|千|倍|%)"
_BASE = r"(?P<base>[^\d零一二三四五六七八九十百千两]*?)"
_PERCENT = re.compile(rf"百分之({_N})")
_SPAN = re.compile(
    rf"^{_BASE}(?P<low>{_N})(?P<low_unit>{_U})?(?:以上(?:不足|[至到])?|[-—~至到]+)"
    rf"(?P<high>{_N})(?P<high_unit>{_U})(?:以下)?(?:的?罚款)?$"
)
_PLAIN_SPAN = re.compile(rf"^(?P<low>{_N})[-—~至到]+(?P<high>{_N})$")
_CEILING = re.compile(rf"^{_BASE}(?P<high>{_N})(?P<high_unit>{_U})(?:以下|以内)(?:的?罚款)?$")
_FIXED = re.compile(rf"^{_BASE}(?P<high>{_N})(?P<high_unit>{_U})(?:的?罚款)?$")
_FLOOR_ONLY = re.compile(rf"{_N}{_U}?以上(?:的?罚款)?$")
_UNITS = {"亿": 100_000_000, "万": 10_000, "千": 1000, "百": 100}
_LEAD = re.compile(r"^(?:并处|可以处|可并处|可处|处以|处|罚款)*(?:以)?")


class CellFaultError(ValueError):
    """A cell can't be read: ``args[0]`` says what is wrong, ``fix`` what to do."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


def plain(value: CellValue) -> str:
    """Return a cell as text without line breaks and outer spaces; numbers without a tail .0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return re.sub(r"\s+", " ", str(value)).strip()


def folded(value: CellValue) -> str:
    """Return a cell as text in half width without any space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", plain(value)))


def read_day(value: CellValue) -> date | None:
    """Return a day written as a date, as text or as the serial number of a spreadsheet.

    Raises:
        CellFaultError: it is none, or no day of the calendar.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", plain(value))
    if text in _NOTHING:
        return None
    if re.fullmatch(r"\d{5}", text) and int(text) in _SERIALS:
        found = from_excel(int(text))
        if isinstance(found, datetime):
            return found.date()
    match = _DAY.match(text) or _PLAIN_DAY.match(text)
    if match is None:
        message = f"“{text}”不是日期"
        raise CellFaultError(message, "请写作 2026-08-15 或 2026年8月15日。")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        message = f"日历上没有“{text}”这一天"
        raise CellFaultError(message, "请核对年月日。") from error


def read_flag(value: CellValue) -> bool | None:
    """Return 是 or 否, None for an empty cell.

    Raises:
        CellFaultError: it is neither.
    """
    text = folded(value).casefold()
    if not text or text in {"-", "—", "/"}:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    message = f"“{plain(value)}”不是“是”或者“否”"
    raise CellFaultError(message, "请填“是”或者“否”，不清楚的留空。")


def read_code(value: CellValue) -> str:
    """Return a code of a matter.

    Raises:
        CellFaultError: it is empty, mangled by a spreadsheet, or holds other signs.
    """
    text = folded(value)
    if not text:
        raise CellFaultError("没有填写事项编码", "请按清单补填编码；不是事项的说明行请删去。")
    if _SCIENTIFIC.match(text):
        message = f"编码“{text}”被表格软件改成了科学计数，末几位已经丢失"
        raise CellFaultError(message, "请把该列设为文本格式后重新填写完整编码。")
    if not _CODE.match(text):
        message = f"编码“{text}”含有字母、数字、“-”“_”“.”以外的符号，或者长度不对"
        raise CellFaultError(message, "请核对编码，长度为3至40位。")
    return text


def read_articles(value: CellValue) -> tuple[ArticleReference, ...]:
    """Return the articles of a cell: parted by ；, line breaks or 、; 第…条 alone keeps the title.

    Raises:
        CellFaultError: a part is no reference to one article.
    """
    text = unicodedata.normalize("NFKC", str(value or ""))
    found: list[ArticleReference] = []
    for raw in re.split(r"[;\n]|[、,](?=\s*[《第])|及(?=\s*[《第])|和(?=\s*《)", text):
        part = re.sub(r"\s+", "", raw).strip("。.,、")
        if not part or part in _NOTHING:
            continue
        if part.startswith("第") and found:
            part = f"《{found[-1].title}》{part}"
        try:
            found.append(parse_reference(part))
        except ValueError as error:
            message = f"“{raw.strip()}”不是一条法律条款"
            raise CellFaultError(
                message, "请写法规全称和条款项，如《行政处罚法》第五十一条第一款；多条用“；”分开。"
            ) from error
    return tuple(dict.fromkeys(found))


def read_amount(text: str, unit: str = "") -> Decimal:
    """Return a number in figures or Chinese numerals times its unit (万元 …).

    Raises:
        CellFaultError: it is no number.
    """
    try:
        bare = text.replace(",", "")
        number = Decimal(bare) if bare[:1].isdigit() else Decimal(from_chinese(bare))
    except (InvalidOperation, ValueError, IndexError) as error:
        message = f"“{text}”不是数额"
        raise CellFaultError(message, "请写作 100000 或 10万元。") from error
    return number * _UNITS.get(unit[:1], 1)


def read_ranges(
    value: CellValue, provision: ArticleReference, subjects: tuple[str, ...] = ()
) -> tuple[PenaltyRange, ...]:
    """Return the ranges of a cell such as 单位：10万元以上100万元以下；拒不改正：….

    What stands before a colon is a condition where it says 改正 or 停止, else whom it is for.

    Raises:
        CellFaultError: a part is no range, has no upper end, or ends below its beginning.
    """
    text = unicodedata.normalize("NFKC", str(value if value is not None else ""))
    parts = [re.sub(r"\s+", "", part) for part in re.split(r"[;\n]", text)]
    return tuple(
        _range(part, provision, subjects) for part in parts if part and part not in _NOTHING
    )


def _range(text: str, provision: ArticleReference, subjects: tuple[str, ...]) -> PenaltyRange:
    head, colon, fine = text.rpartition(":")
    condition = ""
    for word in re.split(r"[、,]", head) if colon else ():
        if "改正" in word or "停止" in word:
            condition = word.removesuffix("的")
        else:
            subjects = (*subjects, word.removeprefix("对").removesuffix("的"))
    measure, base, low, high = _fine(fine)
    if low > high:
        message = f"罚款下限{low}大于上限{high}"
        raise CellFaultError(message, "请核对幅度，先写下限、后写上限。")
    return PenaltyRange(
        provision=provision,
        fine_min=low,
        fine_max=high,
        subjects=subjects,
        condition=condition,
        measure=measure,
        base=base,
    )


def _fine(text: str) -> tuple[FineMeasure, str, Decimal, Decimal]:
    bare = _PERCENT.sub(r"\1%", _LEAD.sub("", text))
    if _FLOOR_ONLY.search(bare) and not _SPAN.match(bare):
        message = f"幅度“{text}”只有下限，没有上限"
        raise CellFaultError(message, "请补填上限，如 10万元以上100万元以下。")
    plain_span = _PLAIN_SPAN.match(bare)
    if plain_span:
        low, high = read_amount(plain_span["low"]), read_amount(plain_span["high"])
        return FineMeasure.AMOUNT, "", low, high
    match = _SPAN.match(bare) or _CEILING.match(bare) or _FIXED.match(bare)
    if match is None:
        message = f"罚款幅度“{text}”看不懂"
        raise CellFaultError(
            message, "请写作：10万元以上100万元以下、违法所得1倍以上3倍以下、每车500元以下。"
        )
    parts = match.groupdict()
    high = read_amount(parts["high"], parts["high_unit"])
    if match.re is _FIXED:
        low = high
    elif parts.get("low"):
        # 二至十万元 gives the unit once, for both ends.
        low = read_amount(parts["low"], parts.get("low_unit") or parts["high_unit"])
    else:
        low = Decimal(0)
    return (*_measure(parts["high_unit"], parts["base"]), low, high)


def _measure(unit: str, base: str) -> tuple[FineMeasure, str]:
    base = base.removesuffix("的").removesuffix("罚款")
    if unit == "倍":
        return FineMeasure.MULTIPLE, base or "违法所得"
    if unit == "%":
        return FineMeasure.PERCENT, base or "货值金额"
    if base.startswith("每"):
        return FineMeasure.EACH, base.removeprefix("每")
    return FineMeasure.AMOUNT, ""
