from datetime import date
from pathlib import Path

import pytest

from tests.unit.legislation.law_files.conftest import LINES
from workstation.legislation.law_files.file_lines import FileLines
from workstation.legislation.law_files.law_parser import NotALawError, parse_law
from workstation.legislation.law_files.law_text import LawText

NAME = "龙屿市户外广告管理条例_20230526.docx"


def parsed(*lines: str, name: str = NAME) -> LawText:
    return parse_law(FileLines(path=Path(name), lines=lines))


def test_a_contents_block_is_not_taken_for_chapters() -> None:
    law = parsed(*LINES)

    assert [a.label for a in law.articles] == [
        "第一条",
        "第二条",
        "第三条",
        "第三条之一",
        "第四条",
    ]
    assert law.articles[0].heading == ("第一章 总则",)
    assert law.articles[2].heading == ("第二章 设置规范",)
    assert law.warnings == ()


def test_paragraphs_and_items_stay_with_their_article() -> None:
    law = parsed(*LINES)

    assert law.articles[1].lines[1:] == (
        "本条例所称户外广告，包括：",
        "（一）展示牌；",
        "（二）灯箱。",
    )


def test_title_days_kind_and_region_are_recognised() -> None:
    law = parsed(*LINES)

    assert law.title == "龙屿市户外广告管理条例"
    assert (law.kind, law.region) == ("地方性法规", "龙屿市")
    assert law.first_promulgated == date(2021, 3, 26)
    assert (law.promulgated, law.effective) == (date(2023, 5, 26), date(2023, 7, 1))


def test_a_decree_above_the_title_is_history() -> None:
    law = parsed(
        "中华人民共和国国务院令",
        "第999号",
        "《演示市政设施管理条例》已经国务院常务会议通过，现予公布，自2024年3月1日起施行。",
        "2024年1月5日",
        "演示市政设施管理条例",
        "第一条　为了加强管理，制定本条例。",
        "第二条　本条例自2024年3月1日起施行。",
        name="演示市政设施管理条例.txt",
    )

    assert law.title == "演示市政设施管理条例"
    assert law.kind == "行政法规"
    assert law.effective == date(2024, 3, 1)


def test_articles_quoted_in_a_decision_stay_in_its_entry() -> None:
    law = parsed(
        "龙屿市人民代表大会常务委员会关于修改《龙屿市户外广告管理条例》的决定",
        "一、将第三条修改为：",
        "“第三条　设置户外广告应当经过许可。”",
        "二、删去第四条。",
        name="关于修改《龙屿市户外广告管理条例》的决定.txt",
    )

    assert [a.label for a in law.articles] == ["一", "二"]
    assert "第三条　设置户外广告应当经过许可。" in law.articles[0].text


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        ({12: "第五条　设置户外广告应当符合规划。"}, "第二条之后是第五条，中间缺条"),
        ({6: "第三条　为了规范。", 7: "第四条　适用。", 12: "第五条　设置。"}, "不是从第一条开始"),
        ({0: "龙屿市犬类管理条例"}, "与文本题名《龙屿市犬类管理条例》不一致"),
        ({14: "第四条　本条例由市政府解释。"}, "施行日期"),
    ],
)
def test_what_looks_wrong_is_said(change: dict[int, str], warning: str) -> None:
    lines = [change.get(n, line) for n, line in enumerate(LINES)]

    law = parsed(*lines)

    assert any(warning in text for text in law.warnings)


def test_an_amended_text_with_the_first_texts_effective_day_is_dated_by_the_amendment() -> None:
    lines = [*LINES[:-1], "第四条　本条例自2021年5月1日起施行。"]

    law = parsed(*lines)

    assert law.effective == date(2023, 5, 26)
    assert "未核实" in law.date_basis


def test_what_stands_below_the_last_article_is_an_appendix_or_left_out() -> None:
    law = parsed(*LINES, "附件：收费标准", "每平方米十元。", name=NAME)
    signed = parsed(*LINES, "新华社龙屿5月26日电")

    assert law.articles[-1].label == "附件"
    assert law.articles[-1].lines == ("附件：收费标准", "每平方米十元。")
    assert signed.articles[-1].lines == ("本条例自2023年7月1日起施行。",)


def test_full_width_and_plain_digits_number_articles() -> None:
    law = parsed(
        "龙屿市犬类管理规定", "第１条 总则。", "第2条 自2024年1月1日起施行。", name="a.txt"
    )

    assert [a.number for a in law.articles] == [1, 2]


def test_a_text_without_articles_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotALawError) as refused:
        parsed("法律术语汇编", "一、自然人", "自然人就是人。", name="法律术语汇编.docx")

    assert "没有找到" in refused.value.message
    assert refused.value.hint


def test_a_notice_divided_otherwise_is_taken_by_its_entries() -> None:
    law = parsed(
        "龙屿市综合行政执法局关于规范店招的通知",
        "各中队：",
        "一、统一尺寸。",
        "二、限期整改。",
        name="关于规范店招的通知.txt",
    )

    assert [(a.label, a.text) for a in law.articles] == [
        ("一", "统一尺寸。"),
        ("二", "限期整改。"),
    ]
    assert law.kind == "规范性文件"
