"""The list to fill in for a batch: a column for every field of the forms chosen."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from workstation.documents.forms import FieldDefinition, FieldType, FormDefinition
from workstation.operations.matter_lists.columns import heading_key
from workstation.operations.matter_lists.templates import save_book, wrap_cells, write_headings
from workstation.operations.print_batches.lists import CASE_COLUMN, PAPER_COLUMN

_RULES = (
    "一、一行一份文书。案号写全称；文书写代号（D51）或者全称，第二份写 D51-2。",
    "二、已经制发的文书，只写案号和文书，其余各格留空：照制发时的原样、按规定的份数打印。",
    "三、没有制发的文书按草稿打印（带草稿字样，各一份）；留空的格子由案件中的内容填写。",
    "四、列的顺序不限，用不到的列可以删去；列名就是文书中的栏目名称。",
    "五、有错误的行不打印，列出单元格、原因和改法；其余各行照常打印。",
)
_KINDS = {
    FieldType.TEXT: "文字",
    FieldType.LONG_TEXT: "文字，可以分段",
    FieldType.DATE: "日期，如 2026-10-15",
    FieldType.DATE_TIME: "日期和时分，如 2026-10-15 09:30",
    FieldType.MONEY: "金额，如 100000",
    FieldType.NUMBER: "数字",
    FieldType.REFERENCE: "法条，如 行政处罚法§57§1",
    FieldType.FLAG: "是、否",
    FieldType.ATTACHMENTS: "一行一项",
}


def write_batch_template(
    path: Path, forms: Sequence[FormDefinition], case_numbers: Sequence[str] = ()
) -> Path:
    """Write the list to fill in, with a row for every case number and form.

    Tables within a form (``ROWS``) are filled from the case and have no column.

    Raises:
        ListNotWritableError: the file can't be written.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "批量打印"
    labels: dict[str, str] = {}
    for form in forms:
        for field in _columns(form):
            labels.setdefault(heading_key(field.label), field.label)
    headings = (f"{CASE_COLUMN.heading}*", f"{PAPER_COLUMN.heading}*", *labels.values())
    write_headings(sheet, headings, (30, 10, *(20 for _ in labels)))
    for number in case_numbers:
        for form in forms:
            sheet.append((number, form.id))
    _explain(book.create_sheet("填写说明"), forms)
    return save_book(book, path)


def _columns(form: FormDefinition) -> list[FieldDefinition]:
    taken = {CASE_COLUMN.heading, PAPER_COLUMN.heading}
    return [
        field
        for field in form.fields
        if field.type is not FieldType.ROWS and heading_key(field.label) not in taken
    ]


def _explain(sheet: Any, forms: Sequence[FormDefinition]) -> None:
    for rule in _RULES:
        sheet.append((rule,))
    sheet.append(())
    sheet.append(("文书", "列名", "必填", "怎样填", "说明"))
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for form in forms:
        for field in _columns(form):
            needed = "必填" if field.required else ""
            if field.required and field.default:
                needed = "必填，案件中有的可留空"
            how = "、".join(field.choices) or _KINDS.get(field.type, "")
            sheet.append((f"{form.id} {form.title}", field.label, needed, how, field.help))
    for letter, width in zip("ABCDE", (34, 26, 24, 50, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    wrap_cells(sheet)
    for row in range(1, len(_RULES) + 1):
        sheet.merge_cells(f"A{row}:E{row}")
