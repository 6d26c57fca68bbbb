"""Compiled templates: every switch on every paragraph, real Word parts, equal bytes."""

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.form_samples import make_form
from workstation.documents.docx_package import DocxPackage
from workstation.documents.docx_template import build_template
from workstation.documents.forms import FormSourceError
from workstation.documents.presets import load_presets

PAGE = "#title 样张\n#p 正文**重点**\n#table widths=1,2 header=1\n甲 | 乙\n^ | >丙 @@ 签名\n#end"


def build(body: str, preset: str = "official", more: str = "") -> DocxPackage:
    return build_template(make_form(body, preset=preset, more=more), load_presets())


def open_word(body: str, preset: str = "official", more: str = "") -> Any:
    return docx.Document(io.BytesIO(build(body, preset, more).to_bytes()))


def table(body: str) -> Any:
    return open_word(body).tables[0]


@pytest.mark.parametrize("preset", ["official", "form", "record", "wide"])
def test_every_paragraph_carries_every_switch(preset: str) -> None:
    document = open_word(PAGE, preset)

    for element in document.element.body.iter(qn("w:p")):
        properties = element.find(qn("w:pPr"))
        switches = {
            name: properties.find(qn(f"w:{name}")).get(qn("w:val"))
            for name in ("kinsoku", "overflowPunct", "topLinePunct", "autoSpaceDE", "snapToGrid")
        }
        assert switches.pop("kinsoku") == "1"
        assert set(switches.values()) == {"0"}
        assert properties.find(qn("w:spacing")).get(qn("w:lineRule")) == "exact"


def test_every_run_names_one_family_for_all_scripts() -> None:
    document = open_word(PAGE)

    for fonts in document.element.body.iter(qn("w:rFonts")):
        names = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(names) == 1
        assert fonts.get(qn("w:hint")) == "eastAsia"


def test_emphasis_is_written_in_hei() -> None:
    runs = open_word("#p 正文**重点**").paragraphs[0].runs

    families = [run._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) for run in runs]

    assert families == ["仿宋_GB2312", "黑体"]


def test_equal_sources_give_equal_bytes() -> None:
    assert build(PAGE).to_bytes() == build(PAGE).to_bytes()


def test_the_title_is_in_the_properties() -> None:
    assert open_word(PAGE).core_properties.title == "样张"


def test_a_line_of_the_official_preset_holds_28_characters() -> None:
    section = open_word(PAGE).sections[0]

    width = section.page_width.pt - section.left_margin.pt - section.right_margin.pt

    assert 28 * 16 <= width < 28 * 16 + 1


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    document = open_word(PAGE)
    section = document.sections[0]

    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]

    assert document.settings.odd_and_even_pages_header_footer
    assert (str(odd.alignment), str(even.alignment)) == ("RIGHT (2)", "LEFT (0)")
    assert odd.text == even.text == "— 1 —"


def test_records_have_a_signature_line_above_the_page_number() -> None:
    footer = open_word(PAGE, "record", 'footer_text = "被询问人签名："\n').sections[0].footer

    assert [paragraph.text for paragraph in footer.paragraphs] == [
        "被询问人签名：",
        "第 1 页　共 1 页",
    ]


def test_columns_share_the_type_area_exactly() -> None:
    section = open_word(PAGE).sections[0]

    widths = [column.width for column in table("#table widths=1,1,1\na | b | c\n#end").columns]

    assert sum(widths) == section.page_width - section.left_margin - section.right_margin


def test_rows_stay_whole_and_headers_repeat() -> None:
    rows = table("#table widths=1,1 header=1\n甲 | 乙\n!60 丙 | 丁\n#end").rows

    properties = [row._tr.trPr for row in rows]

    assert all(p.find(qn("w:cantSplit")) is not None for p in properties)
    assert [p.find(qn("w:tblHeader")) is not None for p in properties] == [True, False]
    assert rows[1].height.pt == 60


def test_merged_cells() -> None:
    rows = table("#table widths=1,1,1\n甲 | 乙 <\n^ | 丙 | 丁\n#end").rows

    assert rows[0].cells[0]._tc is rows[1].cells[0]._tc
    assert rows[0].cells[1]._tc is rows[0].cells[2]._tc


def test_a_table_without_borders_has_none() -> None:
    borders = table("#table widths=1,1 borders=none\n甲 | 乙\n#end")._tbl.tblPr.find(
        qn("w:tblBorders")
    )

    assert {side.get(qn("w:val")) for side in borders} == {"nil"}


