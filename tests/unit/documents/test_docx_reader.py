"""The reader: what it takes from a .docx, and what it refuses with its place."""

import pytest

from tests.form_samples import (
    EXACT,
    document_of,
    model_of,
    paragraph_of,
    paragraphs,
    run_of,
    table_of,
    texts,
)
from tests.unit.documents.docx_contents import (
    FANG,
    first,
    read,
    row_of,
    style_sheet,
    table,
)
from workstation.documents.blocks import (
    Align,
    PageField,
    PageFieldRun,
    Paragraph,
    TabAlign,
    Table,
    TabLeader,
    TabStop,
    TextRun,
    VerticalAlign,
)
from workstation.documents.docx_reader import faults_of
from workstation.documents.fonts import FontStyle


def _look(run: object) -> tuple[FontStyle, float]:
    assert isinstance(run, TextRun)
    return run.style.font, run.style.size


def test_run_properties() -> None:
    properties = f'{FANG}<w:u w:val="single"/><w:spacing w:val="-10"/>'

    run = first(paragraph_of(run_of("甲", properties))).runs[0]

    assert isinstance(run, TextRun)
    assert (run.style.font, run.style.size) == (FontStyle.FANG, 16.0)
    assert (run.style.underline, run.style.spacing) == (True, -0.5)


def test_runs_alike_become_one() -> None:
    content = run_of("甲", FANG) + "<w:proofErr/>" + run_of("乙", FANG)

    assert [run.text for run in first(paragraph_of(content)).runs] == ["甲乙"]  # type: ignore[union-attr]


def test_paragraph_properties() -> None:
    properties = (
        '<w:pPr><w:keepNext/><w:pageBreakBefore w:val="0"/>'
        '<w:spacing w:before="100" w:after="60" w:line="560" w:lineRule="atLeast"/>'
        '<w:ind w:left="400" w:right="200" w:hanging="320"/><w:jc w:val="right"/></w:pPr>'
    )

    found = first(paragraph_of("", properties))

    assert (found.space_before, found.space_after, found.leading) == (5.0, 3.0, 28.0)
    assert (found.left_indent, found.right_indent, found.first_line_indent) == (20.0, 10.0, -16.0)
    assert (found.keep_next, found.page_break_before, found.align) == (True, False, Align.RIGHT)


def test_an_indent_in_characters_follows_the_size() -> None:
    properties = EXACT.replace("</w:pPr>", '<w:ind w:firstLineChars="200"/></w:pPr>')

    assert first(paragraph_of("", properties)).first_line_indent == 32.0


def test_tabs_and_line_breaks_are_characters() -> None:
    content = run_of("甲") + "<w:r><w:tab/><w:br/></w:r>" + run_of("乙")

    assert first(paragraph_of(content)).text == "甲\t\n乙"


def test_tab_stops_add_to_those_of_the_style() -> None:
    style = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr><w:tabs>'
        '<w:tab w:val="left" w:pos="200"/><w:tab w:val="left" w:pos="400"/>'
        "</w:tabs></w:pPr></w:style>"
    )
    own = '<w:tab w:val="clear" w:pos="200"/><w:tab w:val="right" w:leader="dot" w:pos="800"/>'
    properties = EXACT.replace("<w:pPr>", f"<w:pPr><w:tabs>{own}</w:tabs>")

    found = first(paragraph_of("", properties), styles=style_sheet(style))

    assert found.tab_stops == (
        TabStop(20.0),
        TabStop(40.0, TabAlign.RIGHT, TabLeader.DOTS),
    )


def test_every_fault_is_gathered_with_its_place() -> None:
    content = paragraph_of(run_of("甲", "<w:b/>") + run_of("乙", "<w:i/>"))
    content += table_of(
        row_of("<w:tcPr><w:tcMar/></w:tcPr>", paragraph_of(run_of("丙", "<w:b/>")))
    )

    found = faults_of(document_of(content))

    assert [(fault.place, fault.what) for fault in found] == [
        ("第1段", "加粗"),
        ("第1段", "倾斜"),
        ("第1个表格第1行第1格", "单元格单独边距"),
        ("第1个表格第1行第2格", "加粗"),
    ]


def test_styles_are_inherited() -> None:
    sheet = style_sheet(
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:pPr>'
        '<w:spacing w:line="400" w:lineRule="exact"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/>'
        '<w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>'
    )

    plain = first(paragraph_of(run_of("甲"), ""), styles=sheet)
    named = first(paragraph_of(run_of("甲"), '<w:pPr><w:pStyle w:val="b"/></w:pPr>'), styles=sheet)

    assert (plain.leading, plain.align) == (20.0, Align.JUSTIFY)
    assert [_look(run) for run in (*plain.runs, *named.runs)] == [
        (FontStyle.SONG, 12.0),
        (FontStyle.HEI, 12.0),
    ]


def test_a_style_based_on_itself_is_no_trap() -> None:
    sheet = style_sheet(
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/>'
        '<w:pPr><w:spacing w:line="400" w:lineRule="exact"/></w:pPr></w:style>'
    )

    found = first(paragraph_of("", '<w:pPr><w:pStyle w:val="a"/></w:pPr>'), styles=sheet)

    assert found.leading == 20.0


