"""Reading a whole workbook: which notice it carries out, its matters, its tiers, its faults."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workstation.domain.tier_conditions import Factor
from workstation.errors import InvalidInputError
from workstation.operations.matter_lists.cells import (
    CellFaultError,
    CellValue,
    folded,
    plain,
    read_day,
)
from workstation.operations.matter_lists.columns import MATTER_COLUMNS, TIER_COLUMNS
from workstation.operations.matter_lists.faults import RowFault, fault
from workstation.operations.matter_lists.rows import ReadRow, RowDefaults, read_rows
from workstation.operations.matter_lists.sheets import ListFileError, SheetTable, Workbook
from workstation.operations.matter_lists.tier_sheets import TierSet, read_tiers

NOTICE_SHEET = "通告"
COMPLETE, ADJUSTMENT = "整单", "调整"
_MATTER_MARKS = frozenset({"code", "name"})
_TIER_MARKS = frozenset({"code", "condition", "fine"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOptions:
    """What the user says of the notice; what is left out is taken from the workbook."""

    number: str = ""
    title: str = ""
    list_kind: str = ""
    published: date | None = None
    effective: date | None = None
    complete: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeHead:
    """The notice that a workbook carries out; see :class:`MatterNotice`."""

    number: str
    title: str
    list_kind: str
    published: date | None
    effective: date
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """A workbook as read; ``faults`` hold what could not be, ``notes`` what was left out."""

    file_name: str
    file_sha256: str
    notice: NoticeHead
    rows: tuple[ReadRow, ...]
    tier_sets: tuple[TierSet, ...]
    faults: tuple[RowFault, ...]
    notes: tuple[str, ...]


def read_list(path: Path, options: NoticeOptions, factors: tuple[Factor, ...]) -> ReadList:
    """Read a workbook of matters, of tiers, or of both.

    Raises:
        ListFileError: it is no workbook, holds neither table, or a column is missing.
        InvalidInputError: the day of effect can't be read.
    """
    book = Workbook(path)
    tier_tables = book.tables(TIER_COLUMNS, _TIER_MARKS)
    tier_sheets = {table.sheet for table in tier_tables}
    tables = [
        table
        for table in book.tables(MATTER_COLUMNS, _MATTER_MARKS)
        if table.sheet not in tier_sheets
    ]
    _check_columns(path, tables, tier_tables)
    head = _notice(book, options, tables)
    defaults = RowDefaults(
        notice_number=head.number,
        notice_title=head.title,
        list_kind=head.list_kind,
        effective=head.effective,
    )
    rows, faults = read_rows((row for table in tables for row in table.rows), defaults)
    tier_sets, tier_faults = read_tiers(tier_tables, factors)
    return ReadList(
        file_name=path.name,
        file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        notice=head,
        rows=rows,
        tier_sets=tier_sets,
        faults=(*faults, *_twice(rows), *tier_faults),
        notes=tuple(
            f"工作表“{table.sheet}”的{'、'.join(table.unread)}没有对应的项目，未读取。"
            for table in (*tables, *tier_tables)
            if table.unread
        ),
    )


def _check_columns(path: Path, tables: list[SheetTable], tier_tables: list[SheetTable]) -> None:
    if not tables and not tier_tables:
        message = f"文件“{path.name}”中没有找到事项清单或者裁量阶次的表头。"
        raise ListFileError(
            message, hint="表头至少要有“事项编码”“事项名称”；可先导出模板，按模板整理。"
        )
    for table in (*tables, *tier_tables):
        if table.missing:
            names = "、".join(f"“{column.heading}”" for column in table.missing)
            message = f"工作表“{table.sheet}”缺少{names}这一列。"
            raise ListFileError(message, hint="请补上该列；列名见模板的“填写说明”。")


def _notice(book: Workbook, options: NoticeOptions, tables: list[SheetTable]) -> NoticeHead:
    stated = book.pairs(NOTICE_SHEET)
    named = {row.text("notice") for table in tables for row in table.rows} - {""}
    from_rows = next(iter(named)) if len(named) == 1 else ""
    number = options.number or plain(stated.get("文号")) or from_rows or f"文件“{book.name}”"
    complete = options.complete
    if complete is None:
        complete = COMPLETE in folded(stated.get("导入方式"))
    return NoticeHead(
        number=number,
        title=options.title or plain(stated.get("名称")) or number,
        list_kind=options.list_kind or plain(stated.get("清单类型")),
        published=options.published or _day(stated.get("公布日期"), "公布日期"),
        effective=(
            options.effective
            or _day(stated.get("施行日期"), "施行日期")
            or _first_day(tables)
            or date.today()
        ),
        complete=complete,
    )


def _day(value: CellValue, what: str) -> date | None:
    try:
        return read_day(value)
    except CellFaultError as error:
        message = f"“{NOTICE_SHEET}”表的{what}：{error.args[0]}。"
        raise InvalidInputError(message, hint=error.fix) from error


def _first_day(tables: list[SheetTable]) -> date | None:
    days = []
    for table in tables:
        for row in table.rows:
            try:
                day = read_day(row.values.get("valid_from"))
            except CellFaultError:
                continue
            if day is not None:
                days.append(day)
    return min(days, default=None)


def _twice(rows: Iterable[ReadRow]) -> list[RowFault]:
    seen: dict[str, list[ReadRow]] = {}
    found = []
    for read in rows:
        earlier = next((e for e in seen.get(read.code, []) if _overlap(e, read)), None)
        if earlier is not None:
            found.append(
                fault(
                    read.row,
                    "code",
                    f"编码与第{earlier.row.number}行重复",
                    "同一编码同一时间只能有一行；是新旧版本的，请写明各自的起止日期。",
                )
            )
        seen.setdefault(read.code, []).append(read)
    return found


def _overlap(one: ReadRow, other: ReadRow) -> bool:
    if one.matter is None or other.matter is None:
        return True
    a, b = one.matter, other.matter
    return a.valid_from <= (b.valid_to or date.max) and b.valid_from <= (a.valid_to or date.max)
