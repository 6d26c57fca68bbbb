"""The forms of intake, filing and investigation: complete in the demo case, lawful in wording."""

import re

import pytest

from tests.demo_papers import blank_paper, paper

FORMS = [
    *("D01", "D02", "D04", "D06", "D10", "D11", "D12", "D13", "D14", "D15"),
    *("D16", "D17", "D18", "D20", "D21", "D22"),
]
OCCURRENCES = [(form_id, 1) for form_id in FORMS] + [("D12", 2), ("D16", 2)]
PRINTED_NUMERALS = re.compile(r"》第\d")
LATER = ("听证会", "处罚决定书", "集体讨论")


@pytest.mark.parametrize(("form_id", "occurrence"), OCCURRENCES)
def test_the_demo_values_complete_every_paper(form_id: str, occurrence: int) -> None:
    completed, text = paper(form_id, occurrence)

    assert completed.missing == ()
    assert completed.problems == {}
    assert "None" not in text


@pytest.mark.parametrize("form_id", FORMS)
def test_a_form_without_values_is_a_usable_blank(form_id: str) -> None:
    assert len(blank_paper(form_id)) > 5


@pytest.mark.parametrize(
    ("form_id", "contents"),
    [
        ("D01", "☑巡查 2026年8月19日8时35分 DEMO-330217-A01 ☑立案 方小满 2026年9月3日"),
        ("D02", "☑12345热线转办 ☑是 2026年9月2日 《中华人民共和国行政处罚法》第五十条"),
        ("D04", "已立案查处 《浙江省城市市容和环境卫生管理条例》第四十三条 2026年9月1日"),
        ("D06", "DEMO-330217-A01 v2026.2（2026年8月15日起） 至2026年11月19日 至2026年9月3日"),
        ("D06", "2024年3月1日至2029年2月28日 第五百一十八条第二款 叶怀山"),
        ("D10", "9时05分至10时20分 出示执法证件 申请回避 16.4立方米 未由当事人签名"),
        ("D11", "2026年8月25日14时00分 第五十五条第二款 申请回避 林问渠"),
        ("D12", "2026年8月24日9时30分至10时45分 第四十三条 温砺 与我说的相符"),
        ("D13", "第六十一条第二款 第九十条第二款 ☑不同意 卓望野"),
        ("D14", "卓望野 执行董事兼总经理 990399197906160019"),
        ("D15", "2026年8月25日 第五十四条第一款 收款流水"),
        ("D16", "电子数据 与原件（原始载体）核对无误 第十条第一款第（二）项"),
        ("D17", "十四张 SHA-256 照片14 第十二条第（二）项"),
        ("D18", "15时05分至15时50分 校验值（SHA-256） 证明对象 光盘1张"),
        ("D20", "屿综执协字〔2026〕0037号 第二十六条 案源登记号 复函"),
        ("D21", "屿综执委鉴字〔2026〕0018号 测绘资质证书 第十四条"),
        ("D22", "DEMO-CH-2026-0824 16.4立方米 2026年8月31日 陈述、申辩"),
    ],
)
def test_a_paper_holds_what_it_must(form_id: str, contents: str) -> None:
    _, text = paper(form_id)

    assert [content for content in contents.split() if content not in text] == []


@pytest.mark.parametrize(("form_id", "occurrence"), OCCURRENCES)
def test_no_paper_cites_in_arabic_numerals_or_knows_the_future(
    form_id: str, occurrence: int
) -> None:
    _, text = paper(form_id, occurrence)

    assert PRINTED_NUMERALS.search(text) is None
    assert [word for word in LATER if word in text.replace("行政处罚决定书等", "")] == []


@pytest.mark.parametrize("occurrence", [1, 2])
def test_a_questioning_record_asks_and_answers_at_length(occurrence: int) -> None:
    completed, text = paper("D12", occurrence)

    assert 12 <= len(completed.values["dialogue"]) <= 20
    assert text.count("问：") == text.count("答：")


def test_a_letter_before_filing_cites_the_lead_and_not_the_case() -> None:
    _, text = paper("D20")

    assert "初步核查" in text
    assert "立案号" not in text


@pytest.mark.parametrize("form_id", ["D06", "D11", "D13", "D15"])
def test_a_citizen_is_not_given_a_legal_representative(form_id: str) -> None:
    _, text = paper(form_id, party="citizen")

    assert "赵堃喆" in text
    assert "统一社会信用代码" not in text


@pytest.mark.parametrize("form_id", ["D06", "D14"])
def test_a_sole_trader_is_run_by_an_operator(form_id: str) -> None:
    _, text = paper(form_id, party="sole_trader")

    assert "经营者" in text
    assert "莫小橘" in text
