"""Every fault class of the package's text, on small made-up articles."""

import pytest

from workstation.legislation.mending import Fault, mend, tidy_heading


def test_headings_glued_to_the_end_are_taken_off() -> None:
    mended = mend("依照规定执行。\n第二编 物 权\n第一分编 通 则")

    assert mended.text == "依照规定执行。"
    assert mended.following_headings == ("第二编 物权", "第一分编 通则")
    assert mended.faults[Fault.GLUED_HEADING] == 1


def test_a_glued_supplement_heading_loses_its_blank() -> None:
    assert mend("承担侵权责任。\n附 则").following_headings == ("附则",)


def test_a_sentence_that_begins_like_a_heading_stays() -> None:
    text = "适用下列规定。\n第一章规定的程序，适用本条。"

    assert mend(text).text == text


def test_picture_markup_over_two_lines_is_removed() -> None:
    text = '图案说明。\n!国旗法1{width="3.9368055555555554in"\nheight="5.476388888888889in"}'

    mended = mend(text)

    assert mended.text == "图案说明。"
    assert mended.faults[Fault.PICTURE] == 1


def test_markdown_picture_markup_is_removed() -> None:
    assert mend('说明。\n![图](media/a.png){width="3in"}').text == "说明。"


def test_blanks_between_characters_go() -> None:
    mended = mend("自 2026年8月15日起施行。 《甲法》、 《乙法》同时废止。")

    assert mended.text == "自2026年8月15日起施行。《甲法》、《乙法》同时废止。"
    assert mended.faults[Fault.BLANK] == 1


def test_a_scanned_text_is_joined_in_mid_sentence() -> None:
    mended = mend("规范产生、处置行\n为，保障安全。\n不得擅自倾倒。", scanned=True)

    assert mended.text == "规范产生、处置行为，保障安全。\n不得擅自倾倒。"
    assert mended.faults[Fault.BROKEN_LINE] == 1


def test_a_scanned_list_keeps_its_items_on_their_lines() -> None:
    text = "有下列情形之一：\n（一）甲的；\n（二）乙的。"

    assert mend(text, scanned=True).text == text


def test_an_item_broken_after_a_semicolon_is_joined() -> None:
    mended = mend("处罚如下：\n（一）轻微的，不罚；\n严重的，重罚；\n（二）其他。", scanned=True)

    assert mended.text == "处罚如下：\n（一）轻微的，不罚；严重的，重罚；\n（二）其他。"


def test_a_text_that_was_not_scanned_keeps_its_lines() -> None:
    text = "由下列人员组成：\n委员长，\n委员若干人。"

    assert mend(text).text == text


def test_straight_quotes_become_a_pair() -> None:
    mended = mend('所称的"以上"，包括本数；所称的"不满"，不包括本数。')

    assert mended.text == "所称的“以上”，包括本数；所称的“不满”，不包括本数。"
    assert mended.faults[Fault.UNPAIRED_QUOTE] == 0


def test_a_quotation_of_several_lines_opens_anew_on_each() -> None:
    assert mend('修改为："甲。\n"乙。"').text == "修改为：“甲。\n“乙。”"


def test_a_quote_left_open_is_counted() -> None:
    assert mend('修改为："甲。').faults[Fault.UNPAIRED_QUOTE] == 1


def test_half_width_brackets_and_colons_are_widened() -> None:
    mended = mend("下列人员可以使用:\n(一)甲;\n(二)乙。")

    assert mended.text.startswith("下列人员可以使用：\n（一）甲")
    assert mended.faults[Fault.HALF_WIDTH] == 1


def test_table_rules_go_and_rows_stay() -> None:
    text = "税率表\n| 税目 | 税率 |\n+---+---+\n| 煤 | 6％ |\n|---|---|"

    mended = mend(text)

    assert mended.text == "税率表\n税目 | 税率\n煤 | 6％"
    assert mended.faults[Fault.TABLE] == 1


def test_a_table_set_in_columns_becomes_rows() -> None:
    text = "税率表\n--- ------ ---\n级数 所得额 税率\n1 36000元以下 3\n--- ------ ---"

    assert mend(text).text == "税率表\n级数 | 所得额 | 税率\n1 | 36000元以下 | 3"


@pytest.mark.parametrize("text", ["第一条内容。", "有下列情形：\n（一）甲；\n（二）乙。"])
def test_a_sound_text_is_left_alone(text: str) -> None:
    mended = mend(text)

    assert mended.text == text
    assert not mended.faults


def test_a_heading_keeps_one_blank_after_its_number() -> None:
    assert tidy_heading("第三编　审 判") == "第三编 审判"
