"""The forms from evidence preservation to legal review: complete, lawful, one set of facts."""

import re
from decimal import Decimal

import pytest

from tests.demo_papers import blank_paper, paper, shipped

FORMS = ["D23", "D25", "D26", "D27", "D28", "D34", "D35", "D36", "D37", "D38", "D39", "D40"]
OCCURRENCES = [(form, 1) for form in FORMS] + [("D36", 2), ("D39", 2), ("D40", 2)]
CONCLUSIONS = [
    *("body", "authority", "personnel", "facts", "evidence"),
    *("law", "discretion", "procedure", "paperwork", "crime"),
]
ARABIC_ARTICLE = re.compile(r"第\d+条|§")


@pytest.mark.parametrize(("form_id", "occurrence"), OCCURRENCES)
def test_the_demo_values_complete_every_paper(form_id: str, occurrence: int) -> None:
    completed, text = paper(form_id, occurrence)

    assert completed.missing == ()
    assert completed.problems == {}
    assert not ARABIC_ARTICLE.search(text)
    assert "None" not in text


@pytest.mark.parametrize("form_id", FORMS)
def test_a_form_without_values_is_a_usable_blank(form_id: str) -> None:
    paragraphs = blank_paper(form_id)

    assert len(paragraphs) > 10
    assert "None" not in "".join(paragraphs)


@pytest.mark.parametrize(
    ("form_id", "occurrence", "contents"),
    [
        ("D23", 1, "以上证据共10份21页 采信10份 《中华人民共和国行政处罚法》第四十六条"),
        ("D25", 1, "屿综执登字〔2026〕0021号 一式二份 （以下空白） 2026年8月21日11时00分"),
        ("D26", 1, "第五十六条 自2026年8月21日起至2026年9月1日止 行政机关负责人：叶怀山"),
        ("D27", 1, "第五十六条 经本机关负责人批准 2026年9月1日止 不得销毁或者转移证据"),
        ("D28", 1, "屿综执登字〔2026〕0021号 处理方式：退还 2026年8月27日 叶怀山"),
        ("D34", 1, "☑返还 2026年8月27日10时40分 卓望野 990399197906160019"),
        ("D35", 1, "第二十八条第一款 第一千一百六十九条第一款 2026年8月28日前 龙屿市人民法院"),
        ("D36", 1, "2026年8月28日15时00分至15时40分 ☑已改正 屿综执责改字〔2026〕0186号"),
        ("D36", 2, "第一千零六十条第一款 2026年11月2日10时00分至10时30分 ☑已改正"),
        ("D37", 1, "990399198804230033 990399197906160019 第一千零五十四条 16.4立方米 0次"),
        ("D37", 1, "《中华人民共和国行政强制法》第五条、第十六条第二款 是否涉嫌犯罪"),
        ("D38", 1, "100,000～200,000 200,000～450,000 450,000～700,000 700,000～1,000,000"),
        ("D38", 1, "v2026.2（自2026年8月15日起施行） v2026.1（至2026年8月14日止） ☑从轻"),
        (
            "D38",
            1,
            "《浙江省城市市容和环境卫生管理条例》第二十八条第四款 壹拾壹万元整（¥110,000.00）",
        ),
        ("D39", 1, "☑第一轮 公民5,000元、单位50,000元 2026年9月15日止 达到单位听证标准"),
        ("D39", 2, "☑第二轮 ☑第（二）项 2026年10月19日止 壹拾万元整（¥100,000.00）"),
        ("D40", 1, "屿综执法审字〔2026〕0186-1号 法律职业资格 DEMO-A20190001 ☑同意"),
        ("D40", 1, "公民5,000元、单位50,000元（含本数 2026年9月15日止 顾知白"),
        ("D40", 2, "屿综执法审字〔2026〕0186-2号 2026年10月19日止 第五十八条第一款第（二）项"),
    ],
)
def test_the_required_contents_are_printed(form_id: str, occurrence: int, contents: str) -> None:
    _, text = paper(form_id, occurrence)

    # A phrase may hold a space, so it is the whole text that is searched without any.
    packed = text.replace(" ", "")
    assert [part for part in contents.split() if part not in packed] == []


@pytest.mark.parametrize("occurrence", [1, 2])
def test_the_opinion_answers_ten_questions_with_reasons(occurrence: int) -> None:
    completed, _ = paper("D40", occurrence)

    assert {completed.values[name] for name in CONCLUSIONS} == {"合法"}
    assert all(len(completed.values[f"{name}_reason"]) > 15 for name in CONCLUSIONS)


def test_the_reviewer_must_conclude_in_person() -> None:
    _, forms = shipped()
    form = forms.get("D40")

    defaults = [form.field(name) for name in [*CONCLUSIONS, "opinion", "reason"]]

    assert not any(field is None or field.default for field in defaults)


def test_the_order_to_correct_names_no_penalty() -> None:
    _, text = paper("D35")

    assert not re.search(r"罚款|没收", text)


def test_the_facts_given_to_the_notice_prejudge_nothing() -> None:
    report, _ = paper("D37")
    scale, _ = paper("D38")

    assert not re.search(r"涉嫌|拟", report.values["facts"])
    assert not re.search(r"\d元", scale.values["conclusion"])


def test_the_fine_lies_in_the_tier_that_is_ticked() -> None:
    completed, text = paper("D38")

    assert completed.values["fine"] == Decimal(110_000)
    assert "较轻体积不足20立方米100,000～200,000☑" in text


def test_the_hearing_amounts_come_from_the_record() -> None:
    completed, _ = paper("D39")

    assert completed.values["hearing_person"] == Decimal(5000)
    assert completed.values["hearing_unit"] == Decimal(50000)
    assert "未核实" in completed.values["hearing_source"]


@pytest.mark.parametrize(
    ("party", "expected", "absent"),
    [
        ("citizen", "公民身份号码：990399198804230033住址：", "法定代表人："),
        ("sole_trader", "经营场所：龙屿市潮信街000号经营者：莫小橘", "法定代表人："),
        ("company", "法定代表人：卓望野（执行董事兼总经理）", "经营者"),
    ],
)
@pytest.mark.parametrize("form_id", ["D27", "D28", "D35"])
def test_each_kind_of_party_is_named_as_law_names_it(
    form_id: str, party: str, expected: str, absent: str
) -> None:
    _, text = paper(form_id, 1, party)

    assert expected in text
    assert absent not in text
