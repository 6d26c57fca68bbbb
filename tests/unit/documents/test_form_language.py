"""The form language: lines, tables, cells, inline marks."""

import pytest

from tests.form_samples import make_form
from workstation.documents.form_language import (
    CellPart,
    InlinePiece,
    Line,
    RowSource,
    Statement,
    TableSource,
    parse_body,
    parse_inline,
    split_columns,
)
from workstation.documents.forms import FormSourceError


def table(*rows: str, options: str = "widths=1,1,2") -> TableSource:
    body = "\n".join((f"#table {options}", *rows, "#end"))
    found = parse_body(make_form(body))[0]
    assert isinstance(found, TableSource)
    return found


def row(text: str) -> RowSource:
    found = table(text).rows[0]
    assert isinstance(found, RowSource)
    return found


def test_lines_statements_and_comments() -> None:
    body = "#title 决定书\n\n{# 备注 #}\n{% if f.a %}\n#p 甲 | 乙\n{% endif %}{% if f.b %}\n#gap"

    blocks = parse_body(make_form(body, "a", "b"))

    assert blocks == (
        Line(number=15, kind="title", text="决定书"),
        Statement(number=18, text="{% if f.a %}"),
        Line(number=19, kind="p", text="甲 | 乙"),
        Statement(number=20, text="{% endif %}{% if f.b %}"),
        Line(number=21, kind="gap", text="1"),
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("正文", "须以 #种类 开头"),
        ("#pp 正文", "没有“#pp”这种行"),
        ("#gap 一行", "行数"),
        ("#picture 照片", "{{ 图片 }}"),
        ("#table size=12\n甲\n#end", "widths"),
        ("#table widths=1,x\n甲 | 乙\n#end", "数字"),
        ("#table widths=1,1 colour=red\n甲 | 乙\n#end", "不认识选项“colour=red”"),
        ("#table widths=1,1\n甲 | 乙", "缺少 #end"),
    ],
)
def test_a_fault_in_the_body_names_its_line(body: str, problem: str) -> None:
    with pytest.raises(FormSourceError) as caught:
        parse_body(make_form(body))

    assert "样张.form 第7行" in caught.value.message
    assert problem in caught.value.message


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(FormSourceError, match="第8行：本行占 2 列，表格有 3 列"):
        table("甲 | 乙")


def test_a_line_mark_inside_a_table_is_refused() -> None:
    with pytest.raises(FormSourceError, match="是否漏写 #end"):
        table("#p 甲")


def test_table_options() -> None:
    found = table("a | b | c", options="widths=1,1,2 size=12 lead=22.5 header=1 borders=none")

    assert (found.widths, found.size, found.lead) == ((1, 1, 2), 12, 22.5)
    assert (found.header_rows, found.borders) == (1, False)


def test_statements_in_a_table_govern_rows() -> None:
    found = table("{% for x in f.rows %}", "a | b | c", "", "{# 注 #}", "{% endfor %}")

    kinds = [type(entry) for entry in found.rows]

    assert kinds == [Statement, RowSource, Statement]


def test_spans_and_merges_take_their_columns() -> None:
    cells = row("^ | 文字 <").cells

    assert [(cell.column, cell.span, cell.merged) for cell in cells] == [
        (0, 1, True),
        (1, 2, False),
    ]


def test_a_cell_may_span_three_columns() -> None:
    cells = row(">{{ f.a }} < <").cells

    assert (cells[0].span, cells[0].left) == (3, True)


def test_a_height_stands_before_the_cells() -> None:
    assert row("!60.5 a | b | c").height == 60.5


def test_paragraphs_and_signatures_of_a_cell() -> None:
    cell = row(">同意。 // 理由 @@ 签名 // 日期 < <").cells[0]

    assert cell.parts == (
        CellPart(text="同意。"),
        CellPart(text="理由"),
        CellPart(text="签名", signature=True),
        CellPart(text="日期", signature=True),
    )


def test_an_address_with_slashes_is_one_paragraph() -> None:
    assert len(row("https://example.invalid < <").cells[0].parts) == 1


def test_bars_inside_tags_part_no_columns() -> None:
    assert split_columns("甲 | {{ f.a | join(' | ') }} |  | 乙") == [
        "甲",
        "{{ f.a | join(' | ') }}",
        "",
        "乙",
    ]


def test_inline_marks() -> None:
    pieces = parse_inline("由**{{ a ** 2 }}乙**和__{{ f.x|money }}|8__及__|4__。")

    assert pieces == (
        InlinePiece(text="由"),
        InlinePiece(text="{{ a ** 2 }}乙", emphasis=True),
        InlinePiece(text="和"),
        InlinePiece(text="{{ f.x|money }}", blank=8),
        InlinePiece(text="及"),
        InlinePiece(text="", blank=4),
        InlinePiece(text="。"),
    )
