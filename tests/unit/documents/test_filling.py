"""Filling: values, statements, fields, pictures, and errors with their place."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.form_samples import PNG, fill, filler, make_form, model_of, texts
from workstation.documents.blocks import PictureRun, Table, TextRun
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage
from workstation.documents.docx_reader import read_package
from workstation.documents.forms import FormDefinition, TemplateError
from workstation.errors import InvalidInputError


def fields(body: str, **f: Any) -> list[tuple[str, str]]:
    model = model_of(body, **f)
    runs = [run for block in model.blocks if not isinstance(block, Table) for run in block.runs]
    return [(run.text, run.field) for run in runs if isinstance(run, TextRun)]


def refusal(body: str, *names: str, **f: Any) -> str:
    with pytest.raises(TemplateError) as caught:
        fill(make_form(body, *(names or f)), **f)
    return caught.value.message


def test_values_are_escaped() -> None:
    assert texts(model_of("#p {{ f.a }}", a="<甲> & “乙”")) == ["<甲> & “乙”"]


_XML_TEXT = st.characters(
    exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufffe\uffff"
)


@given(st.text(_XML_TEXT, min_size=1))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    model = model_of("#p 甲{{ f.a }}乙", a=text)

    assert "".join(texts(model)) == f"甲{text}乙"


def test_characters_that_xml_cannot_carry_are_left_out() -> None:
    assert texts(model_of("#p {{ f.a }}", a="甲\x00乙\x1f丙\ud800\t丁")) == ["甲乙丙 丁"]


def test_a_run_knows_its_field() -> None:
    assert fields("#p 由{{ f.facts }}和{{ case.title }}", facts="甲") == [
        ("由", ""),
        ("甲", "facts"),
        ("和", ""),
        ("某案", "case.title"),
    ]


def test_a_field_printed_twice_is_known_both_times() -> None:
    assert fields("#p {{ f.a }}，{{ f.a }}", a="甲")[::2] == [("甲", "a"), ("甲", "a")]


def test_rows_of_a_loop_are_known_by_their_field() -> None:
    body = "{% for row in f.items %}\n#p {{ row.name }}\n{% endfor %}"

    found = fields(body, items=[{"name": "甲"}, {"name": "乙"}])

    assert found == [("甲", "items"), ("乙", "items")]


def test_an_empty_value_prints_nothing() -> None:
    assert fields("#p 甲{{ f.a }}{{ f.b }}", a="", b=None) == [("甲", "")]


def test_line_ends_begin_paragraphs_alike() -> None:
    model = model_of("#p 经查：{{ f.a }}完。", a="一\r\n\u3000\u3000二\n\n三\n")

    shapes = {(p.first_line_indent, p.leading) for p in model.blocks if not isinstance(p, Table)}

    assert texts(model) == ["经查：一", "二", "三完。"]
    assert shapes == {(32.0, 28.95)}


def test_a_page_is_broken_once_for_a_text_of_many_lines() -> None:
    model = model_of("#p 甲\n#pagebreak\n#p {{ f.a }}", a="一\n二")

    broken = [block.page_break_before for block in model.blocks if not isinstance(block, Table)]

    assert broken == [False, True, False]


def test_line_ends_in_a_cell_stay_in_the_cell() -> None:
    model = model_of("#table widths=1,1\n甲 | {{ f.a }}\n#end", a="一\n二")

    table = model.blocks[0]

    assert isinstance(table, Table)
    assert [p.text for p in table.rows[0].cells[1].paragraphs] == ["一", "二"]


def test_statements_alone_on_a_line_leave_no_paragraph() -> None:
    body = "{% if f.a %}\n#p 甲\n{% else %}\n#p 乙\n{% endif %}\n#p 丙"

    assert len(model_of(body, a="").blocks) == 2
    assert texts(model_of(body, a="")) == ["乙", "丙"]


def test_statements_in_a_table_repeat_rows() -> None:
    body = "#table widths=1\n{% for x in f.a %}\n{{ x }}\n{% endfor %}\n#end"

    table = model_of(body, a=["一", "二", "三"]).blocks[0]

    assert isinstance(table, Table)
    assert len(table.rows) == 3


def test_inline_statements_choose_words() -> None:
    body = "#p 你{% if f.unit %}单位**应当**{% else %}可以{% endif %}改正"

    assert texts(model_of(body, unit=True)) == ["你单位应当改正"]
    assert texts(model_of(body, unit=False)) == ["你可以改正"]


def test_numbers_are_printed_as_they_are() -> None:
    assert texts(model_of("#p {{ f.a + f.b }}", a=1600, b=Decimal("0.5"))) == ["1600.5"]


def test_a_key_wins_over_a_method_of_its_dictionary() -> None:
    assert texts(model_of("#p {{ f.items }}{{ f.values }}", items="甲", values="乙")) == ["甲乙"]


def test_check_boxes_and_blanks() -> None:
    model = model_of("#p {{ f.a|box }}是__{{ f.b }}|4__", a=True, b="甲")

    runs = [run for block in model.blocks if not isinstance(block, Table) for run in block.runs]

    assert model.blocks[0].text == "☑是\u3000甲\u3000\u3000"  # type: ignore[union-attr]
    assert runs[-1].style.underline  # type: ignore[union-attr]


def test_equal_values_give_equal_bytes() -> None:
    form = make_form("#p {{ f.a }}", "a")

    assert fill(form, a="甲").to_bytes() == fill(form, a="甲").to_bytes()


def test_pictures_are_drawn_to_scale_and_absent_ones_leave_nothing() -> None:
    form = make_form("#picture {{ f.a }}\n#picture {{ f.b }}", "a", "b")

    package = fill(form, {"scene": PNG}, a="scene", b="none")

    blocks = [b for b in read_package(package).blocks if not isinstance(b, Table)]
    assert [b.runs for b in blocks if b.runs] == [(PictureRun(data=PNG, width=75.0, height=37.5),)]
    assert package.parts["word/media/image1.png"] == PNG


def test_a_picture_in_another_format_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="PNG 或 JPEG"):
        fill(make_form("#picture {{ f.a }}", "a"), {"scene": b"GIF89a"}, a="scene")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("#p 甲\n#p {{ f.b }}", "第2段：“{{ f.b }}”：本文书没有名为“b”的栏目"),
        ("#p {{ party2.name }}", "第1段：“{{ party2.name }}”：没有名为“party2”的数据"),
        ("#p {{ f.a ", "第1段：花括号没有成对"),
        ("#p ｛｛ f.a ｝｝", "第1段：有全角花括号"),
        ("#p {{ }}", "第1段：有空的"),
        ("#p {{ f.a|nothing }}", "第1段：“{{ f.a|nothing }}”：没有名为“nothing”的过滤器"),
        ("#p 甲{% include 'x' %}", "第1段：不支持的语句"),
        ("#p {{ f.a|safe }}", "没有名为“safe”的过滤器"),
        (
            "#table widths=1,1\n甲 | {{ f.b }}\n#end",
            "第1个表格第1行第2格：“{{ f.b }}”：本文书没有",
        ),
        ("{% if f.a %}\n#p 甲", "“{% if f.a %}”没有结束"),
    ],
)
def test_a_bad_template_is_refused_with_its_place(body: str, message: str) -> None:
    assert message in refusal(body, a="x")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("#p 甲\n#p {{ case.nothing }}", "第2段：“case.nothing”用到了没有的数据"),
        ("#p {{ f.a|date_cn }}", "第1段：“f.a|date_cn”无法计算：“x”不是日期"),
        ("#p 甲\n#p {{ f.a }}\n#p {{ f.a + 1 }}", "第3段：“f.a + 1”无法计算"),
        ("{% for x in f.a.y %}\n#p 甲\n{% endfor %}", "第1段：“for x in f.a.y”"),
        ("#table widths=1\n甲\n{{ f.a / 2 }}\n#end", "第1个表格第2行第1格"),
        ("#p {{ f.a * 9000 }}", "重复次数过多"),
        ("#p {{ 9 ** 9 }}", "乘方"),
        ("#p {{ ''.__class__.__mro__ }}", "第1段"),
        ("#p {{ case }}", "一组数据"),
    ],
)
def test_a_value_that_fails_is_refused_with_its_place(body: str, message: str) -> None:
    assert message in refusal(body, a="x")


def test_the_footer_is_filled_too() -> None:
    form = make_form("#p 甲", preset="record", more='footer_text = "{{ case.title }}笔录"\n')

    footer = read_package(fill(form)).footers.default

    assert footer[0].text == "某案笔录"


def test_an_error_in_the_footer_says_so() -> None:
    form = make_form("#p 甲", preset="record", more='footer_text = "{{ case.none }}"\n')

    with pytest.raises(TemplateError, match="页脚第1段"):
        fill(form)


def own_template(form: FormDefinition, old: str, new: str) -> FormDefinition:
    package = filler().template(form)
    document = package.parts[DOCUMENT_PART].decode()
    assert old in document
    changed = DocxPackage({**package.parts, DOCUMENT_PART: document.replace(old, new).encode()})
    return replace(form, own_docx=changed.to_bytes())


def test_tags_that_word_has_split_over_runs_still_work() -> None:
    split = '{{ f.</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>a }}完'
    form = own_template(make_form("#p 由{{ f.a }}", "a"), "{{ f.a }}", split)

    model = read_package(fill(form, a="甲"))

    assert texts(model) == ["由甲完"]


def test_an_edited_template_is_read_again() -> None:
    form = own_template(make_form("#p 旧{{ f.a }}", "a"), "旧", "新")

    model = read_package(fill(form, a="甲"))

    assert texts(model) == ["新甲"]


def test_only_the_last_line_of_a_value_is_kept_with_its_signature() -> None:
    model = model_of("#p {{ f.a }}\n#sign 某局", a="一\n二\n三\n四")

    kept = [block.keep_next for block in model.blocks if not isinstance(block, Table)]

    assert kept == [False, False, False, True, False]
