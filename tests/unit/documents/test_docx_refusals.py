"""What the reader refuses, with its place; sections and footers of a document."""

import pytest

from tests.form_samples import (
    document_of,
    paragraph_of,
    run_of,
    table_of,
    texts,
)
from tests.unit.documents.docx_contents import (
    read,
    refusal,
    row_of,
)
from workstation.documents.docx_faults import UnsupportedDocxError
from workstation.documents.docx_package import DamagedDocxError, DocxPackage, open_package
from workstation.documents.docx_reader import read_docx, read_package


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
