"""Turning the rows of a list into matters; what can't be read is named, never guessed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from workstation.domain.matters import (
    AuthorityKind,
    FineMeasure,
    Implementation,
    Matter,
    MatterMarks,
    PenaltyRange,
)
from workstation.operations.matter_lists.cells import (
    CellFaultError,
    CellValue,
    folded,
    plain,
    read_articles,
    read_code,
    read_day,
    read_flag,
    read_ranges,
)
from workstation.operations.matter_lists.faults import RowFault, fault, fault_at
from workstation.operations.matter_lists.sheets import SheetRow

_AUTHORITIES = {
    "法定": AuthorityKind.STATUTORY,
    "相对集中": AuthorityKind.CONCENTRATED,
    "划转": AuthorityKind.CONCENTRATED,
    "赋权": AuthorityKind.GRANTED,
    "委托": AuthorityKind.DELEGATED,
}
# 行政处罚法第九条；拘留只能由公安机关等实施（第十八条第三款）。
_PENALTIES = (
    "警告", "通报批评", "罚款", "没收违法所得", "没收非法财物", "暂扣许可证件", "降低资质等级",
    "吊销许可证件", "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业",
)  # fmt: skip
_PENALTY_WORDS = {
    "没收": "没收非法财物", "暂扣": "暂扣许可证件", "吊销": "吊销许可证件",
    "降低资质": "降低资质等级", "停产停业": "责令停产停业", "限制生产": "限制开展生产经营活动",
}  # fmt: skip
_PRECONDITIONS = ("逾期不改正", "逾期未改正", "拒不改正")
_RANGE_COLUMNS = {"fine": (), "fine_unit": ("单位",), "fine_person": ("个人",)}
WITHDRAWN = "取消"
_CHANGES = {
    "新增": "新增", "增加": "新增", "变更": "变更", "调整": "变更", "修改": "变更",
    "取消": WITHDRAWN, "删除": WITHDRAWN, "废止": WITHDRAWN, "划出": WITHDRAWN,
    "不变": "", "无": "", "": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDefaults:
    """What a row takes from the notice where its own cell is empty."""

    notice_number: str
    notice_title: str
    list_kind: str
    effective: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row that was read: its matter, or (withdrawn) only its code."""

    row: SheetRow
    code: str
    change: str
    matter: Matter | None


def read_rows(
    rows: Iterable[SheetRow], defaults: RowDefaults
) -> tuple[tuple[ReadRow, ...], tuple[RowFault, ...]]:
    """Return the rows that could be read and the faults of the others, in their order."""
    found: list[ReadRow] = []
    faults: list[RowFault] = []
    for row in rows:
        reader = _RowReader(row)
        read = reader.read(defaults)
        if reader.faults:
            faults += reader.faults
        elif read is not None:
            found.append(read)
    return tuple(found), tuple(faults)


class _RowReader:
    """Reads one row column by column, keeping every fault it meets."""

    def __init__(self, row: SheetRow) -> None:
        self._row = row
        self.faults: list[RowFault] = []

    def read(self, defaults: RowDefaults) -> ReadRow | None:
        row = self._row
        code = self._get("code", read_code) or ""
        change = self._get("change", _change) or ""
        if change == WITHDRAWN:
            return ReadRow(row=row, code=code, change=change, matter=None)
        parts = self._parts(defaults)
        self._check_days(parts, defaults)
        if self.faults:
            return None
        return ReadRow(row=row, code=code, change=change, matter=_matter(code, parts))

    def _get(self, key: str, read: Callable[[CellValue], Any]) -> Any:
        try:
            return read(self._row.values.get(key))
        except CellFaultError as error:
            self.faults.append(fault_at(self._row, key, error))
            return None

    def _parts(self, defaults: RowDefaults) -> dict[str, Any]:
        parts: dict[str, Any] = {
            "name": self._get("name", _name),
            "authority": self._get("authority", _authority),
            "violated": self._get("violated", _one_article_at_least),
            "penalty": self._get("penalty", _one_article_at_least),
            "precondition": self._get("precondition", _precondition),
            "coercion": self._get("coercion", _one_article),
            "limitation": self._get("limitation", _one_article),
            "summary": self._get("summary", read_flag),
            "marks": self._get("hearing", _hearing_marks),
            "major": self._get("major", read_flag),
            "valid_from": self._get("valid_from", read_day) or defaults.effective,
            "valid_to": self._get("valid_to", read_day),
            "defaults": defaults,
            "texts": {key: self._row.text(key) for key in _TEXTS},
        }
        parts["kinds"] = self._get("kinds", _penalty_kinds)
        parts["ranges"] = self._ranges(parts["penalty"])
        self._check_kinds(parts)
        return parts

    def _ranges(self, penalty: tuple[Any, ...] | None) -> tuple[PenaltyRange, ...]:
        if not penalty:
            return ()
        found: tuple[PenaltyRange, ...] = ()
        for key, subjects in _RANGE_COLUMNS.items():
            read = partial(read_ranges, provision=penalty[0], subjects=subjects)
            found += self._get(key, read) or ()
        return found

    def _check_kinds(self, parts: dict[str, Any]) -> None:
        kinds, ranges = parts["kinds"], parts["ranges"]
        if kinds is None or not parts["penalty"] or self.faults:
            return
        if "罚款" in kinds and not ranges:
            self._fault("fine", "处罚种类有罚款，没有填写罚款幅度", "请按处罚条款补填幅度。")
        elif kinds and "罚款" not in kinds and any(r.fine_max for r in ranges):
            self._fault(
                "kinds", "填写了罚款幅度，处罚种类中没有罚款", "请核对处罚条款，补上或者删去。"
            )

    def _check_days(self, parts: dict[str, Any], defaults: RowDefaults) -> None:
        first, last = parts["valid_from"] or defaults.effective, parts["valid_to"]
        if last is not None and last < first:
            self._fault(
                "valid_to",
                f"失效日期{last.isoformat()}早于生效日期{first.isoformat()}",
                "请核对两个日期。",
            )

    def _fault(self, key: str, message: str, fix: str) -> None:
        self.faults.append(fault(self._row, key, message, fix))


