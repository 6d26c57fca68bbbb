"""Splitting articles into 款, 项 and 目."""

from hypothesis import given
from hypothesis import strategies as st

from workstation.legislation.structure import split_article


def test_each_sentence_line_is_a_paragraph() -> None:
    paragraphs = split_article("甲。\n乙。")

    assert [p.text for p in paragraphs] == ["甲。", "乙。"]
    assert [p.number for p in paragraphs] == [1, 2]


def test_items_belong_to_the_paragraph_before_them() -> None:
    (paragraph,) = split_article("有下列情形之一的：\n（一）甲；\n（二）乙。")

    assert [item.number for item in paragraph.items] == [1, 2]
    assert paragraph.items[1].text == "（二）乙。"


def test_a_sentence_after_the_items_is_the_next_paragraph() -> None:
    paragraphs = split_article("下列决定：\n（一）甲；\n（二）乙。\n当事人不承担费用。")

    assert [len(p.items) for p in paragraphs] == [2, 0]
    assert paragraphs[1].text == "当事人不承担费用。"


def test_a_second_list_belongs_to_the_second_paragraph() -> None:
    paragraphs = split_article("甲：\n（一）一；\n（二）二。\n乙：\n（一）三；\n（二）四。")

    assert [len(p.items) for p in paragraphs] == [2, 2]


def test_a_line_inside_a_list_stays_with_its_item() -> None:
    (paragraph,) = split_article("权力：\n（一）检查。\n范围另行规定。\n（二）查阅。")

    assert paragraph.items[0].points == ("范围另行规定。",)
    assert [item.number for item in paragraph.items] == [1, 2]


def test_a_line_after_a_semicolon_stays_with_its_item() -> None:
    (paragraph,) = split_article("机构：\n（一）甲；\n乙；\n（二）丙。")

    assert paragraph.items[0].lines == ("（一）甲；", "乙；")


def test_points_hang_under_their_item() -> None:
    (paragraph,) = split_article("限额：\n（一）人身：\n1.甲；\n2.乙。\n（二）其他。")

    assert paragraph.items[0].points == ("1.甲；", "2.乙。")


def test_a_list_in_digits_gives_items() -> None:
    (paragraph,) = split_article("下列条例废止：\n1.甲条例\n2.乙条例")

    assert [item.number for item in paragraph.items] == [1, 2]


def test_a_list_with_enumeration_commas_gives_items() -> None:
    (paragraph,) = split_article("说明如下：\n一、甲。\n二、乙。")

    assert [item.number for item in paragraph.items] == [1, 2]


def test_classes_two_and_three_at_a_line_start_are_no_items() -> None:
    paragraphs = split_article("疫病分为三类。\n二、三类疫病流行时，按照一类处理。")

    assert len(paragraphs) == 2
    assert not paragraphs[1].items


def test_a_list_without_numbers_is_one_paragraph() -> None:
    paragraphs = split_article("由下列人员组成：\n委员长，\n委员若干人。\n任期五年。")

    assert len(paragraphs) == 2
    assert paragraphs[0].text.endswith("委员若干人。")


def test_table_rows_stay_in_one_paragraph() -> None:
    (paragraph,) = split_article("税率如下：\n税目 | 税率\n煤 | 6％")

    assert paragraph.text.count("\n") == 2


def test_an_item_numbered_eleven_is_eleven() -> None:
    (paragraph,) = split_article("用语：\n（十）甲；\n（十一）乙。")

    assert paragraph.items[1].number == 11


def test_an_empty_text_has_one_empty_paragraph() -> None:
    (paragraph,) = split_article("")

    assert not paragraph.text


_LINE = st.sampled_from(["甲。", "乙：", "（一）丙；", "（二）丁。", "1.戊；", "己；", "一、庚。"])


@given(st.lists(_LINE, min_size=1, max_size=12))
def test_no_line_is_lost(lines: list[str]) -> None:
    paragraphs = split_article("\n".join(lines))

    assert "\n".join(line for p in paragraphs for line in p.lines) == "\n".join(lines)
    assert [p.number for p in paragraphs] == list(range(1, len(paragraphs) + 1))