def test_text_in_narrow_cells_is_not_justified() -> None:
    cells = table("#table widths=1,4\n>甲 | >乙\n#end").rows[0].cells

    assert [str(cell.paragraphs[0].alignment) for cell in cells] == ["LEFT (0)", "JUSTIFY (3)"]


def test_a_signature_takes_the_text_before_it_along() -> None:
    paragraphs = open_word(
        "#p 一\n#p 二\n#gap 1\n{% if f %}\n#sign 甲 | 乙\n{% endif %}"
    ).paragraphs

    kept = [paragraph.paragraph_format.keep_with_next for paragraph in paragraphs[:6]]

    assert kept == [None, True, True, None, True, None]


def test_a_signature_after_a_table_keeps_nothing() -> None:
    document = open_word("#p 一\n#table widths=1\n甲\n#end\n#gap 1\n#sign 甲")

    kept = [paragraph.paragraph_format.keep_with_next for paragraph in document.paragraphs]

    assert kept == [None, True, None]


def test_a_heading_stays_with_its_text() -> None:
    paragraphs = open_word("#h 一、事实\n#p 经查").paragraphs

    kept = [paragraph.paragraph_format.keep_with_next for paragraph in paragraphs]

    assert kept == [True, None]


def test_a_page_break_belongs_to_the_next_block() -> None:
    document = open_word("#p 一\n#pagebreak\n#p 二\n#pagebreak\n#table widths=1\n甲\n#end")

    broken = [paragraph.paragraph_format.page_break_before for paragraph in document.paragraphs]

    assert broken[:3] == [None, True, True]


def test_a_page_break_before_a_signature() -> None:
    paragraphs = open_word("#p 一\n#pagebreak\n#sign 甲 | 乙").paragraphs

    broken = [paragraph.paragraph_format.page_break_before for paragraph in paragraphs]

    assert broken == [None, True, None]


def test_signature_columns_share_a_line() -> None:
    cells = table("#signs 被询问人： | 年　月　日").rows[0].cells

    assert [cell.text for cell in cells] == ["被询问人：", "年　月　日"]


def test_a_cutting_line_fills_the_width() -> None:
    text = open_word("#cut 骑缝").paragraphs[0].text

    assert text.strip("－") == "　骑缝　"
    assert 38 <= len(text) <= 43


def test_blanks_are_underlined_and_padded_by_the_filter() -> None:
    runs = open_word("#p 姓名__{{ f.a }}|8__，__|3__").paragraphs[0].runs

    assert [run.text for run in runs] == [
        "姓名",
        "{{ (f.a)|blank(8) }}",
        "，",
        "{{ ''|blank(3) }}",
    ]
    assert [run.underline for run in runs] == [None, True, None, True]


def test_the_landscape_preset_turns_the_page() -> None:
    section = open_word(PAGE, "wide").sections[0]

    assert section.page_width > section.page_height


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(FormSourceError, match="没有名为“poster”的页面预设"):
        build(PAGE, "poster")


def test_neighbouring_tables_are_parted_where_one_has_a_heading() -> None:
    plain, headed = "#table widths=1\n甲\n#end\n", "#table widths=1 header=1\n乙\n丙\n#end\n"

    tags = [
        child.tag.rpartition("}")[2]
        for child in open_word(
            plain + plain + "{% if a %}\n" + headed + "{% endif %}\n" + plain
        ).element.body
    ]

    assert tags == ["tbl", "tbl", "p", "p", "tbl", "p", "p", "tbl", "p", "sectPr"]


def _kept(body: str, preset: str = "official") -> list[bool | None]:
    return [p.paragraph_format.keep_with_next for p in open_word(body, preset).paragraphs]


def test_a_note_under_a_signature_never_stands_alone() -> None:
    kept = _kept("#p 一\n#sign 甲 | 乙\n#gap 0.3\n#note 注")

    assert kept == [True, True, True, True, None]


def test_a_record_takes_its_lines_to_sign_along() -> None:
    kept = _kept("#p 一\n#p 属实。\n#gap 0.5\n#l 甲（签名）：\n#l 乙（签名）：\n#blank", "record")

    assert kept == [None, True, True, True, True, None]


def test_a_letter_keeps_its_salutation_with_whom_it_goes_to() -> None:
    kept = _kept("#p 特此申请。\n#p 此致\n#p0 某法院\n#p 附件")

    assert kept == [None, True, None, None]