_TEXTS = (
    "cause", "field", "list_kind", "level", "body", "department", "criminal", "leniency",
    "discretion", "notice", "supersedes",
)  # fmt: skip


def _matter(code: str, parts: Mapping[str, Any]) -> Matter:
    texts, defaults = parts["texts"], parts["defaults"]
    ranges: tuple[PenaltyRange, ...] = parts["ranges"]
    yuan = [r for r in ranges if r.measure is FineMeasure.AMOUNT]
    kinds = parts["kinds"] or (("罚款",) if ranges else ())
    others = tuple(k for k in kinds if k.startswith("没收违法所得"))
    return Matter(
        code=code,
        name=parts["name"],
        cause=texts["cause"] or cause_of(parts["name"]),
        version=defaults.notice_number,
        authority=parts["authority"],
        field=texts["field"],
        violated=parts["violated"][0],
        violated_also=parts["violated"][1:],
        penalty=parts["penalty"][0],
        penalty_also=parts["penalty"][1:],
        fine_min=min((r.fine_min for r in yuan), default=Decimal(0)),
        fine_max=max((r.fine_max for r in yuan), default=Decimal(0)),
        ranges=ranges if len(ranges) > 1 or len(yuan) < len(ranges) or _parted(ranges) else (),
        valid_from=parts["valid_from"],
        valid_to=parts["valid_to"],
        confiscates_gain=bool(others),
        precondition=parts["precondition"],
        coercion=parts["coercion"],
        limitation=parts["limitation"],
        notice=texts["notice"] or defaults.notice_title,
        implementation=Implementation(
            level=texts["level"], body=texts["body"], department=texts["department"]
        ),
        marks=MatterMarks(
            penalties=kinds,
            summary=parts["summary"],
            hearing=parts["marks"][0],
            major=parts["marks"][1] or bool(parts["major"]),
            criminal=texts["criminal"],
            leniency=texts["leniency"],
            discretion=texts["discretion"],
        ),
        list_kind=texts["list_kind"] or defaults.list_kind,
        notice_number=defaults.notice_number,
        supersedes=folded(texts["supersedes"]),
    )


def _parted(ranges: tuple[PenaltyRange, ...]) -> bool:
    return any(r.subjects or r.condition for r in ranges)


def cause_of(name: str) -> str:
    """Return the cause of a case under a matter: its name without 对…的行政处罚."""
    bare = name.removeprefix("对").split("（")[0].split("(")[0]
    return bare.removesuffix("行政处罚").removesuffix("的").removesuffix("进行") or name


def _name(value: CellValue) -> str:
    name = plain(value)
    if not name:
        raise CellFaultError("没有填写事项名称", "请按清单补填全称。")
    return name


def _authority(value: CellValue) -> AuthorityKind:
    text = folded(value)
    for word, kind in _AUTHORITIES.items():
        if word in text:
            return kind
    message = f"权力类型“{plain(value)}”不是规定的四种" if text else "没有填写权力类型"
    raise CellFaultError(message, "请填：法定、相对集中、赋权、委托之一。")


def _one_article_at_least(value: CellValue) -> tuple[Any, ...]:
    found = read_articles(value)
    if not found:
        raise CellFaultError("没有填写条款", "请填法规全称和条款项。")
    return found


def _one_article(value: CellValue) -> Any:
    found = read_articles(value)
    return found[0] if found else None


def _penalty_kinds(value: CellValue) -> tuple[str, ...]:
    kinds = []
    for word in folded(value).replace(",", "、").replace(";", "、").split("、"):
        if not word or word in {"-", "—", "/", "无"}:
            continue
        if "改正" in word:
            message = f"“{word}”是责令改正，不是行政处罚的种类"
            raise CellFaultError(message, "责令改正不列入处罚种类（行政处罚法第二十八条）。")
        kind = next((k for k in _PENALTIES if k in word), "")
        kind = kind or next((k for w, k in _PENALTY_WORDS.items() if word.startswith(w)), "")
        if not kind:
            message = f"“{word}”不是行政处罚法第九条的处罚种类"
            raise CellFaultError(message, f"请填：{'、'.join(_PENALTIES)}。")
        kinds.append(kind)
    return tuple(dict.fromkeys(kinds))


def _precondition(value: CellValue) -> str:
    text = folded(value)
    if not text or text in {"-", "—", "/", "无"}:
        return ""
    found = next((word for word in _PRECONDITIONS if word in text), "")
    if not found:
        message = f"前置条件“{plain(value)}”不是规定的写法"
        raise CellFaultError(message, "请填：逾期不改正、拒不改正之一，没有的留空。")
    return "逾期不改正" if found.startswith("逾期") else found


def _hearing_marks(value: CellValue) -> tuple[bool, bool]:
    text = folded(value)
    if "听证" in text or "重大" in text:
        return "听证" in text, "重大" in text
    return bool(read_flag(value)), False


def _change(value: CellValue) -> str:
    text = folded(value)
    if text in _CHANGES:
        return _CHANGES[text]
    message = f"调整方式“{plain(value)}”看不懂"
    raise CellFaultError(message, "请填：新增、变更、取消之一，没有的留空。")