def test_a_page_break_in_the_text_parts_the_paragraph() -> None:
    content = run_of("甲") + '<w:r><w:br w:type="page"/></w:r>' + run_of("乙")

    found = list(paragraphs(read(paragraph_of(content))))

    assert [(p.text, p.page_break_before) for p in found] == [("甲", False), ("乙", True)]


@pytest.mark.parametrize(
    "content",
    [
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>',
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE \\* MERGEFORMAT'
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t>'
            '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
    ],
)
def test_page_fields_in_both_writings(content: str) -> None:
    runs = first(paragraph_of(content)).runs

    assert [run.kind for run in runs if isinstance(run, PageFieldRun)] == [PageField.PAGE]
    assert len(runs) == 1


def test_wrappers_are_transparent() -> None:
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{run_of('甲')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{paragraph_of(inner)}</w:sdtContent></w:sdt>"

    assert texts(read(block + paragraph_of(f"<w:hyperlink>{run_of('乙')}</w:hyperlink>"))) == [
        "甲",
        "乙",
    ]


def test_bookmarks_that_are_not_ours_name_no_field() -> None:
    marked = f'<w:bookmarkStart w:id="0" w:name="_GoBack"/>{run_of("甲")}<w:bookmarkEnd w:id="0"/>'

    run = first(paragraph_of(marked)).runs[0]

    assert isinstance(run, TextRun)
    assert run.field == ""


def test_a_ruled_paragraph_is_known_by_style_or_border() -> None:
    border = EXACT.replace("<w:spacing", '<w:pBdr><w:bottom w:val="single"/></w:pBdr><w:spacing')
    assert first(paragraph_of("", border)).ruled

    blocks = model_of("#title 甲\n#p 乙\n#rule", "record").blocks

    assert [block.ruled for block in blocks if isinstance(block, Paragraph)] == [False, True, True]


def test_merged_cells_and_row_properties() -> None:
    rows = row_of(
        '<w:tcPr><w:vMerge w:val="restart"/><w:vAlign w:val="bottom"/></w:tcPr>',
        "",
        properties='<w:trPr><w:cantSplit/><w:trHeight w:val="400"/><w:tblHeader/></w:trPr>',
    ) + row_of("<w:tcPr><w:vMerge/></w:tcPr>", "")

    found = table(rows)

    top = found.rows[0]
    assert (top.height, top.repeats_as_header, top.can_split) == (20.0, True, False)
    assert (top.cells[0].row_span, top.cells[0].vertical_align) == (2, VerticalAlign.BOTTOM)
    assert [cell.column for cell in found.rows[1].cells] == [1]


def test_a_merge_without_a_beginning_is_a_cell_of_its_own() -> None:
    found = table(row_of("<w:tcPr><w:vMerge/></w:tcPr>", ""))

    assert [cell.row_span for cell in found.rows[0].cells] == [1, 1]


def test_borders_of_table_and_cell() -> None:
    lines = "".join(
        f'<w:{side} w:val="{value}" w:sz="8"/>'
        for side, value in (("top", "single"), ("left", "nil"), ("insideH", "single"))
    )
    own = '<w:tcPr><w:tcBorders><w:right w:val="single" w:sz="12"/></w:tcBorders></w:tcPr>'

    found = table(row_of(own, "") + row_of("", ""), 2, f"<w:tblBorders>{lines}</w:tblBorders>")

    upper, lower = found.rows[0].cells[0].borders, found.rows[1].cells[0].borders
    assert (upper.top, upper.left, upper.bottom, upper.right) == (1.0, 0.0, 1.0, 1.5)
    assert (lower.top, lower.bottom) == (1.0, 0.0)


def test_borders_of_a_table_style() -> None:
    sheet = style_sheet(
        '<w:style w:type="table" w:styleId="g"><w:tblPr><w:tblBorders>'
        '<w:top w:val="single" w:sz="4"/></w:tblBorders></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="h"><w:basedOn w:val="g"/></w:style>'
    )
    content = table_of(row_of("", ""), 2, '<w:tblStyle w:val="h"/>')

    found = read(content, styles=sheet).blocks[0]

    assert isinstance(found, Table)
    assert found.rows[0].cells[0].borders.top == 0.5


@pytest.mark.parametrize(
    ("properties", "indent"),
    [
        ('<w:tblInd w:w="200" w:type="dxa"/>', 10.0),
        ('<w:jc w:val="center"/>', 124.25),
        ('<w:jc w:val="right"/>', 248.5),
        ("", 0.0),
    ],
)
def test_place_of_a_table(properties: str, indent: float) -> None:
    assert table(row_of("", ""), 2, properties).left_indent == pytest.approx(indent)


def test_padding_of_cells() -> None:
    margins = '<w:tblCellMar><w:left w:w="80"/><w:right w:w="80"/></w:tblCellMar>'

    assert table(row_of("", ""), 2, margins).padding == 4.0
    assert table(row_of("", "")).padding == 5.4
