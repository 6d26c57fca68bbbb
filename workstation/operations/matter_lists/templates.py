"""Workbooks the program writes: the template of a list, and faults to hand back."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from workstation.errors import InvalidInputError
from workstation.operations.matter_lists.columns import MATTER_COLUMNS, TIER_COLUMNS, Column
from workstation.operations.matter_lists.faults import RowFault
from workstation.operations.matter_lists.reading import NOTICE_SHEET

_HEAD = PatternFill("solid", fgColor="DCE6F2")
_WIDE = frozenset({"name", "violated", "penalty", "condition", "explanation", "message", "fix"})
_CHOICES = {
    "authority": "法定,相对集中,赋权,委托",
    "precondition": "逾期不改正,拒不改正",
    "summary": "是,否",
    "hearing": "是,否",
    "major": "是,否",
    "change": "新增,变更,取消",
}
_ROWS_WITH_CHOICES = 5000
_NOTICE_ROWS = (
    ("文号", "", "通告的文号，如 龙屿政发〔2026〕8号"),
    ("名称", "", "通告的全称"),
    ("清单类型", "", "统一目录、扩展目录、赋权清单等"),
    ("公布日期", "", "如 2026-07-15"),
    ("施行日期", "", "如 2026-08-15；各行另写生效日期的，以各行为准"),
    ("导入方式", "调整", "整单：表中没有的事项随之取消；调整：只动表中所列"),
)
_RULES = (
    "一、一个文件要么全部导入，要么一条都不导入；有错误的，列出单元格、原因和改法。",
    "二、带 * 的列必填。列的顺序不限，可以删去不用的列；合并的表头、空行、全角数字可以照读。",
    "三、法规写全称和条款项；本机法规库中有文本的，逐条核对是否存在，已废止的给出提示。",
    (
        "四、幅度写法：10万元以上100万元以下；违法所得1倍以上3倍以下；货值金额2%以上4%以下；"
        "每车500元以上2000元以下。分条件的写“拒不改正：5000元以上2万元以下”，多档用“；”分开。"
    ),
    "五、裁量阶次表按浙江公布的格式；一行一个阶次。",
)


class ListNotWritableError(InvalidInputError):
    """A workbook could not be written."""

    code = "list_not_writable"


def write_template(path: Path) -> Path:
    """Write the workbook to fill in: the list, the tiers, the notice, and how to fill them in.

    Raises:
        ListNotWritableError: the file can't be written.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "事项清单"
    _fill_template(sheet, MATTER_COLUMNS)
    _fill_template(book.create_sheet("裁量阶次"), TIER_COLUMNS)
    notice: Any = book.create_sheet(NOTICE_SHEET)
    for row in _NOTICE_ROWS:
        notice.append(row)
    for column, width in zip("ABC", (14, 40, 60), strict=True):
        notice.column_dimensions[column].width = width
    _explain(book.create_sheet("填写说明"))
    return save_book(book, path)


def write_faults(path: Path, faults: Iterable[RowFault], title: str = "导入错误") -> Path:
    """Write the faults of a list as a workbook to hand back to whoever made the list.

    Raises:
        ListNotWritableError: the file can't be written.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    write_headings(sheet, ("工作表", "单元格", "所填内容", "问题", "改法"), (16, 10, 30, 60, 60))
    for found in faults:
        sheet.append((found.sheet, found.cell, found.value, found.message, found.fix))
    wrap_cells(sheet)
    return save_book(book, path)


def _fill_template(sheet: Any, columns: tuple[Column, ...]) -> None:
    headings = tuple(c.heading + ("*" if c.required else "") for c in columns)
    write_headings(sheet, headings, tuple(36 if c.key in _WIDE else 16 for c in columns))
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        if column.key == "code":
            for row in range(2, 200):
                sheet[f"{letter}{row}"].number_format = "@"
        if column.key in _CHOICES:
            choices = DataValidation(type="list", formula1=f'"{_CHOICES[column.key]}"')
            choices.add(f"{letter}2:{letter}{_ROWS_WITH_CHOICES}")
            sheet.add_data_validation(choices)


def _explain(sheet: Any) -> None:
    for rule in _RULES:
        sheet.append((rule,))
    sheet.append(())
    first = sheet.max_row + 1
    sheet.append(("列名", "必填", "怎样填", "例"))
    for cell in sheet[first]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    for title, columns in (("事项清单", MATTER_COLUMNS), ("裁量阶次", TIER_COLUMNS)):
        for column in columns:
            needed = "必填" if column.required else ""
            name = f"{title}·{column.heading}"
            sheet.append((name, needed, column.explanation, column.example))
    for letter, width in zip("ABCD", (26, 8, 80, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    wrap_cells(sheet)
    for row in range(1, first - 1):
        sheet.merge_cells(f"A{row}:D{row}")


def write_headings(sheet: Any, headings: tuple[str, ...], widths: tuple[int, ...]) -> None:
    """Write the first row of an empty sheet; ``widths`` are in characters."""
    sheet.append(headings)
    for number, (cell, width) in enumerate(zip(sheet[1], widths, strict=True), start=1):
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"


def wrap_cells(sheet: Any) -> None:
    """Let the text of every cell run over several lines."""
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def save_book(book: Workbook, path: Path) -> Path:
    """Write a workbook, its folder too where there is none.

    Raises:
        ListNotWritableError: the file can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
    except OSError as error:
        message = f"写不了文件“{path}”：{error.strerror}。"
        raise ListNotWritableError(
            message, hint="请关闭已打开的同名文件，或换一个位置。"
        ) from error
    return path
