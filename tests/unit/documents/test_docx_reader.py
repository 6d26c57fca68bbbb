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
from workstation.documents.blocks import (
    Align,
    DocumentModel,
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
from workstation.documents.docx_faults import UnsupportedDocxError
from workstation.documents.docx_package import WORD, DamagedDocxError, DocxPackage, open_package
from workstation.documents.docx_reader import faults_of, read_docx, read_package
from workstation.documents.fonts import FontStyle

FANG = '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>'


def read(content: str, **parts: bytes) -> DocumentModel:
    return read_package(document_of(content, **parts))


def first(content: str, **parts: bytes) -> Paragraph:
    return next(paragraphs(read(content, **parts)))


def refusal(content: str, **parts: bytes) -> str:
    with pytest.raises(UnsupportedDocxError) as caught:
        read(content, **parts)
    return caught.value.message


def style_sheet(content: str) -> bytes:
    return f'<w:styles xmlns:w="{WORD}">{content}</w:styles>'.encode()


def row_of(*cells: str, properties: str = "") -> str:
    content = "".join(f"<w:tc>{cell}{paragraph_of('')}</w:tc>" for cell in cells)
    return f"<w:tr>{properties}{content}</w:tr>"


def _look(run: object) -> tuple[FontStyle, float]:
    assert isinstance(run, TextRun)
    return run.style.font, run.style.size


def table(content: str, columns: int = 2, properties: str = "") -> Table:
    found = read(table_of(content, columns, properties)).blocks[0]
    assert isinstance(found, Table)
    return found


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


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (run_of("甲", "<w:b/>"), "第2段含有不支持的内容：加粗"),
        (run_of("甲", '<w:color w:val="FF0000"/>'), "彩色文字"),
        (run_of("甲", '<w:u w:val="double"/>'), "单线以外的下划线"),
        (run_of("甲", '<w:rFonts w:eastAsia="微软雅黑"/>'), "字体“微软雅黑”"),
        ('<w:r><w:br w:type="column"/></w:r>', "分栏符"),
        ("<w:r><w:ptab/></w:r>", "对齐制表符"),
        ("<w:ins><w:r/></w:ins>", "修订痕迹"),
        ("<w:r><w:drawing/></w:r>", "浮动的图片"),
        ("<w:r><w:unheard/></w:r>", "<unheard>"),
        ('<w:fldSimple w:instr="DATE"/>', "页码、页数以外的域（DATE）"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "没有结束的域"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="begin"/></w:r>',
            "嵌套",
        ),
    ],
)
def test_a_paragraph_outside_the_subset_is_refused(content: str, message: str) -> None:
    assert message in refusal(paragraph_of(run_of("前")) + paragraph_of(content))


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ('<w:spacing w:line="360" w:lineRule="auto"/>', "固定值、最小值以外的行距"),
        ("", "固定值、最小值以外的行距"),
        ("<w:numPr/>", "自动编号"),
        ('<w:jc w:val="distribute"/>', "对齐方式"),
        ('<w:pBdr><w:top w:val="single"/></w:pBdr>', "段落边框"),
        ('<w:tabs><w:tab w:val="decimal" w:pos="9"/></w:tabs>', "小数点或竖线制表位"),
        ('<w:spacing w:beforeAutospacing="1"/>', "自动的段前段后间距"),
        ("<w:sectPr/>", "分节符"),
    ],
)
def test_paragraph_properties_outside_the_subset_are_refused(
    properties: str, message: str
) -> None:
    assert message in refusal(paragraph_of("", f"<w:pPr>{properties}</w:pPr>"))


