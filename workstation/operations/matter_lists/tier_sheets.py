"""Discretion tiers in the published Zhejiang layout: 阶次及适用条件、裁量幅度、来源."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workstation.data_files import overlay
from workstation.domain.citations import ArticleReference
from workstation.domain.matters import DiscretionTier
from workstation.domain.tier_conditions import Alternatives, Factor, parse_conditions
from workstation.errors import DataFileError
from workstation.operations.matter_lists.cells import (
    CellFaultError,
    plain,
    read_code,
    read_ranges,
)
from workstation.operations.matter_lists.faults import RowFault, fault_at
from workstation.operations.matter_lists.sheets import SheetRow, SheetTable

_NUMBER = r"(\d+(?:\.\d+)?)"
_TIER_NAMES = ("从轻", "较轻", "轻微", "一般", "较重", "严重", "特别严重", "从重", "减轻")
_HEAD = re.compile(r"^(?P<name>[^:,。]{1,12}?)(?:阶次|情形)?[::](?P<condition>.*)$", re.DOTALL)
_ANY = ArticleReference(title="裁量基准", article=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierSet:
    """The tiers of one matter as a sheet gives them, with the file they come from."""

    code: str
    tiers: tuple[DiscretionTier, ...]
    source: str
    row: SheetRow


def load_factors(home: Path | None = None) -> tuple[Factor, ...]:
    """Return the facts that conditions of tiers may turn on.

    Raises:
        DataFileError: the file is malformed.
    """
    path = overlay("statutes/tier_factors.toml", home)
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["factors"]
        return tuple(
            Factor(key=row["key"], label=row["label"], unit=row.get("unit", "")) for row in rows
        )
    except (ValueError, KeyError, TypeError) as error:
        message = f"文件“{path.name}”有误：{error}。"
        raise DataFileError(message, hint="每个因素写 key、label，有单位的写 unit。") from error


def read_tiers(
    tables: Iterable[SheetTable], factors: tuple[Factor, ...]
) -> tuple[tuple[TierSet, ...], tuple[RowFault, ...]]:
    """Return the tiers by matter in the order of the sheet, and what could not be read."""
    found: dict[str, list[DiscretionTier]] = {}
    rows: dict[str, SheetRow] = {}
    faults: list[RowFault] = []
    for table in tables:
        for row in table.rows:
            key = "code"
            try:
                code = read_code(row.values.get("code"))
                key = "fine"
                tier = _tier(row, factors)
            except CellFaultError as error:
                faults.append(fault_at(row, key, error))
                continue
            found.setdefault(code, []).append(tier)
            rows.setdefault(code, row)
    sets = tuple(
        TierSet(code=code, tiers=tuple(tiers), source=rows[code].text("source"), row=rows[code])
        for code, tiers in found.items()
    )
    return sets, tuple(faults)


def _tier(row: SheetRow, factors: tuple[Factor, ...]) -> DiscretionTier:
    name, condition = _named(str(row.values.get("condition") or ""))
    ranges = read_ranges(row.values.get("fine"), _ANY)
    if len(ranges) != 1:
        message = "没有填写裁量幅度" if not ranges else "一个阶次只能有一个幅度"
        raise CellFaultError(message, "请写作 10万元以上20万元以下。")
    return DiscretionTier(
        name=name,
        condition=condition,
        fine_min=ranges[0].fine_min,
        fine_max=ranges[0].fine_max,
        alternatives=conditions_in(condition, factors),
    )


def _named(text: str) -> tuple[str, str]:
    whole = unicodedata.normalize("NFKC", text).strip()
    match = _HEAD.match(whole)
    if match is not None:
        return match["name"].strip(), plain(match["condition"])
    named = next((n for n in sorted(_TIER_NAMES, key=len)[::-1] if whole.startswith(n)), "")
    return named or "未命名", plain(whole.removeprefix(named))


def conditions_in(text: str, factors: tuple[Factor, ...]) -> Alternatives:
    """Return a condition as a machine can test it; empty where it can only be read by a person.

    以上 and 以下 include the number, 不足, 不满 and 超过 do not (民法典§1259).
    """
    written = re.sub(r"[;,。的\s]", "", unicodedata.normalize("NFKC", text).replace("或者", "或"))
    for factor in factors:
        written = _compared(written, factor)
    try:
        return parse_conditions(written, factors)
    except ValueError:
        return ()


def _compared(text: str, factor: Factor) -> str:
    label, unit = re.escape(factor.label), re.escape(factor.unit)
    if not factor.unit:
        return re.sub(rf"(?:^|(?<=[或且])){label}(?=$|或|且)", f"{factor.label}=是", text)
    low, high = rf"{_NUMBER}{unit}以上", rf"(不足|不满|至)?{_NUMBER}{unit}(以下)?"
    text = re.sub(
        rf"{label}(?:在)?{low}{high}",
        lambda m: (
            f"{factor.label}>={m[1]}且{factor.label}"
            f"{'<' if m[2] in {'不足', '不满'} else '<='}{m[3]}"
        ),
        text,
    )
    text = re.sub(rf"{label}(?:在)?(?:不足|不满){_NUMBER}{unit}", rf"{factor.label}<\1", text)
    text = re.sub(rf"{label}(?:在)?超过{_NUMBER}{unit}", rf"{factor.label}>\1", text)
    text = re.sub(rf"{label}(?:在)?{low}", rf"{factor.label}>=\1", text)
    return re.sub(rf"{label}(?:在)?{_NUMBER}{unit}以下", rf"{factor.label}<=\1", text)
