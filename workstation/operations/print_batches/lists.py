"""Reading a list of papers to print: one row a paper, its case, its form, what to fill in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from workstation.documents.forms import FieldType, FormCatalogue, FormDefinition
from workstation.operations.matter_lists.cells import CellValue, plain
from workstation.operations.matter_lists.columns import Column, heading_key
from workstation.operations.matter_lists.faults import RowFault, fault
from workstation.operations.matter_lists.sheets import ListFileError, SheetRow, Workbook

CASE, PAPER = "case", "paper"
_MARKS = frozenset({CASE, PAPER})
_PAPER_KEY = re.compile(r"^(D\d{2,3})(?:-([1-9]\d{0,2}))?$")
CASE_COLUMN = Column(
    key=CASE,
    heading="案号",
    aliases=("立案号", "案件编号"),
    required=True,
    explanation="立案号；还没有立案的，写案源编号。",
)
PAPER_COLUMN = Column(
    key=PAPER,
    heading="文书",
    aliases=("文书代号", "文书编号"),
    required=True,
    explanation="文书代号或者全称，如 D51；第二份写 D51-2。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One row: which paper of which case; ``values`` and ``columns`` go by field name."""

    row: SheetRow
    case: str
    form: FormDefinition
    occurrence: int
    values: Mapping[str, Any]
    columns: Mapping[str, str]

    def fault(self, name: str, message: str, fix: str) -> RowFault:
        """Return a fault of a field, in its cell or where the list lacks it in that of 文书."""
        return fault(self.row, self.columns.get(name, PAPER), message, fix)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchList:
    """A list as read; ``faults`` are of rows that name no paper, ``notes`` of unread columns."""

    name: str
    rows: tuple[BatchRow, ...]
    faults: tuple[RowFault, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())


def read_batch(path: Path, forms: FormCatalogue) -> BatchList:
    """Read a list (.xlsx, .csv); columns beside 案号 and 文书 are headed by labels of fields.

    Raises:
        ListFileError: it can't be read, or has no table with 案号 and 文书.
    """
    tables = Workbook(path).tables(_columns(forms), _MARKS, at_least=len(_MARKS))
    if not tables:
        message = f"文件“{path.name}”中没有找到表头“案号”“文书”。"
        raise ListFileError(
            message, hint="第一行写列名，至少有“案号”“文书”两列；可先导出清单模板，按模板填写。"
        )
    titles = {form.title: form.id for form in forms}
    rows: list[BatchRow] = []
    faults: list[RowFault] = []
    for row in (row for table in tables for row in table.rows):
        found = list(_row_faults(row, forms, titles))
        faults += found
        if not found:
            rows.append(_row(row, forms, titles))
    return BatchList(
        name=path.stem,
        rows=tuple(rows),
        faults=tuple(faults),
        notes=tuple(
            f"工作表“{table.sheet}”的{'、'.join(table.unread)}不是任何文书的栏目，未读取。"
            for table in tables
            if table.unread
        ),
    )


def _columns(forms: FormCatalogue) -> tuple[Column, ...]:
    """Return the two columns that say what to print, and one for every label and field name."""
    taken = {heading_key(n) for c in (CASE_COLUMN, PAPER_COLUMN) for n in (c.heading, *c.aliases)}
    headings: dict[str, Column] = {}
    for form in forms:
        for each in form.fields:
            for text in (each.label, each.name):
                key = heading_key(text)
                if key not in taken:
                    headings.setdefault(key, Column(key=key, heading=text, explanation=""))
    return CASE_COLUMN, PAPER_COLUMN, *headings.values()


def _row_faults(
    row: SheetRow, forms: FormCatalogue, titles: Mapping[str, str]
) -> Iterator[RowFault]:
    if not row.text(CASE):
        yield fault(row, CASE, "没有写案号", "请填写立案号；不打印的行请删去。")
    form = _form(row.text(PAPER), forms, titles)
    if form is None:
        shown = row.text(PAPER)
        message = f"没有“{shown}”这种文书" if shown else "没有写文书"
        yield fault(row, PAPER, message, "请填文书代号（如 D51、D51-2）或者文书全称。")
        return
    known = _names(form)
    for key, value in row.values.items():
        if key not in _MARKS and plain(value) and key not in known:
            message = f"《{form.title}》没有这一栏"
            yield fault(row, key, message, "请把这一格清空，或者核对列名。")


def _row(row: SheetRow, forms: FormCatalogue, titles: Mapping[str, str]) -> BatchRow:
    text = row.text(PAPER)
    form = _form(text, forms, titles)
    if form is None:
        raise ValueError(text)
    match = _PAPER_KEY.match(text.upper())
    names = _names(form)
    columns = {
        names[key]: key for key, value in row.values.items() if key not in _MARKS and plain(value)
    }
    kinds = {each.name: each.type for each in form.fields}
    return BatchRow(
        row=row,
        case=row.text(CASE),
        form=form,
        occurrence=int(match[2] or 1) if match else 1,
        values={name: _value(row.values[key], kinds[name]) for name, key in columns.items()},
        columns=columns,
    )


def _form(text: str, forms: FormCatalogue, titles: Mapping[str, str]) -> FormDefinition | None:
    match = _PAPER_KEY.match(text.upper())
    wanted = match[1] if match else titles.get(text.strip("《》"), "")
    return next((form for form in forms if form.id == wanted), None)


def _names(form: FormDefinition) -> dict[str, str]:
    """Return the field names of a form by the headings they may stand under."""
    by_name = {heading_key(each.name): each.name for each in form.fields}
    return by_name | {heading_key(each.label): each.name for each in form.fields}


def _value(value: CellValue, kind: FieldType) -> Any:
    """Return a cell as it would be typed: days and times as ISO text, line breaks kept."""
    if isinstance(value, datetime) and (kind is FieldType.DATE or value.time() == time()):
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else plain(value)