@pytest.mark.parametrize(
    "properties",
    ['<w:b w:val="0"/>', '<w:color w:val="auto"/>', '<w:position w:val="0"/>', "<w:noProof/>"],
)
def test_what_changes_nothing_is_ignored(properties: str) -> None:
    assert texts(read(paragraph_of(run_of("甲", properties)))) == ["甲"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (row_of("<w:tcPr><w:tcMar/></w:tcPr>", ""), "第1个表格第1行第1格含有不支持的内容：单元格"),
        (row_of("", "<w:tbl/>"), "第1个表格第1行第2格含有不支持的内容：嵌套表格"),
        ("<w:tr><w:sdt/></w:tr>", "<sdt>"),
        (row_of("", properties="<w:trPr><w:gridBefore/></w:trPr>"), "表格行首缩进"),
        (
            row_of("", properties='<w:trPr><w:trHeight w:val="9" w:hRule="exact"/></w:trPr>'),
            "固定值行高",
        ),
        (
            row_of('<w:tcPr><w:tcBorders><w:top w:val="double"/></w:tcBorders></w:tcPr>'),
            "单线以外的表格边框",
        ),
    ],
)
def test_a_table_outside_the_subset_is_refused(content: str, message: str) -> None:
    assert message in refusal(table_of(content))


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ("<w:tblpPr/>", "文字环绕的表格"),
        ('<w:tblCellMar><w:left w:w="80"/></w:tblCellMar>', "单元格边距"),
    ],
)
def test_table_properties_outside_the_subset_are_refused(properties: str, message: str) -> None:
    assert message in refusal(table_of(row_of("", ""), 2, properties))


def test_a_shape_between_paragraphs_is_refused() -> None:
    assert "第2段含有不支持的内容：图形或文本框" in refusal(
        paragraph_of("") + "<w:AlternateContent/>"
    )


def section_change(old: str, new: str) -> DocxPackage:
    package = document_of(paragraph_of(run_of("甲")))
    document = package.parts["word/document.xml"].decode()
    assert old in document
    return DocxPackage({**package.parts, "word/document.xml": document.replace(old, new).encode()})


def test_columns_of_text_are_refused() -> None:
    package = section_change("</w:sectPr>", '<w:cols w:num="2"/></w:sectPr>')

    with pytest.raises(UnsupportedDocxError, match="页面设置含有不支持的内容：分栏"):
        read_package(package)


def test_a_first_page_without_a_footer_of_its_own_has_none() -> None:
    footers = read_package(section_change("</w:sectPr>", "<w:titlePg/></w:sectPr>")).footers

    assert footers.of_page(1) == ()
    assert footers.of_page(3) == footers.default != ()


def test_a_header_is_read_like_a_footer() -> None:
    reference = '<w:headerReference w:type="default" r:id="rIdFooter1"/></w:sectPr>'

    model = read_package(section_change("</w:sectPr>", reference))

    assert model.headers.default == model.footers.default


@pytest.mark.parametrize("part", ["w:pgSz", "w:pgMar", "w:sectPr"])
def test_a_document_without_page_setup_is_refused(part: str) -> None:
    package = section_change(f"<{part}", "<w:other")
    document = package.parts["word/document.xml"].replace(f"</{part}>".encode(), b"</w:other>")

    with pytest.raises(DamagedDocxError):
        read_package(DocxPackage({**package.parts, "word/document.xml": document}))


def test_a_missing_footer_part_is_refused() -> None:
    package = document_of(paragraph_of(""))
    parts = {name: data for name, data in package.parts.items() if "footer1" not in name}

    with pytest.raises(DamagedDocxError, match="缺少页脚部分"):
        read_package(DocxPackage(parts))


def test_the_footer_of_even_pages_counts_only_when_switched_on() -> None:
    package = document_of(paragraph_of(""))
    off = package.parts["word/settings.xml"].replace(
        b"<w:evenAndOddHeaders/>", b'<w:evenAndOddHeaders w:val="0"/>'
    )

    model = read_package(DocxPackage({**package.parts, "word/settings.xml": off}))

    assert read_package(package).footers.even
    assert model.footers.even is None


def test_a_file_is_read_like_its_parts() -> None:
    package = document_of(paragraph_of(run_of("甲")))

    assert read_docx(package.to_bytes()) == read_package(open_package(package.to_bytes()))
